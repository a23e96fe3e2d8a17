using System.Globalization;
using Moothall.Store.Log;
using NodaTime;

namespace Moothall.Store;

/// <summary>Where one reader of the log stands, for whoever runs the council.</summary>
/// <param name="Leader">The node that follows it; null when none does at this moment.</param>
/// <param name="Alert">Why it stopped or waits, in words.</param>
/// <param name="Waiting">Events that it has not handled, hidden ones too, counted up to <see cref="Standings.MostCounted"/>.</param>
/// <param name="Since">When the first of them happened; null when none waits, or when it is history that was brought in.</param>
public sealed record ReaderStanding(string Name, string? Leader, string? Alert, long Waiting, Instant? Since);

/// <summary>What waits for its time: how many timers are due, counted up to <see cref="Standings.MostCounted"/>, since when, and those that fail.</summary>
public sealed record TimerStanding(long Due, Instant? Since, Instant? Next, IReadOnlyList<FailingTimer> Failing);

/// <summary>A timer that failed again and again. It is tried on by itself.</summary>
public sealed record FailingTimer(string Kind, string Key, int Attempts, Instant NextTry, string? Why);

/// <summary>How the readers, timers and effects of all nodes stand. Each look is by key or by index and bounded, so that it costs the same whatever the log has grown to.</summary>
public static class Standings
{
    /// <summary>Nothing is counted further than this.</summary>
    public const int MostCounted = 1000;
    const int MostListed = 20;

    /// <summary>Every reader of the log, by name.</summary>
    public static async Task<IReadOnlyList<ReaderStanding>> Readers(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        var now = await session.Now();
        var rows = await session.Query($"select name, position, holder, lease_until, alert from reader order by name",
            row => (Name: row.Text(0), At: LogPosition.Parse(row.Text(1)), Holder: row.TextOrNull(2), Until: row.InstantOrNull(3), Alert: row.TextOrNull(4)));
        var standings = new List<ReaderStanding>();
        foreach (var row in rows)
        {
            var (waiting, since) = await After(session, row.At);
            standings.Add(new ReaderStanding(row.Name, row.Holder is { } holder && row.Until > now ? NodeOf(holder) : null, row.Alert, waiting, since));
        }
        return standings;
    }

    static async Task<(long Waiting, Instant? Since)> After(Session session, LogPosition at)
    {
        static (Instant At, bool Imported) Read(Row row) => (row.Instant(0), row.Bool(1));
        var transaction = at.Transaction.ToString(CultureInfo.InvariantCulture);
        var first = session.Dialect == Dialect.Sqlite
            ? await session.Query($"select at, imported from event where number > {at.Number} order by number limit 1", Read)
            : await session.Query($"select at, imported from event where (xid, number) > ({transaction}::xid8, {at.Number}) order by xid, number limit 1", Read);
        if (first.Count == 0) return (0, null);
        var waiting = session.Dialect == Dialect.Sqlite
            ? await session.Number($"select count(*) from (select 1 from event where number > {at.Number} limit {MostCounted}) as waiting")
            : await session.Number($"select count(*) from (select 1 from event where (xid, number) > ({transaction}::xid8, {at.Number}) limit {MostCounted}) as waiting");
        return (waiting, first[0].Imported ? null : first[0].At);
    }

    // A holder is a node's name and a random part.
    static string NodeOf(string holder) => holder.LastIndexOf(':') is > 0 and var at ? holder[..at] : holder;

    /// <summary>The timers that are due, the next one, and those that fail.</summary>
    public static async Task<TimerStanding> Timers(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        var now = await session.Now();
        // One statement, so that both are of one moment: timers come and go between two.
        var (first, due) = await session.First($"select (select min(next_try) from timer), (select count(*) from (select 1 from timer where next_try <= {now} limit {MostCounted}) as due)",
            row => (row.InstantOrNull(0), row.Long(1)));
        var failing = await session.Query($"select kind, key, attempts, next_try, why from timer where attempts >= 3 order by kind, key limit {MostListed}",
            row => new FailingTimer(row.Text(0), row.Text(1), row.Int(2), row.Instant(3), row.TextOrNull(4)));
        return new TimerStanding(due, due > 0 ? first : null, due == 0 ? first : null, failing);
    }

    /// <summary>How many effects are parked, and how many are due, each counted up to <see cref="MostCounted"/>.</summary>
    public static async Task<(long Parked, long Due)> Effects(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        var now = await session.Now();
        return (await session.Number($"select count(*) from (select 1 from effect where state = 'parked' limit {MostCounted}) as parked"),
            await session.Number($"select count(*) from (select 1 from effect where next_try <= {now} limit {MostCounted}) as due"));
    }

    /// <summary>The projections that are built again at this moment, or whose building was broken off.</summary>
    public static Task<List<string>> Replays(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query($"select distinct projection from replay_table order by projection", row => row.Text(0));
    }

    /// <summary>When PostgreSQL last put a piece of its log aside for restoring to a point in time; null where it never did, and on SQLite.</summary>
    public static async Task<Instant?> LastArchived(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Dialect == Dialect.Sqlite ? null : await session.First<Instant?>($"select last_archived_time from pg_stat_archiver", row => row.InstantOrNull(0));
    }
}
