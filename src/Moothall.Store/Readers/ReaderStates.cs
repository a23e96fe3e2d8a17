using System.Globalization;
using Moothall.Store.Log;

namespace Moothall.Store;

/// <summary>Where one reader of the log stands, over all nodes.</summary>
public sealed record ReaderState(string Name, LogPosition Position, long Epoch, string? Holder, string? Alert);

/// <summary>
/// How far readers are behind: events that they may see and have not handled yet are counted up to a thousand; events that an open
/// transaction still hides are named with the process that holds it.
/// </summary>
public sealed record Lag(string Reader, long Waiting, long Hidden, int? BlockingProcess, string? BlockingQuery);

/// <summary>Questions about readers for health pages and people who run the council.</summary>
public static class ReaderStates
{
    /// <summary>All readers, in order of their names.</summary>
    public static Task<List<ReaderState>> All(Session session) => session.Query(
        $"select name, position, epoch, holder, alert from reader order by name",
        row => new ReaderState(row.Text(0), LogPosition.Parse(row.Text(1)), row.Long(2), row.TextOrNull(3), row.TextOrNull(4)));

    /// <summary>Everything that needs a person: stopped readers, timers that fail, parked effects.</summary>
    public static async Task<IReadOnlyList<string>> Alerts(Session session)
    {
        var alerts = await session.Query($"select alert from reader where alert is not null order by name", row => row.Text(0));
        alerts.AddRange(await session.Query($"select kind, key, attempts, why from timer where attempts >= 3 order by kind, key limit 20",
            row => $"The timer {row.Text(0)} {row.Text(1)} failed {row.Int(2)} times: {row.TextOrNull(3)}"));
        var parked = await session.Number($"select count(*) from (select 1 from effect where state = 'parked' limit 1000) as parked");
        if (parked > 0) alerts.Add($"{parked} messages or deliveries were parked and wait for an administrator.");
        return alerts;
    }

    /// <summary>How far each reader is behind.</summary>
    public static async Task<IReadOnlyList<Lag>> Lags(Session session)
    {
        var lags = new List<Lag>();
        foreach (var reader in await All(session))
        {
            var at = reader.Position;
            if (session.Dialect == Dialect.Sqlite)
            {
                lags.Add(new(reader.Name, await session.Number($"select count(*) from (select 1 from event where number > {at.Number} limit 1000)"), 0, null, null));
                continue;
            }
            var waiting = await session.Number($"""
                select count(*) from (select 1 from event where (xid, number) > ({at.Transaction.ToString(CultureInfo.InvariantCulture)}::xid8, {at.Number})
                  and xid < pg_snapshot_xmin(pg_current_snapshot()) limit 1000) as waiting
                """);
            var hidden = await session.Number($"""
                select count(*) from (select 1 from event where (xid, number) > ({at.Transaction.ToString(CultureInfo.InvariantCulture)}::xid8, {at.Number})
                  and xid >= pg_snapshot_xmin(pg_current_snapshot()) limit 1000) as hidden
                """);
            var (process, query) = hidden == 0 ? default : await session.First<(int?, string?)>($"""
                select pid, left(query, 200) from pg_stat_activity where backend_xid is not null order by age(backend_xid) desc limit 1
                """, row => (row.Int(0), row.TextOrNull(1)));
            lags.Add(new(reader.Name, waiting, hidden, process, query));
        }
        return lags;
    }
}
