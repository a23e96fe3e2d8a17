using System.Diagnostics;
using System.Globalization;
using NodaTime;

namespace Moothall.Store.Benchmarks;

/// <summary>Timers that all fall due at one moment, carried out by two nodes: how long until the last is done, and that none was done twice.</summary>
internal static class Timers
{
    private const int Count = 10_000;
    private static readonly Instant due = Instant.FromUtc(2020, 1, 1, 0, 0);

    public static async Task<double> Run(Func<Database> open)
    {
        await using var database = open();
        foreach (var some in Enumerable.Range(0, Count).Chunk(1_000))
            await database.Commit(async unit =>
            {
                foreach (var i in some) await unit.SetTimer("bench", $"timer/{i}", due);
            });
        await using var other = database.Dialect == Dialect.Postgres ? open() : null;
        await using var one = new ReaderHost(database, [], [], [], [new Reminder()]);
        await using var two = new ReaderHost(other ?? database, [], [], [], [new Reminder()]);
        var since = Stopwatch.GetTimestamp();
        await Task.WhenAll(one.Start(), two.Start());
        while (await database.Read(s => s.Number($"select count(*) from (select 1 from timer limit 1) as one")) > 0) await Task.Delay(20);
        var time = Stopwatch.GetElapsedTime(since);
        var events = await database.Read(s => s.Number($"select count(*) from event where type = 'bench.reminded'"));
        var rate = Count / time.TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {$"{Count} timers, 2 nodes",-26} {rate,9:0}/s   {time.TotalSeconds:0.0} s, {(events == Count ? "none twice" : $"{events} DONE")}"));
        return rate;
    }

    private sealed class Reminder : ITimerHandler
    {
        public string Kind => "bench";

        // Without a look at the version a second time would fail; so it appends to whatever is there, and the count tells.
        public async Task Handle(Unit unit, string key, Instant due) =>
            await unit.Append(key, await unit.VersionOf(key), new NewEvent("bench.reminded", 1, due, "{}"));
    }
}
