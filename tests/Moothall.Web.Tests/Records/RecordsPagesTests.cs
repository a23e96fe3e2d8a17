using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Moothall.Records;
using Moothall.Store;
using Moothall.Web.Tests.Desk;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Records;

/// <summary>An administrator looks after records in a browser without script.</summary>
public sealed class RecordsPagesTests
{
    const string Administrator = "fatima-al-sayed";

    /// <summary>A pothole of somebody with a name; closed when asked for.</summary>
    static async Task<(string Reference, string Code)> Pothole(RunningCouncil council, string name, bool closed)
    {
        using var resident = await council.Client();
        using var made = await resident.PostAsJsonAsync("/api/v1/services/report-a-pothole/cases", new
        {
            channel = "web", answers = new { where = new { text = "Market Place, Wallingford" }, size = "small", you = new { name, email = $"{name.Split(' ')[0].ToLowerInvariant()}@mail.example" } },
        });
        var body = await made.Content.ReadFromJsonAsync<JsonElement>();
        var reference = body.GetProperty("reference").GetString()!;
        if (closed)
        {
            using var worker = await DeskBrowser.SignIn(council, "amara-okafor");
            using var done = await worker.Send(await worker.Open($"/desk/cases/{reference}/actions/withdraw"), $"/desk/cases/{reference}/actions/withdraw");
            done.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        }
        return (reference, body.GetProperty("trackingCode").GetString()!);
    }

