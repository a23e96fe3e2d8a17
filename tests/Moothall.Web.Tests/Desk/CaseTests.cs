using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Dom;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Desk;

public sealed class CaseTests(Councils councils)
{
    [Fact]
    public async Task An_action_closes_the_case_with_what_staff_found()
    {
        var council = await councils.Sqlite;
        var reference = await council.Pothole();
        using var worker = await DeskBrowser.SignIn(council, "amara-okafor");
        var screen = await worker.Open($"/desk/cases/{reference}");
        var button = screen.QuerySelector($"a[href='/desk/cases/{reference}/actions/not-ours']")!;
        button.ParentElement!.TextContent.ShouldContain("Closes the case: Someone else looks after this road");

        var action = $"/desk/cases/{reference}/actions/not-ours";
        var form = await worker.Open(action);
        using var empty = await worker.Send(form, action, ("finding", ""), ("_note", "Rang them."));
        empty.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var again = await DeskBrowser.Parse(empty);
        again.QuerySelector(".govuk-error-summary a")!.GetAttribute("href").ShouldBe("#finding");
        again.QuerySelector("textarea[name=_note]")!.TextContent.Trim().ShouldBe("Rang them.");

        using var done = await worker.Send(again, action, ("finding", "It is a private drive."), ("_note", "Rang them."));
        done.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var after = await worker.Open(done.Headers.Location!.OriginalString);
        after.QuerySelector(".govuk-notification-banner--success")!.TextContent.ShouldContain("You chose “Not our road”. The case is closed.");
        var newest = after.QuerySelector(".history > li")!.TextContent;
        newest.ShouldContain("Amara Okafor chose “Not our road”");
        newest.ShouldContain("It is a private drive.");
        newest.ShouldContain("Rang them.");
        newest.ShouldContain("The customer reads: We closed it: Someone else looks after this road.");
        after.QuerySelector($"a[href='/desk/cases/{reference}/actions/reopen']").ShouldNotBeNull();
        (await council.Case(reference)).GetProperty("case").GetProperty("outcome").GetString().ShouldBe("not-ours");
    }

    [Fact]
    public async Task An_action_that_asks_nothing_is_one_button_on_the_case()
    {
        var council = await councils.Sqlite;
        var reference = await council.Pothole();
        using var worker = await DeskBrowser.SignIn(council, "amara-okafor");
        var screen = await worker.Open($"/desk/cases/{reference}");
        using var done = await worker.Send(screen, $"/desk/cases/{reference}/actions/inspect");
        done.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var after = await worker.Open(done.Headers.Location!.OriginalString);
        after.QuerySelector(".actions")!.TextContent.ShouldContain("Highways (Wessex) works it");
        (await council.Case(reference)).GetProperty("case").GetProperty("stage").GetString().ShouldBe("inspection");
    }

