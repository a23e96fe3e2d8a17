using System.Net;
using System.Net.Sockets;
using System.Text;
using Moothall.Web.Tests.Desk;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Attack;

/// <summary>What stands twice, is written oddly, or comes in a header that only a server in front may set, opens nothing that is shut and breaks nothing.</summary>
public sealed class SmugglingTests(Councils councils)
{
    /// <summary>An answer to bytes as they are, which no client of .NET would send.</summary>
    static async Task<string> Raw(RunningCouncil council, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(council.Address.Host, council.Address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var all = new MemoryStream();
        // The server closes when it has answered; one that waits for more than comes has said all that it says.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await stream.CopyToAsync(all, patience.Token);
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException)
        {
            // It hung up, which is an answer too.
        }
        return Encoding.Latin1.GetString(all.ToArray());
    }

    static int Status(string answer) => answer.Length == 0 ? 0 : int.Parse(answer.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("//desk"), InlineData("/desk/..;/desk"), InlineData("/..;/desk"), InlineData("/desk;x=1"), InlineData("/desk%2fcases"), InlineData("/%2fdesk"), InlineData("/%64esk"), InlineData("/desk/%2e%2e/desk"), InlineData("/./desk"), InlineData("/services/../desk"), InlineData("/services/%2e%2e/desk")]
    [InlineData("/services/..%2fdesk"), InlineData("/assets/..%2f..%2fappsettings.json"), InlineData("/assets/..%5c..%5cappsettings.json"), InlineData("/assets/%2e%2e%2f%2e%2e%2fdata%2fmoothall.db"), InlineData("/desk/"), InlineData("/DESK"), InlineData("/Desk/Cases/POT-0000-0000"), InlineData("/desk%20"), InlineData("/desk.json"), InlineData("/desk/running"), InlineData("/desk\\running")]
    [InlineData("/desk%00"), InlineData("/desk/cases/%00"), InlineData("/track/%00"), InlineData("/services/%00"), InlineData("/services/report-a-pothole%00/start"), InlineData("/services/%c0%af"), InlineData("/services/%ff%fe"), InlineData("/services/%u0041"), InlineData("/services/%"), InlineData("/?x=%00"), InlineData("/services?q=%c0%af"), InlineData("/services?q=%zz")]
    public async Task No_way_of_writing_an_address_leads_past_the_sign_in_or_out_of_the_house(string path)
    {
        var council = await councils.Sqlite;
        var answer = await Raw(council, $"GET {path} HTTP/1.1\r\nHost: wessex.localhost\r\nConnection: close\r\n\r\n");
        Status(answer).ShouldBeOneOf([200, 303, 400, 404], answer);
        foreach (var shut in new[] { "desk__who", "SQLite format 3", "\"Logging\"", "   at Moothall", "Exception" }) answer.ShouldNotContain(shut);
        if (Status(answer) == 303) answer.ShouldContain("Location: /desk/sign-in", Case.Insensitive);
    }

    [Theory]
    [InlineData("X-Original-URL: /desk"), InlineData("X-Rewrite-URL: /desk"), InlineData("X-Forwarded-Host: evil.example"), InlineData("X-Forwarded-Prefix: /evil"), InlineData("X-Forwarded-Server: evil.example"), InlineData("Forwarded: host=evil.example;proto=https"), InlineData("X-Host: evil.example"), InlineData("X-HTTP-Method-Override: DELETE")]
    [InlineData("X-Method-Override: POST"), InlineData("X-Remote-User: fatima-al-sayed"), InlineData("Remote-User: fatima-al-sayed"), InlineData("X-Forwarded-User: fatima-al-sayed"), InlineData("X-Real-IP: 127.0.0.1"), InlineData("X-Client-IP: 127.0.0.1"), InlineData("True-Client-IP: 127.0.0.1"), InlineData("Authorization: Basic ZmF0aW1hOng="), InlineData("Authorization: Bearer null"), InlineData("Cookie: moothall-desk=null")]
    [InlineData("Cookie: moothall-desk='or'1'='1"), InlineData("Cookie: __Host-moothall-desk=x; moothall-desk=%00"), InlineData("Cookie: moothall-desk=\"x\""), InlineData("Accept-Language: ../../etc/passwd"), InlineData("traceparent: 00-zz-zz-01"), InlineData("If-None-Match: *"), InlineData("Range: bytes=0-")]
    public async Task No_header_makes_somebody_of_nobody_or_leads_to_another_host(string header)
    {
        var council = await councils.Sqlite;
        foreach (var path in new[] { "/", "/desk", "/desk/running", "/desk/staff", "/services/report-a-pothole", "/api/v1/desk/cases" })
        {
            var answer = await Raw(council, $"GET {path} HTTP/1.1\r\nHost: wessex.localhost\r\n{header}\r\nConnection: close\r\n\r\n");
            Status(answer).ShouldBeOneOf([200, 303, 400, 401], $"{path} {answer}");
            if (path.StartsWith("/desk", StringComparison.Ordinal)) Status(answer).ShouldNotBe(200, path);
            if (path.StartsWith("/api", StringComparison.Ordinal)) Status(answer).ShouldBe(401);
            answer.ShouldNotContain("evil");
        }
    }

