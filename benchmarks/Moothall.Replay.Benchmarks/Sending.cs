using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moothall.Benchmarks.Replaying;

/// <summary>How long answers took, in milliseconds.</summary>
internal sealed class Latencies
{
    readonly ConcurrentBag<double> all = [];

    public int Count => all.Count;
    public void Add(TimeSpan time) => all.Add(time.TotalMilliseconds);

    public string InWords()
    {
        var sorted = all.Order().ToArray();
        double At(double part) => sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * part))];
        return FormattableString.Invariant($"p50 {At(.50),7:0.00} ms   p95 {At(.95),7:0.00} ms   p99 {At(.99),7:0.00} ms");
    }
}

/// <summary>
/// Sends the cases of the past and works them to their close, many at a time; only the steps of one case wait for each other. An importer may not read
/// cases, so each step says the version that the answer before it gave; a new case has version 1.
/// </summary>
internal sealed class Sending(HttpClient server, string token, int atOnce)
{
    public Latencies Creates { get; } = new();
    public Latencies Steps { get; } = new();
    public Latencies Closes { get; } = new();
    public TimeSpan Time { get; private set; }

    /// <summary>Sends everything; fails with the answer's words where anything is refused.</summary>
    public async Task Run(IReadOnlyList<PastCase> cases, CancellationToken cancel = default)
    {
        var since = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancel }, async (past, stop) =>
        {
            var reference = await Create(past, stop);
            var version = "\"1\"";
            for (var i = 0; i < past.Steps.Count; i++) version = await Take(reference, past.Steps[i], version, i == past.Steps.Count - 1 ? Closes : Steps, stop);
        });
        Time = Stopwatch.GetElapsedTime(since);
    }

    async Task<string> Create(PastCase past, CancellationToken stop)
    {
        var body = new JsonObject
        {
            ["answers"] = Work.Answers(past.Row, past.Service, past.Authority, past.Received), ["channel"] = past.Channel, ["receivedAt"] = Times.Text(past.Received),
        };
        if (!Work.AsksForPlace(past.Service)) body["authority"] = past.Authority;
        using var request = Request($"/api/v1/services/{past.Service}/cases", body);
        request.Headers.Add("Idempotency-Key", $"311-{past.Row.Number}");
        var (answer, _) = await Send(request, Creates, stop);
        if (answer.GetProperty("authority").GetString() != past.Authority)
            throw new InvalidDataException($"Row {past.Row.Number} went to {answer.GetProperty("authority")}, but its place lies in {past.Authority}.");
        return answer.GetProperty("reference").GetString()!;
    }

    async Task<string> Take(string reference, Step step, string version, Latencies latencies, CancellationToken stop)
    {
        using var request = Request($"/api/v1/desk/cases/{reference}/actions/{step.Action}", new JsonObject { ["answers"] = step.Answers.DeepClone(), ["at"] = Times.Text(step.At) });
        request.Headers.TryAddWithoutValidation("If-Match", version);
        var (_, tag) = await Send(request, latencies, stop);
        return tag!;
    }

    HttpRequestMessage Request(string address, JsonObject body) => new(HttpMethod.Post, address)
    {
        Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) }, Content = JsonContent.Create(body),
    };

    async Task<(JsonElement Answer, string? Tag)> Send(HttpRequestMessage request, Latencies latencies, CancellationToken stop)
    {
        var since = Stopwatch.GetTimestamp();
        using var response = await server.SendAsync(request, stop);
        var words = await response.Content.ReadAsStringAsync(stop);
        latencies.Add(Stopwatch.GetElapsedTime(since));
        if (!response.IsSuccessStatusCode) throw new InvalidDataException($"{request.RequestUri} was answered with {(int)response.StatusCode}: {words}");
        using var answer = JsonDocument.Parse(words);
        return (answer.RootElement.Clone(), response.Headers.ETag?.Tag);
    }
}

/// <summary>How far the published figures are behind what was answered.</summary>
internal sealed class Lag(HttpClient server, Times times)
{
    /// <summary>Cases received and closed in the year, as published now.</summary>
    public async Task<(long Received, long Closed)> Published()
    {
        using var report = JsonDocument.Parse(await server.GetStringAsync($"/api/v1/performance?from={times.First:yyyy-MM-dd}&to={times.Last:yyyy-MM-dd}"));
        var cases = report.RootElement.GetProperty("services").EnumerateArray().Select(s => s.GetProperty("cases")).ToList();
        return (cases.Sum(c => c.GetProperty("received").GetInt64()), cases.Sum(c => c.GetProperty("closed").GetInt64()));
    }

    /// <summary>Waits until all that was sent is published, or nothing has moved for half a minute; the time it took.</summary>
    public async Task<TimeSpan> UntilPublished(long received, long closed)
    {
        var since = Stopwatch.GetTimestamp();
        var (seen, moved) = (await Published(), since);
        while (seen != (received, closed) && Stopwatch.GetElapsedTime(moved) < TimeSpan.FromSeconds(30))
        {
            await Task.Delay(20);
            var now = await Published();
            if (now != seen) moved = Stopwatch.GetTimestamp();
            seen = now;
        }
        return Stopwatch.GetElapsedTime(since);
    }
}
