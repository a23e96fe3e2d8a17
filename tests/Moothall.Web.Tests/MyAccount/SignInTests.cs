using System.Net;
using Moothall.Identity;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;
using static Moothall.Web.Tests.MyAccount.SignedIn;
using static Moothall.Web.Tests.Resident.Walking;

namespace Moothall.Web.Tests.MyAccount;

public sealed class SignInTests(Councils councils)
{
    static Task<(long Links, long Mails, long Accounts)> Written(RunningCouncil council, string address) => council.House.Database.Read(async s =>
        (await s.Number($"select count(*) from account_link where address = {address}"), await s.Number($"select count(*) from message where address = {address}"), await s.Number($"select count(*) from account_email where address = {address}")));

    static Task<long> Count(RunningCouncil council, string table) => council.House.Database.Read(s => s.Number($"select count(*) from {new SqlName(table)}"));

    [Theory, BothDatabases]
    public async Task Somebody_gets_a_link_signs_in_with_it_once_and_has_an_account_from_then_on(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var browser = new Browser(await council.Client());
        var home = await browser.Open("/");
        home.Document.QuerySelector("header a[href='/account/sign-in']")!.TextContent.ShouldBe("Sign in");
        var address = NewAddress();
        var link = await AskForLink(council, browser, address);

        using (var opened = await browser.Client.GetAsync(link))
        {
            opened.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
            opened.Headers.Location!.ToString().ShouldBe("/account/link");
            opened.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        }
        var page = await browser.Open("/account/link");
        page.Words.ShouldContain($"Sign in with {address}");
        var first = await browser.Send(page);
        first.Address.ShouldBe("/account?done=new");
        first.Words.ShouldContain(address);
        (await browser.Open("/")).Document.QuerySelector("header a[href='/account']")!.TextContent.ShouldBe("Your account");

        // The link is used up, here and elsewhere.
        using var other = new Browser(await council.Client());
        foreach (var again in new[] { browser, other })
        {
            var over = await again.Open(link);
            over.Status.ShouldBe(HttpStatusCode.NotFound);
            over.Heading.ShouldBe("This link does not work");
        }
        // The next link signs in to the same account.
        var next = await other.Send(await other.Open(await AskForLink(council, other, char.ToUpperInvariant(address[0]) + address[1..])));
        next.Address.ShouldBe("/account");
        next.Words.ShouldContain(address);
    }

    [Theory, BothDatabases]
    public async Task What_is_said_and_written_is_the_same_for_an_address_that_is_known_and_one_that_is_not(Dialect dialect)
    {
        var council = await councils.On(dialect);
        var (known, unknown) = (NewAddress(), NewAddress());
        (await SignedIn.Browser(council, known)).Dispose();
        var said = new List<string>();
        foreach (var address in new[] { known, unknown })
        {
            using var browser = new Browser(await council.Client());
            var page = await browser.Open("/account/sign-in");
            var before = await Written(council, address);
            var sent = await browser.Send(page, With(("email", address)));
            said.Add(sent.Words);
            (await Written(council, address)).ShouldBe((before.Links + 1, before.Mails + 1, before.Accounts));
        }
        said[0].ShouldBe(said[1]);
        said[0].ShouldContain("If we can send mail to that address, a link is on its way");
    }

    [Theory, BothDatabases]
    public async Task Opening_a_link_changes_nothing_and_another_browser_says_the_address_it_came_to(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var asked = new Browser(await council.Client());
        var address = NewAddress();
        var link = await AskForLink(council, asked, address);
        using var other = new Browser(await council.Client());
        for (var i = 0; i < 3; i++) (await other.Open(link)).Status.ShouldBe(HttpStatusCode.OK);
        var page = await other.Open("/account/link");
        // Somebody who was sent another person's link is not signed in by pressing a button, and is not told whose it is.
        page.Html.ShouldNotContain(address);
        var none = await other.Send(page);
        none.Errors.ShouldHaveSingleItem().ShouldStartWith("This is not the address");
        (await other.Send(page, With(("email", NewAddress())))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await other.Send(page, With(("email", address.ToUpperInvariant())))).Address.ShouldBe("/account?done=new");
    }

    [Fact]
    public async Task A_link_is_over_after_fifteen_minutes_after_ten_wrong_addresses_and_without_its_token()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        using var browser = new Browser(await council.Client());
        var address = NewAddress();
        var link = await AskForLink(council, browser, address);
        using var other = new Browser(await council.Client());
        var page = await other.Open(link);
        using (var bare = await other.Client.PostAsync("/account/link", new FormUrlEncodedContent([new("email", address)]))) bare.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        for (var i = 0; i < AccountLinks.MostTries; i++) await other.Send(page, With(("email", NewAddress())));
        (await other.Send(page, With(("email", address)))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await browser.Open(link)).Status.ShouldBe(HttpStatusCode.NotFound);

