using System.Net;
using Moothall.Web.Tests.Desk;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Attack;

/// <summary>Nobody gets into another's session by giving it to them, by signing them in as somebody else, or by planting a cookie from next door.</summary>
public sealed class SessionTheftTests(Councils councils)
{
    static async Task<HttpClient> Bare(RunningCouncil council, bool tls)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = council.Address };
        client.DefaultRequestHeaders.Host = "wessex.localhost";
        if (tls) client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        return await Task.FromResult(client);
    }

    static HttpRequestMessage With(HttpMethod method, string address, string cookies, params (string, string)[] fields)
    {
        var request = new HttpRequestMessage(method, address);
        if (cookies.Length > 0) request.Headers.TryAddWithoutValidation("Cookie", cookies);
        if (method == HttpMethod.Post) request.Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        return request;
    }

    static IReadOnlyList<string> Set(HttpResponseMessage answer) => answer.Headers.TryGetValues("Set-Cookie", out var set) ? [.. set] : [];

    static string Pair(HttpResponseMessage answer, string name) => Set(answer).Single(c => c.StartsWith(name + "=", StringComparison.Ordinal)).Split(';')[0];

    static async Task<(string Cookie, string Token)> SignInPage(HttpClient client, string prefix = "")
    {
        using var answer = await client.SendAsync(With(HttpMethod.Get, "/desk/sign-in", ""));
        var cookie = Pair(answer, prefix + "moothall-form");
        return (cookie, (await Sight.Of(answer, "")).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!);
    }

    [Fact]
    public async Task A_session_that_was_planted_before_signing_in_is_worth_nothing_after()
    {
        var council = await councils.Sqlite;
        using var client = await Bare(council, tls: false);
        using var attacker = await DeskBrowser.SignIn(council, "amara-okafor");
        var (form, token) = await SignInPage(client);
        foreach (var planted in new[] { "moothall-desk=" + new string('a', 43), "moothall-desk=x" })
        {
            using var signed = await client.SendAsync(With(HttpMethod.Post, "/desk/sign-in", $"{form}; {planted}", ("member", "tomasz-zielinski"), ("__RequestVerificationToken", token)));
            signed.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
            var own = Pair(signed, "moothall-desk");
            own.ShouldNotBe(planted);
            (await client.SendAsync(With(HttpMethod.Get, "/desk", own))).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await client.SendAsync(With(HttpMethod.Get, "/desk", planted))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
            // The session that a browser had ends where another begins in it.
            using var again = await client.SendAsync(With(HttpMethod.Post, "/desk/sign-in", $"{form}; {own}", ("member", "tomasz-zielinski"), ("__RequestVerificationToken", token)));
            Pair(again, "moothall-desk").ShouldNotBe(own);
            (await client.SendAsync(With(HttpMethod.Get, "/desk", own))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        }
    }

    [Fact]
    public async Task Nobody_is_signed_in_as_somebody_else_by_a_form_of_another_browser()
    {
        using var client = await Bare(await councils.Sqlite, tls: false);
        var (theirs, token) = await SignInPage(client);
        var (mine, _) = await SignInPage(client);
        mine.ShouldNotBe(theirs);
        foreach (var (cookie, sent) in new[] { (mine, token), ("", token), (mine, ""), ("moothall-form=" + new string('0', 32), token), (theirs, token + "0"), (theirs, new string('0', token.Length)) })
        {
            using var answer = await client.SendAsync(With(HttpMethod.Post, "/desk/sign-in", cookie, ("member", "amara-okafor"), ("__RequestVerificationToken", sent)));
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            Set(answer).ShouldAllBe(c => !c.StartsWith("moothall-desk", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Over_tls_every_cookie_belongs_to_this_host_alone_and_one_by_a_plain_name_is_nobodys()
    {
        var council = await councils.Sqlite;
        using var client = await Bare(council, tls: true);
        var (form, token) = await SignInPage(client, "__Host-");
        using var signed = await client.SendAsync(With(HttpMethod.Post, "/desk/sign-in", form, ("member", "amara-okafor"), ("__RequestVerificationToken", token)));
        var session = Pair(signed, "__Host-moothall-desk");
        using var queue = await client.SendAsync(With(HttpMethod.Get, "/desk", $"{session}; {form}"));
        queue.StatusCode.ShouldBe(HttpStatusCode.OK);
        // From a neighbour under the same domain, or over plain HTTP, come cookies without the beginning only.
        (await client.SendAsync(With(HttpMethod.Get, "/desk", session["__Host-".Length..]))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        using var planted = await client.SendAsync(With(HttpMethod.Post, "/desk/sign-in", form["__Host-".Length..], ("member", "amara-okafor"), ("__RequestVerificationToken", token)));
        planted.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var begun = await client.SendAsync(With(HttpMethod.Get, "/track?reference=POT-0000-0000&code=x&lang=cy", ""));
        using var link = await client.SendAsync(With(HttpMethod.Get, "/services/report-a-street-light/start?column=17&lang=cy", ""));
        using var out1 = await client.SendAsync(With(HttpMethod.Post, "/desk/sign-out", $"{session}; {form}", ("__RequestVerificationToken", token)));
        foreach (var set in new[] { signed, queue, planted, begun, link, out1 }.SelectMany(Set).ToList())
        {
            set.ShouldStartWith("__Host-");
            set.ShouldContain("; path=/;", Case.Insensitive);
            set.ShouldContain("; secure", Case.Insensitive);
            set.ShouldContain("; httponly", Case.Insensitive);
            set.ShouldContain("; samesite=", Case.Insensitive);
            set.ShouldNotContain("domain=", Case.Insensitive);
        }
        Set(link).Count.ShouldBeGreaterThan(1);
        Set(out1).ShouldContain(c => c.StartsWith("__Host-moothall-desk=;", StringComparison.Ordinal));
    }
}
