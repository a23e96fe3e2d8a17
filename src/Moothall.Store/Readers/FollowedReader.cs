using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Moothall.Store.Log;

namespace Moothall.Store.Readers;

/// <summary>What a reader did when it was given a turn.</summary>
internal enum Turn { Moved, MovedAndMoreWaits, Nothing, NotMine, Stopped, PutOff, LeftToNewer }

/// <summary>
/// One reader of the log on one node: takes the lease, handles batches, moves its place on in the same unit. An event it
/// cannot handle stops it with an alert; everything before that event is kept.
/// </summary>
internal abstract class FollowedReader(Database database, string name, string holder, ReaderSettings settings, ILogger log)
{
    private volatile ReaderPlace? place;
    private long leaseTaken;
    private bool carefully;
    private LogPosition left;
    private int atOnce = settings.BatchSize;

    public string Name => name;
    public StoreWords? Alert { get; private set; }
    public LogPosition Position => place?.Position ?? LogPosition.Start;

    /// <summary>Whether this node has the lease, as far as it knows.</summary>
    public bool IsHeld => place is not null;

    /// <summary>Whether this program knows the type and form of an event. What it does not know it leaves to a node of another version while there is one.</summary>
    public Func<LogEvent, bool> Knows { get; set; } = _ => true;

    /// <summary>What the readers of this node have read of the log for each other.</summary>
    public SharedRows? Shared { get; set; }

    /// <summary>It is on its way to another node, which has fewer readers.</summary>
    public bool IsGivenAway { get; set; }

    protected Database Database => database;
    protected ILogger Logger => log;

    /// <summary>What the tables of this reader look like, when it has any.</summary>
    protected virtual string? Form => null;

    /// <summary>Makes the reader's row, and its tables, when they are missing.</summary>
    public abstract Task Register();

    /// <summary>
    /// Writes what the events mean. With <see cref="MovesFirst"/> the place is moved before, which makes a second reader wait;
    /// otherwise after, so that decisions are taken before anything is written.
    /// </summary>
    protected abstract Task Apply(Unit unit, IReadOnlyList<LogEvent> events);
    protected virtual bool MovesFirst => true;

    /// <summary>
    /// For how long one batch may keep its unit open. On PostgreSQL no reader sees past the oldest open unit, on SQLite nobody else writes meanwhile: a
    /// long one of one reader makes all others late.
    /// </summary>
    private static readonly TimeSpan LongestUnit = TimeSpan.FromMilliseconds(100);
    private const int FewestAtOnce = 16;

    /// <summary>How many events it takes at once at most. It takes fewer where a batch takes long, and more again where it does not.</summary>
    protected virtual int MostAtOnce => settings.BatchSize;

    /// <summary>What is to be done with events outside any unit before the place moves over them; false when they have to come again later.</summary>
    protected virtual Task<bool> Prepare(ReaderPlace at, IReadOnlyList<LogEvent> events, CancellationToken cancel) => Task.FromResult(true);

    public async Task<Turn> TakeTurn(CancellationToken cancel)
    {
        try
        {
            if (place is null || Stopwatch.GetElapsedTime(leaseTaken) > settings.Lease.ToTimeSpan() / 3)
            {
                var taken = Stopwatch.GetTimestamp();
                place = await database.Commit(unit => ReaderTable.TakeLease(unit, name, holder, Form, settings.Lease), cancel);
                leaseTaken = taken;
                if (place is null)
                {
                    // Whoever has it now says what stops it.
                    Alert = null;
                    return Turn.NotMine;
                }
            }
            return await Handle(place, cancel);
        }
        catch (FencedOutException)
        {
            log.LogInformation("The reader {Reader} was taken over; its batch was rolled back.", name);
            place = null;
            return Turn.NotMine;
        }
    }

    public async Task Release()
    {
        if (place is null) return;
        place = null;
        await database.Commit(unit => ReaderTable.Release(unit, name, holder));
    }

