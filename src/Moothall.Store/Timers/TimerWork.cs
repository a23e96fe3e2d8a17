using Microsoft.Extensions.Logging;
using NodaTime;

namespace Moothall.Store.Timers;

/// <summary>Runs handlers of due timers: handler and forgetting the timer are one unit, so each happens once. What fails is tried again later.</summary>
internal sealed class TimerWork(Database database, IReadOnlyDictionary<string, ITimerHandler> handlers, ReaderSettings settings, ILogger log)
{
    private sealed record Due(string Kind, string Key, Instant At, int Attempts);

    /// <summary>Runs one round; true when something was due.</summary>
    public async Task<bool> RunDue(CancellationToken cancel)
    {
        if (handlers.Count == 0) return false;
        var now = await database.Now();
        var kinds = handlers.Keys;
        var due = await database.Read(session => session.Query(
            $"select kind, key, due, attempts from timer where next_try <= {now} and kind in ({kinds}) order by next_try limit 64",
            row => new Due(row.Text(0), row.Text(1), row.Instant(2), row.Int(3))), cancel);
        foreach (var timer in due)
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
        return due.Count > 0;
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
