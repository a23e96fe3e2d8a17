using System.Diagnostics;
using System.Net;

namespace Moothall.Benchmarks.Size;

/// <summary>
/// How one kind of page answered, in milliseconds: the very first answer after the start by itself; and the server's processor time of one, which tells of
/// its cost even on a machine that others use.
/// </summary>
internal sealed record PageTimes(string Page, int Count, double Cold, double P50, double P95, double P99, double Max, double ProcessorMs);

/// <summary>Staff at the desk: each opens one page after the other, with a pause between them, over HTTP.</summary>
internal sealed class Driving(Uri address, Func<TimeSpan> processor, IReadOnlyList<string> sessions)
{
    public async Task<List<PageTimes>> Run(IReadOnlyList<(string Name, Func<int, string> Path)> pages, TimeSpan time, TimeSpan pause)
    {
        var cold = new double[pages.Count];
        using (var first = Client(sessions[0]))
            for (var i = 0; i < pages.Count; i++) cold[i] = await Open(first, pages[i].Path(0));
        var waits = pages.Select(_ => new List<double>()).ToList();
        // The program is compiled in full only after some hundred pages; that is no matter of size.
        await Round(pages, TimeSpan.FromSeconds(8), pause / 4, null);
        await Round(pages, time, pause, waits);
        var costs = new double[pages.Count];
        using (var alone = Client(sessions[0]))
            for (var i = 0; i < pages.Count; i++)
            {
                var before = processor();
                for (var turn = 0; turn < Alone; turn++) await Open(alone, pages[i].Path(turn));
                costs[i] = (processor() - before).TotalMilliseconds / Alone;
            }
        return [.. pages.Select((page, i) => Summary(page.Name, cold[i], waits[i], costs[i]))];
    }

    /// <summary>How often each page is opened by one alone to see what it costs.</summary>
    const int Alone = 40;

    async Task Round(IReadOnlyList<(string Name, Func<int, string> Path)> pages, TimeSpan time, TimeSpan pause, List<List<double>>? waits)
    {
        var since = Stopwatch.GetTimestamp();
        await Task.WhenAll(sessions.Select((session, member) => Task.Run(async () =>
        {
            using var client = Client(session);
            await Task.Delay(pause * member / sessions.Count);
            for (var turn = member; Stopwatch.GetElapsedTime(since) < time; turn++)
            {
                var page = turn % pages.Count;
                var took = await Open(client, pages[page].Path(turn));
                if (waits is not null) lock (waits) waits[page].Add(took);
                if (pause > TimeSpan.Zero) await Task.Delay(pause);
            }
        })));
    }

    HttpClient Client(string session) => Client(address, session);

    /// <summary>A browser of somebody who is signed in.</summary>
    public static HttpClient Client(Uri address, string session)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address };
        client.DefaultRequestHeaders.Add("Cookie", $"moothall-desk={session}");
        return client;
    }

    /// <summary>Opens a page; the milliseconds until all of it was there.</summary>
    public static async Task<double> Open(HttpClient client, string path)
    {
        var since = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync(path);
        await answer.Content.ReadAsByteArrayAsync();
        if (answer.StatusCode != HttpStatusCode.OK) throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode} and not 200.");
        return Stopwatch.GetElapsedTime(since).TotalMilliseconds;
    }

    /// <summary>What many openings of one page took.</summary>
    public static PageTimes Summary(string page, double cold, List<double> waits, double cost)
    {
        waits.Sort();
        double At(double share) => waits.Count == 0 ? 0 : waits[(int)((waits.Count - 1) * share)];
        return new(page, waits.Count, cold, At(.5), At(.95), At(.99), At(1), cost);
    }
}
