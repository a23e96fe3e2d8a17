using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Moothall.Identity;
using Moothall.Store;
using Moothall.Web.Tests.Desk;
using NodaTime;
using Shouldly;
using Xunit;
using static Moothall.Web.Tests.Resident.Walking;

namespace Moothall.Web.Tests.AuditLog;

/// <summary>The audit log over HTTP: what staff do stands in it, an information officer finds it, the person reads their part of it, and anybody can keep its days.</summary>
public sealed class AuditPagesTests
{
    const string Officer = "ines-okoro";

    static readonly DateTimeZone London = DateTimeZoneProviders.Tzdb["Europe/London"];

    static Task<List<(string Kind, string? Who, string? About, string? Acting, string Authority)>> Entries(RunningCouncil council) => council.House.Database.Read(s => s.Query(
        $"select kind, who, about, acting, authority from audit_entry order by number", row => (row.Text(0), row.TextOrNull(1), row.TextOrNull(2), row.TextOrNull(3), row.Text(4))));

    static async Task Seal(RunningCouncil council, Instant at)
    {
        while (council.Dialect == Dialect.Postgres && await council.House.Database.Read(s => s.Number($"select count(*) from audit_entry e where e.xid >= pg_snapshot_xmin(pg_current_snapshot())")) > 0) await Task.Delay(20);
        while (await council.House.Database.Commit(unit => AuditSeal.Step(unit, at, London))) { }
    }

    [Theory, BothDatabases]
    public async Task What_staff_do_with_people_and_rights_stands_in_the_log_before_it_is_answered(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        var reference = await council.Pothole("Silver Street, Wallingford");
        var before = (await Entries(council)).Count;
        using var worker = await DeskBrowser.SignIn(council, "amara-okafor");
        await worker.Open($"/desk/cases/{reference}");
        await worker.Open("/desk?q=silver");
        await worker.Open("/desk?q=nowhere-at-all");
        using (var saved = await worker.Get("/desk/queue.csv")) await saved.Content.ReadAsStringAsync();
        using var administrator = await DeskBrowser.SignIn(council, "fatima-al-sayed");
        using (var added = await administrator.Send(await administrator.Open("/desk/staff/new"), "/desk/staff/new", ("name", "New Person"), ("email", "new@wessex.example"), ("roles", "worker"), ("authorities", "wessex"), ("teams", "streets"))) added.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        using (var invited = await administrator.Send(await administrator.Open("/desk/staff/new-person"), "/desk/staff/new-person/invite")) invited.IsSuccessStatusCode.ShouldBeTrue();
        using (var out_ = await worker.Send(await worker.Open("/desk"), "/desk/sign-out")) out_.StatusCode.ShouldBe(HttpStatusCode.SeeOther);

        var entries = (await Entries(council)).Skip(before).ToList();
        entries.ShouldContain(("sign-in", "amara-okafor", null, null, ""));
        entries.ShouldContain(("read.case", "amara-okafor", reference, "team/streets", "wessex"));
        entries.ShouldContain(("read.search", "amara-okafor", reference, "team/streets", "wessex"));
        entries.Count(e => e.Kind == "search").ShouldBe(2, "a search that finds nothing is one too");
        entries.ShouldContain(e => e.Kind == "export.list" && e.Who == "amara-okafor");
        entries.ShouldContain(("read.list", "amara-okafor", reference, "team/streets", "wessex"));
        entries.ShouldContain(e => e.Kind == "staff.changed" && e.Who == "fatima-al-sayed" && e.About == "staff/new-person");
        entries.ShouldContain(e => e.Kind == "invitation.made" && e.Who == "fatima-al-sayed" && e.About == "staff/new-person");
        entries.ShouldContain(("sign-out", "amara-okafor", null, null, ""));
        (await new AuditVerify(council.House.Database).Run()).Fault.ShouldBeNull();
        using var officer = await DeskBrowser.SignIn(council, Officer);
        (await officer.Open("/desk/audit?about=staff/new-person")).QuerySelectorAll("tbody tr").ShouldAllBe(row => row.QuerySelectorAll("td, th")[3].TextContent.Trim() == "New Person", "whom it is about stands there by name");
    }

