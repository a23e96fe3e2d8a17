using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Moothall.Store.Log;
using Moothall.Store.Readers;
using Moothall.Store.Timers;

namespace Moothall.Store;

/// <summary>
/// Runs the readers of the log, the effects and the timers of one node in the background. Several hosts may run beside each
/// other. A commit of this process wakes it at once; commits of others are seen by looking every 25 ms.
/// </summary>
public sealed class ReaderHost : IAsyncDisposable
{
    private readonly Database database;
    private readonly ReaderSettings settings;
    private readonly ILogger log;
    private readonly List<FollowedReader> readers = [];
    private readonly List<IProjection> projections;
    private readonly EffectWork effectWork;
    private readonly TimerWork timerWork;
    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> running = [];
    private readonly LogWatch watch;
    private readonly Lock sharing = new();
    private bool disposed;

    public ReaderHost(Database database, IEnumerable<IProjection> projections, IEnumerable<IOwner> owners, IEnumerable<IEffect> effects,
        IEnumerable<ITimerHandler> timers, ILogger? log = null, ReaderSettings? settings = null, IEnumerable<IRelay>? relays = null, string? node = null)
    {
        this.database = database;
        this.settings = settings ??= new ReaderSettings();
        this.log = log ??= NullLogger.Instance;
        this.projections = [.. projections];
        var holder = $"{node ?? Environment.MachineName}:{Guid.NewGuid():n}";
        var allEffects = effects.ToList();
        readers.AddRange(this.projections.Select(p => new ProjectionReader(database, p, holder, settings, log)));
        readers.AddRange(owners.Select(o => new OwnerReader(database, o, holder, settings, log)));
        readers.AddRange(allEffects.Select(e => new EffectReader(database, e, holder, settings, log)));
        readers.AddRange((relays ?? []).Select(r => new RelayReader(database, r, holder, settings, log)));
        if (readers.GroupBy(r => r.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"Two readers of the log are called '{twice.Key}': give one another name.");
        effectWork = new(database, allEffects.ToDictionary(e => e.Name, StringComparer.Ordinal), settings, log, () => Run);
        timerWork = new(database, timers.ToDictionary(t => t.Kind, StringComparer.Ordinal), settings, log);
        watch = new(database, settings, log);
        var shared = new SharedRows(() => watch.Head);
        foreach (var reader in readers) reader.Shared = shared;
    }

    /// <summary>What stopped readers of this host say; empty when all is well.</summary>
    public IReadOnlyList<StoreWords> Alerts => [.. readers.Select(r => r.Alert).OfType<StoreWords>()];

    /// <summary>How many nodes are alive: each follows its share of the readers, so that a node that comes is given some.</summary>
    public int NodesAlive { get; set; } = 1;

    /// <summary>Says in words why this node may carry out nothing that falls due just now, as when its clock is wrong; null when it may. Readers go on.</summary>
    public Func<string?> WhyNothingIsDue { get; set; } = () => null;

    /// <summary>The run of this node as it is entered among the nodes, so that others take up at once what it leaves undone; null where it is not entered.</summary>
    public string? Run { get; set; }

    /// <summary>
    /// Whether this program knows the type and form of an event; set before the start. While nodes of several versions serve, a reader that comes to one that this node does not know is left to
    /// a node that does: it would pass over what a newer one counts, tells or decides by. Alone with the log it goes on, as it must after going back to an older version. Relays carry anything.
    /// </summary>
    public Func<LogEvent, bool> Knows
    {
        set
        {
            foreach (var reader in readers.Where(r => r is not RelayReader)) reader.Knows = value;
        }
    }

    /// <summary>The readers that this node follows at this moment.</summary>
    public IReadOnlyList<string> Followed => [.. readers.Where(r => r.IsHeld).Select(r => r.Name)];

    /// <summary>Makes rows and tables of new readers, builds projections again whose form has changed, and starts.</summary>
    public async Task Start()
    {
        foreach (var reader in readers) await reader.Register();
        foreach (var projection in projections)
            if (await new ProjectionReader(database, projection, "start", settings, log).IsOutdated())
            {
                log.LogInformation("The tables of {Projection} have another form now: it is built again from the log.", projection.Name);
                try
                {
                    await Replay.Run(database, projection, cancel: stop.Token);
                }
                catch (ReplayTakenOverException taken)
                {
                    log.LogInformation("{Message}", taken.Message);
                }
            }
        running.Add(Task.Run(() => watch.Run(stop.Token)));
        foreach (var reader in readers) running.Add(Task.Run(() => Follow(reader)));
        running.Add(Task.Run(() => Repeat(effectWork.DoDue, "effects")));
        running.Add(Task.Run(() => Repeat(timerWork.RunDue, "timers")));
    }

    /// <summary>
    /// Waits until every reader has handled all events committed so far, and those that owners made of them. Fails with the
    /// alert of a reader that stopped. Effects are written down by then, not done; relays wait for others and are not waited for.
    /// </summary>
    public async Task WaitUntilCaughtUp(TimeSpan? longest = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        limit.CancelAfter(longest ?? TimeSpan.FromSeconds(60));
        var mine = readers.Where(r => r is not RelayReader).Select(r => r.Name).ToHashSet(StringComparer.Ordinal);
        while (true)
        {
            // The readers first: an owner that moves on after it was looked at has appended before the end of the log is looked at.
            var (states, newest) = await database.Read(async session => (await ReaderStates.All(session), await LogReading.Newest(session)));
            var behind = states.Where(s => mine.Contains(s.Name) && s.Position < newest).ToList();
            if (behind.Count == 0) return;
            if (behind.Find(s => s.Alert is not null) is { } stopped) throw new InvalidOperationException(stopped.Alert);
            if (limit.IsCancellationRequested)
                throw new TimeoutException($"These readers have not caught up: {string.Join(", ", behind.Select(s => $"{s.Name} at {s.Position} of {newest}"))}.");
            watch.Hurry();
            await Task.Delay(2);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (disposed) return;
        disposed = true;
        await stop.CancelAsync();
        await Task.WhenAll(running);
        watch.Dispose();
        foreach (var reader in readers)
        {
            try
            {
                await reader.Release();
            }
            catch (StoreUnavailableException error)
            {
                log.LogWarning(error, "The lease of {Reader} could not be given back and runs out by itself.", reader.Name);
            }
        }
        stop.Dispose();
    }

    private Task Follow(FollowedReader reader) => Forever($"the reader {reader.Name}", async () =>
    {
        if (HasMoreThanItsShare(reader))
        {
            await reader.Release();
            await Task.Delay(settings.Lease.ToTimeSpan() / 3, stop.Token);
            reader.IsGivenAway = false;
            return;
        }
        var seen = watch.Head;
        switch (await reader.TakeTurn(stop.Token))
        {
            case Turn.MovedAndMoreWaits:
                break;
            case Turn.NotMine:
                // Who has fewest asks most often.
                await Task.Delay(settings.Lease.ToTimeSpan() / (Held >= Share ? 4 : 10), stop.Token);
                break;
            case Turn.LeftToNewer:
                await Task.Delay(settings.Lease.ToTimeSpan() / 2, stop.Token);
                break;
            case Turn.PutOff:
                await Task.Delay(((RelayReader)reader).Wait, stop.Token);
                break;
            case Turn.Stopped:
                await Task.Delay(settings.RetryStopped, stop.Token);
                break;
            case Turn.Nothing when reader.Position < seen:
                await Task.Delay(settings.Poll, stop.Token);
                break;
            default:
                await watch.NewerThan(seen, settings.Lease.ToTimeSpan() / 3, stop.Token);
                break;
        }
    });

    private int Share => (readers.Count + NodesAlive - 1) / Math.Max(NodesAlive, 1);
    private int Held => readers.Count(r => r is { IsHeld: true, IsGivenAway: false });

    // Looked at one reader at a time, so that not all are given away at once.
    private bool HasMoreThanItsShare(FollowedReader reader)
    {
        lock (sharing) return reader.IsHeld && Held > Share && (reader.IsGivenAway = true);
    }

    private Task Repeat(Func<CancellationToken, Task<bool>> round, string what) => Forever(what, async () =>
    {
        if (WhyNothingIsDue() is not null || !await round(stop.Token)) await Task.Delay(settings.DuePoll, stop.Token);
    });

    private async Task Forever(string what, Func<Task> step)
    {
        Unhurried.Begin();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await step();
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                log.LogWarning(error, "{What} could not go on and will try again.", what);
                await Task.Delay(200, CancellationToken.None);
            }
        }
    }
}
