using System.Net;
using System.Net.Http.Json;
using AngleSharp.Dom;
using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Journeys;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Desk;

public sealed class BulkTests
{
    static IEnumerable<KeyValuePair<string, string>> Form(IDocument page, string action) =>
        page.QuerySelectorAll("form").First(f => f.GetAttribute("action") == action).QuerySelectorAll("input[type=hidden]").Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value") ?? ""));

    static async Task<IDocument> Preview(DeskBrowser leader, string choose, params (string Name, string Value)[] typed)
    {
        using var seen = await leader.Send(await leader.Open(choose), "/desk/bulk/preview", typed);
        seen.StatusCode.ShouldBe(HttpStatusCode.OK, await seen.Content.ReadAsStringAsync());
        return await DeskBrowser.Parse(seen);
    }

    [Theory, BothDatabases]
    public async Task Ticked_cases_are_previewed_done_and_taken_back(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        var references = new[] { await council.Pothole(), await council.Pothole(), await council.Pothole() };
        using var leader = await DeskBrowser.SignIn(council, "tomasz-zielinski");
        var queue = await leader.Open("/desk");
        queue.QuerySelectorAll("input[name=case]").Length.ShouldBe(3);
        var choose = "/desk/bulk?" + string.Join('&', references.Take(2).Select(r => "case=" + r));
        var preview = await Preview(leader, choose, ("what", "assign"), ("to", "amara-okafor"));
        preview.QuerySelector("h1")!.TextContent.ShouldBe("Assign to Amara Okafor");
        preview.QuerySelector("main")!.TextContent.ShouldContain("Nobody outside is told.");
        (await council.Case(references[0])).GetProperty("case").GetProperty("assigned").GetString().ShouldBeNull();

        var posted = Form(preview, "/desk/bulk").ToList();
        using var begun = await leader.Post("/desk/bulk", posted);
        begun.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        using var again = await leader.Post("/desk/bulk", posted);
        again.Headers.Location.ShouldBe(begun.Headers.Location);
        var result = await leader.Open(begun.Headers.Location!.OriginalString);
        result.QuerySelector("main")!.TextContent.ShouldContain("2 cases are done.");
        (await council.Case(references[1])).GetProperty("case").GetProperty("assigned").GetString().ShouldBe("amara-okafor");
        (await council.Case(references[2])).GetProperty("case").GetProperty("assigned").GetString().ShouldBeNull();

        using var undone = await leader.Send(result, begun.Headers.Location.OriginalString + "/undo");
        (await leader.Open(undone.Headers.Location!.OriginalString)).QuerySelector("main")!.TextContent.ShouldContain("2 cases were taken back.");
        (await council.Case(references[1])).GetProperty("case").GetProperty("assigned").GetString().ShouldBeNull();
    }

