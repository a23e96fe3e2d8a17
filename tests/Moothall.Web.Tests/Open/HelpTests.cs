using System.Net;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Open;

public sealed class HelpTests(Councils councils)
{
    [Theory]
    [InlineData("contact")]
    [InlineData("accessibility")]
    [InlineData("privacy")]
    [InlineData("cookies")]
    [InlineData("source")]
    public async Task A_help_page_is_filled_with_the_councils_own(string name)
    {
        using var client = await (await councils.Sqlite).Client(host: "mercia.localhost");
        var main = (await OpenPage.Get(client, "/help/" + name)).QuerySelector("main")!.Words();
        main.ShouldNotContain("{");
        main.ShouldNotContain("Wessex");
    }

    [Fact]
    public async Task The_contact_page_gives_number_hours_and_address()
    {
        using var client = await (await councils.Sqlite).Client();
        var page = await OpenPage.Get(client, "/help/contact");
        page.QuerySelector("h1")!.Words().ShouldBe("Contact Wessex Council");
        page.QuerySelector("main a[href='tel:01632960100']").ShouldNotBeNull();
        page.QuerySelector("main a[href='mailto:help@wessex.example']").ShouldNotBeNull();
        page.QuerySelector("main")!.Words().ShouldContain("Thursday: 8:30am to 7pm");
        page.QuerySelector("main")!.InnerHtml.ShouldContain("The Moot Hall<br>");
    }

    [Fact]
    public async Task The_cookies_page_is_a_table_that_screen_readers_can_read()
    {
        using var client = await (await councils.Sqlite).Client();
        (await OpenPage.Get(client, "/help/cookies")).QuerySelectorAll("main th").ShouldAllBe(h => h.GetAttribute("scope") == "col");
    }

    [Fact]
    public async Task The_contact_page_says_whether_somebody_is_there_now()
    {
        using var client = await (await councils.Sqlite).Client();
        (await OpenPage.Get(client, "/help/contact")).QuerySelector("main")!.Words().ShouldMatch("(Open now, until|Opens today at|Closed now)");
    }

    [Fact]
    public async Task The_privacy_page_says_of_every_service_how_long_it_keeps_what_it_was_told()
    {
        var council = await councils.Sqlite;
        using var client = await council.Client();
        var rows = (await OpenPage.Get(client, "/help/privacy")).QuerySelectorAll("main table tbody tr").Select(r => r.Words()).ToList();
        foreach (var offer in council.House.Council.Offers.Where(o => o.Authority == "wessex"))
        {
            var definition = council.House.Services.Find(offer.Service)!.Definition;
            rows.ShouldContain(r => r.Contains(definition.Title.English, StringComparison.Ordinal) && r.Contains(definition.Keep.For.ToWords(), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Every_page_leads_to_the_source()
    {
        using var client = await (await councils.Sqlite).Client();
        (await OpenPage.Get(client, "/")).QuerySelector("footer a[href='/help/source']").ShouldNotBeNull();
        (await OpenPage.Get(client, "/help/source")).QuerySelector("main")!.Words().ShouldContain("GNU Affero General Public License");
    }

    [Fact]
    public async Task Search_engines_are_kept_out_of_what_is_personal()
    {
        using var client = await (await councils.Sqlite).Client();
        (await client.GetStringAsync(new Uri("/robots.txt", UriKind.Relative))).ShouldContain("Disallow: /track");
    }

    [Fact]
    public async Task Browsers_that_ask_for_the_old_icon_are_led_to_it()
    {
        using var client = await (await councils.Sqlite).Client();
        using var answer = await client.GetAsync(new Uri("/favicon.ico", UriKind.Relative));
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var icon = await client.GetAsync(answer.Headers.Location);
        icon.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
    }

    [Fact]
    public async Task A_help_page_that_the_council_has_not_written_is_not_found()
    {
        using var client = await (await councils.Sqlite).Client();
        await OpenPage.Get(client, "/help/staff", 404);
    }
}
