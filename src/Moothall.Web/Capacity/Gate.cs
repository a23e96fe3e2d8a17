namespace Moothall.Web.Capacity;

/// <summary>How many requests a node serves at once, and for how long others wait before they are asked to come again. The defaults are for a serving council.</summary>
public sealed record GateSettings
{
    /// <summary>Requests for each core that are served at once, where no other number is set.</summary>
    public const int UsualPerCore = 64;

    public int MostInside { get; init; } = UsualPerCore * Environment.ProcessorCount;
    /// <summary>Requests that may wait at the gate: a few, so that nobody waits for an answer that comes too late.</summary>
    public int MostWaiting { get; init; } = 2 * UsualPerCore * Environment.ProcessorCount;
    /// <summary>How long somebody waits who is in the middle of something.</summary>
    public TimeSpan WaitInProgress { get; init; } = TimeSpan.FromSeconds(5);
    /// <summary>How long somebody waits who has only come.</summary>
    public TimeSpan WaitNew { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Bodies larger than a form come in slowly from a phone: they have a gate of their own, so that they take nobody else's place.</summary>
    internal GateSettings ForLargeBodies => this with { MostInside = Math.Max(1, MostInside / 4), MostWaiting = Math.Max(1, MostWaiting / 4) };
}

/// <summary>What came of asking at the gate.</summary>
public enum Pass
{
    /// <summary>It may go in, and leaves when it is done.</summary>
    Inside,
    /// <summary>It is asked to come again.</summary>
    Refused,
    /// <summary>Whoever sent it has gone: there is nobody to answer.</summary>
    GivenUp,
}

/// <summary>
/// Lets a bounded number of requests in at once. Who finds it full waits in a short line: those in the middle of something before those who have only come, each in the order of
/// coming. When the line is full, one who has only come is refused at once, and also gives up their place for one in the middle of something. While nobody waits, going in costs one
/// interlocked increment; refusing allocates nothing.
/// </summary>
public sealed class Gate : IDisposable
{
    sealed class Waiter(LinkedList<Waiter> line, long until, CancellationToken gaveUp) : TaskCompletionSource<Pass>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public LinkedList<Waiter> Line => line;
        public long Until => until;
        public CancellationToken GaveUp => gaveUp;
        /// <summary>Its place in the line; null when it has its answer.</summary>
        public LinkedListNode<Waiter>? Place { get; set; }
    }

    // One for all: refusing makes nothing.
    static readonly Task<Pass> Sent = Task.FromResult(Pass.Refused);
    readonly GateSettings settings;
    readonly TimeProvider time;
    readonly ITimer timer;
    readonly Lock door = new();
    readonly LinkedList<Waiter> inProgress = new(), fresh = new();
    int inside, waiting;
    long refusedInProgress, refusedNew, givenUp;

    public Gate(GateSettings settings, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        this.settings = settings;
        this.time = time ?? TimeProvider.System;
        timer = this.time.CreateTimer(_ => RefuseOverdue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many are served at this moment.</summary>
    public int Inside => Math.Clamp(Volatile.Read(ref inside), 0, settings.MostInside);
    public int MostInside => settings.MostInside;
    public int Waiting => Volatile.Read(ref waiting);
    /// <summary>How many were refused since the start: in the middle of something, and only come.</summary>
    public (long InProgress, long New) Refused => (Interlocked.Read(ref refusedInProgress), Interlocked.Read(ref refusedNew));
    /// <summary>How many had gone before it was their turn.</summary>
    public long GivenUp => Interlocked.Read(ref givenUp);

    /// <summary>Goes in where nobody waits and there is room.</summary>
    public bool TryEnter()
    {
        if (Volatile.Read(ref waiting) > 0) return false;
        if (Interlocked.Increment(ref inside) <= settings.MostInside) return true;
        // Somebody may have begun to wait because of this try: they are looked after as when one leaves.
        Leave();
        return false;
    }

    /// <summary>Goes in, or waits for a place for as long as <see cref="GateSettings"/> say.</summary>
    public Task<Pass> Enter(bool isInProgress, CancellationToken gaveUp)
    {
        Waiter mine;
        lock (door)
        {
            HandOver();
            if (Waiting >= settings.MostWaiting)
            {
                if (!isInProgress || fresh.Last is null)
                {
                    Interlocked.Increment(ref (isInProgress ? ref refusedInProgress : ref refusedNew));
                    return Sent;
                }
                Take(fresh.Last.Value, Pass.Refused);
            }
            var line = isInProgress ? inProgress : fresh;
            mine = new Waiter(line, time.GetTimestamp() + Ticks(isInProgress ? settings.WaitInProgress : settings.WaitNew), gaveUp);
            mine.Place = line.AddLast(mine);
            Interlocked.Increment(ref waiting);
            // Whoever left before this one was counted did not see it.
            HandOver();
            if (mine.Place == line.First) Wake();
        }
        return Until(mine);
    }

    async Task<Pass> Until(Waiter mine)
    {
        using var gone = mine.GaveUp.UnsafeRegister(static (state, _) =>
        {
            var (gate, waiter) = ((Gate, Waiter))state!;
            lock (gate.door) gate.Take(waiter, Pass.GivenUp);
        }, (this, mine));
        return await mine.Task;
    }

    /// <summary>Makes room for the next.</summary>
    public void Leave()
    {
        Interlocked.Decrement(ref inside);
        if (Volatile.Read(ref waiting) == 0) return;
        lock (door) HandOver();
    }

    /// <summary>Asks those to come again whose wait is over.</summary>
    public void RefuseOverdue()
    {
        lock (door)
        {
            var now = time.GetTimestamp();
            foreach (var line in (ReadOnlySpan<LinkedList<Waiter>>)[inProgress, fresh])
                while (line.First is { } first && first.Value.Until <= now) Take(first.Value, Pass.Refused);
            Wake();
        }
    }

    void HandOver()
    {
        while (Waiting > 0 && TryTakePlace())
        {
            var next = (inProgress.First ?? fresh.First)!.Value;
            var hasGone = next.GaveUp.IsCancellationRequested;
            if (hasGone) Interlocked.Decrement(ref inside);
            Take(next, hasGone ? Pass.GivenUp : Pass.Inside);
        }
    }

    bool TryTakePlace()
    {
        for (var now = Volatile.Read(ref inside); now < settings.MostInside;)
        {
            var before = Interlocked.CompareExchange(ref inside, now + 1, now);
            if (before == now) return true;
            now = before;
        }
        return false;
    }

    // Out of the line, with the answer.
    void Take(Waiter waiter, Pass pass)
    {
        if (waiter.Place is not { } place) return;
        waiter.Place = null;
        waiter.Line.Remove(place);
        Interlocked.Decrement(ref waiting);
        if (pass == Pass.Refused) Interlocked.Increment(ref (waiter.Line == inProgress ? ref refusedInProgress : ref refusedNew));
        if (pass == Pass.GivenUp) Interlocked.Increment(ref givenUp);
        waiter.SetResult(pass);
    }

    // Within a line the oldest is due first.
    void Wake()
    {
        var next = Math.Min(inProgress.First?.Value.Until ?? long.MaxValue, fresh.First?.Value.Until ?? long.MaxValue);
        if (next == long.MaxValue) return;
        var wait = time.GetElapsedTime(time.GetTimestamp(), next);
        timer.Change(wait > TimeSpan.FromMilliseconds(1) ? wait : TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
    }

    long Ticks(TimeSpan wait) => (long)(wait.TotalSeconds * time.TimestampFrequency);

    public void Dispose() => timer.Dispose();
}
