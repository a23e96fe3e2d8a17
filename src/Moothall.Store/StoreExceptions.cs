namespace Moothall.Store;

/// <summary>Somebody else was first: a stream moved on or a key is taken, and running the unit again did not help.</summary>
public sealed class StoreConflictException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The store cannot answer now: disk full, locked by another program, connection lost. Nothing was kept. Over HTTP it is a 503.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>More waits to be written than the store takes in. Nothing was kept; try again a little later. Over HTTP it is a 503.</summary>
public sealed class StoreBusyException(string message, Exception? inner = null) : Exception(message, inner);
