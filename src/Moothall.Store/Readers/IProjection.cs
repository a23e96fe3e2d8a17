namespace Moothall.Store;

/// <summary>
/// A reader that makes figures or lists out of the log and nothing else, so that they can be dropped and built again.
/// It stops and alerts on an event that it cannot read.
/// </summary>
public interface IProjection
{
    string Name { get; }

    /// <summary>Plain names of all its tables.</summary>
    IReadOnlyList<string> Tables { get; }

    /// <summary>The script that makes its tables and indexes, all of them named through <paramref name="tables"/>.</summary>
    string Schema(Dialect dialect, TableNames tables);

    /// <summary>Writes what the events mean, in order, into the tables given. Reads no clock and no other tables.</summary>
    Task Apply(Unit unit, TableNames tables, IReadOnlyList<LogEvent> events);
}
