namespace Moothall.Store;

/// <summary>The store cannot do what was asked, and says why in words that can be said in any language.</summary>
public abstract class StoreException(StoreWords words, Exception? inner = null) : Exception(words?.ToString(), inner)
{
    /// <summary>Why, and what to do.</summary>
    public StoreWords Words => words;
}

/// <summary>Somebody else was first: a stream moved on or a key is taken, and running the unit again did not help.</summary>
public sealed class StoreConflictException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The store cannot answer now: disk full, locked by another program, connection lost. Nothing was kept. Over HTTP it is a 503.</summary>
public sealed class StoreUnavailableException(StoreWords words, Exception? inner = null) : StoreException(words, inner);

/// <summary>More waits to be written than the store takes in. Nothing was kept; try again a little later. Over HTTP it is a 503.</summary>
public sealed class StoreBusyException(StoreWords words, Exception? inner = null) : StoreException(words, inner);
