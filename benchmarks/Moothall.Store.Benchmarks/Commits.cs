using System.Diagnostics;
using System.Globalization;
using NodaTime;

namespace Moothall.Store.Benchmarks;

/// <summary>One-row units, each durable before it is answered, from a number of clients that each wait for their answer.</summary>
internal static class Commits
{
    private static int run;

    public static async Task<double> Run(Database database, int clients, TimeSpan time)
    {
        await Round(database, clients, TimeSpan.FromSeconds(1));
        var (units, seconds, waits) = await Round(database, clients, time);
        var rate = units / seconds;
        waits.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {$"commits, {clients} clients",-26} {rate,9:0}/s   p50 {At(waits, 0.5),7:0.00} ms   p99 {At(waits, 0.99),7:0.00} ms   max {waits[^1],7:0.00} ms"));
        return rate;
    }

    private static async Task<(long Units, double Seconds, List<double> Waits)> Round(Database database, int clients, TimeSpan time)
    {
        var number = Interlocked.Increment(ref run);
        var since = Stopwatch.GetTimestamp();
        var all = await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            var waits = new List<double>();
            for (var i = 0; Stopwatch.GetElapsedTime(since) < time; i++)
            {
                var began = Stopwatch.GetTimestamp();
                var stream = $"{number}-{client}-{i}";
                await database.Commit(unit => unit.Append(stream, 0, new NewEvent("case.opened", 1, Instant.FromUnixTimeSeconds(i), """{"service":"report-a-pothole","channel":"web"}""")));
                waits.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
            return waits;
        })));
        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        var waits = all.SelectMany(w => w).ToList();
        return (waits.Count, seconds, waits);
    }

    private static double At(List<double> sorted, double share) => sorted[(int)((sorted.Count - 1) * share)];
}
