using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Store;
using Moothall.Web.Tests.Desk;
using Shouldly;
using Xunit;
using static Moothall.Web.Tests.Resident.Walking;

namespace Moothall.Web.Tests.Resident;

/// <summary>One tick for "the same as before", without script: on the web, at the desk and by a program.</summary>
public sealed class SameAsTests(Councils councils)
{
    const string Service = "tell-us-you-are-moving", Address = $"/services/{Service}";
    static readonly (string, string)[] NewHome = [("new-home-line1", "19 Castle Street"), ("new-home-town", "Wallingford"), ("new-home-postcode", "OX10 8DL")];

    static IReadOnlyDictionary<string, IReadOnlyList<string>> Unticked(params (string Field, string Value)[] typed) => new Dictionary<string, IReadOnlyList<string>>(With(typed)) { ["bills-same"] = [] };

    static int Times(Sight page, string words) => page.Words.Split(words).Length - 1;

    static async Task<Sight> ToBills(Browser browser)
    {
        var page = await browser.Send(await browser.Open($"{Address}/start"), With(("move", "in")));
        page = await browser.Send(page, With(("day-day", "1"), ("day-month", "12"), ("day-year", "2026")));
        page = await browser.Send(page, With(NewHome));
        page = await browser.Send(page, With(("new-home-is", "owner")));
        page = await browser.Send(page, With(("adults", "1")));
        page = await browser.Send(page);
        page.Address.ShouldBe($"{Address}/questions/bills");
        return page;
    }

    [Theory, BothDatabases]
    public async Task One_tick_takes_over_the_earlier_answer_and_follows_it(Dialect dialect)
    {
        using var browser = new Browser(await (await councils.On(dialect)).Client());
        var page = await ToBills(browser);
        page.Heading.ShouldBe("Where should we send your council tax bills?");
        page.Document.QuerySelector("label[for=bills-same]")!.TextContent.ShouldBe("The same as “Home you move into”");
        page.Document.QuerySelector("#bills-same-item-hint")!.TextContent.ShouldBe("19 Castle Street, Wallingford, OX10 8DL");
        page.Document.QuerySelector("#bills-same")!.GetAttribute("aria-describedby").ShouldBe("bills-same-item-hint");

        var nothing = await browser.Send(page);
        nothing.Errors.ShouldBe(["Enter address line 1, typically the building and street", "Enter a postcode, like OX11 0AA"]);
        nothing.Document.QuerySelectorAll(".govuk-error-summary__list a").Select(a => a.GetAttribute("href")!).ShouldAllBe(href => nothing.Document.QuerySelector(href) != null);

        page = await browser.Send(nothing, With(("bills-same", "yes")));
        page = await browser.Send(page, With(("account", "")));
        page = await browser.Send(page, With(("you-name", "Leila Haddad"), ("you-email", "leila.haddad@mail.example")));
        page = await browser.Send(page, With(("agree", "yes")));
        page.Address.ShouldBe($"{Address}/check");
        Times(page, "19 Castle Street").ShouldBe(2);

        // Changing the earlier answer equals answering that way from the start.
        page = await browser.Send(await browser.Open($"{Address}/questions/new-home?from=check"), With(("new-home-line1", "4 Mill Lane"), ("new-home-town", "Grove"), ("new-home-postcode", "OX12 0NZ")));
        page.Address.ShouldBe($"{Address}/check");
        (Times(page, "4 Mill Lane"), Times(page, "19 Castle Street")).ShouldBe((2, 0));

        page = await browser.Open($"{Address}/questions/bills?from=check");
        page.Document.QuerySelector("#bills-same")!.HasAttribute("checked").ShouldBeTrue();
        page.Document.QuerySelector("#bills-line1")!.GetAttribute("value").ShouldBeNullOrEmpty();
        page = await browser.Send(page, Unticked(("bills-line1", "1 Harbour Road"), ("bills-postcode", "sy231aa")));
        (Times(page, "4 Mill Lane"), Times(page, "1 Harbour Road")).ShouldBe((1, 1));
        page = await browser.Open($"{Address}/questions/bills?from=check");
        page.Document.QuerySelector("#bills-same")!.HasAttribute("checked").ShouldBeFalse();
        page = await browser.Send(page, With(("bills-same", "yes")));
        Times(page, "4 Mill Lane").ShouldBe(2, "the tick counts, whatever stands in the fields beside it");

        var done = await browser.Send(page);
        done.Address.ShouldBe($"{Address}/done");
        var reference = done.Document.QuerySelector(".reference")!.TextContent.Trim();
        var stored = await (await councils.On(dialect)).House.Database.Read(s => s.First($"select answers from case_answers where reference = {reference}", row => row.Text(0)));
        stored.ShouldNotBeNull().ShouldContain("\"bills\":{\"line1\":\"4 Mill Lane\"");
    }

