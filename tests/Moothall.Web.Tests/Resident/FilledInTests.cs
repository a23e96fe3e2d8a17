using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Moothall.Cases;
using Moothall.Store;
using Moothall.Web.Tests.Desk;
using Shouldly;
using Xunit;
using static Moothall.Web.Tests.Resident.Walking;

namespace Moothall.Web.Tests.Resident;

/// <summary>Answers that are filled in: from a link, and from what the same person sent before. The person sees each and sends it.</summary>
public sealed class FilledInTests(Councils councils)
{
    const string Light = "/services/report-a-street-light", Garden = "/services/subscribe-to-garden-waste";

    static string? Value(Sight page, string field) => page.Document.QuerySelector($"input[name='{field}']")!.GetAttribute("value");

    [Fact]
    public async Task A_link_fills_in_what_its_service_says_and_leaves_the_address()
    {
        using var browser = new Browser(await (await councils.Sqlite).Client());
        var start = await browser.Open($"{Light}?column=%2017%20&you-name=Ann&nothing=1");
        var href = start.Document.QuerySelector(".govuk-button--start")!.GetAttribute("href")!;
        href.ShouldBe($"{Light}/start?column=%2017%20");
        var page = await browser.Open(href);
        page.Address.ShouldBe($"{Light}/questions/where");
        page.Words.ShouldNotContain("We filled this in");
        page = await browser.Send(page, With(("where", "Orchard Way, Goring")));
        page = await browser.Send(page, With(("problem", "out")));
        page.Address.ShouldBe($"{Light}/questions/column");
        Value(page, "column").ShouldBe("17");
        var input = page.Document.QuerySelector("#column")!;
        page.Document.QuerySelector("#" + input.GetAttribute("aria-describedby"))!.TextContent.ShouldEndWith("We filled this in from the link you followed. Check that it is right.");

        // Nothing counts before it is sent, and what is typed is what counts.
        (await browser.Open($"{Light}/questions/you")).Address.ShouldBe($"{Light}/questions/column");
        page = await browser.Send(page, With(("column", "18")));
        Value(page, "you-name").ShouldBeNullOrEmpty();
        var back = await browser.Open($"{Light}/questions/column");
        Value(back, "column").ShouldBe("18");
        back.Words.ShouldNotContain("We filled this in");
    }

