using System.Globalization;

namespace Moothall.Store.Log;

/// <summary>
/// Reading the log in its order: by number on SQLite; on PostgreSQL by (transaction, number) below the oldest transaction still
/// open, so that nothing appears behind a reader's back. Events of one stream come in the order of their versions even where
/// their transactions' numbers are inverted. Every column is called with its table: a bare `xid` after `order by` would be the
/// number in the answer, which no index has, and each look would sort the whole log.
/// </summary>
internal static class LogReading
{
    /// <summary>An event with the place of its predecessor, and whether readers may see it yet.</summary>
    internal sealed record Found(LogEvent Event, LogPosition? Before, bool IsSettled);

    /// <summary>The place of the last event committed, whether readers may see it yet or not.</summary>
    public static async Task<LogPosition> Newest(Session session) => session.Dialect == Dialect.Sqlite
        ? await session.First($"select 0, number from event order by number desc limit 1", Place)
        : await session.First($"select e.xid::text::bigint, e.number from event e order by e.xid desc, e.number desc limit 1", Place);

    /// <summary>The place of the last event that readers may see.</summary>
    public static async Task<LogPosition> Head(Session session) => session.Dialect == Dialect.Sqlite
        ? await Newest(session)
        : await session.First($"select e.xid::text::bigint, e.number from event e where e.xid < pg_snapshot_xmin(pg_current_snapshot()) order by e.xid desc, e.number desc limit 1", Place);

    /// <summary>A place that all events committed from now on lie behind, for a reader that is to begin with the next one.</summary>
    public static async Task<LogPosition> End(Session session) => session.Dialect == Dialect.Sqlite
        ? await Newest(session)
        : await session.First($"select pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1", row => new LogPosition(row.Long(0), long.MaxValue));

    /// <summary>One event by its stream and version.</summary>
    public static async Task<LogEvent?> Event(Session session, string stream, int version) => (await OfStream(session, stream, version))?.Event;

    /// <summary>Events by their streams and versions, those that there are, in one answer.</summary>
    public static async Task<Dictionary<(string Stream, int Version), LogEvent>> Events(Session session, IReadOnlyCollection<(string Stream, int Version)> named)
    {
        if (named.Count == 0) return [];
        // A stream has few versions, so what is read beside those named is little.
        var streams = new SqlKeys([.. named.Select(n => n.Stream).Distinct(StringComparer.Ordinal)]);
        List<long> versions = [.. named.Select(n => (long)n.Version).Distinct()];
        var found = session.Dialect == Dialect.Sqlite
            ? await session.Query($"""
                select 0, number, stream, version, type, schema, at, imported, data, 0, null, 1, trace from event where stream in ({streams}) and version in ({versions})
                """, Read)
            : await session.Query($"""
                select e.xid::text::bigint, e.number, e.stream, e.version, e.type, e.schema, e.at, e.imported, e.data, null, null, true, e.trace from event e
                where e.stream in ({streams}) and e.version in ({versions})
                """, Read);
        return found.ToDictionary(f => (f.Event.Stream, f.Event.Version), f => f.Event);
    }

    /// <summary>
    /// What comes after a place. <paramref name="ahead"/> holds the events behind that place that were handled before their turn;
    /// it is not changed.
    /// </summary>
    /// <param name="shared">What another reader of this node has read of the same place.</param>
    /// <param name="passed">What a reader of the whole log has passed already: with it nothing is looked up for an event whose predecessor came just before.</param>
    public static async Task<LogBatch> Next(Session session, LogPosition from, IReadOnlySet<LogPosition> ahead, int most, PassedStreams? passed = null, SharedRows? shared = null)
    {
        var rows = passed is not null ? await AfterAlone(session, from, most) : shared is not null ? await shared.After(from, most, () => After(session, from, most)) : await After(session, from, most);
        var batch = new LogBatch(from, ahead, IsFull: rows.Count == most);
        foreach (var row in rows)
        {
            if (batch.Ahead.Remove(row.Event.Position))
            {
                batch.To = row.Event.Position;
                continue;
            }
            if (passed is null)
            {
                if (!await AddWithPredecessors(session, batch, row)) break;
            }
            else if (passed.IsNext(row.Event.Stream, row.Event.Version))
                batch.Events.Add(row.Event);
            else
            {
                var withBefore = await OfStream(session, row.Event.Stream, row.Event.Version)
                    ?? throw new InvalidOperationException($"An event of '{row.Event.Stream}' went away while it was read.");
                var already = batch.Events.Count;
                if (!await AddWithPredecessors(session, batch, withBefore)) break;
                for (var i = already; i < batch.Events.Count; i++) passed.Note(batch.Events[i].Stream, batch.Events[i].Version);
            }
            batch.To = row.Event.Position;
        }
        return batch;
    }