    [Fact]
    public async Task The_second_to_save_sees_what_the_first_changed_and_keeps_what_they_typed()
    {
        var council = await councils.Sqlite;
        var reference = await council.Pothole();
        using var first = await DeskBrowser.SignIn(council, "tomasz-zielinski");
        using var second = await DeskBrowser.SignIn(council, "amara-okafor");
        var action = $"/desk/cases/{reference}/actions/not-ours";
        var typing = await second.Open(action);

        using var noted = await first.Send(await first.Open($"/desk/cases/{reference}"), $"/desk/cases/{reference}/actions/note", ("_note", "The owner rang: it is theirs."));
        noted.StatusCode.ShouldBe(HttpStatusCode.SeeOther);

        using var late = await second.Send(typing, action, ("finding", "A private drive."), ("_note", "See the map."));
        late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var again = await DeskBrowser.Parse(late);
        again.QuerySelector(".changed")!.TextContent.ShouldContain("Tomasz Zieliński wrote a note:");
        again.QuerySelector(".changed")!.TextContent.ShouldContain("The owner rang: it is theirs.");
        again.QuerySelector("textarea[name=finding]")!.TextContent.Trim().ShouldBe("A private drive.");
        again.QuerySelector("textarea[name=_note]")!.TextContent.Trim().ShouldBe("See the map.");
        (await council.Case(reference)).GetProperty("case").GetProperty("status").GetString().ShouldBe("open");

        using var deliberately = await second.Send(again, action, ("finding", "A private drive."), ("_note", "See the map."));
        deliberately.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await council.Case(reference)).GetProperty("case").GetProperty("status").GetString().ShouldBe("closed");
    }

    [Fact]
    public async Task What_can_no_longer_be_done_leaves_what_was_typed_as_a_note()
    {
        var council = await councils.Sqlite;
        var reference = await council.Pothole();
        using var first = await DeskBrowser.SignIn(council, "tomasz-zielinski");
        using var second = await DeskBrowser.SignIn(council, "amara-okafor");
        var action = $"/desk/cases/{reference}/actions/not-ours";
        var typing = await second.Open(action);
        using var repaired = await first.Send(await first.Open($"/desk/cases/{reference}"), $"/desk/cases/{reference}/actions/order-repair");

        using var late = await second.Send(typing, action, ("finding", "A private drive."), ("_note", "See the map."));
        late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var again = await DeskBrowser.Parse(late);
        again.QuerySelector(".changed")!.TextContent.ShouldContain("It can no longer be done");
        var kept = again.QuerySelector("textarea[name=_note]")!.TextContent.Trim();
        kept.ShouldContain("A private drive.");
        kept.ShouldContain("See the map.");
        using var noted = await second.Send(again, $"/desk/cases/{reference}/actions/note", ("_note", kept));
        noted.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task Who_loses_the_case_to_another_team_while_they_type_keeps_what_they_typed()
    {
        var council = await councils.Sqlite;
        var reference = await council.Pothole();
        using var first = await DeskBrowser.SignIn(council, "tomasz-zielinski");
        using var second = await DeskBrowser.SignIn(council, "amara-okafor");
        var (action, note, move) = ($"/desk/cases/{reference}/actions/not-ours", $"/desk/cases/{reference}/actions/note", $"/desk/cases/{reference}/actions/move");
        var (typing, screen) = (await second.Open(action), await second.Open($"/desk/cases/{reference}"));
        using var moved = await first.Send(await first.Open(move), move, ("team", "wessex-highways"));
        moved.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        foreach (var (page, to, field) in new[] { (typing, action, "finding"), (screen, note, "_note") })
        {
            using var late = await second.Send(page, to, (field, "A private drive."));
            late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            var again = await DeskBrowser.Parse(late);
            again.QuerySelector(".changed")!.TextContent.ShouldContain("Tomasz Zieliński moved it");
            again.QuerySelector(".changed")!.TextContent.ShouldContain("has this case now");
            again.QuerySelector("textarea[name=_note]")!.TextContent.ShouldContain("A private drive.");
            again.QuerySelector("form.action button").ShouldBeNull("nothing of theirs can be saved any more");
        }
    }

    [Fact]
    public async Task Whose_action_went_with_a_move_to_another_service_keeps_what_they_typed()
    {
        var council = await councils.Sqlite;
        var reference = await council.Pothole();
        using var first = await DeskBrowser.SignIn(council, "tomasz-zielinski");
        using var second = await DeskBrowser.SignIn(council, "amara-okafor");
        var (action, move) = ($"/desk/cases/{reference}/actions/not-ours", $"/desk/cases/{reference}/actions/move");
        var typing = await second.Open(action);
        using var moved = await first.Send(await first.Open(move), move, ("service", "report-a-street-light"));
        moved.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        using var late = await second.Send(typing, action, ("finding", "A private drive."), ("_note", "See the map."));
        late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var kept = (await DeskBrowser.Parse(late)).QuerySelector("textarea[name=_note]")!.TextContent;
        kept.ShouldContain("A private drive.");
        kept.ShouldContain("See the map.");
    }

    [Fact]
    public async Task A_button_says_whom_it_tells_before_it_is_pressed()
    {
        var council = await councils.Sqlite;
        using var resident = await council.Client();
        async Task<string> Report(object you)
        {
            using var made = await resident.PostAsJsonAsync("/api/v1/services/report-a-pothole/cases", new { channel = "web", answers = new { where = new { text = "Market Place, Wallingford" }, size = "small", you } });
            return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reference").GetString()!;
        }
        var (reached, quiet) = (await Report(new { name = "Sam Okonkwo-Lee", email = "sam@mail.example" }), await Report(new { name = "Ann Lee", phone = "01632 960001" }));
        using var worker = await DeskBrowser.SignIn(council, "amara-okafor");
        async Task<string> Said(string reference, string action) => (await worker.Open($"/desk/cases/{reference}")).QuerySelector($"[href$='/actions/{action}'], form[action$='/actions/{action}']")!.ParentElement!.TextContent;
        var order = await Said(reached, "order-repair");
        order.ShouldContain("Tells Sam by e-mail: “Where it is now: Report a pothole”.");
        order.ShouldNotContain("Okonkwo");
        order.ShouldContain("To be done by");
        (await Said(reached, "inspect")).ShouldContain("Tells nobody: no message is sent about this.");
        (await Said(quiet, "not-ours")).ShouldContain("Tells nobody: no address was given.");
        (await worker.Open($"/desk/cases/{reached}/actions/withdraw")).QuerySelector("main")!.TextContent.ShouldContain("Tells Sam by e-mail: “We have finished: Report a pothole”.");
    }

    [Fact]
    public async Task A_place_is_on_a_map_and_in_words_with_its_grid_reference_and_what_is_open_near_it()
    {
        var council = await councils.Sqlite;
        using var resident = await council.Client();
        async Task<string> Report(object where)
        {
            using var made = await resident.PostAsJsonAsync("/api/v1/services/report-a-pothole/cases", new { channel = "web", answers = new { where, size = "small" } });
            return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reference").GetString()!;
        }
        var near = await Report(new { text = "By the crossing", latitude = 51.7000, longitude = -1.2000 });
        var here = await Report(new { text = "In the field", latitude = 51.6991, longitude = -1.2000 });
        var named = await Report(new { text = "Market Place, Wallingford" });
        using var worker = await DeskBrowser.SignIn(council, "amara-okafor");
        var place = (await worker.Open($"/desk/cases/{here}")).QuerySelector(".place")!;
        place.TextContent.ShouldContain(near);
        place.TextContent.ShouldContain("100 m to the north");
        place.QuerySelector(".place__grid")!.TextContent.ShouldStartWith("SP ");
        place.QuerySelector("a[href^='geo:']")!.GetAttribute("href").ShouldBe("geo:51.69910,-1.20000");
        place.QuerySelectorAll("svg[role=img]").Length.ShouldBe(2);
        place.QuerySelectorAll("svg desc").ShouldAllBe(d => d.TextContent.Length > 20);
        place.QuerySelectorAll("svg image, svg [href]").ShouldBeEmpty("nothing comes from outside");
        (await worker.Open($"/desk/cases/{named}")).QuerySelector(".place")!.TextContent.ShouldContain("The pin marks the middle of the street or place that was named.");
    }

    [Fact]
    public async Task A_case_out_of_scope_is_as_if_it_did_not_exist()
    {
        var council = await councils.Sqlite;
        var reference = await council.Pothole("Ock Street, Abingdon");
        using var stranger = await DeskBrowser.SignIn(council, "sian-prydderch");
        var hidden = await stranger.Open($"/desk/cases/{reference}", HttpStatusCode.NotFound);
        var missing = await stranger.Open("/desk/cases/POT-0000-0000", HttpStatusCode.NotFound);
        hidden.QuerySelector("main")!.TextContent.ShouldBe(missing.QuerySelector("main")!.TextContent);
        await stranger.Open($"/desk/cases/{reference}/actions/note", HttpStatusCode.NotFound);
        using var acted = await stranger.Send(hidden, "/desk/sign-out");
        acted.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task A_member_of_another_team_reads_but_does_not_work()
    {
        var council = await councils.Sqlite;
        var reference = await council.Pothole();
        using var waste = await DeskBrowser.SignIn(council, "mohammed-rahman");
        var screen = await waste.Open($"/desk/cases/{reference}");
        screen.QuerySelector(".actions form").ShouldBeNull();
        await waste.Open($"/desk/cases/{reference}/actions/not-ours", HttpStatusCode.NotFound);
        using var advisor = await DeskBrowser.SignIn(council, "grace-adeyemi-clarke");
        await advisor.Open($"/desk/cases/{reference}/actions/not-ours", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_form_that_is_not_ours_changes_nothing_and_keeps_what_was_typed()
    {
        var council = await councils.Sqlite;
        var reference = await council.Pothole();
        using var worker = await DeskBrowser.SignIn(council, "amara-okafor");
        using var forged = await worker.Post($"/desk/cases/{reference}/actions/note", [KeyValuePair.Create("_note", "Typed long ago"), KeyValuePair.Create("_version", "1")]);
        forged.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await DeskBrowser.Parse(forged)).QuerySelector("textarea[name=_note]")!.TextContent.Trim().ShouldBe("Typed long ago");
        (await council.Case(reference)).GetProperty("history").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Assigning_and_moving_say_to_whom()
    {
        var council = await councils.Sqlite;
        var reference = await council.Pothole();
        using var worker = await DeskBrowser.SignIn(council, "amara-okafor");
        using var given = await worker.Send(await worker.Open($"/desk/cases/{reference}"), $"/desk/cases/{reference}/actions/assign", ("to", "tomasz-zielinski"));
        given.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var move = $"/desk/cases/{reference}/actions/move";
        using var both = await worker.Send(await worker.Open(move), move, ("team", "wessex-highways"), ("service", "report-graffiti"));
        both.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var moved = await worker.Send(await worker.Open(move), move, ("team", "wessex-highways"), ("service", ""), ("_note", "Needs an engineer."));
        moved.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var history = (await worker.Open($"/desk/cases/{reference}")).QuerySelector(".history")!.TextContent;
        history.ShouldContain("Amara Okafor gave it to Tomasz Zieliński.");
        history.ShouldContain("Amara Okafor moved it to Highways (Wessex).");
    }

    [Fact]
    public async Task A_photo_is_shown_to_those_who_may_read_its_case_and_to_nobody_else()
    {
        var council = await councils.Sqlite;
        using var resident = await council.Client();
        var picture = new ByteArrayContent(await File.ReadAllBytesAsync(Path.Combine(RunningCouncil.Repository, "services", "report-a-pothole", "examples", "pothole.jpg")));
        using var stored = await resident.PostAsync("/api/v1/files", new MultipartFormDataContent { { picture, "file", "hole <b>.jpg" } });
        var id = (await stored.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("file").GetString()!;
        var reference = await council.Pothole(photo: id);
        using var worker = await DeskBrowser.SignIn(council, "amara-okafor");
        var address = (await worker.Open($"/desk/cases/{reference}")).QuerySelector(".case__answers a.picture img")!.GetAttribute("src")!;

        using var shown = await worker.Get(address);
        shown.StatusCode.ShouldBe(HttpStatusCode.OK);
        shown.Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
        shown.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("inline");
        shown.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        shown.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
        (await shown.Content.ReadAsByteArrayAsync()).Length.ShouldBeGreaterThan(100);

        using var stranger = await DeskBrowser.SignIn(council, "priya-venkataraman");
        (await stranger.Get(address)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var other = await council.Pothole();
        (await worker.Get($"/desk/files/{id}?case={other}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
