using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Moothall.Torture;

/// <summary>One report that was tried: its own e-mail address tells it from all others. Reference is null as long as nobody answered 201.</summary>
sealed class Attempt(int number)
{
    public string Key { get; } = $"torture-{number}-{Guid.NewGuid():n}";
    public string Email { get; } = $"person-{number}-{Guid.NewGuid():n}@torture.example";
    public string? Reference;
    /// <summary>Answered twice with different references: idempotency is broken as seen from outside.</summary>
    public string? OtherReference;
    public bool ClosedAnswered;
}

/// <summary>
/// People who send reports and staff who close some of them. Whatever is not answered is sent again with the same key, until it is; an answer of 201 or 200 is a promise.
/// Now and then one request is sent twice at the same moment, or an answered one again, as a careful partner would.
/// </summary>
sealed class Load(Func<Uri> address, string token, Random random) : IDisposable
{
    readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2) }) { Timeout = TimeSpan.FromSeconds(8) };
    readonly ConcurrentBag<Attempt> attempts = [];
    readonly ConcurrentDictionary<string, int> answers = [];
    int number;

    public IReadOnlyCollection<Attempt> Attempts => attempts;
    /// <summary>Answers of a kind that nobody who sends again should get: 500, or a refusal of what is right.</summary>
    public IReadOnlyList<string> Unexpected => [.. answers.Keys.Where(a => a.StartsWith("unexpected", StringComparison.Ordinal))];
    public string Answers => string.Join(", ", answers.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => FormattableString.Invariant($"{a.Key}: {a.Value}")));
    public int Created => attempts.Count(a => a.Reference is not null);

    /// <summary>Sends until it is told to stop; then brings what it began to an answer, as long as that takes but not beyond the second token.</summary>
    public Task Run(int people, TimeSpan rest, CancellationToken stop, CancellationToken giveUp) => Task.WhenAll(Enumerable.Range(0, people).Select(_ => Task.Run(async () =>
    {
        while (!stop.IsCancellationRequested)
        {
            var attempt = new Attempt(Interlocked.Increment(ref number));
            attempts.Add(attempt);
            if (Chance(0.1)) await Task.WhenAll(Report(attempt, giveUp), Report(attempt, giveUp));
            else await Report(attempt, giveUp);
            if (attempt.Reference is null) return;
            if (Chance(0.1)) await Report(attempt, giveUp);
            if (Chance(0.5)) await Close(attempt, giveUp);
            await Task.Delay(rest, CancellationToken.None);
        }
    }, CancellationToken.None)));

    bool Chance(double part)
    {
        lock (random) return random.NextDouble() < part;
    }

    async Task Report(Attempt attempt, CancellationToken giveUp)
    {
        var body = new { channel = "web", answers = new { where = new { text = "Market Place, Wallingford" }, size = "small", you = new { name = "Torture Person", email = attempt.Email } } };
        var answer = await Until(() => new HttpRequestMessage(HttpMethod.Post, new Uri(address(), "/api/v1/services/report-a-pothole/cases"))
        {
            Headers = { { "Idempotency-Key", attempt.Key } }, Content = JsonContent.Create(body),
        }, HttpStatusCode.Created, giveUp);
        if (answer is not var (json, _)) return;
        var reference = json.GetProperty("reference").GetString();
        var before = Interlocked.CompareExchange(ref attempt.Reference, reference, null);
        if (before is not null && before != reference) attempt.OtherReference = reference;
    }

    async Task Close(Attempt attempt, CancellationToken giveUp)
    {
        var path = new Uri(address(), $"/api/v1/desk/cases/{attempt.Reference}");
        HttpRequestMessage Staff(HttpMethod method, string more = "") => new(method, path + more) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        while (!giveUp.IsCancellationRequested)
        {
            if (await Until(() => Staff(HttpMethod.Get), HttpStatusCode.OK, giveUp) is not var (json, tag)) return;
            if (IsClosed(json)) return;
            var done = await Until(() =>
            {
                var request = Staff(HttpMethod.Post, "/actions/not-ours");
                request.Headers.TryAddWithoutValidation("If-Match", tag);
                request.Headers.Add("Idempotency-Key", attempt.Key + "-close");
                request.Content = JsonContent.Create(new { answers = new { finding = "Looked at by nobody." } });
                return request;
            }, HttpStatusCode.OK, giveUp, HttpStatusCode.Conflict);
            if (done is null) return;
            if (IsClosed(done.Value.Json))
            {
                attempt.ClosedAnswered = true;
                return;
            }
        }
    }

    // A case with all that belongs to it, or the case alone; a refusal has a number for its status.
    static bool IsClosed(JsonElement json) =>
        (json.TryGetProperty("case", out var inner) ? inner : json).TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.String && status.GetString() == "closed";

    // The same request until it is answered as wanted; null when time is up.
    async Task<(JsonElement Json, string? Tag)?> Until(Func<HttpRequestMessage> make, HttpStatusCode wanted, CancellationToken giveUp, HttpStatusCode? also = null)
    {
        while (!giveUp.IsCancellationRequested)
        {
            try
            {
                using var request = make();
                using var answer = await client.SendAsync(request, giveUp);
                answers.AddOrUpdate(((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture), 1, (_, n) => n + 1);
                if (answer.StatusCode == wanted || answer.StatusCode == also)
                {
                    using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(giveUp));
                    return (json.RootElement.Clone(), answer.Headers.ETag?.ToString());
                }
                if (answer.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout or HttpStatusCode.TooManyRequests))
                {
                    answers.AddOrUpdate($"unexpected {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(giveUp)}", 1, (_, n) => n + 1);
                    if ((int)answer.StatusCode is >= 400 and < 500) return null;
                }
            }
            catch (Exception lost) when (lost is HttpRequestException or IOException or System.Net.Sockets.SocketException or JsonException || lost is OperationCanceledException && !giveUp.IsCancellationRequested)
            {
                answers.AddOrUpdate("no answer", 1, (_, n) => n + 1);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
            await Task.Delay(Random.Shared.Next(50, 300), CancellationToken.None);
        }
        return null;
    }

    public void Dispose() => client.Dispose();
}
