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
            // That a stream is new, or that the event before was just written here, the unique key holds by itself.
            if (before != expectedVersion || before == 0 || unit.Dialect == Dialect.Sqlite)
            {
                if (before == expectedVersion && before > 0 && await unit.VersionOf(stream) != before) throw Second(stream, before);
                await unit.Add($"insert into event (stream, version, type, schema, at, imported, data, trace) values ({stream}, {version}, {e.Type}, {e.Schema}, {e.At}, {e.Imported}, {e.Json}, {trace})");
            }
            else
            {
                // It is on its way with other writes: who was second is told when they arrive.
                await unit.Add($"""
                    insert into event (stream, version, type, schema, at, imported, data, trace)
                    select {stream}, {version}, {e.Type}, {e.Schema}, {e.At}, {e.Imported}, {e.Json}, {trace}
                    where (select coalesce(max(version), 0) from event where stream = {stream}) = {before}
                    """, () => Second(stream, before));
            }
        }
        if (events.Count > 0) unit.HasAppended = true;
        return version;
    }

    private static StoreConflictException Second(string stream, int before) => new($"'{stream}' is no longer at version {before}: somebody else was first.");
}
