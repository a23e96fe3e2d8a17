using System.Net;
using System.Text.Json.Nodes;
using Moothall.Council;
using Moothall.Identity;
using Moothall.Store;
using Moothall.Web.Tests.Api;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Desk;

/// <summary>A shipped sensitive service at the desk and in the API: not there for others, opened with a reason, given by two administrators.</summary>
public sealed class SensitiveTests
{
    const string Huw = "huw-parry";

    // A referral that a nurse sends, as the first of the service's examples.
    static async Task<string> Referral(RunningCouncil council)
    {
        using var nurse = await council.Client(host: "mercia.localhost");
        var made = await nurse.Make(new JsonObject
        {
            ["channel"] = "web", ["authority"] = "mercia",
            ["answers"] = new JsonObject
            {
                ["body"] = "hospital", ["consent"] = "all", ["consent-how"] = "spoken", ["you"] = new JsonObject { ["name"] = "Nkechi Obi", ["email"] = "n.obi@hospital.example" }, ["workplace"] = "Discharge nurse, Abbey Hospital",
                ["person-name"] = "Stanisław Wójcik", ["person-born"] = "1971-02-28", ["person-phone"] = "07700 900777", ["safe-times"] = "By day on his own phone", ["language-help"] = new JsonArray("interpreter"), ["which-language"] = "Polish",
                ["home-now"] = "nowhere", ["staying"] = "Ward 4, Abbey Hospital. He leaves today.", ["cause"] = "release", ["more"] = "He must not sleep outside.", ["alone"] = new JsonArray("nobody"), ["support"] = new JsonArray("health"),
                ["danger"] = new JsonArray("none"), ["agree"] = true,
            },
        }, "/api/v1/services/refer-someone-who-is-homeless/cases");
        return made.Text("reference");
    }

    static void SecondAdministrator(RunningCouncil council)
    {
        var folder = council.House.CurrentCouncil.Folder;
        var huw = folder.Members["fatima-al-sayed"] with { Id = Huw, Name = "Huw Parry" };
        council.House.CurrentCouncil.Replace(folder with { Members = new Dictionary<string, Member>(folder.Members, StringComparer.Ordinal) { [Huw] = huw } });
    }