    [Fact]
    public async Task What_a_link_says_that_is_not_good_is_left_out()
    {
        using var browser = new Browser(await (await councils.Sqlite).Client());
        (await browser.Open($"{Light}?column={new string('9', 21)}")).Document.QuerySelector(".govuk-button--start")!.GetAttribute("href").ShouldBe($"{Light}/start");
        (await browser.Open($"{Light}?column={new string('9', 2000)}")).Status.ShouldBe(HttpStatusCode.OK);
        (await browser.Open($"{Light}/start?column=%00")).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.BadRequest);
    }

    [Theory, BothDatabases]
    public async Task Whoever_opened_their_case_asks_for_the_same_again(Dialect dialect)
    {
        var council = await councils.On(dialect);
        var (reference, code) = await council.Subscription();
        using var browser = new Browser(await council.Client());
        var track = await browser.Open($"/track?reference={reference}&code={code}");
        var start = await browser.Send(track, form: "form[action$='/again']");
        start.Address.ShouldBe(Garden);
        start.Words.ShouldContain($"We fill in what you told us in {reference}.");

        var page = await browser.Open($"{Garden}/start");
        page.Words.ShouldContain($"This is what you told us in {reference}. Change it if it is not right any more.");
        page.Document.QuerySelector("input[name=place][value=home]")!.HasAttribute("checked").ShouldBeTrue();
        page = await browser.Send(page);
        Value(page, "home-line1").ShouldBe("19 Castle Street");
        var wrong = await browser.Send(page, With(("home-postcode", "nowhere")));
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, "what is filled in is read like anything else");
        Value(wrong, "home-postcode").ShouldBe("nowhere");
        page = await browser.Send(page);
        page = await browser.Send(page, With(("bins", "3")));
        page.Words.ShouldNotContain("This is what you told us");
        page = await browser.Send(page, With(("more", "1")));
        Value(page, "you-email").ShouldBe("ann@mail.example");
        page = await browser.Send(page);
        page = await browser.Send(page, With(("agree", "yes")));
        page.Address.ShouldBe($"{Garden}/check");
        var done = await browser.Send(page);
        done.Address.ShouldBe($"{Garden}/done");
        var made = done.Document.QuerySelector(".reference")!.TextContent.Trim();
        var received = await council.House.Database.Read(s => s.First($"select data from event where type = 'case.received' and stream = {"case/" + made}", row => row.Text(0)));
        JsonDocument.Parse(received!).RootElement.GetProperty("prefilled").GetInt32().ShouldBe(3, "one of the four was changed");

        // Sent, nothing is filled in any more.
        (await browser.Open(Garden)).Words.ShouldNotContain("We fill in");
        (await browser.Open($"{Garden}/questions/place")).Document.QuerySelector("input[name=place][checked]").ShouldBeNull();
    }

    [Fact]
    public async Task Without_the_code_nothing_is_filled_in_and_whoever_likes_begins_with_empty_pages()
    {
        var council = await councils.Sqlite;
        var (reference, code) = await council.Subscription();
        var again = council.House.Codes.ForAgain(reference, 1);
        using var browser = new Browser(await council.Client());
        foreach (var bad in new[] { $"case={reference}&code={code}", $"case={reference}&code=0000000000000000", $"case={reference}", "case=nothing&code=1", "" })
        {
            var page = await browser.Open($"{Garden}/again?{bad}");
            (page.Address, page.Status).ShouldBe((Garden, HttpStatusCode.OK));
            page.Words.ShouldNotContain("We fill in", customMessage: bad);
        }
        (await browser.Open($"{Light}/again?case={reference}&code={again}")).Words.ShouldNotContain("We fill in");
        (await browser.Open($"/services/nothing/again?case={reference}&code={again}")).Status.ShouldBe(HttpStatusCode.NotFound);

        var start = await browser.Open($"{Garden}/again?case={reference}&code={again.ToLowerInvariant()}");
        start.Words.ShouldContain($"We fill in what you told us in {reference}.");
        Value(await browser.Send(await browser.Open($"{Garden}/start")), "home-line1").ShouldBe("19 Castle Street");
        start = await browser.Send(start, form: "form[action$='/afresh']");
        start.Address.ShouldBe(Garden);
        start.Words.ShouldNotContain("We fill in");
        Value(await browser.Open($"{Garden}/questions/home"), "home-line1").ShouldBeNullOrEmpty();
    }

    [Fact]
    public async Task An_advisor_fills_a_form_in_from_the_case_of_the_caller_and_the_reading_is_recorded()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        var (reference, _) = await council.Subscription("Ann Lee-Okonjo");
        using var advisor = await DeskBrowser.SignIn(council, "grace-adeyemi-clarke");
        var form = "/desk/new/subscribe-to-garden-waste";
        (await advisor.Open(form)).QuerySelector($"a[href^='{form}?from=']").ShouldBeNull("nobody has rung");
        await advisor.Open("/desk?q=okonjo");
        await advisor.Open($"/desk/cases/{reference}");
        var offer = (await advisor.Open(form)).QuerySelector($"a[href^='{form}?from=']")!;
        offer.ParentElement!.TextContent.ShouldContain($"Make sure that the caller is who sent {reference}");
        Task<List<string>> Readings() => council.House.Database.Read(s => s.Query($"select kind from audit_entry where about = {reference} and who = 'grace-adeyemi-clarke' order by at", row => row.Text(0)));
        (await Readings()).ShouldNotContain("read.fill-in");

        var page = await advisor.Open(offer.GetAttribute("href")!);
        (await Readings()).Count(what => what == "read.fill-in").ShouldBe(1);
        page.QuerySelector("#home-line1")!.GetAttribute("value").ShouldBe("19 Castle Street");
        page.QuerySelector("#you-email")!.GetAttribute("value").ShouldBe("ann@mail.example");
        page.QuerySelector("#home-hint")!.TextContent.ShouldContain($"Filled in from {reference}. Read it out");
        page.QuerySelector("#more")!.GetAttribute("value").ShouldBeNullOrEmpty();
        using var sent = await advisor.Send(page, form, ("place", "home"), ("home-line1", "19 Castle Street"), ("home-town", "Wallingford"), ("home-postcode", "OX10 8DL"), ("bins", "1"), ("more", "0"),
            ("you-name", "Ann Lee-Okonjo"), ("you-email", "ann@mail.example"), ("agree", "yes"), ("_channel", "phone"));
        sent.StatusCode.ShouldBe(HttpStatusCode.SeeOther, await sent.Content.ReadAsStringAsync());
        var made = sent.Headers.Location!.OriginalString.Split('=')[^1];
        var received = await council.House.Database.Read(s => s.First($"select data from event where type = 'case.received' and stream = {"case/" + made}", row => row.Text(0)));
        JsonDocument.Parse(received!).RootElement.GetProperty("prefilled").GetInt32().ShouldBe(3);

        // What they may not read, or is not there, fills in nothing and is not recorded.
        foreach (var nothing in new[] { "GDN-0000-0000", "nothing" })
            (await advisor.Open($"{form}?from={nothing}")).Body!.TextContent.ShouldContain("There is nothing that could be filled in from there.");
        (await advisor.Open($"/desk/new/report-a-pothole?from={reference}")).QuerySelector("#you-email")!.GetAttribute("value").ShouldBeNullOrEmpty();
        (await Readings()).Count(what => what == "read.fill-in").ShouldBe(1);
    }
}
