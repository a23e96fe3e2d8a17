using System.Collections.Concurrent;
using System.Net;

namespace Moothall.Cluster.Tests;

/// <summary>
/// What stands in front of the nodes, as docs/how-to/cluster.md says it of a load balancer: each node is asked `/health/ready`, requests go round those that are ready, and one that never came
/// to its node goes to the next. And what a good caller does: who is answered 503 with a time comes again then. Everything else that goes wrong is written down.
/// </summary>
sealed class Front : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly ConcurrentDictionary<string, Uri> nodes = new();
    readonly CancellationTokenSource stop = new();
    readonly Task asking;
    readonly HttpClient asker = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(2) };
    volatile IReadOnlyList<(string Name, Uri Address)> ready = [];
    int turn;

    public Front() => asking = Task.Run(Ask);

    /// <summary>How many requests each node has answered.</summary>
    public ConcurrentDictionary<string, int> Answered { get; } = new();
    /// <summary>How often somebody was asked to come again, and was served then.</summary>
    public ConcurrentBag<string> CameAgain { get; } = [];
    /// <summary>Requests that failed in any other way.</summary>
    public ConcurrentBag<string> Failed { get; } = [];

    public void Add(string name, Uri address) => nodes[name] = address;
    public void Remove(string name) => nodes.TryRemove(name, out _);
    public bool IsReady(string name) => ready.Any(n => n.Name == name);

    /// <summary>Somebody with cookies of their own, whose requests go round the nodes.</summary>
    public HttpClient Client(string? token = null)
    {
        var client = new HttpClient(new Rounds(this)) { BaseAddress = new Uri("http://127.0.0.1/"), Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Host = "wessex.localhost";
        if (token is not null) client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    async Task Ask()
    {
        while (!stop.IsCancellationRequested)
        {
            var found = new List<(string, Uri)>();
            foreach (var (name, address) in nodes.OrderBy(n => n.Key, StringComparer.Ordinal))
                try
                {
                    using var answer = await asker.GetAsync(new Uri(address, "/health/ready"), stop.Token);
                    if (answer.StatusCode == HttpStatusCode.OK) found.Add((name, address));
                }
                catch (Exception gone) when (gone is HttpRequestException or TaskCanceledException)
                {
                    // It is not there.
                }
            ready = found;
            await Task.Delay(100, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    sealed class Rounds(Front front) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true, UseProxy = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
        {
            var (what, body) = ($"{request.Method} {request.RequestUri!.PathAndQuery}", request.Content is null ? null : await request.Content.ReadAsByteArrayAsync(cancel));
            for (var since = System.Diagnostics.Stopwatch.StartNew(); ; await Task.Delay(100, cancel))
            {
                if (since.Elapsed > Patience)
                {
                    front.Failed.Add($"{what}: nobody served it");
                    throw new TimeoutException($"{what}: nobody served it.");
                }
                if (front.ready is not { Count: > 0 } ready) continue;
                var (name, address) = ready[(Interlocked.Increment(ref front.turn) & int.MaxValue) % ready.Count];
                try
                {
                    var answer = await base.SendAsync(Copy(request, address, body), cancel);
                    front.Answered.AddOrUpdate(name, 1, (_, n) => n + 1);
                    if (answer.StatusCode == HttpStatusCode.ServiceUnavailable && answer.Headers.RetryAfter is not null)
                    {
                        front.CameAgain.Add($"{what}: {name}");
                        answer.Dispose();
                        continue;
                    }
                    if ((int)answer.StatusCode >= 500) front.Failed.Add($"{what}: {name} answered {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancel)}");
                    return answer;
                }
                catch (HttpRequestException nowhere) when (nowhere.HttpRequestError == HttpRequestError.ConnectionError)
                {
                    front.CameAgain.Add($"{what}: {name} took no connection");
                }
                catch (HttpRequestException broken)
                {
                    front.Failed.Add($"{what}: {name}: {broken.HttpRequestError} {broken.Message}");
                    throw;
                }
            }
        }

        static HttpRequestMessage Copy(HttpRequestMessage request, Uri node, byte[]? body)
        {
            var copy = new HttpRequestMessage(request.Method, new Uri(node, request.RequestUri!.PathAndQuery)) { Content = body is null ? null : new ByteArrayContent(body) };
            foreach (var (name, values) in request.Headers.NonValidated) copy.Headers.TryAddWithoutValidation(name, values);
            if (copy.Content is not null)
                foreach (var (name, values) in request.Content!.Headers.NonValidated) copy.Content.Headers.TryAddWithoutValidation(name, values);
            return copy;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await asking;
        asker.Dispose();
        stop.Dispose();
    }
}
