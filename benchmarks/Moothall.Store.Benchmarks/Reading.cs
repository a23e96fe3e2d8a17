using System.Diagnostics;
using System.Globalization;

namespace Moothall.Store.Benchmarks;

/// <summary>A projection of counters over the whole log: followed as a node does, and replayed.</summary>
internal static class Reading
{
    public static async Task<double> Run(Database database)
    {
        var events = await database.Read(s => s.Number($"select count(*) from event"));
        var since = Stopwatch.GetTimestamp();
        await using var host = new ReaderHost(database, [new Counter()], [], [], []);
        await host.Start();
        await host.WaitUntilCaughtUp(TimeSpan.FromMinutes(10));
        return Say("events read, 1 projection", events, Stopwatch.GetElapsedTime(since));
    }

    public static async Task<double> Replayed(Database database)
    {
        var result = await Replay.Run(database, new Counter());
        return Say("events replayed", result.Events, result.Time);
    }

    private static double Say(string what, long events, TimeSpan time)
    {
        var rate = events / time.TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-26} {rate,9:0}/s   {events} events in {time.TotalSeconds:0.0} s"));
        return rate;
    }

    private sealed class Counter : IProjection
    {
        public string Name => "counter";
        public IReadOnlyList<string> Tables => ["counter"];
        public string Schema(Dialect dialect, TableNames tables) => $"create table {tables["counter"]} (type text primary key, count bigint not null)";

        public async Task Apply(Unit unit, TableNames tables, IReadOnlyList<LogEvent> events)
        {
            foreach (var group in events.GroupBy(e => e.Type, StringComparer.Ordinal))
                await unit.Execute($"""
                    insert into {tables["counter"]} as held (type, count) values ({group.Key}, {group.Count()})
                    on conflict (type) do update set count = held.count + excluded.count
                    """);
        }
    }
}