    private async Task<Turn> Handle(ReaderPlace start, CancellationToken cancel)
    {
        // One that was stopped looks for itself: what stopped it may have been mended in the log.
        var batch = await database.Read(session => LogReading.Next(session, start.Position, start.Ahead, carefully ? 1 : atOnce, shared: Alert is null ? Shared : null), cancel);
        if (batch.HasMoved)
        {
            if (batch.Events.Find(e => !Knows(e)) is { } unknown && await database.Read(Nodes.OfSeveralVersions, cancel)) return await LeaveToNewer(unknown, batch);
            using var span = Signals.Over("follow " + name, batch.Events);
            if (batch.Events.Count > 0 && !await Prepare(start, batch.Events, cancel))
            {
                await Release();
                return Turn.PutOff;
            }
            try
            {
                // From when the unit is open: how long it waited for the one writer before is not its doing.
                var began = 0L;
                await database.Commit(unit =>
                {
                    began = Stopwatch.GetTimestamp();
                    return Write(unit, start, batch);
                }, cancel);
                if (!carefully) Pace(Stopwatch.GetElapsedTime(began), batch.IsFull);
            }
            catch (Exception error) when (error is not (FencedOutException or StoreConflictException or StoreUnavailableException or StoreBusyException or OperationCanceledException))
            {
                if (!carefully)
                {
                    carefully = true;
                    return Turn.MovedAndMoreWaits;
                }
                var e = batch.Events[^1];
                return await Stop(start, new StoreWords("{reader} cannot handle “{type}” (form {form}), {stream} version {version}, at {position}: {trouble}",
                    ("reader", name), ("type", e.Type), ("form", e.Schema), ("stream", e.Stream), ("version", e.Version), ("position", e.Position.ToString()), ("trouble", error.Message)), error, cancel);
            }
            place = start with { Position = batch.To, Ahead = batch.Ahead };
            Alert = null;
        }
        if (batch.Broken is not null) return await Stop(place ?? start, new StoreWords("{reader} stopped: {trouble}", ("reader", name), ("trouble", batch.Broken)), null, cancel);
        if (!batch.HasMoved)
        {
            carefully = false;
            return Turn.Nothing;
        }
        return batch.IsFull && !batch.IsWaiting ? Turn.MovedAndMoreWaits : Turn.Moved;
    }

    // What comes before it is handled first, one by one.
    private async Task<Turn> LeaveToNewer(LogEvent unknown, LogBatch batch)
    {
        if (!carefully && batch.Events.Count > 1)
        {
            carefully = true;
            return Turn.MovedAndMoreWaits;
        }
        if (left != unknown.Position) log.LogInformation("The reader {Reader} leaves '{Type}' (form {Schema}) to a node of the version that knows it.", name, unknown.Type, unknown.Schema);
        left = unknown.Position;
        await Release();
        return Turn.LeftToNewer;
    }

    private void Pace(TimeSpan took, bool isFull)
    {
        if (took > LongestUnit) atOnce = Math.Max(Math.Min(FewestAtOnce, settings.BatchSize), (int)(atOnce * Math.Max(0.25, LongestUnit / took)));
        else if (isFull && took < LongestUnit / 2) atOnce = Math.Min(atOnce * 2, MostAtOnce);
    }

    private async Task Write(Unit unit, ReaderPlace start, LogBatch batch)
    {
        if (MovesFirst) await ReaderTable.MoveOn(unit, name, start.Epoch, batch);
        else await ReaderTable.CheckStillMine(unit, name, start.Epoch, start.Position);
        if (batch.Events.Count > 0) await Apply(unit, batch.Events);
        if (!MovesFirst) await ReaderTable.MoveOn(unit, name, start.Epoch, batch);
    }

    private async Task<Turn> Stop(ReaderPlace at, StoreWords alert, Exception? error, CancellationToken cancel)
    {
        Alert = alert;
        log.LogError(error, "{Alert}", alert);
        await database.Commit(unit => ReaderTable.Alert(unit, name, at.Epoch, alert.ToString()), cancel);
        return Turn.Stopped;
    }
}