    [Theory]
    [InlineData("evil.example"), InlineData("wessex.localhost:80@evil.example"), InlineData("evil.example#wessex.localhost"), InlineData("wessex.localhost.evil.example"), InlineData("[::1]"), InlineData("localhost\tevil")]
    public async Task A_host_that_is_made_up_stands_in_no_link_and_no_mail(string host)
    {
        var council = await councils.Sqlite;
        foreach (var path in new[] { "/", "/services/report-a-pothole", "/desk", "/track?reference=POT-0000-0000&code=x", "/openapi/v1.json" })
        {
            var answer = await Raw(council, $"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
            Status(answer).ShouldBeOneOf([200, 303, 400, 404], answer);
            answer.ShouldNotContain("evil");
        }
    }

    [Fact]
    public async Task Lengths_that_contradict_each_other_are_one_request_or_none()
    {
        var council = await councils.Sqlite;
        foreach (var head in new[]
        {
            "Content-Length: 5\r\nContent-Length: 50\r\n", "Content-Length: 5, 50\r\n", "Content-Length: -1\r\n", "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "Transfer-Encoding: chunked, identity\r\n", "Transfer-Encoding: xchunked\r\n", "Transfer-Encoding : chunked\r\n",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        })
        {
            var answer = await Raw(council, $"POST /track HTTP/1.1\r\nHost: wessex.localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n{head}\r\n0\r\n\r\nGET /desk/smuggled HTTP/1.1\r\nHost: wessex.localhost\r\nConnection: close\r\n\r\n");
            answer.ShouldNotContain("smuggled", customMessage: head + answer);
        }
        (await Raw(council, "GET / HTTP/1.1\r\nHost: wessex.localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n")).ShouldStartWith("HTTP/1.1 400");
        (await Raw(council, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n")).ShouldStartWith("HTTP/1.1 400");
        (await Raw(council, "GET / HTTP/1.1\r\nHost: wessex.localhost\r\nX-A: b\r\n folded: c\r\nConnection: close\r\n\r\n")).ShouldStartWith("HTTP/1.1 400");
    }

    [Fact]
    public async Task What_comes_in_an_address_breaks_no_header_of_the_answer()
    {
        var council = await councils.Sqlite;
        using var client = await council.Client();
        using var staff = await DeskBrowser.SignIn(council, "amara-okafor");
        const string split = "%0d%0aSet-Cookie:%20planted=1%0d%0a";
        foreach (var path in new[]
        {
            $"/track?reference=x&code={split}", $"/return/{split}", $"/following/{split}", $"/agree/{split}", $"/services/report-a-street-light/start?column={split}", $"/?lang={split}", $"/services/report-a-pothole/again?case={split}&code={split}", $"/desk/sign-in?return={split}",
            $"/track?reference=x&code=y&then={split}", $"/feedback/report-a-pothole?at={split}", $"/desk/cases/{split}", $"/performance?from={split}",
        })
            foreach (var answer in new[] { await client.GetAsync(path), await staff.Get(path) })
            {
                ((int)answer.StatusCode).ShouldBeLessThan(500, path);
                if (answer.Headers.TryGetValues("Set-Cookie", out var set)) set.ShouldAllBe(c => !c.StartsWith("planted", StringComparison.Ordinal), path);
                answer.Dispose();
            }
    }

    [Fact]
    public async Task A_parameter_that_stands_twice_is_no_way_around_what_it_says_once()
    {
        var council = await councils.Sqlite;
        var (mine, other) = (await council.Pothole(), await council.Pothole());
        using var client = await council.Client();
        var (myCode, wrong) = (council.House.Codes.For(mine, 1), "0000000000000000");
        foreach (var query in new[] { $"reference={other}&reference={mine}&code={myCode}", $"reference={mine}&reference={other}&code={myCode}&code={wrong}", $"reference={other}&code={wrong}&code={myCode}", $"reference={other},{mine}&code={myCode}" })
        {
            using var answer = await client.GetAsync("/track?" + query);
            answer.StatusCode.ShouldNotBe(HttpStatusCode.InternalServerError);
            (await client.GetAsync("/track/" + other)).StatusCode.ShouldBe(HttpStatusCode.SeeOther, query);
        }
        using var method = new HttpRequestMessage(HttpMethod.Get, $"/desk/sign-out?_method=POST");
        (await client.SendAsync(method)).StatusCode.ShouldNotBe(HttpStatusCode.OK);
        foreach (var verb in new[] { "TRACE", "CONNECT", "PROPFIND", "DEBUG", "PUT", "DELETE", "PATCH", "OPTIONS" })
        {
            var answer = await Raw(council, $"{verb} / HTTP/1.1\r\nHost: wessex.localhost\r\nCookie: secret=1\r\nConnection: close\r\n\r\n");
            Status(answer).ShouldBeOneOf([400, 404, 405, 501], $"{verb} {answer}");
            answer.ShouldNotContain("secret=1");
        }
    }

    [Theory]
    [InlineData("//evil.example"), InlineData("https://evil.example"), InlineData("/\\evil.example"), InlineData("\\\\evil.example"), InlineData("/desk/../../evil.example"), InlineData("/desk//evil.example/.."), InlineData("javascript:alert(1)"), InlineData("%2f%2fevil.example"), InlineData("/desk?x=1\r\nLocation: //evil.example"), InlineData("http:evil.example"), InlineData("/desk@evil.example"), InlineData(".evil.example")]
    public async Task Nothing_that_somebody_puts_into_an_address_leads_to_another_site(string wanted)
    {
        var council = await councils.Sqlite;
        using var browser = new Browser(await council.Client());
        var w = Uri.EscapeDataString(wanted);
        foreach (var path in new[] { $"/track?reference=x&code=y&then={w}", $"/desk?return={w}", $"/services/report-a-pothole/again?return={w}", $"/return/{w}", $"/following/{w}", $"/agree/{w}", $"/?lang={w}", $"/services/report-a-pothole/start?return={w}&next={w}&url={w}&redirect={w}", $"/desk/sign-in?return={w}", "/" + wanted.TrimStart('/').Replace("\r\n", "", StringComparison.Ordinal) })
        {
            using var answer = await browser.Client.GetAsync(new Uri(council.Address, path is ['/', '/', ..] ? path[1..] : path));
            if (answer.Headers.Location is { } location) (location.OriginalString is ['/', not ('/' or '\\'), ..] or "/").ShouldBeTrue($"{path} leads to {location}");
        }
        var page = await browser.Open($"/desk/sign-in?return={w}");
        using var signed = await browser.Post(page, form: "form:has(input[value=amara-okafor])");
        signed.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        new Uri(new Uri("https://council.example"), signed.Headers.Location!.OriginalString).Host.ShouldBe("council.example");
        signed.Headers.Location.OriginalString.ShouldStartWith("/desk");
    }

    [Fact]
    public async Task Whatever_is_too_large_is_refused_in_words_or_hung_up_on_and_others_go_on()
    {
        var council = await councils.Sqlite;
        string[] requests =
        [
            "GET /" + new string('a', 20_000) + " HTTP/1.1\r\nHost: wessex.localhost\r\nConnection: close\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: wessex.localhost\r\nX-Large: " + new string('a', 60_000) + "\r\nConnection: close\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: wessex.localhost\r\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"X-{i}: a\r\n")) + "Connection: close\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: wessex.localhost\r\nCookie: " + string.Join("; ", Enumerable.Range(0, 2000).Select(i => $"draft-{i}=x")) + "\r\nConnection: close\r\n\r\n",
            "GET /services?q=" + new string('a', 7000) + " HTTP/1.1\r\nHost: wessex.localhost\r\nConnection: close\r\n\r\n",
            "GET /services?" + string.Join('&', Enumerable.Range(0, 1200).Select(i => $"a{i}=1")) + " HTTP/1.1\r\nHost: wessex.localhost\r\nConnection: close\r\n\r\n",
            "POST /track HTTP/1.1\r\nHost: wessex.localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 99999999999\r\nConnection: close\r\n\r\n",
            "POST /track HTTP/1.1\r\nHost: wessex.localhost\r\nContent-Type: multipart/form-data; boundary=" + new string('b', 500) + "\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc",
        ];
        foreach (var request in requests)
        {
            var answer = await Raw(council, request);
            Status(answer).ShouldBeOneOf([0, 200, 303, 400, 404, 411, 413, 414, 415, 431], request[..60] + answer);
            answer.ShouldNotContain("   at ");
        }
        using var client = await council.Client();
        (await client.GetAsync("/")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
