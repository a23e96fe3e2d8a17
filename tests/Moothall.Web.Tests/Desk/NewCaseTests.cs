using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Dom;
using NodaTime;
using Moothall.Web.Tests.Api;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Desk;

public sealed class NewCaseTests(Councils councils)
{
    const string Address = "/desk/new/report-a-pothole";

    static (string, string)[] Typed(string where = "Outside 14 Ock Street, Abingdon") =>
        [("where", where), ("size", "large"), ("deep", "yes"), ("you-name", "Rajesh Patel"), ("you-phone", "01632 960987"), ("_channel", "phone"), ("_authority", "wessex")];

    [Fact]
    public async Task A_callers_case_is_the_same_as_the_one_a_program_makes()
    {
        await using var council = await RunningCouncil.Start(Moothall.Store.Dialect.Sqlite);
        using var advisor = await DeskBrowser.SignIn(council, "grace-adeyemi-clarke");
        var page = await advisor.Open(Address);
        page.QuerySelector(".new__when")!.TextContent.ShouldBe("Ask only if: “Size” is “Bigger than a dinner plate”");
        council.Clock.Advance(Duration.FromSeconds(95));
        using var sent = await advisor.Send(page, Address, Typed());
        sent.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var told = await advisor.Open(sent.Headers.Location!.OriginalString);
        var reference = told.QuerySelector(".readout__reference")!.TextContent;
        told.QuerySelector(".readout__spelled")!.TextContent.ShouldStartWith("Papa Oscar Tango, ");

        using var program = await council.Client("grace-adeyemi-clarke");
        using var made = await program.PostAsJsonAsync("/api/v1/services/report-a-pothole/cases", new
        {
            channel = "phone",
            authority = "wessex",
            answers = new { where = new { text = "Outside 14 Ock Street, Abingdon" }, size = "large", deep = true, you = new { name = "Rajesh Patel", phone = "01632 960987" } },
        });
        var other = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reference").GetString()!;
        var (byDesk, byProgram) = (await council.Case(reference), await council.Case(other));
        byDesk.GetProperty("answers").ToString().ShouldBe(byProgram.GetProperty("answers").ToString());
        foreach (var name in new[] { "service", "authority", "team", "stage", "channel", "closeBy", "due", "decided" })
            byDesk.GetProperty("case").GetProperty(name).ToString().ShouldBe(byProgram.GetProperty("case").GetProperty(name).ToString(), name);
        byDesk.GetProperty("case").GetProperty("authority").GetString().ShouldBe("mercia");
        byDesk.GetProperty("history")[0].GetProperty("handlingSeconds").GetInt32().ShouldBe(95);
        byDesk.GetProperty("history")[0].GetProperty("by").GetString().ShouldBe("grace-adeyemi-clarke");
    }

    [Fact]
    public async Task Faults_stand_at_the_top_and_nothing_typed_is_lost()
    {
        using var advisor = await DeskBrowser.SignIn(await councils.Sqlite, "grace-adeyemi-clarke");
        using var sent = await advisor.Send(await advisor.Open(Address), Address, ("where", "Market Place, Wallingford"), ("you-name", "Kwame Asante"), ("_channel", "in-person"));
        sent.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var again = await DeskBrowser.Parse(sent);
        again.QuerySelectorAll(".govuk-error-summary a").Select(a => a.GetAttribute("href")).ShouldContain("#size");
        again.QuerySelector("#where")!.GetAttribute("value").ShouldBe("Market Place, Wallingford");
        again.QuerySelector("#you-name")!.GetAttribute("value").ShouldBe("Kwame Asante");
        again.QuerySelector("#_channel option[selected]")!.GetAttribute("value").ShouldBe("in-person");
    }

    [Fact]
    public async Task A_designed_end_is_read_out_and_nothing_is_sent()
    {
        using var advisor = await DeskBrowser.SignIn(await councils.Sqlite, "grace-adeyemi-clarke");
        using var sent = await advisor.Send(await advisor.Open(Address), Address, Typed("M4 near junction 13"));
        sent.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await DeskBrowser.Parse(sent);
        page.QuerySelector(".readout")!.TextContent.ShouldContain("National Highways looks after motorways");
        page.QuerySelector("#you-name")!.GetAttribute("value").ShouldBe("Rajesh Patel");
    }

    [Fact]
    public async Task A_page_sent_twice_is_one_case()
    {
        using var advisor = await DeskBrowser.SignIn(await councils.Sqlite, "grace-adeyemi-clarke");
        var page = await advisor.Open(Address);
        using var once = await advisor.Send(page, Address, Typed());
        using var twice = await advisor.Send(page, Address, Typed());
        twice.Headers.Location.ShouldBe(once.Headers.Location);
    }

    [Theory, BothDatabases]
    public async Task A_page_with_a_photo_that_is_sent_twice_is_one_case(Moothall.Store.Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var advisor = await DeskBrowser.SignIn(council, "grace-adeyemi-clarke");
        using var program = await council.Client();
        var photo = await program.SendFile(new Picked("hole.jpg", await File.ReadAllBytesAsync(Path.Combine(RunningCouncil.Repository, "services/report-a-pothole/examples/pothole.jpg"), TestContext.Current.CancellationToken)));
        var page = await advisor.Open(Address);
        // As the page carries a photo on that was taken the first time.
        using var once = await advisor.Send(page, Address, [.. Typed(), ("photo", photo)]);
        once.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        using var twice = await advisor.Send(page, Address, [.. Typed(), ("photo", photo)]);
        (twice.StatusCode, twice.Headers.Location).ShouldBe((HttpStatusCode.SeeOther, once.Headers.Location));
        using var other = await advisor.Send(await advisor.Open(Address), Address, [.. Typed(), ("photo", photo)]);
        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_place_that_the_advisor_takes_no_calls_for_makes_no_case()
    {
        using var advisor = await DeskBrowser.SignIn(await councils.Sqlite, "mei-lin-chan", "mercia.localhost");
        using var sent = await advisor.Send(await advisor.Open(Address), Address, [.. Typed("Market Place, Wallingford").Where(t => t.Item1 != "_authority")]);
        sent.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await DeskBrowser.Parse(sent)).QuerySelector(".govuk-notification-banner")!.TextContent.ShouldContain("looked after by Wessex Council");
    }

    [Fact]
    public async Task Only_advisors_take_calls_and_only_the_one_who_took_it_is_told_the_code()
    {
        var council = await councils.Sqlite;
        using var worker = await DeskBrowser.SignIn(council, "amara-okafor");
        await worker.Open("/desk/new", HttpStatusCode.Forbidden);
        await worker.Open(Address, HttpStatusCode.Forbidden);
        using var advisor = await DeskBrowser.SignIn(council, "grace-adeyemi-clarke");
        await advisor.Open("/desk/new/no-such-service", HttpStatusCode.NotFound);
        using var sent = await advisor.Send(await advisor.Open(Address), Address, Typed());
        using var other = await DeskBrowser.SignIn(council, "mei-lin-chan");
        await other.Open(sent.Headers.Location!.OriginalString, HttpStatusCode.NotFound);
    }
}
