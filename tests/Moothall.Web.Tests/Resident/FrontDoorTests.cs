using Moothall.Web.Tests.Open;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Resident;

public sealed class FrontDoorTests(Councils councils)
{
    async Task<HttpClient> At(string host) => await (await councils.Sqlite).Client(host: host);

    [Theory]
    [InlineData("wessex.localhost", "Wessex Council", "#6b1d3a", "01632 960100")]
    [InlineData("mercia.localhost", "Mercia Council", "#12436d", "01632 960200")]
    [InlineData("unknown.example", "Wessex Council", "#6b1d3a", "01632 960100")]
    public async Task The_host_chooses_whose_home_it_is_and_its_colours(string host, string council, string brand, string phone)
    {
        using var client = await At(host);
        var page = await OpenPage.Get(client, "/");
        page.Title.ShouldBe($"Council services - {council}");
        page.QuerySelector(".council__name")!.TextContent.ShouldBe(council);
        page.QuerySelector("style")!.TextContent.ShouldContain($"--brand:{brand}");
        page.QuerySelector("h1")!.Words().ShouldBe("What do you need to do?");
        page.QuerySelector(".aside__phone")!.Words().ShouldBe(phone);
        page.QuerySelectorAll("a[href='/track']").ShouldNotBeEmpty();
        page.QuerySelectorAll("a[href='/services']").ShouldNotBeEmpty();
        page.QuerySelectorAll(".services__link").Length.ShouldBe(8);
    }

    [Fact]
    public async Task Search_finds_a_hole_in_the_road()
    {
        using var client = await At("wessex.localhost");
        var page = await OpenPage.Get(client, "/services?q=hole+in+road");
        page.QuerySelector(".results .services__link")!.GetAttribute("href").ShouldBe("/services/report-a-pothole");
        page.QuerySelector("#q")!.GetAttribute("value").ShouldBe("hole in road");
        page.QuerySelector("meta[name=robots]").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_search_without_result_says_what_to_do()
    {
        using var client = await At("mercia.localhost");
        var page = await OpenPage.Get(client, "/services?q=%3Cscript%3Ealert(1)%3C/script%3E");
        page.QuerySelector("#results-heading")!.Words().ShouldBe("No service matches “<script>alert(1)</script>”");
        page.QuerySelector(".results")!.Words().ShouldContain("01632 960200");
        page.QuerySelectorAll(".letter .services__link").Length.ShouldBe(31);
    }

    [Fact]
    public async Task All_services_stand_under_their_letters()
    {
        using var client = await At("wessex.localhost");
        var page = await OpenPage.Get(client, "/services");
        page.QuerySelectorAll(".letter__name").Select(l => l.TextContent).ShouldBe(["A", "B", "J", "M", "R", "S", "T"]);
        page.QuerySelector("meta[name=robots]").ShouldBeNull();
    }

    [Fact]
    public async Task A_start_page_says_all_that_one_needs_before_the_start()
    {
        using var client = await At("wessex.localhost");
        var page = await OpenPage.Get(client, "/services/report-a-pothole");
        var words = page.QuerySelector("main")!.Words();
        words.ShouldContain("Tell us about a hole in a road or pavement so that we can repair it.");
        words.ShouldContain("Anyone can report a hole");
        words.ShouldContain("a photo, if you have one");
        page.QuerySelectorAll(".facts dd").Select(d => d.Words()).ShouldContain("Free");
        words.ShouldContain("Ring 01632 960110. Open now, until 5:30pm.");
        words.ShouldContain("Come to The Moot Hall, 1 Market Place, Wallingford.");
        page.QuerySelector(".govuk-warning-text")!.Words().ShouldContain("ring 999");
        page.QuerySelectorAll(".govuk-button").Select(b => b.GetAttribute("href")).ShouldBe(["/services/report-a-pothole/start"]);
        page.QuerySelectorAll(".govuk-breadcrumbs__link").Select(l => l.GetAttribute("href")).ShouldBe(["/", "/services"]);
    }

    [Fact]
    public async Task Each_council_gives_its_own_number_on_a_start_page()
    {
        using var client = await At("mercia.localhost");
        (await OpenPage.Get(client, "/services/report-a-pothole")).QuerySelector(".ways")!.Words().ShouldContain("01632 960210");
    }

    [Fact]
    public async Task A_charge_is_said_before_the_start()
    {
        using var client = await At("wessex.localhost");
        (await OpenPage.Get(client, "/services/book-a-bulky-waste-collection")).QuerySelector(".facts")!.Words().ShouldContain("There is a charge.");
    }

    [Fact]
    public async Task A_service_that_nobody_offers_is_not_found()
    {
        using var client = await At("wessex.localhost");
        (await OpenPage.Get(client, "/services/report-a-dragon", 404)).QuerySelector("h1")!.Words().ShouldBe("We could not find that page");
    }
}
