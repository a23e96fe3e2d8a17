using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Moothall.Benchmarks.Replaying;

namespace Moothall.Benchmarks.Creating;

/// <summary>Cases made by a program over the API of a second process, and how late the published figures count them.</summary>
internal static class OverHttp
{
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    public static async Task<CreateRun> Run(ServerProcess server, string token, int connections, TimeSpan time)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var asking = new HttpClient { BaseAddress = server.Address };
        var (next, since) = (0, Stopwatch.GetTimestamp());
        var (waits, answered, lags) = (new ConcurrentBag<double>(), new ConcurrentQueue<long>(), new List<double>());
        TimeSpan Now() => Stopwatch.GetElapsedTime(since);
        var end = WarmUp + time;
        var cpu = TimeSpan.Zero;
        var counted = 0;
        var senders = Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            while (Now() < end)
            {
                var number = Interlocked.Increment(ref next);
                using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/services/{NewCases.Service}/cases") { Content = new StringContent(NewCases.Body(number), Encoding.UTF8, "application/json") };
                request.Headers.Add("Idempotency-Key", $"bench-{number}");
                var began = Stopwatch.GetTimestamp();
                using var answer = await client.SendAsync(request);
                var said = await answer.Content.ReadAsStringAsync();
                if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
                {
                    // Above its capacity it says so, and when to come back.
                    await Task.Delay(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1));
                    continue;
                }
                if (answer.StatusCode != HttpStatusCode.Created) throw new InvalidOperationException($"{(int)answer.StatusCode}: {said}");
                answered.Enqueue(Stopwatch.GetTimestamp());
                if (Now() < WarmUp || Now() > end) continue;
                waits.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                Interlocked.Increment(ref counted);
            }
        })).ToList();
        var day = DateOnly.FromDateTime(DateTime.UtcNow);
        // From the day before to the day after: a run at midnight counts as well.
        var figures = $"/api/v1/performance?service={NewCases.Service}&from={day.AddDays(-1):yyyy-MM-dd}&to={day.AddDays(1):yyyy-MM-dd}";
        var looking = Task.Run(async () =>
        {
            while (Now() < end)
            {
                await Task.Delay(20);
                using var report = JsonDocument.Parse(await asking.GetStringAsync(figures));
                var published = report.RootElement.GetProperty("services").EnumerateArray().Sum(s => s.GetProperty("cases").GetProperty("received").GetInt32());
                var seen = Stopwatch.GetTimestamp();
                // The first answered case that is not counted yet says how late the figures are.
                var order = answered.ToArray();
                if (Now() >= WarmUp) lags.Add(published >= order.Length ? 0 : Stopwatch.GetElapsedTime(order[published], seen).TotalMilliseconds);
            }
        });
        await Task.Delay(WarmUp);
        cpu = server.Cpu;
        await Task.WhenAll([.. senders, looking]);
        var used = server.Cpu - cpu;
        return new CreateRun(counted, counted / time.TotalSeconds, CreateRun.InWords(waits), used.TotalMilliseconds / Math.Max(1, counted), CreateRun.InWords(lags));
    }
}
