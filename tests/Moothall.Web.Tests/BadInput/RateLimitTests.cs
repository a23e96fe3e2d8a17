using System.Collections.Concurrent;
using System.Net;
using Moothall.Store;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.BadInput;

/// <summary>Real HTTP against a council in production behind a proxy: who floods one kind of address waits, and nobody else does.</summary>
public sealed class RateLimitTests
{
    const int MostLooks = 300, MostMails = 20;

    static HttpRequestMessage From(string address, HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add("X-Forwarded-For", address);
        if (method == HttpMethod.Post) request.Content = new FormUrlEncodedContent([KeyValuePair.Create("email", "a@mail.example")]);
        return request;
    }

    /// <summary>Sends until one is refused, at most twice what a window takes, so that a window that ends meanwhile changes nothing.</summary>
    static async Task<HttpResponseMessage?> Flood(HttpClient client, string address, HttpMethod method, Func<int, string> path, int most)
    {
        var refused = new ConcurrentBag<HttpResponseMessage>();
        await Parallel.ForEachAsync(Enumerable.Range(0, most * 2 + 2), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (turn, cancel) =>
        {
            if (!refused.IsEmpty) return;
            var answer = await client.SendAsync(From(address, method, path(turn)), cancel);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests) refused.Add(answer);
            else answer.Dispose();
        });
        return refused.FirstOrDefault();
    }

    [Fact]
    public async Task Whoever_floods_is_asked_to_wait_on_a_kind_page_and_a_library_goes_on_as_ever()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite, change: settings => settings with { Environment = "Production", Proxies = [IPAddress.Loopback] });
        using var client = await council.Client();

        (string Address, HttpMethod Method, Func<int, string> Path, int Most)[] floods =
        [
            ("203.0.113.1", HttpMethod.Get, turn => "/return/guess" + turn, MostLooks),
            ("203.0.113.2", HttpMethod.Get, turn => "/following/guess" + turn, MostLooks),
            ("203.0.113.3", HttpMethod.Post, _ => "/services/report-a-pothole/save", MostMails),
            ("203.0.113.4", HttpMethod.Post, _ => "/services/report-a-pothole/follow", MostMails),
            ("203.0.113.44", HttpMethod.Post, _ => "/account/sign-in", MostMails),
            ("203.0.113.45", HttpMethod.Get, turn => "/account/link/guess" + turn, MostLooks),
        ];
        foreach (var (address, method, path, most) in floods)
        {
            using var refused = (await Flood(client, address, method, path, most)).ShouldNotBeNull($"{path(0)} may be flooded");
            refused.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldNotBeNull().TotalSeconds.ShouldBeInRange(1, 60);
            var page = await refused.Content.ReadAsStringAsync();
            page.ShouldContain("<h1 class=\"govuk-heading-l\">Please wait a minute</h1>");
            page.ShouldContain("Wait a minute and try again.");
            page.ShouldContain("01632");
            // The flooder still reads pages and answers questions.
            using var read = await client.SendAsync(From(address, HttpMethod.Get, "/services"));
            read.StatusCode.ShouldBe(HttpStatusCode.OK);
            using var form = await client.SendAsync(From(address, HttpMethod.Post, "/services/report-a-pothole/questions/where"));
            form.StatusCode.ShouldNotBe(HttpStatusCode.TooManyRequests);
        }

        // A library: sixty people behind one address, each opening a link (which leads on and shows a page), answering and sending; some save to go on at home.
        var answers = new ConcurrentBag<HttpStatusCode>();
        await Parallel.ForEachAsync(Enumerable.Range(0, 60), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (person, cancel) =>
        {
            List<(HttpMethod, string)> steps = [(HttpMethod.Get, "/"), (HttpMethod.Get, "/return/link" + person), (HttpMethod.Get, "/return"), (HttpMethod.Get, "/track?reference=POT-0000-0000&code=c" + person), (HttpMethod.Post, "/services/report-a-pothole/questions/where"), (HttpMethod.Post, "/services/report-a-pothole/send")];
            if (person % 4 == 0) steps.Add((HttpMethod.Post, "/services/report-a-pothole/save"));
            foreach (var (method, path) in steps)
            {
                using var answer = await client.SendAsync(From("198.51.100.7", method, path), cancel);
                answers.Add(answer.StatusCode);
            }
        });
        answers.ShouldNotContain(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task A_made_up_token_lifts_no_limit_and_a_good_one_does_for_the_api_only()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite, change: settings => settings with { Environment = "Production", Proxies = [IPAddress.Loopback] });
        const string api = "/api/v1/services/report-a-pothole/follow", page = "/services/report-a-pothole/follow";
        using var guesser = await council.Client();
        guesser.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer mh_" + new string('A', 43));
        using var first = (await Flood(guesser, "203.0.113.5", HttpMethod.Post, _ => api, MostMails)).ShouldNotBeNull();
        using var second = (await Flood(guesser, "203.0.113.5", HttpMethod.Post, _ => page, MostMails)).ShouldNotBeNull();
        using var program = await council.Client("history-import");
        using var none = await Flood(program, "203.0.113.5", HttpMethod.Post, _ => api, MostMails);
        none.ShouldBeNull();
        using var third = (await Flood(program, "203.0.113.5", HttpMethod.Post, _ => page, MostMails)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_program_is_answered_as_often_as_the_council_says_and_the_next_one_is_counted_for_itself()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite, change: settings => settings with { Environment = "Production", RequestsPerProgram = 60 });
        using var program = await council.Client("history-import");
        using var refused = (await Flood(program, "203.0.113.6", HttpMethod.Get, _ => "/api/v1/services", 60)).ShouldNotBeNull();
        refused.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldNotBeNull().TotalSeconds.ShouldBeInRange(1, 60);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("Your program sends more than it may.");
        using var other = await council.Client("tomasz-zielinski");
        using var answer = await other.GetAsync("/api/v1/services");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
