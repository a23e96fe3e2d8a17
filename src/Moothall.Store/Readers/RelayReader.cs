using Microsoft.Extensions.Logging;
using Moothall.Store.Log;

namespace Moothall.Store.Readers;

/// <summary>
/// A relay as the host runs it: begins with the first event of the log. When the other side does not take events it gives the lease back, so that a node
/// that reaches it may try, and waits longer each time.
/// </summary>
internal sealed class RelayReader(Database database, IRelay relay, string holder, ReaderSettings settings, ILogger log)
    : FollowedReader(database, relay.Name, holder, settings, log)
{
    private readonly ReaderSettings settings = settings;
    private string? trouble;
    private int failures;

    /// <summary>How long to wait after the other side took nothing.</summary>
    public TimeSpan Wait => TimeSpan.FromMilliseconds(Math.Min(settings.LongestRelayWait.TotalMilliseconds, 250 * (1L << Math.Min(failures, 12))) * (0.8 + 0.4 * Random.Shared.NextDouble()));

    public override async Task Register() => await Database.Commit(unit => ReaderTable.Add(unit, Name, LogPosition.Start, null, null));

    protected override Task Apply(Unit unit, IReadOnlyList<LogEvent> events) => Task.CompletedTask;

    protected override async Task<bool> Prepare(ReaderPlace at, IReadOnlyList<LogEvent> events, CancellationToken cancel)
    {
        var why = await relay.Publish(events, cancel);
        if (why is null)
        {
            if (trouble is not null) Logger.LogInformation("{Reader} goes on: what waited is being taken.", Name);
            (trouble, failures) = (null, 0);
            return true;
        }
        failures++;
        if (trouble != why)
        {
            Logger.LogWarning("{Reader} waits, and nothing is lost: {Why}", Name, why);
            await Database.Commit(unit => ReaderTable.Alert(unit, Name, at.Epoch, $"{Name} waits: {why}"), cancel);
        }
        trouble = why;
        return false;
    }
}
