using Microsoft.Extensions.Logging;
using Moothall.Store;
using NodaTime;

namespace Moothall.Running;

/// <summary>What a node knows of its own running that is not in the store.</summary>
/// <param name="Disk">The room on the disk with the data; null where the data are on another machine.</param>
/// <param name="LastBackup">When `moothall backup` last made a whole backup of this folder; null where that is not known.</param>
/// <param name="Depth">How many messages lie in the queues of partners' events, where there is a queue and it answers.</param>
public sealed record OwnRunning(string Node, AdapterChecks Adapters, Func<DiskSpace?> Disk, Func<Instant?> LastBackup, Func<CancellationToken, Task<Exchange.QueueDepth?>> Depth)
{
    public AlertRules Rules { get; init; } = new();
    /// <summary>What of this node is not guarded as it should be: connections without encryption, and what has not been set.</summary>
    public IReadOnlyList<Definitions.Message> Unguarded { get; init; } = [];
}

/// <summary>Looks every few seconds whether an alert begins or ends. One node at a time does, under a lease; that each is said once does not rest on it.</summary>
public sealed class RunningWatch(House house, OwnRunning own, string run, ILogger<RunningWatch> log) : IAsyncDisposable
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(15);
    const string Name = "running-watch";
    readonly Leases leases = new(house.Database);
    readonly CancellationTokenSource stop = new();
    Task running = Task.CompletedTask;
    Lease? mine;

    /// <summary>What was seen last, where this node looks; else null.</summary>
    public Observation? Latest { get; private set; }

    /// <summary>Begins to look.</summary>
    public void Start() => running = Task.Run(Run);

    async Task Run()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                mine = await leases.TryTake(Name, run, Duration.FromTimeSpan(Every * 3), stop.Token);
                Latest = mine is null ? null : await Round(stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception trouble)
            {
                log.LogWarning("How the council runs could not be looked at just now: {Why}", trouble.Message);
            }
            await Task.Delay(Every, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Looks once, begins and ends alerts; what was seen.</summary>
    public async Task<Observation> Round(CancellationToken cancel = default)
    {
        var adapters = await own.Adapters.Look(AdapterChecks.ForWatching, cancel);
        var (readers, nodes, alerts, due, glass) = await house.Database.Read(async session =>
            (await Standings.Readers(session), await Nodes.All(session), await Alerts.Now(session), await Notifications.MessageQueries.Due(session, house.Now), await Identity.BreakGlass.Open(session, house.Now)), cancel);
        var seen = new Observation(house.Now, own.Node, readers, nodes, adapters, own.Disk()) { MessagesDue = due, BrokenGlass = [.. glass.Select(g => Cases.OpenSensitive.FaultOf(g, house))], Depth = await own.Depth(cancel) };
        var (begin, end) = AlertRules.Decide(own.Rules.Look(seen), alerts);
        foreach (var fault in begin)
            if (await house.Database.Commit(unit => Alerts.Begin(unit, house, fault), cancel)) log.LogError("Alert: {Words}. {Why}", Alerts.Words(fault.Kind, fault.What), fault.Why?.ToString() ?? "");
        foreach (var alert in end)
            if (await house.Database.Commit(unit => Alerts.End(unit, alert, house.Now), cancel)) log.LogInformation("No longer: {Words}.", Alerts.Words(alert.Kind, alert.What));
        return seen;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        try
        {
            // Another node need not wait for its end.
            if (mine is not null) await leases.Release(mine);
        }
        catch (Exception trouble) when (trouble is StoreUnavailableException or StoreBusyException or StoreConflictException)
        {
            log.LogInformation("The watch could not be handed on and is free in a minute: {Why}", trouble.Message);
        }
        stop.Dispose();
    }
}