    [Fact]
    public async Task Where_there_is_no_earlier_answer_no_box_is_offered_and_the_tick_of_an_old_page_is_none()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        // Bills are sent to whoever moves out too, who has no new home that they could go to.
        var source = File.ReadAllText(Path.Combine(RunningCouncil.Repository, "services", Service, "service.yaml")).Replace("    when: move is one of in, within\n    same-as", "    same-as", StringComparison.Ordinal);
        await council.House.Database.Commit(unit => PublishService.Publish(unit, ServiceReader.Read("service.yaml", source, council.House.Council.Places).Definition!, source, council.House.Now, "a test"));
        await council.House.Services.Refresh();
        using var browser = new Browser(await council.Client());
        var old = await ToBills(browser);
        var page = await browser.Send(await browser.Open($"{Address}/questions/move"), With(("move", "out")));
        page = await browser.Send(page, With(("old-home-line1", "3 Park Street"), ("old-home-postcode", "OX9 3HT")));
        page = await browser.Send(page, With(("old-home-was", "sold")));
        page.Address.ShouldBe($"{Address}/questions/bills");
        page.Document.QuerySelector("[name=bills-same]").ShouldBeNull();
        page = await browser.Send(old, With(("bills-same", "yes")));
        (page.Address, page.Status).ShouldBe((old.Address, HttpStatusCode.UnprocessableEntity));
        page.Errors.ShouldBe(["Enter address line 1, typically the building and street", "Enter a postcode, like OX11 0AA"]);
        page.Document.QuerySelector("[name=bills-same]").ShouldBeNull();
        (await browser.Send(page, With(("bills-line1", "1 Harbour Road"), ("bills-postcode", "SY23 1AA")))).Address.ShouldBe($"{Address}/questions/forwarding");
    }

    [Fact]
    public async Task An_advisor_ticks_it_on_the_one_page()
    {
        using var advisor = await DeskBrowser.SignIn(await councils.Sqlite, "grace-adeyemi-clarke");
        var form = $"/desk/new/{Service}";
        var page = await advisor.Open(form);
        page.QuerySelector("label[for=bills-same]")!.TextContent.ShouldBe("The same as “Home you move into”");
        (string, string)[] typed = [("move", "in"), ("day-day", "1"), ("day-month", "12"), ("day-year", "2026"), .. NewHome, ("new-home-is", "owner"), ("adults", "1"), ("you-name", "Leila Haddad"), ("you-phone", "07700 900854"), ("agree", "yes"), ("_channel", "phone")];
        using var again = await advisor.Send(page, form, [.. typed, ("bills-same", "yes"), ("_update", "yes")]);
        (await DeskBrowser.Parse(again)).QuerySelector("#bills-same")!.HasAttribute("checked").ShouldBeTrue();
        using var sent = await advisor.Send(page, form, [.. typed, ("bills-same", "yes")]);
        sent.StatusCode.ShouldBe(HttpStatusCode.SeeOther, await sent.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_program_leaves_it_out()
    {
        using var client = await (await councils.Sqlite).Client();
        var service = await client.GetFromJsonAsync<JsonElement>($"/api/v1/services/{Service}");
        service.GetProperty("questions").EnumerateArray().Single(q => q.GetProperty("question").GetString() == "bills").GetProperty("sameAs").GetString().ShouldBe("new-home");
        service.GetProperty("answersSchema").GetProperty("required").EnumerateArray().Select(r => r.GetString()).ShouldNotContain("bills");
        var answers = new Dictionary<string, object>
        {
            ["move"] = "in", ["day"] = "2026-12-01", ["new-home"] = new { line1 = "19 Castle Street", town = "Wallingford", postcode = "OX10 8DL" }, ["new-home-is"] = "owner", ["adults"] = 1,
            ["you"] = new { name = "Leila Haddad", email = "leila.haddad@mail.example" }, ["agree"] = true,
        };
        using var made = await client.PostAsJsonAsync($"/api/v1/services/{Service}/cases", new { channel = "api", answers });
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        answers["bills"] = new { line1 = "1 Harbour Road", postcode = "nowhere" };
        using var wrong = await client.PostAsJsonAsync($"/api/v1/services/{Service}/cases", new { channel = "api", answers });
        (await CleanAnswer.Problem(wrong, HttpStatusCode.UnprocessableEntity)).GetProperty("errors")[0].GetProperty("message").GetString().ShouldBe("Enter a full UK postcode, like OX11 0AA");
    }
}