    [Theory, BothDatabases]
    public async Task Only_administrators_look_after_records(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        using var worker = await DeskBrowser.SignIn(council, "amara-okafor");
        foreach (var page in (string[])["/desk/records", "/desk/records/holds", "/desk/records/person", "/desk/records/register", "/desk/records/lists/LIST-0000-0000"]) await worker.Open(page, HttpStatusCode.Forbidden);
        using var administrator = await DeskBrowser.SignIn(council, Administrator);
        (await administrator.Open("/desk/records")).Body!.TextContent.ShouldContain("Nothing is on a list now");
        await administrator.Open("/desk/records/lists/LIST-0000-0000", HttpStatusCode.NotFound);
        using var forged = await administrator.Post("/desk/records/person", [KeyValuePair.Create("q", "Lee")]);
        forged.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory, BothDatabases]
    public async Task A_persons_copy_has_all_of_theirs_and_erasing_takes_a_second_look(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        var (closed, code) = await Pothole(council, "Zoe <b>Quill</b>", closed: true);
        var (open, _) = await Pothole(council, "Zoe <b>Quill</b>", closed: false);
        await Pothole(council, "Somebody Else", closed: true);
        using var administrator = await DeskBrowser.SignIn(council, Administrator);

        using var nothing = await administrator.Send(await administrator.Open("/desk/records/person"), "/desk/records/person", ("q", "nobody@mail.example"));
        (await DeskBrowser.Parse(nothing)).Body!.TextContent.ShouldContain("We hold nothing that these words find");
        using var answer = await administrator.Send(await administrator.Open("/desk/records/person"), "/desk/records/person", ("q", "zoe@mail.example"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var found = await DeskBrowser.Parse(answer);
        found.QuerySelectorAll("input[name=reference]").Select(i => i.GetAttribute("value")).ShouldBe([closed, open], ignoreOrder: true);
        found.QuerySelector("b").ShouldBeNull("a name is never markup");
        found.Body!.TextContent.ShouldContain("Two people can have one name");

        using var none = await administrator.Send(found, "/desk/records/person/copy");
        none.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var copy = await administrator.Send(found, "/desk/records/person/copy", ("reference", closed), ("reference", open));
        copy.StatusCode.ShouldBe(HttpStatusCode.OK);
        copy.Content.Headers.ContentType!.MediaType.ShouldBe("application/zip");
        using (var package = new ZipArchive(await copy.Content.ReadAsStreamAsync()))
        {
            async Task<string> Text(string entry)
            {
                using var reader = new StreamReader(await package.GetEntry(entry)!.OpenAsync(), Encoding.UTF8);
                return await reader.ReadToEndAsync();
            }
            var data = JsonDocument.Parse(await Text("data.json")).RootElement;
            data.GetProperty("cases").EnumerateArray().Select(c => c.GetProperty("reference").GetString()).ShouldBe([closed, open], ignoreOrder: true);
            data.GetRawText().ShouldContain("zoe@mail.example");
            data.GetProperty("cases")[0].GetProperty("read").EnumerateArray().Select(r => r.GetProperty("by").GetString()).ShouldContain("Fatima Al-Sayed");
            var page = await Text("read-me.html");
            page.ShouldContain("Market Place, Wallingford");
            page.ShouldNotContain("<b>");
            package.Entries.ShouldAllBe(e => !e.FullName.Contains("Somebody", StringComparison.Ordinal));
        }

        using var look = await administrator.Send(found, "/desk/records/person/copy", ("reference", closed));
        using var asked = await Erase(administrator, found, closed);
        var second = await DeskBrowser.Parse(asked);
        second.Body!.TextContent.ShouldContain("This cannot be undone");
        using var unsure = await administrator.Send(second, "/desk/records/person/erase", ("ground", "objection"), ("decision", "IR-2026-014"));
        unsure.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var withOpen = await administrator.Send(await DeskBrowser.Parse(await Erase(administrator, found, open)), "/desk/records/person/erase", ("ground", "objection"), ("decision", "IR-2026-014"), ("sure", "yes"));
        (await DeskBrowser.Parse(withOpen)).Body!.TextContent.ShouldContain("is still open");
        using var done = await administrator.Send(second, "/desk/records/person/erase", ("ground", "objection"), ("decision", "IR-2026-014"), ("sure", "yes"));
        done.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var certificate = await administrator.Open(done.Headers.Location!.OriginalString);
        certificate.Body!.TextContent.ShouldContain("IR-2026-014");
        certificate.Body.TextContent.ShouldContain(closed);
        certificate.Body.TextContent.ShouldNotContain("Quill");
        var hash = certificate.QuerySelector(".certificate__hash")!.TextContent;
        var lines = await (await administrator.Get(done.Headers.Location.OriginalString + "/lines.txt")).Content.ReadAsByteArrayAsync();
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(lines)).ShouldBe(hash);
        (await administrator.Open("/desk/records/register")).Body!.TextContent.ShouldContain("deleted on a granted request");

        // Whoever still has the link is told kindly, and staff are told what and when.
        using var resident = new Browser(await council.Client());
        var gone = await resident.Open($"/track?reference={closed}&code={code}");
        (gone.Status, gone.Heading).ShouldBe((HttpStatusCode.Gone, "We no longer have this record"));
        (await resident.Open($"/api/v1/cases/{closed}?code={code}")).Status.ShouldBe(HttpStatusCode.Gone);
        using var worker = await DeskBrowser.SignIn(council, "amara-okafor");
        (await worker.Open($"/desk/cases/{closed}", HttpStatusCode.Gone)).Body!.TextContent.ShouldContain("was deleted on");
        await worker.Open($"/desk/cases/{closed}/actions/reopen", HttpStatusCode.Gone);
        (await worker.Open("/desk?status=closed")).Body!.TextContent.ShouldNotContain(closed);
    }

    // The button beside “Save a copy” sends the same form to another address.
    static Task<HttpResponseMessage> Erase(DeskBrowser administrator, AngleSharp.Dom.IDocument found, string reference)
    {
        found.QuerySelector("button[formaction='/desk/records/person/erase']").ShouldNotBeNull();
        found.QuerySelectorAll("form").First(f => f.GetAttribute("action") == "/desk/records/person/copy").SetAttribute("action", "/desk/records/person/erase");
        var sent = administrator.Send(found, "/desk/records/person/erase", ("reference", reference));
        found.QuerySelectorAll("form").First(f => f.GetAttribute("action") == "/desk/records/person/erase").SetAttribute("action", "/desk/records/person/copy");
        return sent;
    }

    [Theory, BothDatabases]
    public async Task A_list_stands_for_a_week_and_a_hold_stops_it(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        var (goes, _) = await Pothole(council, "Ann Lee", closed: true);
        var (stays, _) = await Pothole(council, "Bob Lee", closed: true);
        council.Clock.Advance(Duration.FromDays(7 * 365));
        var house = council.House;
        while (!await house.Database.Commit(unit => MakeList.Step(unit, house, house.Now))) { }
        using var administrator = await DeskBrowser.SignIn(council, Administrator);
        var overview = await administrator.Open("/desk/records");
        var list = overview.QuerySelector("a[href^='/desk/records/lists/']")!.GetAttribute("href")!;
        overview.Body!.TextContent.ShouldContain("6 years after closed");
        (await administrator.Open(list)).Body!.TextContent.ShouldContain("This list is carried out on");

        var form = await administrator.Open("/desk/records/holds");
        using var wrong = await administrator.Send(form, "/desk/records/holds", ("kind", "case"), ("about-case", "POT-0000-0000"), ("reason", "Claim 12"), ("review-day", "1"), ("review-month", "1"), ("review-year", "2040"));
        wrong.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var again = await DeskBrowser.Parse(wrong);
        again.QuerySelector(".govuk-error-summary a")!.GetAttribute("href").ShouldBe("#about-case");
        again.QuerySelector("textarea[name=reason]")!.TextContent.Trim().ShouldBe("Claim 12");
        using var held = await administrator.Send(again, "/desk/records/holds", ("kind", "case"), ("about-case", stays), ("reason", "Claim 12"), ("review-day", "1"), ("review-month", "1"), ("review-year", "2040"));
        held.StatusCode.ShouldBe(HttpStatusCode.SeeOther);

        council.Clock.Advance(Duration.FromDays(8));
        var id = list[(list.LastIndexOf('/') + 1)..];
        while (!await house.Database.Commit(unit => CarryOut.Step(unit, house, id, house.Now))) { }
        // Eight days on, nobody is signed in any more.
        using var later = await DeskBrowser.SignIn(council, Administrator);
        var certificate = (await later.Open(list)).Body!.TextContent;
        certificate.ShouldContain("Certificate");
        certificate.ShouldContain(goes);
        certificate.ShouldContain("Kept: held");
        (await later.Open("/desk/records/holds")).Body!.TextContent.ShouldContain(stays);
    }
}
