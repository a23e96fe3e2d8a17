using System.Text.RegularExpressions;
using Moothall.Web.Tests.Desk;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Attack;

/// <summary>Every address, of anybody and of staff, found or not, carries the headers that keep a page to what we wrote.</summary>
public sealed partial class HeadersTests(Councils councils)
{
    /// <summary>An address of each route, with words in the place of its parts.</summary>
    static IEnumerable<string> Addresses(RunningCouncil council) =>
        council.Serving.Routes.Select(route => "/" + Part().Replace(route.RoutePattern.RawText!.TrimStart('/'), part => part.Groups[1].Value == "service" ? "report-a-pothole" : "1")).Append("/no/such/address").Distinct();

    static void Bounded(HttpResponseMessage answer, string what, bool tls = false)
    {
        string One(string name) => answer.Headers.TryGetValues(name, out var values) ? values.ShouldHaveSingleItem($"{what}: {name}") : throw new ShouldAssertException($"{what} has no {name}");
        var policy = One("Content-Security-Policy").Split("; ").ToDictionary(d => d.Split(' ')[0], d => string.Join(' ', d.Split(' ')[1..]));
        policy["default-src"].ShouldBe("'none'", what);
        policy["base-uri"].ShouldBe("'none'", what);
        policy["frame-ancestors"].ShouldBe("'none'", what);
        policy["form-action"].ShouldBe("'self'", what);
        policy["require-trusted-types-for"].ShouldBe("'script'", what);
        policy["trusted-types"].ShouldBe("'none'", what);
        Nonce().IsMatch(policy["script-src"]).ShouldBeTrue(what);
        policy.Values.ShouldAllBe(v => !v.Contains("unsafe", StringComparison.Ordinal) && !v.Contains('*') && !v.Contains("data:", StringComparison.Ordinal) && !v.Contains("http", StringComparison.Ordinal), what);
        One("X-Content-Type-Options").ShouldBe("nosniff", what);
        One("X-Frame-Options").ShouldBe("DENY", what);
        One("Referrer-Policy").ShouldBeOneOf("no-referrer", "same-origin");
        One("Permissions-Policy").ShouldContain("camera=(), ", customMessage: what);
        One("Cross-Origin-Opener-Policy").ShouldBe("same-origin", what);
        One("Cross-Origin-Embedder-Policy").ShouldBe("require-corp", what);
        One("Cross-Origin-Resource-Policy").ShouldBe("same-origin", what);
        answer.Headers.Contains("Server").ShouldBeFalse(what);
        answer.Headers.Contains("X-Powered-By").ShouldBeFalse(what);
        if (tls) One("Strict-Transport-Security").ShouldBe("max-age=31536000; includeSubDomains", what);
        else answer.Headers.Contains("Strict-Transport-Security").ShouldBeFalse(what);
        // Only what is for everybody is kept by anybody.
        var keep = answer.Headers.CacheControl.ShouldNotBeNull(what);
        if (keep.Public) what.ShouldMatch("^(GET|POST) (/assets/|/services|/$|/help|/performance)");
        else keep.NoStore.ShouldBeTrue(what);
    }

    [Fact]
    public async Task Every_address_carries_them_for_anybody_and_for_staff()
    {
        var council = await councils.Sqlite;
        var addresses = Addresses(council).ToList();
        addresses.Count.ShouldBeGreaterThan(80);
        using var anybody = await council.Client();
        using var leader = await DeskBrowser.SignIn(council, "tomasz-zielinski");
        using var administrator = await DeskBrowser.SignIn(council, "fatima-al-sayed");
        foreach (var address in addresses)
        {
            Bounded(await anybody.GetAsync(address), "GET " + address);
            Bounded(await anybody.PostAsync(address, new FormUrlEncodedContent([])), "POST " + address);
            if (!address.StartsWith("/desk", StringComparison.Ordinal) || address.StartsWith("/desk/files", StringComparison.Ordinal)) continue;
            Bounded(await leader.Get(address), "GET " + address);
            Bounded(await administrator.Get(address), "GET " + address);
            if (address != "/desk/sign-out") Bounded(await leader.Post(address, []), "POST " + address);
        }
    }

    [Fact]
    public async Task Over_tls_every_address_promises_to_stay_there_and_on_this_machine_none_does()
    {
        var council = await councils.Sqlite;
        using var client = await council.Client(host: "wessex.example");
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        foreach (var address in Addresses(council)) Bounded(await client.GetAsync(address), "GET " + address, tls: true);
        using var here = await council.Client();
        here.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        Bounded(await here.GetAsync("/"), "GET /");
    }

    [Fact]
    public async Task No_nonce_comes_twice_and_each_script_and_style_of_a_page_has_it()
    {
        var council = await councils.Sqlite;
        using var browser = new Browser(await council.Client());
        var nonces = new HashSet<string>();
        foreach (var address in new[] { "/", "/services/report-a-pothole/questions/where", "/track", "/desk/sign-in", "/nothing-here", "/performance" })
        {
            using var answer = await browser.Client.GetAsync(address);
            var nonce = Nonce().Match(answer.Headers.GetValues("Content-Security-Policy").Single()).Groups[1].Value;
            nonces.Add(nonce).ShouldBeTrue();
            Convert.FromBase64String(nonce).Length.ShouldBe(16);
            var page = (await Sight.Of(answer, address)).Document;
            page.QuerySelectorAll("script, style").Length.ShouldBeGreaterThan(1);
            page.QuerySelectorAll("script, style").ShouldAllBe(e => e.GetAttribute("nonce") == nonce);
            page.QuerySelectorAll("script").ShouldAllBe(e => e.TextContent.Length == 0);
            page.All.SelectMany(e => e.Attributes).ShouldAllBe(a => a.Name != "style" && !a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) && !a.Value.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase));
        }
    }

    [GeneratedRegex(@"\{\**([a-z]+)[^}]*\}")]
    private static partial Regex Part();

    [Fact]
    public async Task Nor_does_it_where_chance_was_fetched_for_many_at_once()
    {
        var council = await councils.Sqlite;
        using var browser = new Browser(await council.Client());
        var nonces = new HashSet<string>();
        for (var i = 0; i < 600; i++)
        {
            using var answer = await browser.Client.GetAsync("/health/live");
            nonces.Add(Nonce().Match(answer.Headers.GetValues("Content-Security-Policy").Single()).Groups[1].Value).ShouldBeTrue();
        }
    }

    [GeneratedRegex("'nonce-([A-Za-z0-9+/]{22}==)'")]
    private static partial Regex Nonce();
}
