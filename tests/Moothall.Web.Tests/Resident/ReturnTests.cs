using System.Net;
using Moothall.Store;
using Shouldly;
using Xunit;
using static Moothall.Web.Tests.Resident.Walking;

namespace Moothall.Web.Tests.Resident;

public sealed class ReturnTests(Councils councils)
{
    async Task<RunningCouncil> Council(Dialect dialect = Dialect.Sqlite)
    {
        var council = await councils.On(dialect);
        council.House.MailIsSet = true;
        return council;
    }

    static string NewAddress() => $"r{Guid.NewGuid():n}@mail.example";

    static async Task<string> AskForLink(RunningCouncil council, Browser browser, string address)
    {
        var saved = await browser.Send(await browser.Open("/services/report-a-pothole/save"), With(("email", address)));
        saved.Heading.ShouldBe("We are sending you a link");
        return Mails.LinkIn(await council.MailTo(address), "/return/");
    }

    [Theory, BothDatabases]
    public async Task Somebody_saves_on_one_device_and_goes_on_at_another(Dialect dialect)
    {
        var council = await Council(dialect);
        using var first = new Browser(await council.Client());
        var page = await first.BeginPothole();
        var save = await first.Send(page, With(("then", "save")), form: "form");
        save.Address.ShouldBe("/services/report-a-pothole/save");
        save.Words.ShouldContain("Nothing has been sent to us yet");
        save.Words.ShouldContain("We keep them until Wednesday 16 December 2026");
        var address = NewAddress();
        var link = await AskForLink(council, first, address);

        using var second = new Browser(await council.Client());
        using (var opened = await second.Client.GetAsync(link))
        {
            opened.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
            opened.Headers.Location!.ToString().ShouldBe("/return");
            opened.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
            opened.Headers.CacheControl!.NoStore.ShouldBeTrue();
        }
        var ask = await second.Open("/return");
        ask.Heading.ShouldBe("Go on where you stopped");
        ask.Html.ShouldNotContain("Wantage");
        ask.Html.ShouldNotContain(address);
        var wrong = await second.Send(ask, With(("email", "somebody.else@mail.example")));
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.Errors.ShouldHaveSingleItem().ShouldStartWith("This is not the address");
        var on = await second.Send(wrong, With(("email", address.ToUpperInvariant())));
        on.Address.ShouldBe("/services/report-a-pothole/questions/photo");
        (await second.Open("/services/report-a-pothole/questions/where")).Html.ShouldContain("Market Place, Wantage");
    }

    [Fact]
    public async Task Opening_a_link_writes_nothing_however_often_and_the_first_browser_needs_no_address()
    {
        var council = await Council();
        using var browser = new Browser(await council.Client());
        await browser.BeginPothole();
        var link = await AskForLink(council, browser, NewAddress());
        var before = await council.House.Database.Read(s => s.Number($"select count(*) + sum(tries) + sum(number) from draft_return"));
        using var scanner = new Browser(await council.Client());
        for (var i = 0; i < 3; i++) (await scanner.Open(link)).Status.ShouldBe(HttpStatusCode.OK);
        (await browser.Open(link)).Address.ShouldBe("/services/report-a-pothole/questions/photo");
        (await council.House.Database.Read(s => s.Number($"select count(*) + sum(tries) + sum(number) from draft_return"))).ShouldBe(before);
    }

    [Fact]
    public async Task A_guessed_link_an_old_one_and_none_are_told_in_the_same_words()
    {
        var council = await Council();
        using var browser = new Browser(await council.Client());
        await browser.BeginPothole();
        var address = NewAddress();
        var old = await AskForLink(council, browser, address);
        await AskForLink(council, browser, address);
        using var other = new Browser(await council.Client());
        var pages = new List<Sight> { await other.Open(old), await other.Open("/return/0000000000000000"), await other.Open("/return/%3Cscript%3E") };
        using var fresh = new Browser(await council.Client());
        pages.Add(await fresh.Open("/return"));
        pages.ShouldAllBe(p => p.Status == HttpStatusCode.NotFound && p.Heading == "This link does not work");
        pages.Select(p => p.Words).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task After_sending_the_link_says_so_and_leads_to_the_reference()
    {
        var council = await Council();
        using var browser = new Browser(await council.Client());
        await browser.BeginPothole();
        var address = NewAddress();
        var link = await AskForLink(council, browser, address);
        var page = await browser.Send(await browser.Open("/services/report-a-pothole/questions/photo"));
        page = await browser.Send(page);
        (await browser.Send(page)).Heading.ShouldContain("We have it");
        using var second = new Browser(await council.Client());
        var sent = await second.Open(link);
        sent.Heading.ShouldBe("You have sent this already");
        sent.Html.ShouldNotContain("POT-");
        (await second.Send(sent, With(("email", address)))).Address.ShouldBe("/services/report-a-pothole/done");
    }

    [Fact]
    public async Task Without_a_mail_server_the_page_says_so_and_offers_the_browser()
    {
        await using var own = await RunningCouncil.Start(Dialect.Sqlite);
        own.House.MailIsSet = false;
        using var browser = new Browser(await own.Client());
        await browser.BeginPothole();
        var save = await browser.Open("/services/report-a-pothole/save");
        save.Words.ShouldContain("We cannot send emails just now");
        save.Document.QuerySelector("input[name=email]").ShouldBeNull();
        var home = await browser.Open("/");
        home.Words.ShouldContain("Go on with “Report a pothole”");
        (await browser.Open("/services/report-a-pothole")).Words.ShouldContain("Go on with “Report a pothole”");
        (await browser.Open("/services/report-a-pothole/go-on")).Address.ShouldBe("/services/report-a-pothole/questions/photo");
    }

    [Fact]
    public async Task Nothing_answered_is_nothing_to_save_and_a_wrong_address_is_told()
    {
        var council = await Council();
        using var browser = new Browser(await council.Client());
        var page = await browser.Open("/services/report-a-pothole/questions/where");
        (await browser.Send(page, With(("then", "save")))).Words.ShouldContain("You have not answered a question yet");
        await browser.BeginPothole();
        var save = await browser.Open("/services/report-a-pothole/save");
        var wrong = await browser.Send(save, With(("email", "x@y\r\nBcc: all@mail.example")));
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.Errors.ShouldBe(["Enter an email address in the correct format, like name@example.com"]);
    }
}
