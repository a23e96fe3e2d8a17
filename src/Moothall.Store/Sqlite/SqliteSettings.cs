using NodaTime;

namespace Moothall.Store.Sqlite;

/// <summary>How the file is used. The defaults are for a council on one machine; tests make them smaller.</summary>
internal sealed record SqliteSettings
{
    /// <summary>Units that may wait to be written before the next one is turned away.</summary>
    public int LongestQueue { get; init; } = 4_096;
    public int LargestBatch { get; init; } = 512;
    public TimeSpan LongestBatch { get; init; } = TimeSpan.FromMilliseconds(20);
    /// <summary>How long unhurried units of one batch may take while people write; there is always time for one.</summary>
    public TimeSpan LongestUnhurried { get; init; } = TimeSpan.FromMilliseconds(1);
    /// <summary>For how long after the last unit that somebody waited for people are taken to write.</summary>
    public TimeSpan PeopleWrite { get; init; } = TimeSpan.FromMilliseconds(100);
    /// <summary>How long another program may hold the file before a unit is told that the store cannot answer.</summary>
    public TimeSpan LockPatience { get; init; } = TimeSpan.FromSeconds(5);
    /// <summary>How long one unit may hold up all the others.</summary>
    public TimeSpan LongestUnit { get; init; } = TimeSpan.FromMinutes(2);
    public int MostReaders { get; init; } = Math.Max(8, Environment.ProcessorCount * 4);
    /// <summary>On one machine the clock of the database is the clock of the machine.</summary>
    public IClock Clock { get; init; } = SystemClock.Instance;
    /// <summary>Most pages the file may have; only to try a full disk.</summary>
    public int? MostPages { get; init; }
}
