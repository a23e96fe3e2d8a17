using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Moothall.Benchmarks.Size;

/// <summary>Many staff whose queues refresh every five seconds, each at a moment of its own, while fifty cases a second come in over the API at an even rate.</summary>
internal sealed class Watching(Uri address, IReadOnlyList<string> sessions, string token)
{
    static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);
    const int CasesASecond = 50;

    public async Task<List<PageTimes>> Run(TimeSpan time)
    {
        var (queues, cases) = (new List<double>(), new List<double>());
        var since = Stopwatch.GetTimestamp();
        var people = sessions.Select((session, i) => Task.Run(async () =>
        {
            using var client = Driving.Client(address, session);
            for (var due = Refresh * i / sessions.Count; due < time; due += Refresh)
            {
                await Until(since, due);
                var took = await Driving.Open(client, "/desk");
                lock (queues) queues.Add(took);
            }
        }));
        using var sender = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = address };
        sender.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var sent = Task.Run(async () =>
        {
            var open = new List<Task>();
            for (var number = 0; TimeSpan.FromSeconds((double)number / CasesASecond) is var due && due < time; number++)
            {
                await Until(since, due);
                open.Add(Send(number));
            }
            await Task.WhenAll(open);
        });
        await Task.WhenAll([.. people, sent]);
        return [Driving.Summary($"queues of {sessions.Count} staff", 0, queues, 0), Driving.Summary($"new cases, {CasesASecond} a second", 0, cases, 0)];

        async Task Send(int number)
        {
            var began = Stopwatch.GetTimestamp();
            using var answer = await sender.PostAsJsonAsync("/api/v1/services/report-a-pothole/cases", new
            {
                answers = new { where = new { text = $"{number} Mill Lane, Didcot", latitude = 51.6066, longitude = -1.2410 }, size = "small", you = new { name = $"New Comer {number}", email = $"new{number}@mail.example" } },
                channel = "api",
            });
            if (answer.StatusCode != HttpStatusCode.Created) throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            lock (cases) cases.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
    }

    static Task Until(long since, TimeSpan due) => due - Stopwatch.GetElapsedTime(since) is { } wait && wait > TimeSpan.Zero ? Task.Delay(wait) : Task.CompletedTask;
}
