using NodaTime;

namespace Moothall.Store;

/// <summary>
/// What nodes claim in a table of things to do, which has `state`, `next_try` and `claimed_by`. A claim belongs to a run of a node: it is free when that node is dead, and when that
/// node begins another round. Whether a node is dead goes by the database's clock.
/// </summary>
public static class Claims
{
    /// <summary>Whether something is due, or was claimed by a run that will not do it any more.</summary>
    /// <param name="now">What is due goes by this.</param>
    /// <param name="run">The run that asks; null where it is not entered among the nodes.</param>
    public static async Task<bool> Wait(Session session, SqlName table, Instant now, string? run)
    {
        ArgumentNullException.ThrowIfNull(session);
        var (due, claimed) = await session.First($"""
            select (select count(*) from (select 1 from {table} where next_try <= {now} limit 1) as due),
                   (select count(*) from (select 1 from {table} where claimed_by is not null and state = 'doing' limit 1) as claimed)
            """, row => (row.Long(0), row.Long(1)));
        if (due > 0 || claimed == 0) return due > 0;
        var alive = await Nodes.AliveRuns(session);
        return await session.Number($"select count(*) from {table} where claimed_by is not null and state = 'doing' and (claimed_by = {run ?? ""} or claimed_by not in ({alive}))") > 0;
    }

    /// <summary>Makes due what was claimed by this run before, or by one that is dead.</summary>
    public static async Task Free(Unit unit, SqlName table, Instant now, string? run)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var alive = await Nodes.AliveRuns(unit);
        await unit.Execute($"update {table} set next_try = {now}, claimed_by = null where claimed_by is not null and state = 'doing' and (claimed_by = {run ?? ""} or claimed_by not in ({alive}))");
    }
}
