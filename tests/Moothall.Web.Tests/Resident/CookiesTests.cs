using System.Net;
using AngleSharp.Html.Parser;
using Moothall.Store;
using Moothall.Web.Tests.Api;
using Moothall.Web.Tests.MyAccount;
using Shouldly;
using Xunit;
using static Moothall.Web.Tests.Resident.Walking;

namespace Moothall.Web.Tests.Resident;

/// <summary>Every cookie that is really set stands on the cookies page, and none else; each cannot be read by script and stays on this site.</summary>
public sealed class CookiesTests(Councils councils)
{
    /// <summary>Keeps what every answer sets.</summary>
    sealed class Watch(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public List<string> Set { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (answer.Headers.TryGetValues("Set-Cookie", out var set)) Set.AddRange(set);
            return answer;
        }
    }

    // Whoever is signed in begins a form for somebody who agreed.
    static async Task ActForSomebody(RunningCouncil council, Browser browser)
    {
        var other = SignedIn.NewAddress();
        var asked = new Dictionary<string, IReadOnlyList<string>>(With(("who", "me"), ("email", other), ("name", "Carol"), ("why", "carer"), ("months", "1"), ("for", "all")));
        await browser.Send(await browser.Open("/account/acting/new"), asked);
        var invitation = Mails.LinkIn(await council.MailTo(other), "/account/invitation/");
        using var subject = await SignedIn.Browser(council, other);
        await subject.Send(await subject.Open(invitation), With(("name", "Percy"), ("answer", "accept")));
        await browser.Send(await browser.Open("/account/acting"), form: "form[action$='/begin']");
        await browser.BeginPothole($"Outside {Guid.NewGuid():n}, Market Place, Wantage");
        await browser.Send(await browser.Open("/account/acting"), form: "form[action='/account/acting/stop']");
    }

    [Fact]
    public async Task The_cookies_page_names_every_cookie_that_is_set_and_no_other()
    {
        var council = await councils.Sqlite;
        council.House.MailIsSet = true;
        var cookies = new CookieContainer();
        using var watch = new Watch(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies, UseProxy = false });
        var client = new HttpClient(watch) { BaseAddress = council.Address };
        client.DefaultRequestHeaders.Host = "wessex.localhost";
        using var browser = new Browser(client);

        await browser.Open("/?lang=en");
        await browser.BeginPothole();
        var address = $"c{Guid.NewGuid():n}@mail.example";
        await browser.Send(await browser.Open("/services/report-a-pothole/save"), With(("email", address)));
        await browser.Open(Mails.LinkIn(await council.MailTo(address), "/return/"));
        await browser.Open("/following/0000000000000000");
        var page = await browser.Send(await browser.Open("/services/report-a-pothole/questions/photo"));
        var done = await browser.Send(await browser.Send(page));
        await browser.Open(done.Document.QuerySelector("a[href^='/track']")!.GetAttribute("href")!);
        await browser.Open("/feedback/report-a-pothole");
        await browser.Open("/services/report-a-street-light/start?column=17");
        var (again, _) = await council.Subscription();
        await browser.Open($"/services/subscribe-to-garden-waste/again?case={again}&code={council.House.Codes.ForAgain(again, 1)}");
        await browser.Send(await browser.Open(await SignedIn.AskForLink(council, browser, address)));
        await browser.Open("/account/invitation/00000000000000000000000000000000");
        await ActForSomebody(council, browser);
        var second = $"s{Guid.NewGuid():n}@mail.example";
        await AgreeTests.Opened(browser, await AgreeTests.Link(council, (await AgreeTests.Send(council, second)).Text("reference"), second), second);
        await browser.Send(await browser.Open("/desk/sign-in"), form: "form:has(input[value=grace-adeyemi-clarke])");
        await browser.Open("/desk?q=wallingford");

        watch.Set.ShouldAllBe(c => c.Contains("httponly", StringComparison.OrdinalIgnoreCase) && c.Contains("samesite=", StringComparison.OrdinalIgnoreCase));
        string[] named = ["draft-", "acting-", "moothall-link-", "moothall-earlier-"];
        var set = watch.Set.Select(c => c.Split('=')[0]).Select(name => named.FirstOrDefault(n => name.StartsWith(n, StringComparison.Ordinal)) ?? name).ToHashSet();
        var help = new HtmlParser().ParseDocument((await browser.Open("/help/cookies")).Html);
        static List<string> Named(AngleSharp.Dom.IDocument page) => [.. page.QuerySelectorAll("main table td:first-child code").Select(c => c.TextContent)];
        Named(help).ToHashSet().ShouldBe(set, ignoreOrder: true);
        var welsh = new HtmlParser().ParseDocument((await browser.Open("/help/cookies?lang=cy")).Html);
        Named(welsh).ShouldBe(Named(help));
        welsh.QuerySelectorAll("main table td:empty").ShouldBeEmpty();
        watch.Set.First(c => c.StartsWith("draft-", StringComparison.Ordinal)).ShouldContain("max-age=2419200");
        foreach (var until in new[] { "moothall-form", "moothall-track", "moothall-return", "moothall-follow", "moothall-link-", "moothall-earlier-", "moothall-account", "moothall-desk", "moothall-agree", "moothall-agree-known", "moothall-call" })
            watch.Set.First(c => c.StartsWith(until, StringComparison.Ordinal)).ShouldNotContain("max-age", Case.Insensitive);
    }
}
