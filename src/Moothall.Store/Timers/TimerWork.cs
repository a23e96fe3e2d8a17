using Microsoft.Extensions.Logging;
using NodaTime;

namespace Moothall.Store.Timers;

/// <summary>Runs handlers of due timers, several at once: a handler and forgetting its timer are one unit, so each happens once. What fails is tried again later.</summary>
internal sealed class TimerWork(Database database, IReadOnlyDictionary<string, ITimerHandler> handlers, ReaderSettings settings, ILogger log)
{
    private const int MostARound = 1_000;

    /// <summary>Connections of PostgreSQL that timers take, of a node's many.</summary>
    private const int AtOnce = 8;

    /// <summary>SQLite's one writer takes what waits together into one commit.</summary>
    private const int AtOnceInOneWriter = 64;

    private sealed record Due(string Kind, string Key, Instant At, int Attempts);

    /// <summary>Runs one round; true when something was due.</summary>
    public async Task<bool> RunDue(CancellationToken cancel)
    {
        if (handlers.Count == 0) return false;
        var now = await database.Now();
        var due = await database.Read(session => session.Query(WhatIsDue(now, handlers.Keys), row => new Due(row.Text(0), row.Text(1), row.Instant(2), row.Int(3))), cancel);
        if (due.Count == 0) return false;
        // Nodes that see the same timers begin at different ones, so that they do not wait their way through the list side by side.
        var all = due.ToArray();
        if (database.Dialect == Dialect.Postgres) Random.Shared.Shuffle(all);
        await Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = database.Dialect == Dialect.Postgres ? AtOnce : AtOnceInOneWriter, CancellationToken = cancel },
            async (timer, stop) => await CarryOut(timer, stop));
        return true;
    }

    // The kind is compared as something worked out: SQLite would else go through all timers of those kinds by their key, due or not, four times a second.
    internal static FormattableString WhatIsDue(Instant now, IEnumerable<string> kinds) =>
        $"select kind, key, due, attempts from timer where next_try <= {now} and kind || '' in ({kinds}) order by next_try limit {MostARound}";

    private async Task CarryOut(Due timer, CancellationToken cancel)
    {
        try
        {
            await database.Commit(unit => Run(unit, timer), cancel);
        }
        catch (Exception error) when (error is not (OperationCanceledException or StoreUnavailableException or StoreBusyException))
        {
            log.LogError(error, "The timer {Kind} {Key} failed and will be tried again.", timer.Kind, timer.Key);
            await database.Commit(unit => PutOff(unit, timer, error.Message), cancel);
        }
    }

    private async Task Run(Unit unit, Due timer)
    {
        var still = unit.Dialect == Dialect.Sqlite
            ? await unit.Number($"select count(*) from timer where kind = {timer.Kind} and key = {timer.Key} and due = {timer.At}")
            : await unit.Number($"select count(*) from (select 1 from timer where kind = {timer.Kind} and key = {timer.Key} and due = {timer.At} for update skip locked) as mine");
        if (still == 0) return;
        await handlers[timer.Kind].Handle(unit, timer.Key, timer.At);
        await unit.Execute($"delete from timer where kind = {timer.Kind} and key = {timer.Key} and due = {timer.At}");
    }

    private async Task PutOff(Unit unit, Due timer, string why)
    {
        var next = await unit.Now() + settings.WaitAfter(timer.Attempts + 1);
        await unit.Execute($"""
            update timer set attempts = attempts + 1, next_try = {next}, why = {why}
            where kind = {timer.Kind} and key = {timer.Key} and due = {timer.At} and attempts = {timer.Attempts}
            """);
    }
}
