using System.Net;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Desk;

public sealed class CallTests
{
    static Task<List<(string Reason, string? About, int Seconds)>> Contacts(RunningCouncil council) => council.House.Database.Read(s =>
        s.Query($"select reason, about, handling_seconds from contact order by at", row => (row.Text(0), row.TextOrNull(1), row.Int(2))));

    [Theory, BothDatabases]
    public async Task A_call_begins_with_the_first_search_and_its_seconds_go_to_the_contact_once(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        var reference = await council.Pothole();
        using var advisor = await DeskBrowser.SignIn(council, "grace-adeyemi-clarke");
        var found = await advisor.Open("/desk?q=wallingford");
        found.QuerySelector(".call").ShouldNotBeNull();
        council.Clock.Advance(Duration.FromSeconds(40));
        var @case = await advisor.Open($"/desk/cases/{reference}");
        council.Clock.Advance(Duration.FromSeconds(50));
        (await advisor.Open($"/desk/cases/{reference}")).QuerySelector(".call input[name=about]")!.GetAttribute("value").ShouldBe(reference);
        using var wrapped = await advisor.Send(@case, "/desk/call/end", ("reason", "question"), ("about", reference), ("channel", "phone"));
        wrapped.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await Contacts(council)).ShouldBe([("question", reference, 90)]);
        (await advisor.Open("/desk?wrapped=yes")).QuerySelector(".call").ShouldBeNull();
    }

    [Fact]
    public async Task Chasing_is_one_press_beside_the_case_that_was_found()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        var reference = await council.Pothole();
        using var advisor = await DeskBrowser.SignIn(council, "grace-adeyemi-clarke");
        var found = await advisor.Open("/desk?q=wallingford");
        council.Clock.Advance(Duration.FromSeconds(20));
        using var chased = await advisor.Send(found, "/desk/call/chasing", ("about", reference));
        chased.Headers.Location!.OriginalString.ShouldStartWith($"/desk/cases/{reference}");
        (await Contacts(council)).ShouldBe([("chasing", reference, 20)]);
    }

    [Fact]
    public async Task One_box_finds_services_and_parts_of_references()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        var reference = await council.Pothole();
        using var advisor = await DeskBrowser.SignIn(council, "grace-adeyemi-clarke");
        (await advisor.Open("/desk?q=pothole")).QuerySelector("a[href='/desk/new/report-a-pothole']")!.TextContent.ShouldContain("for the caller");
        (await advisor.Open("/desk?q=" + reference[4..8])).QuerySelector($".wanted a[href='/desk/cases/{reference}']").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_caller_who_will_do_it_online_is_a_contact_and_no_case()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        using var advisor = await DeskBrowser.SignIn(council, "grace-adeyemi-clarke");
        using var online = await advisor.Send(await advisor.Open("/desk/new/report-a-pothole"), "/desk/new/report-a-pothole", ("_online", "yes"), ("_channel", "phone"));
        online.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await Contacts(council)).Single().Reason.ShouldBe("new");
        (await council.House.Database.Read(s => s.Number($"select count(*) from council_case"))).ShouldBe(0);
    }

    [Fact]
    public async Task Update_questions_shows_what_is_asked_after_these_answers_and_sends_nothing()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        using var advisor = await DeskBrowser.SignIn(council, "grace-adeyemi-clarke");
        async Task<bool> Asks(string size)
        {
            using var updated = await advisor.Send(await advisor.Open("/desk/new/report-a-pothole"), "/desk/new/report-a-pothole", ("_update", "yes"), ("size", size), ("where", "Half typed"));
            updated.StatusCode.ShouldBe(HttpStatusCode.OK);
            var page = await DeskBrowser.Parse(updated);
            page.QuerySelector("input[name=where], textarea[name=where]")!.OuterHtml.ShouldContain("Half typed");
            page.QuerySelector(".govuk-error-summary").ShouldBeNull();
            return !page.QuerySelector("[data-question=deep]")!.HasAttribute("hidden");
        }
        (await Asks("large")).ShouldBeTrue();
        (await Asks("small")).ShouldBeFalse();
    }
}