    [Theory, BothDatabases]
    public async Task A_sensitive_case_is_nowhere_for_others_until_they_say_why(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        var reference = await Referral(council);
        await council.WaitForFigures();
        using (var team = await DeskBrowser.SignIn(council, "bilal-siddiqui"))
            (await team.Open($"/desk/cases/{reference}")).QuerySelector("h1")!.TextContent.ShouldContain(reference);

        using var grace = await DeskBrowser.SignIn(council, "grace-adeyemi-clarke");
        foreach (var path in new[] { "/desk?q=Wójcik", "/desk?q=" + reference, "/desk?service=refer-someone-who-is-homeless", "/desk?team=all&authority=mercia", "/desk" })
            (await grace.Open(path)).QuerySelectorAll($"a[href^='/desk/cases/{reference}']").ShouldBeEmpty(path);
        using (var csv = await grace.Get("/desk/queue.csv?team=all")) (await csv.Content.ReadAsStringAsync()).ShouldNotContain(reference);
        foreach (var path in new[] { $"/desk/cases/{reference}", $"/desk/cases/{reference}/person", $"/desk/cases/{reference}/place" })
            (await grace.Open(path, HttpStatusCode.NotFound)).QuerySelector("main")!.TextContent.ShouldContain("There is nothing here that you may see");
        using var program = await council.Client("grace-adeyemi-clarke");
        (await program.GetAsync($"/api/v1/desk/cases/{reference}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await program.GetStringAsync("/api/v1/desk/cases?authority=mercia")).ShouldNotContain(reference);
        using (var contact = await program.PostJson("/api/v1/contacts", new JsonObject { ["channel"] = "phone", ["reason"] = "chasing", ["about"] = reference })) contact.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);

        var page = await grace.Open("/desk/sensitive");
        using (var wrong = await grace.Send(page, "/desk/sensitive", ("reference", "REF-0000-0000"), ("reason", "x"))) wrong.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using (var opened = await grace.Send(page, "/desk/sensitive", ("reference", reference.ToLowerInvariant()), ("reason", "The ward rings: he has left and nobody knows where to.")))
            opened.Headers.Location!.OriginalString.ShouldBe($"/desk/cases/{reference}");
        var seen = await grace.Open($"/desk/cases/{reference}");
        seen.QuerySelector("main")!.TextContent.ShouldContain("You opened this sensitive case with a reason");
        seen.QuerySelectorAll("form").ShouldAllBe(f => !f.GetAttribute("action")!.Contains("/actions/", StringComparison.Ordinal), "there is nothing to do with it");
        (await program.GetAsync($"/api/v1/desk/cases/{reference}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        using var leader = await DeskBrowser.SignIn(council, "bilal-siddiqui");
        (await leader.Open("/desk")).QuerySelector("main")!.TextContent.ShouldContain("A sensitive case of your teams was opened by somebody else.");
        var told = (await leader.Open("/desk/sensitive")).QuerySelector("table")!.TextContent;
        foreach (var word in new[] { "Grace Adeyemi-Clarke", reference, "he has left and nobody knows where to" }) told.ShouldContain(word);
        using var administrator = await DeskBrowser.SignIn(council, "fatima-al-sayed");
        (await administrator.Open("/desk/running")).QuerySelector("main")!.TextContent.ShouldContain("Somebody opened a sensitive case that is not of their team");

        council.Clock.Advance(BreakGlass.Lasts);
        using var later = await DeskBrowser.SignIn(council, "grace-adeyemi-clarke");
        await later.Open($"/desk/cases/{reference}", HttpStatusCode.NotFound);
    }

    [Theory, BothDatabases]
    public async Task A_sensitive_service_is_given_by_two_administrators_and_a_role_for_a_time_by_one(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        SecondAdministrator(council);
        var reference = await Referral(council);
        using var fatima = await DeskBrowser.SignIn(council, "fatima-al-sayed");
        var form = await fatima.Open("/desk/staff/grace-adeyemi-clarke/give");
        using (var nothing = await fatima.Send(form, "/desk/staff/grace-adeyemi-clarke/give", ("reason", "x"))) nothing.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using (var asked = await fatima.Send(form, "/desk/staff/grace-adeyemi-clarke/give", ("sensitive", "refer-someone-who-is-homeless"), ("reason", "She answers the line of the hospitals")))
            asked.Headers.Location!.OriginalString.ShouldBe("/desk/staff/grace-adeyemi-clarke?done=yes");
        var hers = await fatima.Open("/desk/staff/grace-adeyemi-clarke");
        hers.QuerySelector(".given")!.TextContent.ShouldContain("Waits for another administrator");
        hers.QuerySelectorAll(".given form").Select(f => f.GetAttribute("action")!.Split('/')[^1]).ShouldBe(["take-back"], "who asked does not agree");
        (await fatima.Open("/desk/staff")).QuerySelector("main")!.TextContent.ShouldContain("Waiting for a second administrator");

        using var grace = await DeskBrowser.SignIn(council, "grace-adeyemi-clarke");
        await grace.Open($"/desk/cases/{reference}", HttpStatusCode.NotFound);
        using var huw = await DeskBrowser.SignIn(council, Huw);
        var page = await huw.Open("/desk/staff/grace-adeyemi-clarke");
        using (var agreed = await huw.Send(page, page.QuerySelector(".given form[action$=agree]")!.GetAttribute("action")!)) agreed.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await grace.Open($"/desk/cases/{reference}")).QuerySelector("h1")!.TextContent.ShouldContain(reference);

        var amara = await huw.Open("/desk/staff/amara-okafor/give");
        using (var given = await huw.Send(amara, "/desk/staff/amara-okafor/give", ("role", "team-leader"), ("until", "2026-12-04"), ("reason", "Tomasz is on leave"))) given.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        using var worker = await DeskBrowser.SignIn(council, "amara-okafor");
        await worker.Open("/desk/messages");
        council.Clock.Set(NodaTime.Instant.FromUtc(2026, 12, 5, 9, 0));
        using var after = await DeskBrowser.SignIn(council, "amara-okafor");
        await after.Open("/desk/messages", HttpStatusCode.Forbidden);
    }
}
