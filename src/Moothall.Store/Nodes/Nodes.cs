using NodaTime;

namespace Moothall.Store;

/// <summary>One node that serves, or served, this store. Times are the database's.</summary>
/// <param name="Name">What people call it; one node at a time has a name.</param>
/// <param name="Run">Random for each start, so that a program started again is not taken for the one before.</param>
/// <param name="Version">The version of the program.</param>
/// <param name="Schema">The newest changes of the tables that it knows, as a short hash.</param>
/// <param name="Files">A short hash of the council's files that it serves by.</param>
/// <param name="IsAlive">Whether it was heard of within <see cref="Nodes.Lease"/>.</param>
public sealed record Node(string Name, string Run, string Version, string Schema, string Files, Instant Started, Instant Seen, bool IsAlive);

/// <summary>
/// The nodes of a council, each with a row that it renews. The rows say who is there and share out the readers of the log; they decide nothing
/// about correctness, which the fences of readers, timers and claims do.
/// </summary>
public static class Nodes
{
    /// <summary>For how long a node that is not heard of still has its name.</summary>
    public static readonly Duration Lease = Duration.FromSeconds(15);

    /// <summary>How often a node renews its row.</summary>
    public static readonly Duration Beat = Duration.FromSeconds(3);

    /// <summary>Enters a node under its name; false when another has that name and was heard of lately.</summary>
    public static Task<bool> Enter(Database database, Node node, CancellationToken cancel = default) => database.Commit(async unit =>
    {
        var now = await unit.Now();
        // A row far in the future was written before the clock was put back: it does not count.
        return await unit.Execute($"""
            insert into node (name, run, version, schema, files, started, seen) values ({node.Name}, {node.Run}, {node.Version}, {node.Schema}, {node.Files}, {now}, {now})
            on conflict (name) do update set run = excluded.run, version = excluded.version, schema = excluded.schema, files = excluded.files, started = excluded.started, seen = excluded.seen
              where node.run = excluded.run or node.seen <= {now - Lease} or node.seen > {now + Lease}
            """) == 1;
    }, cancel);

    /// <summary>Says that a node is alive; false when another has taken its name meanwhile. Rows of nodes that were not heard of for a day go.</summary>
    public static Task<bool> StillHere(Database database, Node node, CancellationToken cancel = default) => database.Commit(async unit =>
    {
        var now = await unit.Now();
        await unit.Execute($"delete from node where seen < {now - Duration.FromDays(1)}");
        return await unit.Execute($"update node set seen = {now}, files = {node.Files} where name = {node.Name} and run = {node.Run}") == 1;
    }, cancel);

    /// <summary>Takes a node that stops off the list.</summary>
    public static Task Leave(Database database, Node node) => database.Commit(unit => unit.Execute($"delete from node where name = {node.Name} and run = {node.Run}"));

    /// <summary>The runs of the nodes that were heard of lately: what was claimed by any other is free. Never empty, so that it can stand in a list of SQL.</summary>
    public static async Task<IReadOnlyList<string>> AliveRuns(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return [.. await session.Query($"select run from node where seen > {await session.Now() - Lease}", row => row.Text(0)), ""];
    }

    /// <summary>Whether nodes of more than one version serve at this moment: a new one is being brought in.</summary>
    public static async Task<bool> OfSeveralVersions(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return await session.Number($"select count(*) from (select distinct version, schema from node where seen > {await session.Now() - Lease}) as versions") > 1;
    }

    /// <summary>All nodes, alive or not heard of for less than a day, by name.</summary>
    public static async Task<IReadOnlyList<Node>> All(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        var now = await session.Now();
        return await session.Query($"select name, run, version, schema, files, started, seen from node order by name", row =>
            new Node(row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Instant(5), row.Instant(6), row.Instant(6) > now - Lease));
    }
}

/// <summary>What tells this store from every other one: made once, taken along by backup and restore. The queue is marked with it.</summary>
public static class StoreIdentity
{
    /// <summary>The identity, made where there is none yet.</summary>
    public static Task<string> Of(Database database) => database.Commit(async unit =>
    {
        if (await unit.First($"select id from store_identity where one = 1", row => row.Text(0)) is { } known) return known;
        var made = Guid.NewGuid().ToString();
        await unit.Execute($"insert into store_identity (one, id) values (1, {made})");
        return made;
    });
}