    [Fact]
    public async Task What_changed_since_the_preview_is_named_and_can_be_tried_again_with_what_was_typed()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        var (one, two) = (await council.Pothole(), await council.Pothole());
        using var leader = await DeskBrowser.SignIn(council, "tomasz-zielinski");
        using var other = await DeskBrowser.SignIn(council, "amara-okafor");
        var preview = await Preview(leader, "/desk/bulk?all=yes&service=report-a-pothole", ("what", "note"), ("_note", "Road closed next week."));
        using var noted = await other.Send(await other.Open($"/desk/cases/{one}"), $"/desk/cases/{one}/actions/note", ("_note", "The owner rang."));
        using var begun = await leader.Post("/desk/bulk", Form(preview, "/desk/bulk"));
        var result = await leader.Open(begun.Headers.Location!.OriginalString);
        result.QuerySelector("main")!.TextContent.ShouldContain("1 case is done.");
        result.QuerySelector(".bulk__lines")!.TextContent.ShouldContain(one);
        result.QuerySelector(".bulk__lines")!.TextContent.ShouldContain("Somebody else changed this case");
        result.QuerySelector(".bulk__lines")!.TextContent.ShouldContain("Last changed by Amara Okafor");
        using var again = await leader.Post("/desk/bulk/preview", Form(result, "/desk/bulk/preview"));
        (await DeskBrowser.Parse(again)).QuerySelector(".govuk-inset-text")!.TextContent.ShouldContain("Road closed next week.");
        two.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_preview_says_how_many_are_told_and_of_each_case_who_is()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        using var resident = await council.Client();
        foreach (object you in (object[])[new { name = "Sam Okonkwo-Lee", email = "sam@mail.example" }, new { name = "Ann Lee", phone = "01632 960001" }])
            (await resident.PostAsJsonAsync("/api/v1/services/report-a-pothole/cases", new { channel = "web", answers = new { where = new { text = "Market Place, Wallingford" }, size = "small", you } })).Dispose();
        using var leader = await DeskBrowser.SignIn(council, "tomasz-zielinski");
        var said = (await Preview(leader, "/desk/bulk?all=yes&service=report-a-pothole", ("what", "do:order-repair"))).QuerySelector("main")!.TextContent;
        said.ShouldContain("1 person is told by e-mail.");
        said.ShouldContain("Tells Sam by e-mail: “Where it is now");
        said.ShouldContain("Tells nobody: no address was given.");
    }

    [Fact]
    public async Task A_worker_is_told_whose_cases_are_a_team_leaders_to_change()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        var reference = await council.Pothole();
        using var worker = await DeskBrowser.SignIn(council, "amara-okafor");
        var preview = await Preview(worker, "/desk/bulk?case=" + reference, ("what", "do:inspect"));
        preview.QuerySelector("main")!.TextContent.ShouldContain("None of the cases can be done");
        preview.QuerySelector("main")!.TextContent.ShouldContain("Ask its team leader");
        using var advisor = await DeskBrowser.SignIn(council, "grace-adeyemi-clarke");
        await advisor.Open("/desk/bulk?case=" + reference, HttpStatusCode.Forbidden);
        await worker.Open("/desk/bulk", HttpStatusCode.UnprocessableEntity);
    }

    [Theory, BothDatabases]
    public async Task A_contractor_gets_exactly_what_was_shown_and_each_case_says_so(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        var (sent, closed) = (await council.Pothole("Market Place, Wallingford"), await council.Pothole());
        using var leader = await DeskBrowser.SignIn(council, "tomasz-zielinski");
        using var withdrawn = await leader.Send(await leader.Open($"/desk/cases/{closed}/actions/withdraw"), $"/desk/cases/{closed}/actions/withdraw");
        var choose = $"/desk/bulk?case={sent}&case={closed}";
        using var nobody = await leader.Send(await leader.Open(choose), "/desk/bulk/preview", ("what", "send"));
        nobody.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var preview = await Preview(leader, choose, ("what", "send"), ("contractor", "thameside-surfacing"));
        var text = preview.QuerySelector(".letter__text")!.TextContent;
        text.ShouldContain(sent);
        text.ShouldContain("Where: Market Place, Wallingford");
        text.ShouldNotContain(closed);
        preview.QuerySelector("main")!.TextContent.ShouldContain("It is closed.");
        preview.QuerySelector("main")!.TextContent.ShouldContain("It says nothing of the people who asked.");
        // A contractor who is written to in Welsh gets the same in Welsh.
        var surfacing = council.House.Council.Contractors.Single(c => c.Id == "thameside-surfacing");
        var welsh = await ContractorList.Preview(council.House, surfacing with { Language = "cy" }, [sent], new HashSet<string> { "name" }, Tokens.CallerFor(council.House.Council, "tomasz-zielinski"), default);
        welsh.Mail.Subject.ShouldBe("1 achos gan Wessex Council");
        welsh.Text.ShouldContain("Beth: Rhoi gwybod am dwll yn y ffordd (arferol)");
        welsh.Text.ShouldContain("Ble: Market Place, Wallingford");
        welsh.Text.ShouldContain("Erbyn: ");
        using var gone = await leader.Post("/desk/bulk/send", Form(preview, "/desk/bulk/send"));
        var order = gone.Headers.Location!.OriginalString;
        (await leader.Open(order)).QuerySelector("main")!.TextContent.ShouldContain("The email with 1 case leaves in a minute.");
        (await leader.Open($"/desk/cases/{sent}")).QuerySelector(".history")!.TextContent.ShouldContain("Tomasz Zieliński sent it to Thameside Surfacing.");
        var queued = await council.House.Database.Read(s => s.Query($"select address, plain from message where kind = {"contractor-list"}", row => (row.Text(0), row.Text(1))));
        queued.ShouldBe([("orders@thameside-surfacing.example", text)]);

        // Within the minute it is taken back, from the case or from the order's page; then nobody gets it.
        using var back = await leader.Send(await leader.Open($"/desk/cases/{sent}"), order + "/undo");
        (await leader.Open(back.Headers.Location!.OriginalString)).QuerySelector("main")!.TextContent.ShouldContain("The email was taken back. Nobody gets it.");
        (await council.House.Database.Read(s => s.Number($"select count(*) from message where kind = {"contractor-list"}"))).ShouldBe(0);
        (await leader.Open($"/desk/cases/{sent}")).QuerySelector(".history")!.TextContent.ShouldContain("took this back: ");
        using var anew = await leader.Post("/desk/bulk/send", Form(await Preview(leader, choose, ("what", "send"), ("contractor", "thameside-surfacing")), "/desk/bulk/send"));
        council.Clock.Advance(Duration.FromMinutes(1));
        var over = await leader.Open(anew.Headers.Location!.OriginalString);
        over.QuerySelector("form.undo").ShouldBeNull();
        over.QuerySelector("main")!.TextContent.ShouldContain("The minute for taking this email back is over.");
    }

    [Fact]
    public async Task A_preview_says_how_many_charges_fall_due_and_their_sum()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        // Garden waste, charged when the bins are brought, by an action that asks nothing.
        var source = (await File.ReadAllTextAsync(Path.Combine(RunningCouncil.Repository, "services", "subscribe-to-garden-waste", "service.yaml"))).Replace("due: on received", "due: on stage delivery", StringComparison.Ordinal);
        var definition = ServiceReader.Read("service.yaml", source, council.House.Council.Places).Definition.ShouldNotBeNull();
        await council.House.Database.Commit(unit => PublishService.Publish(unit, definition, source, council.House.Now, "a test"));
        await council.House.Services.Refresh();
        using var worker = await DeskBrowser.SignIn(council, "mohammed-rahman");
        foreach (var bins in new[] { 1, 2 })
        {
            using var resident = await council.Client();
            using var made = await resident.PostAsJsonAsync("/api/v1/services/subscribe-to-garden-waste/cases", new
            {
                channel = "web", answers = new { place = "home", home = new { line1 = "19 Castle Street", town = "Wallingford", postcode = "OX10 8DL" }, bins, more = 0, you = new { name = "Ann Lee", email = "ann@mail.example" }, agree = true },
            });
            var reference = (await made.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("reference").GetString()!;
            (await worker.Send(await worker.Open($"/desk/cases/{reference}"), $"/desk/cases/{reference}/actions/assign", ("to", "mohammed-rahman"))).Dispose();
        }
        const string Chosen = "/desk/bulk?all=yes&service=subscribe-to-garden-waste";
        var preview = await Preview(worker, Chosen, ("what", "do:bring-bins"));
        var said = preview.QuerySelector("main")!.TextContent;
        said.ShouldContain("2 charges fall due, £144 in all.");
        said.ShouldContain("£52 falls due: Garden waste collection for a year.");
        said.ShouldContain("£92 falls due: Garden waste collection for a year.");
        (await council.House.Database.Read(s => s.Number($"select count(*) from payment_due"))).ShouldBe(0);
        (await Preview(worker, Chosen, ("what", "note"), ("_note", "Ring first."))).QuerySelector("main")!.TextContent.ShouldNotContain("due");
        (await worker.Post("/desk/bulk", Form(preview, "/desk/bulk"))).Dispose();
        (await council.House.Database.Read(s => s.Number($"select sum(pence) from payment_due"))).ShouldBe(14_400, "what was said is what falls due");
    }

    [Theory, BothDatabases]
    public async Task The_queue_as_csv_has_the_same_cases_and_every_reading_is_recorded(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        var first = await council.Pothole("=HYPERLINK(1), Wallingford");
        await council.Pothole("Ock Street, Abingdon");
        using var worker = await DeskBrowser.SignIn(council, "amara-okafor");
        using var answer = await worker.Get("/desk/queue.csv?authority=wessex");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        var lines = (await answer.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(2);
        lines[1].ShouldStartWith(first + ",report-a-pothole,wessex,streets,triage,");
        lines[1].ShouldContain("\"'=HYPERLINK(1), Wallingford\"");
        (await council.House.Database.Read(s => Moothall.Identity.ReadLog.Of(s, first))).ShouldContain(r => r.Member == "amara-okafor" && r.Kind.Code == "read.list");
        (await worker.Get("/desk/queue.csv?due=soon")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }
}
