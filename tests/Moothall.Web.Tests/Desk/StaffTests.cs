using System.Net;
using Moothall.Identity;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Desk;

public sealed class StaffTests(Councils councils)
{
    const string Administrator = "fatima-al-sayed";

    // In the order of the columns: advisor; worker; team leader of Streets; designer; analyst; administrator. The case is a pothole of Wessex with Streets.
    static readonly string[] Everybody = ["grace-adeyemi-clarke", "amara-okafor", "tomasz-zielinski", "ewa-novak", "jordan-reid", Administrator];

    public static TheoryData<string, int[]> Pages() => new()
    {
        { "/desk/you", [200, 200, 200, 200, 200, 200] },
        { "/desk/staff", [403, 403, 403, 403, 403, 200] },
        { "/desk/staff/new", [403, 403, 403, 403, 403, 200] },
        { "/desk/staff/sian-prydderch", [403, 403, 403, 403, 403, 200] },
        { "/desk/staff/sian-prydderch/change", [403, 403, 403, 403, 403, 200] },
        { "/desk/staff/history-import", [403, 403, 403, 403, 403, 404] },
        { "/desk/staff/nobody", [403, 403, 403, 403, 403, 404] },
        { "/desk/teams", [403, 403, 403, 403, 403, 200] },
        { "/desk/teams/new", [403, 403, 403, 403, 403, 200] },
        { "/desk/teams/wessex-waste", [403, 403, 403, 403, 403, 200] },
        { "/desk/teams/nobodies", [403, 403, 403, 403, 403, 404] },
        { "/desk/cases/CASE/readings", [403, 403, 200, 403, 403, 200] },
        { "/desk/cases/POT-0000-0000/readings", [403, 403, 404, 403, 403, 404] },
        { "/desk/staff/amara-okafor/readings", [403, 403, 200, 403, 403, 200] },
        { "/desk/staff/mohammed-rahman/readings", [403, 403, 404, 403, 403, 200] },
        { "/desk/kept/" + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", [404, 404, 404, 404, 404, 404] },
    };

    [Theory, MemberData(nameof(Pages))]
    public async Task A_page_is_for_the_roles_of_the_table(string path, int[] expected)
    {
        var council = await councils.Sqlite;
        var reference = await council.Pothole();
        var answers = new List<(string, int)>();
        foreach (var who in Everybody)
        {
            using var browser = await DeskBrowser.SignIn(council, who);
            using var answer = await browser.Get(path.Replace("CASE", reference, StringComparison.Ordinal));
            await CleanAnswer.Body(answer);
            answers.Add((who, (int)answer.StatusCode));
        }
        answers.ShouldBe(Everybody.Zip(expected));
        using var nobody = await council.Client();
        using var refused = await nobody.GetAsync(path);
        refused.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Theory]
    [InlineData("/desk/staff/new")]
    [InlineData("/desk/staff/sian-prydderch/change")]
    [InlineData("/desk/staff/sian-prydderch/invite")]
    [InlineData("/desk/staff/sian-prydderch/suspend")]
    [InlineData("/desk/staff/sian-prydderch/left")]
    [InlineData("/desk/staff/sian-prydderch/return")]
    [InlineData("/desk/staff/sian-prydderch/end-sessions")]
    [InlineData("/desk/staff/sian-prydderch/revoke-invitations")]
    [InlineData("/desk/teams/new")]
    [InlineData("/desk/teams/streets")]
    public async Task Nobody_but_an_administrator_changes_staff_and_not_without_our_form(string path)
    {
        var council = await councils.Sqlite;
        foreach (var who in Everybody)
        {
            using var browser = await DeskBrowser.SignIn(council, who);
            var token = (await browser.Open("/desk/you")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            if (who != Administrator)
            {
                using var answer = await browser.Post(path, [KeyValuePair.Create("__RequestVerificationToken", token), KeyValuePair.Create("version", "0"), KeyValuePair.Create("name", "X"), KeyValuePair.Create("roles", "administrator")]);
                answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, who);
            }
            using var forged = await browser.Post(path, [KeyValuePair.Create("version", "0"), KeyValuePair.Create("name", "X")]);
            forged.StatusCode.ShouldBeOneOf([HttpStatusCode.Forbidden, HttpStatusCode.BadRequest], who);
        }
        council.House.Council.Members.ContainsKey("sian-prydderch").ShouldBeTrue();
    }

    [Theory, BothDatabases]
    public async Task Somebody_is_added_changed_invited_suspended_and_taken_back(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        using var desk = await DeskBrowser.SignIn(council, Administrator);
        using var wrong = await desk.Send(await desk.Open("/desk/staff/new"), "/desk/staff/new", ("name", "Zoë Bright"), ("email", "not an address"), ("roles", "worker"));
        wrong.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var again = await DeskBrowser.Parse(wrong);
        again.QuerySelector("#email")!.GetAttribute("value").ShouldBe("not an address");
        again.QuerySelectorAll(".govuk-error-summary__list a").Select(a => a.GetAttribute("href")).ShouldBe(["#email", "#authorities", "#teams"], ignoreOrder: true);
        using var added = await desk.Send(again, "/desk/staff/new", ("name", "Zoë Bright"), ("email", "zoe@wessex.example"), ("roles", "worker"), ("authorities", "wessex"), ("teams", "streets"));
        added.Headers.Location!.OriginalString.ShouldBe("/desk/staff/zoe-bright?done=yes");

        var page = await desk.Open("/desk/staff/zoe-bright?done=yes");
        page.QuerySelector(".govuk-notification-banner--success")!.TextContent.ShouldContain("Added.");
        using var invited = await desk.Send(page, "/desk/staff/zoe-bright/invite");
        var shown = await DeskBrowser.Parse(invited);
        var link = shown.QuerySelector(".once__link")!.TextContent.Trim();
        link.ShouldStartWith("http://wessex.localhost:8080/desk/invitation/");
        shown.Body!.TextContent.ShouldContain("We also send it to zoe@wessex.example.");
        (await council.House.Database.Read(s => s.Number($"select count(*) from message where kind = 'staff-invitation' and address = 'zoe@wessex.example'"))).ShouldBe(1);
        (await desk.Open("/desk/staff/zoe-bright")).Body!.InnerHtml.ShouldNotContain(link);

        // Suspended: gone with the next page, everywhere.
        using var zoe = await DeskBrowser.SignIn(council, "zoe-bright");
        using var suspended = await desk.Send(await desk.Open("/desk/staff/zoe-bright"), "/desk/staff/zoe-bright/suspend");
        suspended.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        using var gone = await zoe.Get("/desk");
        gone.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await desk.Open("/desk/staff/zoe-bright")).QuerySelector("h1")!.TextContent.ShouldContain("Suspended");
        using var opened = await council.Client();
        (await opened.GetAsync(new Uri(link).AbsolutePath)).StatusCode.ShouldBe(HttpStatusCode.Gone);
        using var back = await desk.Send(await desk.Open("/desk/staff/zoe-bright"), "/desk/staff/zoe-bright/return");
        back.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await desk.Open("/desk/staff/zoe-bright#history")).QuerySelectorAll(".history li").Length.ShouldBe(4);
    }

    [Fact]
    public async Task Two_administrators_see_what_the_other_changed_and_keep_what_they_typed()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        using var first = await DeskBrowser.SignIn(council, Administrator);
        using var second = await DeskBrowser.SignIn(council, Administrator);
        const string address = "/desk/staff/sian-prydderch/change";
        var (one, two) = (await first.Open(address), await second.Open(address));
        (string, string)[] rest = [("roles", "worker"), ("authorities", "wessex"), ("teams", "wessex-highways")];
        using var saved = await first.Send(one, address, [("name", "Siân Prydderch-Jones"), ("email", ""), .. rest]);
        saved.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        using var late = await second.Send(two, address, [("name", "Siân P"), ("email", "sian@wessex.example"), .. rest]);
        late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var shown = await DeskBrowser.Parse(late);
        shown.QuerySelector(".changed")!.TextContent.ShouldContain("Name: Siân Prydderch-Jones (before: Siân Prydderch).");
        shown.QuerySelector("#name")!.GetAttribute("value").ShouldBe("Siân P");
        shown.QuerySelector("#email")!.GetAttribute("value").ShouldBe("sian@wessex.example");
        using var decided = await second.Send(shown, address, [("name", "Siân P"), ("email", "sian@wessex.example"), .. rest]);
        decided.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        council.House.Council.Members["sian-prydderch"].Name.ShouldBe("Siân P");
    }

    [Fact]
    public async Task A_role_taken_away_is_gone_with_the_next_page()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        using var desk = await DeskBrowser.SignIn(council, Administrator);
        using var worker = await DeskBrowser.SignIn(council, "amara-okafor");
        var reference = await council.Pothole();
        await worker.Open($"/desk/cases/{reference}");
        using var saved = await desk.Send(await desk.Open("/desk/staff/amara-okafor/change"), "/desk/staff/amara-okafor/change", ("name", "Amara Okafor"), ("email", ""), ("roles", "analyst"), ("authorities", "wessex"));
        saved.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        await worker.Open($"/desk/cases/{reference}", HttpStatusCode.Forbidden);
        using var program = await council.Client("amara-okafor");
        (await program.GetAsync($"/api/v1/desk/cases/{reference}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_team_is_added_and_its_members_work_its_cases()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        using var desk = await DeskBrowser.SignIn(council, Administrator);
        using var empty = await desk.Send(await desk.Open("/desk/teams/new"), "/desk/teams/new", ("name", " "));
        empty.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var added = await desk.Send(await desk.Open("/desk/teams/new"), "/desk/teams/new", ("name", "Night shift"), ("authorities", "wessex"), ("members", "mohammed-rahman"));
        added.Headers.Location!.OriginalString.ShouldBe("/desk/teams/night-shift");
        council.House.Council.Members["mohammed-rahman"].Teams.ShouldContain("night-shift");
        var page = await desk.Open("/desk/teams/night-shift");
        page.QuerySelector("input[value=mohammed-rahman]")!.HasAttribute("checked").ShouldBeTrue();
        page.QuerySelector(".history")!.TextContent.ShouldContain("Mohammed Rahman joined.");
    }

    [Theory, BothDatabases]
    public async Task Every_way_of_reading_a_case_is_told_to_those_who_may_know(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        var reference = await council.Pothole("Silver Street, Wallingford");
        using var worker = await DeskBrowser.SignIn(council, "amara-okafor");
        await worker.Open($"/desk/cases/{reference}");
        await worker.Open($"/desk/cases/{reference}/actions/note");
        await worker.Open("/desk?q=silver");
        await worker.Open("/desk");
        using var program = await council.Client("amara-okafor");
        (await program.GetAsync($"/api/v1/desk/cases/{reference}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await program.GetAsync("/api/v1/desk/cases?q=silver")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await program.GetAsync("/api/v1/desk/cases")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await council.House.Database.Read(s => ReadLog.Of(s, reference))).Select(r => r.Kind.Code).Order().ShouldBe(["read.api", "read.case", "read.case", "read.search", "read.search"]);

        using var leader = await DeskBrowser.SignIn(council, "tomasz-zielinski");
        var page = await leader.Open($"/desk/cases/{reference}/readings");
        page.QuerySelectorAll("tbody tr").Length.ShouldBe(5);
        page.QuerySelector("tbody")!.TextContent.ShouldContain("Amara Okafor");
        (await leader.Open("/desk/staff/amara-okafor/readings")).QuerySelector("tbody")!.TextContent.ShouldContain(reference);
        (await leader.Open($"/desk/cases/{reference}")).QuerySelector($"a[href='/desk/cases/{reference}/readings']").ShouldNotBeNull();
        (await worker.Open($"/desk/cases/{reference}")).QuerySelector($"a[href='/desk/cases/{reference}/readings']").ShouldBeNull();
    }
}
