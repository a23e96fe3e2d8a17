namespace Moothall.Store.Log;

/// <summary>Writing to the log: contiguous versions of a stream, held by the table's unique key.</summary>
internal static class EventLog
{
    public static async Task<int> Append(Unit unit, string stream, int expectedVersion, IReadOnlyList<NewEvent> events)
    {
        ArgumentException.ThrowIfNullOrEmpty(stream);
        ArgumentOutOfRangeException.ThrowIfNegative(expectedVersion);
        var version = expectedVersion;
        var trace = Signals.Trace;
        foreach (var e in events)
        {
            var before = version++;
            // On PostgreSQL it is on its way with other writes: who was second is told when they arrive.
            StoreConflictException Second() => new($"'{stream}' is no longer at version {before}: somebody else was first.");
            await unit.Add($"""
                insert into event (stream, version, type, schema, at, imported, data, trace)
                select {stream}, {version}, {e.Type}, {e.Schema}, {e.At}, {e.Imported}, {e.Json}, {trace}
                where (select coalesce(max(version), 0) from event where stream = {stream}) = {before}
                """, Second);
        }
        if (events.Count > 0) unit.HasAppended = true;
        return version;
    }
}