    [Theory, BothDatabases]
    public async Task Whoever_is_refused_at_the_door_is_noted(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        using var http = await council.Client();
        using var page = await http.GetAsync("/desk/sign-in");
        var token = (await DeskBrowser.Parse(page)).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var refused = await http.PostAsync("/desk/sign-in", new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("member", "nobody-at-all")]));
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Entries(council)).ShouldContain(("sign-in.refused", "#unknown", null, null, ""));
    }

    [Theory, BothDatabases]
    public async Task An_information_officer_finds_by_who_what_case_and_day_and_that_is_noted(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        var reference = await council.Pothole("Silver Street, Wallingford");
        var other = await council.Pothole("Mill Lane, Grove");
        using (var worker = await DeskBrowser.SignIn(council, "amara-okafor"))
        {
            await worker.Open($"/desk/cases/{reference}");
            await worker.Open($"/desk/cases/{other}");
        }
        using var officer = await DeskBrowser.SignIn(council, Officer);
        async Task<List<string>> Found(string query) => [.. (await officer.Open("/desk/audit" + query)).QuerySelectorAll("tbody tr").Select(row => row.TextContent)];

        (await Found($"?about={reference.ToLowerInvariant()}")).ShouldHaveSingleItem().ShouldSatisfyAllConditions(r => r.ShouldContain("Amara Okafor"), r => r.ShouldContain("The case, at the desk"), r => r.ShouldContain(reference));
        (await Found("?who=amara%20okafor&kind=read.case")).Count.ShouldBe(2);
        (await Found($"?who=amara-okafor&about={reference}&kind=sign-in")).ShouldBeEmpty();
        (await Found("?kind=sign-in&who=amara-okafor")).Count.ShouldBe(1);
        (await Found("?from=2027-01-01")).ShouldBeEmpty();
        (await Found("?to=2020-01-01")).ShouldBeEmpty();
        (await Found("?from=2026-11-18&to=2026-11-18&who=amara-okafor")).Count.ShouldBeGreaterThanOrEqualTo(3);
        (await Found("?kind=audit.read&who=" + Officer)).Count.ShouldBeGreaterThan(5, "that the officer looked is noted, and this look too");
        (await officer.Open("/desk/audit?from=yesterday", HttpStatusCode.BadRequest)).Body!.TextContent.ShouldContain("Enter a day, like 2026-11-29");
        (await officer.Open("/desk/audit?from=2026-11-19&to=2026-11-18", HttpStatusCode.BadRequest)).Body!.TextContent.ShouldContain("must not be after");
        foreach (var nasty in (string[])["?after=zzz", "?after=99999999999999999999-1", "?after=-1--1", "?who=" + new string('x', 4000)]) await officer.Open("/desk/audit" + nasty);

        using var saved = await officer.Get($"/desk/audit.csv?about={reference}");
        saved.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        var lines = (await saved.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(2);
        lines[1].ShouldContain($"read.case,\"The case, at the desk\",wessex,amara-okafor,Amara Okafor,team/streets,{reference}");
        (await Entries(council)).ShouldContain(e => e.Kind == "audit.export" && e.Who == Officer);
        // Who has no such role does not see it, and an officer no case.
        using var administrator = await DeskBrowser.SignIn(council, "fatima-al-sayed");
        await administrator.Open("/desk/audit", HttpStatusCode.Forbidden);
        await administrator.Open("/desk/audit.csv", HttpStatusCode.Forbidden);
        (await officer.Get($"/desk/cases/{reference}")).StatusCode.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.Forbidden);
        (await officer.Get("/desk")).Headers.Location!.OriginalString.ShouldBe("/desk/audit");
        (await officer.Open("/desk/audit")).QuerySelector("nav a[aria-current=page]")!.TextContent.ShouldBe("Audit");
        (await administrator.Open("/desk/staff")).QuerySelector("a[href='/desk/audit']").ShouldBeNull();
    }

    [Theory, BothDatabases]
    public async Task Pages_of_the_log_go_on_where_the_one_before_ended(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        var amara = Tokens.CallerFor(council.House.Council, "amara-okafor");
        // Many at the same moment, so that the number decides.
        await council.House.Database.Commit(async unit =>
        {
            for (var i = 0; i < 120; i++) await ReadLog.Record(unit, council.House.Now, amara, new ReadCase($"MANY-{i:D3}", "wessex", "streets"), AuditKinds.CaseRead);
        });
        using var officer = await DeskBrowser.SignIn(council, Officer);
        foreach (var start in (string[])["/desk/audit?kind=read.case", "/desk/audit?who=amara-okafor", "/desk/audit?from=2026-11-18&kind=read.case"])
        {
            var seen = new List<string>();
            for (string? next = start; next is not null;)
            {
                var page = await officer.Open(next);
                seen.AddRange(page.QuerySelectorAll("tbody tr td:nth-child(4)").Select(c => c.TextContent.Trim()).Where(t => t.StartsWith("MANY", StringComparison.Ordinal)));
                next = page.QuerySelectorAll("main a").FirstOrDefault(a => a.TextContent == "Earlier entries")?.GetAttribute("href");
            }
            seen.Count.ShouldBe(120, start);
            seen.ShouldBeUnique();
        }
    }

    [Theory, BothDatabases]
    public async Task An_officer_sees_the_entries_of_their_own_councils(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        var house = council.House;
        var priya = Tokens.CallerFor(house.Council, "priya-venkataraman");
        await ReadLog.Record(house.Database, house.Now, priya, new ReadCase("MER-1", "mercia", null), AuditKinds.CaseRead);
        await house.Database.Commit(unit => Sessions.Begin(unit, priya.Id, house.Now));
        await Audit.Note(house.Database, house.Now, new AuditEntry(AuditKinds.BackedUp, AuditBy.CommandLine));
        Task<AuditFound> Of(params string[] authorities) => house.Database.Read(s => AuditSearch.Read(s, house.Council, authorities.ToHashSet(), new AuditFilter(null, null, null, null, null, null), London));
        var (wessex, mercia) = (await Of("wessex"), await Of("mercia"));
        wessex.Entries.ShouldNotContain(e => e.Content.Who == priya.Id);
        mercia.Entries.Count(e => e.Content.Who == priya.Id).ShouldBe(2);
        foreach (var both in (AuditFound[])[wessex, mercia]) both.Entries.ShouldContain(e => e.Kind == "system.backup");
        (await house.Database.Read(s => AuditSearch.Read(s, house.Council, new HashSet<string> { "wessex" }, new AuditFilter(priya.Id, null, null, null, null, null), London))).Entries.ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task A_person_reads_who_looked_at_what_they_sent_and_no_name(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        var (reference, code) = await council.Pothole((object)new { text = "Mill Lane, Grove" });
        using var browser = new Browser(await council.Client());
        var own = await browser.Open($"/track?reference={reference}&code={code}");
        own.Document.QuerySelector($"a[href='/track/{reference}/looked-at']").ShouldNotBeNull();
        (await browser.Open($"/track/{reference}/looked-at")).Words.ShouldContain("Nobody has looked at it yet.");
        using (var worker = await DeskBrowser.SignIn(council, "amara-okafor"))
            for (var i = 0; i < 3; i++) await worker.Open($"/desk/cases/{reference}");
        using (var officer = await DeskBrowser.SignIn(council, "fatima-al-sayed")) await officer.Open("/desk/staff");
        var looked = await browser.Open($"/track/{reference}/looked-at");
        var row = looked.Document.QuerySelectorAll("tbody tr").ShouldHaveSingleItem().TextContent;
        row.ShouldSatisfyAllConditions(r => r.ShouldContain("3 times"), r => r.ShouldContain(council.House.Council.Teams["streets"].Name), r => r.ShouldContain("Opened it"));
        looked.Html.ShouldNotContain("Amara");
        // Without the code there is nothing, and nothing is kept by a cache.
        using var stranger = new Browser(await council.Client());
        (await stranger.Open($"/track/{reference}/looked-at")).Address.ShouldBe("/track");
    }

    [Theory, BothDatabases]
    public async Task The_root_of_each_day_is_there_for_anybody_and_leads_to_verify(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        using var http = await council.Client();
        (await http.GetStringAsync("/open/audit")).ShouldContain("Nothing is published yet");
        await Audit.Note(council.House.Database, council.House.Now, new AuditEntry(AuditKinds.BackedUp, AuditBy.CommandLine));
        await Seal(council, council.House.Now);
        for (var day = 1; day <= 130; day++) await Seal(council, council.House.Now + Duration.FromDays(day));
        var first = await http.GetFromJsonAsync<JsonElement>("/open/audit.json");
        first.GetProperty("days").GetArrayLength().ShouldBe(100);
        var second = await http.GetFromJsonAsync<JsonElement>(first.GetProperty("next").GetString());
        second.GetProperty("days").GetArrayLength().ShouldBe(30);
        second.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        var oldest = second.GetProperty("days")[29];
        oldest.GetProperty("day").GetString().ShouldBe("2026-11-18");
        var page = await http.GetStringAsync("/open/audit");
        page.ShouldContain(first.GetProperty("days")[0].GetProperty("root").GetString()!);
        var kept = first.GetProperty("days").EnumerateArray().ToDictionary(d => NodaTime.Text.LocalDatePattern.Iso.Parse(d.GetProperty("day").GetString()!).Value, d => d.GetProperty("root").GetString()!);
        (await new AuditVerify(council.House.Database).Run(kept)).Fault.ShouldBeNull();
        foreach (var nasty in (string[])["?before=yesterday", "?before=2026-13-01", "?before=0001-01-01"])
        {
            using var refused = await http.GetAsync("/open/audit.json" + nasty);
            refused.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
    }
}