        var second = await AskForLink(council, browser, address);
        council.Clock.Advance(AccountLinks.Lasts);
        (await browser.Open(second)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await browser.Open("/account/link/guessed")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task After_five_links_in_an_hour_an_address_gets_no_more_and_nobody_is_told_so()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        using var browser = new Browser(await council.Client());
        var address = NewAddress();
        for (var i = 0; i < AccountLinks.MostInAnHour + 2; i++) await AskForLink(council, browser, address);
        (await Count(council, "message")).ShouldBe(AccountLinks.MostInAnHour);
        council.Clock.Advance(Duration.FromHours(1));
        await AskForLink(council, browser, address);
        (await Count(council, "message")).ShouldBe(AccountLinks.MostInAnHour + 1);
    }

    [Fact]
    public async Task Signing_in_again_gives_another_code_and_the_one_before_is_worth_nothing()
    {
        var council = await councils.Sqlite;
        var address = NewAddress();
        using var browser = new Browser(await council.Client());
        static string Code(HttpResponseMessage answer) => answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("moothall-account=", StringComparison.Ordinal));
        using var first = await browser.Post(await browser.Open(await AskForLink(council, browser, address)));
        Code(first).ShouldContain("httponly", Case.Insensitive);
        Code(first).ShouldNotContain("max-age", Case.Insensitive);

