using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Moothall.Cases;
using Moothall.Store;
using NodaTime;

namespace Moothall.Web.Capacity;

/// <summary>
/// How often somebody asked within the last minute, over all nodes. Each node counts in its memory; who has used up a good part of what they may is told to the others by a row of the store, once a second and
/// many at once, so that ordinary requests cost no word with the store. The minute slides: what is left of the one before counts with it.
/// </summary>
public sealed class RequestCounts : IAsyncDisposable
{
    /// <summary>The part of what somebody may ask that they have to use up on one node before the others hear of it.</summary>
    const int ToldFrom = 8;
    /// <summary>The most counters of a node; beyond them the oldest minutes go first, and then nobody new is counted one by one.</summary>
    const int MostCounters = 200_000;
    const int MostTold = 500;
    const long Minute = 60;
    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    sealed class Counter(int most)
    {
        public readonly int Most = most;
        public long At;
        public int Now, Before, Told, Others;
    }

    readonly ConcurrentDictionary<(string Kind, string Who), Counter> counters = new();
    readonly Database database;
    readonly TrackingCodes codes;
    readonly IClock clock;
    readonly ILogger<RequestCounts> log;
    readonly CancellationTokenSource stopping = new();
    readonly Task work;

    public RequestCounts(House house, ILogger<RequestCounts> log)
    {
        ArgumentNullException.ThrowIfNull(house);
        (database, codes, clock, this.log) = (house.Database, house.Codes, house.Clock, log);
        work = Task.Run(Run);
    }

    /// <summary>Counts a request. Null: it may go on. Else how many seconds its sender waits; then it was not counted.</summary>
    /// <param name="kind">What is limited: `form`, `mail`.</param>
    /// <param name="who">An address, a member of staff, somebody who is written to.</param>
    /// <param name="most">How many a minute are let through.</param>
    /// <param name="used">The part of it that is used up with this one.</param>
    public int? Count(string kind, string who, int most, out double used)
    {
        var seconds = clock.GetCurrentInstant().ToUnixTimeSeconds();
        var (minute, into) = (Math.DivRem(seconds, Minute, out var rest), rest / (double)Minute);
        used = 0;
        if (!counters.TryGetValue((kind, who), out var counter))
        {
            if (counters.Count >= MostCounters) return null;
            counter = counters.GetOrAdd((kind, who), _ => new Counter(most) { At = minute });
        }
        lock (counter)
        {
            Turn(counter, minute);
            var sum = counter.Before * (1 - into) + counter.Now + counter.Others;
            used = (sum + 1) / most;
            if (used <= 1)
            {
                counter.Now++;
                return null;
            }
            // When so much of the minute has passed that what is left of the one before makes room; in the next minute, where this one alone is full.
            var mine = counter.Now + counter.Others;
            var until = mine < most ? 1 - (most - 1 - mine) / (double)Math.Max(1, counter.Before) : 2 - (most - 1) / (double)mine;
            return (int)Math.Clamp(Math.Ceiling((until - into) * Minute), 1, Minute);
        }
    }

    static void Turn(Counter counter, long minute)
    {
        if (counter.At == minute) return;
        counter.Before = counter.At == minute - 1 ? counter.Now + counter.Others : 0;
        (counter.At, counter.Now, counter.Told, counter.Others) = (minute, 0, 0, 0);
    }

    /// <summary>Tells the other nodes whom this one has let through often, and hears whom they have.</summary>
    public async Task Exchange(CancellationToken cancel = default)
    {
        var minute = clock.GetCurrentInstant().ToUnixTimeSeconds() / Minute;
        foreach (var (who, counter) in counters)
            if (counter.At < minute - 1 || counter.At > minute + 1) counters.TryRemove(new(who, counter));
        // One process alone has a SQLite file.
        if (database.Dialect == Dialect.Sqlite) return;
        var told = new List<(Counter Counter, string Who, int More)>();
        foreach (var ((kind, who), counter) in counters)
        {
            lock (counter)
            {
                if (counter.At == minute && (counter.Told > 0 || counter.Now * ToldFrom >= counter.Most)) told.Add((counter, codes.ForLimit(kind, who), counter.Now - counter.Told));
            }
            if (told.Count == MostTold) break;
        }
        if (told.Count == 0) return;
        // In one order everywhere, so that two nodes do not wait for each other.
        told.Sort((a, b) => string.CompareOrdinal(a.Who, b.Who));
        var sums = await database.Commit(async unit =>
        {
            var sums = new List<long>(told.Count);
            foreach (var (_, who, more) in told)
                sums.Add(await unit.First($"insert into request_count (minute, who, count) values ({minute}, {who}, {more}) on conflict (minute, who) do update set count = request_count.count + excluded.count returning count", row => row.Long(0)));
            await unit.Execute($"delete from request_count where minute < {minute - 2}");
            return sums;
        }, cancel);
        foreach (var ((counter, _, more), sum) in told.Zip(sums))
        {
            lock (counter)
            {
                if (counter.At != minute) continue;
                counter.Told += more;
                counter.Others = (int)Math.Min(int.MaxValue / 2, Math.Max(0, sum - counter.Told));
            }
        }
    }

    async Task Run()
    {
        using var beat = new PeriodicTimer(Every);
        try
        {
            while (await beat.WaitForNextTickAsync(stopping.Token))
            {
                try
                {
                    await Exchange(stopping.Token);
                }
                catch (StoreException trouble)
                {
                    log.LogDebug("What the nodes have counted could not be exchanged: {Why}", trouble.Message);
                }
            }
        }
        catch (OperationCanceledException)
        {
            log.LogDebug("Stopped counting.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await work;
        stopping.Dispose();
    }
}