    private static async Task<bool> AddWithPredecessors(Session session, LogBatch batch, Found row)
    {
        var place = row.Event.Position;
        var chain = new Stack<LogEvent>();
        var current = row;
        while (true)
        {
            chain.Push(current.Event);
            if (current.Event.Version == 1) break;
            if (current.Before is not { } before)
            {
                batch.Broken = $"'{current.Event.Stream}' has version {current.Event.Version} but not {current.Event.Version - 1}: an event is missing from the log.";
                return false;
            }
            if (before < place || batch.Ahead.Contains(before)) break;
            var predecessor = await OfStream(session, current.Event.Stream, current.Event.Version - 1)
                ?? throw new InvalidOperationException($"An event of '{current.Event.Stream}' went away while it was read.");
            if (!predecessor.IsSettled)
            {
                batch.IsWaiting = true;
                return false;
            }
            current = predecessor;
        }
        foreach (var e in chain)
        {
            batch.Events.Add(e);
            if (e.Position > place) batch.Ahead.Add(e.Position);
        }
        return true;
    }

    private static Task<List<Found>> After(Session session, LogPosition from, int most)
    {
#if PLANTED
        if (PlantedBug.BreaksLogOrder && session.Dialect == Dialect.Postgres)
            return session.Query($"""
                select e.xid::text::bigint, e.number, e.stream, e.version, e.type, e.schema, e.at, e.imported, e.data, p.xid::text::bigint, p.number, true, e.trace
                from (select * from event where (xid, number) > ({from.Transaction.ToString(CultureInfo.InvariantCulture)}::xid8, {from.Number}) order by xid, number limit {most}) e
                left join event p on p.stream = e.stream and p.version = e.version - 1
                order by e.xid, e.number
                """, Read);
#endif
        return Settled(session, from, most);
    }

    private static Task<List<Found>> Settled(Session session, LogPosition from, int most) => session.Dialect == Dialect.Sqlite
        ? session.Query($"""
            select 0, e.number, e.stream, e.version, e.type, e.schema, e.at, e.imported, e.data,
                   0, (select p.number from event p where p.stream = e.stream and p.version = e.version - 1), 1, e.trace
            from event e where e.number > {from.Number} order by e.number limit {most}
            """, Read)
        : session.Query($"""
            select e.xid::text::bigint, e.number, e.stream, e.version, e.type, e.schema, e.at, e.imported, e.data, p.xid::text::bigint, p.number, true, e.trace
            from (select * from event
                  where (xid, number) > ({from.Transaction.ToString(CultureInfo.InvariantCulture)}::xid8, {from.Number}) and xid < pg_snapshot_xmin(pg_current_snapshot())
                  order by xid, number limit {most}) e
            left join lateral (select xid, number from event where stream = e.stream and version = e.version - 1 limit 1) p on true
            order by e.xid, e.number
            """, Read);

    // Without the predecessor's place, which costs more than the event itself: for who has passed it.
    private static Task<List<Found>> AfterAlone(Session session, LogPosition from, int most) => session.Dialect == Dialect.Sqlite
        ? session.Query($"""
            select 0, number, stream, version, type, schema, at, imported, data, 0, null, 1, trace from event where number > {from.Number} order by number limit {most}
            """, Read)
        : session.Query($"""
            select e.xid::text::bigint, e.number, e.stream, e.version, e.type, e.schema, e.at, e.imported, e.data, null, null, true, e.trace from event e
            where (e.xid, e.number) > ({from.Transaction.ToString(CultureInfo.InvariantCulture)}::xid8, {from.Number}) and e.xid < pg_snapshot_xmin(pg_current_snapshot())
            order by e.xid, e.number limit {most}
            """, Read);

    private static Task<Found?> OfStream(Session session, string stream, int version) => session.Dialect == Dialect.Sqlite
        ? session.First($"""
            select 0, e.number, e.stream, e.version, e.type, e.schema, e.at, e.imported, e.data,
                   0, (select p.number from event p where p.stream = e.stream and p.version = e.version - 1), 1, e.trace
            from event e where e.stream = {stream} and e.version = {version}
            """, Read)
        : session.First($"""
            select e.xid::text::bigint, e.number, e.stream, e.version, e.type, e.schema, e.at, e.imported, e.data, p.xid::text::bigint, p.number,
                   e.xid < pg_snapshot_xmin(pg_current_snapshot()), e.trace
            from event e left join event p on p.stream = e.stream and p.version = e.version - 1
            where e.stream = {stream} and e.version = {version}
            """, Read);

    private static Found Read(Row row) => new(
        new LogEvent(Place(row), row.Text(2), row.Int(3), row.Text(4), row.Int(5), row.Instant(6), row.Bool(7), row.Text(8)) { Trace = row.TextOrNull(12) },
        row.IsNull(10) ? null : new LogPosition(row.Long(9), row.Long(10)),
        row.Bool(11));

    private static LogPosition Place(Row row) => new(row.Long(0), row.Long(1));
}

/// <summary>The next events to handle, in order, and the place and the events handled early that are to be remembered with them.</summary>
internal sealed record LogBatch(LogPosition From, IReadOnlySet<LogPosition> AheadBefore, bool IsFull)
{
    public List<LogEvent> Events { get; } = [];
    public HashSet<LogPosition> Ahead { get; } = [.. AheadBefore];
    public LogPosition To { get; set; } = From;

    /// <summary>The next event's predecessor belongs to a transaction that readers may not see yet.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>Why the next event cannot be handled at all.</summary>
    public string? Broken { get; set; }

    public bool HasMoved => To != From;
}
