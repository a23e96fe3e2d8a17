namespace Moothall.Store;

/// <summary>
/// Keys of rows to be looked up, for `in ({keys})`: one value however many there are, so that it is one statement. A list of strings is written out instead, which tells a database more
/// where it has to choose how to look.
/// </summary>
public sealed record SqlKeys(IReadOnlyCollection<string> Keys);
