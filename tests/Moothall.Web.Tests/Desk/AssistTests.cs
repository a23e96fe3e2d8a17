using System.Net;
using System.Text.RegularExpressions;
using Moothall.Journeys;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Desk;

public sealed class AssistTests
{
    static async Task<(Browser Person, string Code)> Stuck(RunningCouncil council)
    {
        var person = new Browser(await council.Client());
        await person.Send(await person.Open("/services/report-a-pothole/questions/where"), new Dictionary<string, IReadOnlyList<string>> { ["where"] = ["Market Place, Wallingford"] });
        var help = await person.Open("/services/report-a-pothole/help");
        var shown = await person.Send(help, form: "form[action='/services/report-a-pothole/help']");
        return (person, shown.Document.QuerySelector(".code")!.TextContent);
    }

    [Theory, BothDatabases]
    public async Task A_persons_own_draft_is_finished_with_them_and_counts_as_theirs_with_help(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        var (person, code) = await Stuck(council);
        using var _ = person;
        using var advisor = await DeskBrowser.SignIn(council, "grace-adeyemi-clarke");
        using var found = await advisor.Send(await advisor.Open("/desk/new"), "/desk/assist", ("code", code.ToLowerInvariant()));
        found.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var address = found.Headers.Location!.OriginalString;
        address.ShouldNotContain(code.Replace(" ", "", StringComparison.Ordinal));
        var form = await advisor.Open(address);
        form.QuerySelector("[name=where]")!.OuterHtml.ShouldContain("Market Place, Wallingford");
        using var why = await advisor.Send(form, address, ("where", "Market Place, Wallingford"), ("size", "small"));
        why.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        council.Clock.Advance(Duration.FromSeconds(70));
        using var sent = await advisor.Send(form, address, ("where", "Market Place, Wallingford"), ("size", "small"), ("_why", "skills"));
        sent.StatusCode.ShouldBe(HttpStatusCode.SeeOther, await sent.Content.ReadAsStringAsync());
        var done = await advisor.Open(sent.Headers.Location!.OriginalString);
        var reference = done.QuerySelector(".readout__reference")!.TextContent;
        (await council.Case(reference)).GetProperty("case").GetProperty("channel").GetString().ShouldBe("assisted");
        (await council.House.Database.Read(s => Moothall.Cases.CaseQueries.Circumstance(s, reference)))!.AssistedWhy.ShouldBe("skills");
        (await person.Open("/services/report-a-pothole/check")).Html.ShouldContain(reference);
        (await council.House.Database.Read(s => s.Number($"select count(*) from audit_entry where kind = 'read.draft' and who = 'grace-adeyemi-clarke'"))).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_code_ends_after_half_an_hour_and_guessing_is_stopped()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        var (person, code) = await Stuck(council);
        using var _ = person;
        Regex.IsMatch(code, "^[0-9A-Z]{4} [0-9A-Z]{4}$").ShouldBeTrue(code);
        council.Clock.Advance(HelpCodes.Life + Duration.FromSeconds(1));
        using var advisor = await DeskBrowser.SignIn(council, "mei-lin-chan");
        var page = await advisor.Open("/desk/new");
        for (var i = 0; i < 10; i++)
        {
            using var wrong = await advisor.Send(page, "/desk/assist", ("code", code));
            wrong.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        }
        using var stopped = await advisor.Send(page, "/desk/assist", ("code", code));
        stopped.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task An_answer_that_the_person_changes_meanwhile_is_named_and_what_was_typed_stays()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        var (person, code) = await Stuck(council);
        using var _ = person;
        using var advisor = await DeskBrowser.SignIn(council, "grace-adeyemi-clarke");
        using var found = await advisor.Send(await advisor.Open("/desk/new"), "/desk/assist", ("code", code));
        var address = found.Headers.Location!.OriginalString;
        var form = await advisor.Open(address);
        await person.Send(await person.Open("/services/report-a-pothole/questions/size"), new Dictionary<string, IReadOnlyList<string>> { ["size"] = ["large"] });
        using var sent = await advisor.Send(form, address, ("where", "Market Place, Wallingford"), ("size", "small"), ("_why", "skills"));
        sent.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var again = await DeskBrowser.Parse(sent);
        again.QuerySelector(".govuk-notification-banner")!.TextContent.ShouldContain("How big is it?");
        again.QuerySelector("input[name=size][value=small]")!.HasAttribute("checked").ShouldBeTrue();
        using var anyway = await advisor.Send(again, address, ("where", "Market Place, Wallingford"), ("size", "small"), ("_why", "skills"));
        anyway.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }
}