        using var window = new Browser(await council.Client());
        var page = await browser.Open(await AskForLink(council, window, address));
        using var second = await browser.Post(page, With(("email", address)));
        Code(second).Split(';')[0].ShouldNotBe(Code(first).Split(';')[0]);
        foreach (var (answer, leads) in new[] { (first, "/account/sign-in"), (second, "/account") })
        {
            using var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false };
            using var holder = new Browser(new HttpClient(handler) { BaseAddress = council.Address });
            holder.Client.DefaultRequestHeaders.Add("Cookie", Code(answer).Split(';')[0]);
            (await holder.Open("/account")).Address.Split('?')[0].ShouldBe(leads);
        }
    }

    [Theory, BothDatabases]
    public async Task Sessions_are_listed_and_ended_one_or_all_and_somebody_elses_is_not_there(Dialect dialect)
    {
        var council = await councils.On(dialect);
        var address = NewAddress();
        using var one = await SignedIn.Browser(council, address);
        using var two = await SignedIn.Browser(council, address);
        using var stranger = await SignedIn.Browser(council, NewAddress());
        var methods = await one.Open("/account/sign-in-methods");
        methods.Document.QuerySelectorAll("form[action^='/account/sessions/']").Length.ShouldBe(2);
        var others = (await stranger.Open("/account/sign-in-methods")).Document.QuerySelector("form[action^='/account/sessions/']")!.GetAttribute("action")!;
        // The page's own form with another's session in its address.
        methods.Document.QuerySelector("form[action^='/account/sessions/']")!.SetAttribute("action", others);
        (await one.Send(methods, form: $"form[action='{others}']")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.Open("/account")).Address.ShouldBe("/account");

        methods = await one.Open("/account/sign-in-methods");
        var other = methods.Document.QuerySelectorAll(".things__one").Single(li => !li.TextContent.Contains("This browser", StringComparison.Ordinal)).QuerySelector("form")!.GetAttribute("action");
        (await one.Send(methods, form: $"form[action='{other}']")).Words.ShouldContain("That device is signed out");
        (await two.Open("/account")).Address.ShouldStartWith("/account/sign-in");

        using var three = await SignedIn.Browser(council, address);
        await one.Send(await one.Open("/account/sign-in-methods"), form: "form[action='/account/sign-out-everywhere']");
        foreach (var browser in new[] { one, three }) (await browser.Open("/account")).Address.ShouldStartWith("/account/sign-in");
        (await stranger.Send(await stranger.Open("/account"), form: "form[action='/account/sign-out']")).Address.ShouldBe("/");
        (await stranger.Open("/account")).Address.ShouldStartWith("/account/sign-in");
    }

    [Fact]
    public async Task A_session_ends_after_an_hour_without_a_page_and_after_twelve_in_any_case()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        using var browser = await SignedIn.Browser(council, NewAddress());
        council.Clock.Advance(Duration.FromMinutes(59));
        (await browser.Open("/account")).Address.ShouldBe("/account");
        council.Clock.Advance(Duration.FromMinutes(60));
        (await browser.Open("/account")).Address.ShouldStartWith("/account/sign-in");
        using var diligent = await SignedIn.Browser(council, NewAddress());
        for (var i = 0; i < 14; i++)
        {
            council.Clock.Advance(Duration.FromMinutes(50));
            (await diligent.Open("/account")).Address.ShouldBe("/account");
        }
        council.Clock.Advance(Duration.FromMinutes(21));
        (await diligent.Open("/account")).Address.ShouldStartWith("/account/sign-in");
    }

    [Theory, BothDatabases]
    public async Task An_address_is_changed_by_the_link_that_comes_to_the_new_one_and_the_old_one_is_told(Dialect dialect)
    {
        var council = await councils.On(dialect);
        var (old, next) = (NewAddress(), NewAddress());
        using var browser = await SignedIn.Browser(council, old);
        await browser.Send(await browser.Open("/account/sign-in-methods"), With(("email", next)), form: "form[action='/account/address']");
        var link = Mails.LinkIn(await council.MailTo(next), "/account/link/");
        (await browser.Open("/account")).Words.ShouldContain(old);

        // Only the account that asked can use it.
        using var stranger = await SignedIn.Browser(council, NewAddress());
        (await stranger.Send(await stranger.Open(link), With(("email", next)))).Status.ShouldBe(HttpStatusCode.NotFound);
        using var nobody = new Browser(await council.Client());
        (await nobody.Open(link)).Heading.ShouldBe("Sign in first");

        (await browser.Send(await browser.Open(link))).Words.ShouldContain(next);
        (await council.MailTo(old)).ShouldContain("has another one");
        using var later = await SignedIn.Browser(council, next);
        (await later.Open("/account/sign-in-methods")).Document.QuerySelectorAll("form[action^='/account/sessions/']").Length.ShouldBe(2);
        // The old address is nobody's now.
        using var anew = new Browser(await council.Client());
        (await anew.Send(await anew.Open(await AskForLink(council, anew, old)))).Address.ShouldBe("/account?done=new");
    }

    [Fact]
    public async Task A_page_that_somebody_wanted_comes_after_signing_in_but_never_another_site()
    {
        var council = await councils.Sqlite;
        using var browser = new Browser(await council.Client());
        (await browser.Send(await browser.Open(await AskForLink(council, browser, NewAddress(), "/account/sign-in?return=%2Fservices%2Freport-a-pothole")))).Address.ShouldBe("/services/report-a-pothole");
        foreach (var bad in new[] { "https://evil.example/", "//evil.example", "/\\evil.example", "/services/\r\nX: y", "/desk" })
        {
            using var other = new Browser(await council.Client());
            (await other.Open("/account/sign-in?return=" + Uri.EscapeDataString(bad))).Document.QuerySelector("input[name=return]")!.GetAttribute("value").ShouldBe("");
        }
    }

    [Theory, BothDatabases]
    public async Task Looking_a_session_up_reads_one_row_by_its_key_and_nothing_is_read_without_the_cookie(Dialect dialect)
    {
        var council = await councils.On(dialect);
        await council.House.Database.Read(async session =>
        {
            var plan = session.Dialect == Dialect.Sqlite ? (FormattableString)$"explain query plan select account from account_session where hash = {"x"}" : $"explain select account from account_session where hash = {"x"}";
            if (session.Dialect == Dialect.Postgres) await session.Query($"set local enable_seqscan = off", _ => 0);
            var lines = await session.Query(plan, row => row.Text(session.Dialect == Dialect.Sqlite ? 3 : 0));
            string.Join('\n', lines).ShouldContain("hash");
            string.Join('\n', lines).ShouldNotContain("Seq Scan");
            return 0;
        });
    }

    [Theory, BothDatabases]
    public async Task A_provider_signs_in_to_its_own_account_or_to_that_with_the_address_it_has_verified(Dialect dialect)
    {
        var council = await councils.On(dialect);
        var (house, address) = (council.House, NewAddress());
        using var browser = await SignedIn.Browser(council, address);
        Task<string> By(string subject, string? email) => house.Database.Commit(unit => AccountProviders.SignIn(unit, new ProviderIdentity("https://provider.example/", subject, email), "en", house.Now));
        var subject = "urn:" + address;
        var mine = await By(subject, address);
        (await house.Database.Read(s => Accounts.EmailOf(s, mine)))!.Address.ShouldBe(address);
        (await By(subject, null)).ShouldBe(mine);
        // An address that nobody verified is no address.
        var unknown = await By(subject + "2", null);
        unknown.ShouldNotBe(mine);
        (await house.Database.Read(s => Accounts.EmailOf(s, unknown))).ShouldBeNull();
        (await house.Database.Commit(unit => AccountProviders.Add(unit, mine, new ProviderIdentity("https://provider.example/", subject + "2", null), house.Now))).Refusal.ShouldNotBeNull();
        (await house.Database.Read(s => AccountProviders.Of(s, mine))).ShouldHaveSingleItem().Subject.ShouldBe(subject);
    }
}
