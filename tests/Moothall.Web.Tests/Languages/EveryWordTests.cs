using System.Net;
using System.Net.Http.Json;
using AngleSharp.Dom;
using Moothall.Definitions;
using Moothall.Exchange;
using Moothall.Identity;
using Moothall.Notifications;
using Moothall.Running;
using Moothall.Store;
using Moothall.Web.Desk;
using Moothall.Web.Tests.Desk;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Languages;

/// <summary>Every word of a page is said in the reader's language: a sentence that is written into a page or put together in code is found here, whatever its language.</summary>
public sealed class EveryWordTests(BracketLanguage language) : IClassFixture<BracketLanguage>
{
    const string Worker = "amara-okafor", Leader = "tomasz-zielinski", Advisor = "grace-adeyemi-clarke", Administrator = "fatima-al-sayed";
    // What people typed is written in another alphabet, so that it is not taken for English.
    const string Place = "Πλατεία 5", Words = "Ευχαριστώ πολύ";

    readonly List<string> wrong = [];
    RunningCouncil Council => language.Council;

    async Task<DeskBrowser> SignIn(string member)
    {
        var browser = await DeskBrowser.SignIn(Council, member);
        (await browser.Open("/desk/you?lang=" + BracketLanguage.Code)).DocumentElement.GetAttribute("lang").ShouldBe(BracketLanguage.Code);
        return browser;
    }

    async Task<IDocument> Look(DeskBrowser browser, string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        var page = await browser.Open(path, status);
        Look(page, path);
        return page;
    }

    void Look(IDocument page, string path) => wrong.AddRange(language.EnglishOn(page).Select(left => $"{path}: {left}"));

    /// <summary>Sends a form of a page and looks at what comes: the page itself, or the one it leads to.</summary>
    async Task<IDocument> Send(DeskBrowser browser, IDocument from, string action, HttpStatusCode status, params (string, string)[] typed)
    {
        using var answer = await browser.Send(from, action, typed);
        answer.StatusCode.ShouldBe(status, action + ": " + await answer.Content.ReadAsStringAsync());
        if (status == HttpStatusCode.SeeOther) return await Look(browser, answer.Headers.Location!.OriginalString);
        var page = await DeskBrowser.Parse(answer);
        Look(page, "POST " + action);
        return page;
    }

    async Task<string> Pothole(string name = Words)
    {
        using var resident = await Council.Client();
        using var made = await resident.PostAsJsonAsync("/api/v1/services/report-a-pothole/cases", new { channel = "web", answers = new { where = new { text = Place }, size = "small", you = new { name, email = BracketLanguage.Email } } });
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        return (await made.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("reference").GetString()!;
    }

    [Fact]
    public async Task The_queue_a_case_and_all_that_is_done_with_it_are_in_the_readers_language()
    {
        var (rich, other) = (await Pothole(), await Pothole());
        using var first = await SignIn(Worker);
        var worker = first;
        foreach (var path in (string[])["/desk", "/desk?due=late", "/desk?due=today", "/desk?due=week", "/desk?due=waiting", "/desk?status=closed", "/desk?assigned=me", "/desk?assigned=none", "/desk?team=all", "/desk?team=streets",
            "/desk?service=report-a-pothole&stage=triage", "/desk?service=report-noise", "/desk?q=zzzz9", "/desk?after=1-1", "/desk/people/" + Worker, "/desk/you"])
            await Look(worker, path, path.EndsWith("after=1-1", StringComparison.Ordinal) ? (await worker.Get(path)).StatusCode : HttpStatusCode.OK);
        await Look(worker, "/desk?sort=upwards", HttpStatusCode.BadRequest);
        await Look(worker, "/desk/nowhere", HttpStatusCode.NotFound);
        foreach (var path in (string[])["/desk/new", "/desk/staff", "/desk/records", "/desk/messages", $"/desk/cases/{rich}/readings"]) await Look(worker, path, HttpStatusCode.Forbidden);

        var at = $"/desk/cases/{rich}";
        var old = await Look(worker, at);
        foreach (var act in (string[])["assign", "note", "ask-customer", "move", "withdraw", "not-ours", "inspect"]) await Look(worker, $"{at}/actions/{act}");
        Task<IDocument> Do(string act, params (string, string)[] typed) => Act(worker, at, act, HttpStatusCode.SeeOther, typed);
        await Act(worker, at, "note", HttpStatusCode.UnprocessableEntity);
        await Act(worker, at, "ask-customer", HttpStatusCode.UnprocessableEntity);
        await Act(worker, at, "not-ours", HttpStatusCode.UnprocessableEntity);
        await Act(worker, at, "move", HttpStatusCode.UnprocessableEntity, ("team", "wessex-highways"), ("service", "report-noise"));
        var noted = await Do("note", ("_note", Words));
        await Send(worker, noted, $"{at}/undo", HttpStatusCode.SeeOther);
        await Send(worker, noted, $"{at}/undo", HttpStatusCode.Conflict);
        await Do("assign", ("to", Worker));
        await Do("assign", ("to", Leader));
        await Do("assign", ("to", ""));
        await Send(worker, old, $"{at}/actions/inspect", HttpStatusCode.Conflict, ("_note", Words));
        // The next stage is another team's.
        using var leader = await SignIn(Leader);
        worker = leader;
        await Do("inspect");
        await Do("ask-customer", ("_note", Words));
        await Do("note", ("_note", Words));
        await Look(worker, "/desk?due=waiting");
        using (var asleep = await worker.Send(await worker.Open($"{at}/actions/assign"), $"{at}/actions/assign", ("to", "jordan-reid"))) Look(await DeskBrowser.Parse(asleep), "assign to nobody of the team");
        await Do("withdraw", ("_note", Words));
        await Act(worker, at, "reopen", HttpStatusCode.UnprocessableEntity);
        await Do("reopen", ("_note", Words));
        await Do("move", ("team", "streets"), ("_note", Words));
        await Look(leader, $"{at}/readings");
        await Look(leader, $"/desk/staff/{Worker}/readings");
        // Another day: "today" and "late" become dates.
        Council.Clock.Advance(Duration.FromDays(1));
        using var later = await SignIn(Leader);
        await Look(later, at);
        Council.Clock.Advance(Duration.FromDays(120));
        using var muchLater = await SignIn(Leader);
        await Look(muchLater, $"/desk/cases/{other}");
        await Look(muchLater, "/desk");
        (await muchLater.Open("/desk?team=all")).QuerySelector("thead").ShouldNotBeNull();
        using var csv = await muchLater.Get("/desk/queue.csv");
        (await csv.Content.ReadAsStringAsync()).Split("\r\n")[0].TrimStart('\ufeff').Split(',').ShouldAllBe(head => head.StartsWith('⟦'));
        wrong.Distinct().ShouldBeEmpty();
    }

    async Task<IDocument> Act(DeskBrowser browser, string at, string act, HttpStatusCode status, params (string, string)[] typed) =>
        await Send(browser, await browser.Open($"{at}/actions/{act}"), $"{at}/actions/{act}", status, typed);

    [Fact]
    public async Task What_is_done_to_many_cases_and_who_is_away_are_in_the_readers_language()
    {
        string[] references = [await Pothole(), await Pothole(), await Pothole()];
        using var leader = await SignIn(Leader);
        await Look(leader, "/desk/bulk", HttpStatusCode.UnprocessableEntity);
        var choose = "/desk/bulk?" + string.Join('&', references.Select(r => "case=" + r));
        var form = await Look(leader, choose);
        await Send(leader, form, "/desk/bulk/preview", HttpStatusCode.UnprocessableEntity);
        foreach (var what in (string[])["move", "note", "send"]) await Send(leader, form, "/desk/bulk/preview", HttpStatusCode.UnprocessableEntity, ("what", what));
        await Send(leader, form, "/desk/bulk/preview", HttpStatusCode.OK, ("what", "do:not-ours"));
        foreach (var what in (string[])["do:inspect", "assign"]) await Send(leader, form, "/desk/bulk/preview", HttpStatusCode.OK, ("what", what));
        await Send(leader, form, "/desk/bulk/preview", HttpStatusCode.OK, ("what", "move"), ("team", "wessex-highways"));
        await Send(leader, form, "/desk/bulk/preview", HttpStatusCode.OK, ("what", "send"), ("contractor", "thameside-surfacing"));
        var preview = await Send(leader, form, "/desk/bulk/preview", HttpStatusCode.OK, ("what", "assign"), ("to", Worker));
        using var other = await SignIn(Worker);
        await Act(other, $"/desk/cases/{references[0]}", "note", HttpStatusCode.SeeOther, ("_note", Words));
        using var begun = await leader.Post("/desk/bulk", [.. preview.QuerySelectorAll("form[action='/desk/bulk'] input[type=hidden]").Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value") ?? ""))]);
        var address = begun.Headers.Location!.OriginalString;
        var result = await Look(leader, address);
        await Act(other, $"/desk/cases/{references[1]}", "note", HttpStatusCode.SeeOther, ("_note", Words));
        await Send(leader, result, address + "/undo", HttpStatusCode.SeeOther);
        using var letter = await leader.Send(form, "/desk/bulk/preview", ("what", "send"), ("contractor", "thameside-surfacing"), ("personal", "name"));
        await Send(leader, await DeskBrowser.Parse(letter), "/desk/bulk/send", HttpStatusCode.SeeOther);
        await Look(leader, $"/desk/cases/{references[2]}");
        await Send(other, await other.Open(choose), "/desk/bulk/preview", HttpStatusCode.OK, ("what", "assign"), ("to", Leader));

        await Look(leader, "/desk/people");
        var person = await Look(leader, "/desk/people/" + Worker);
        var away = $"/desk/people/{Worker}/away";
        await Send(leader, person, away, HttpStatusCode.UnprocessableEntity, ("from", "?"), ("until", "?"));
        foreach (var (from, until, standIn) in ((string, string, string)[])[("20 11 2026", "19 11 2026", ""), ("1 1 2026", "2 1 2026", ""), ("20 11 2026", "20 11 2028", ""), ("18 11 2026", "19 11 2026", Worker), ("18 11 2026", "19 11 2026", "jordan-reid")])
            await Send(leader, person, away, HttpStatusCode.UnprocessableEntity, ("from", from), ("until", until), ("stand-in", standIn));
        var first = Council.Today.ToString("d M uuuu", null);
        await Send(leader, person, away, HttpStatusCode.SeeOther, ("from", first), ("until", Council.Today.PlusDays(9).ToString("d M uuuu", null)), ("stand-in", Leader));
        await Look(leader, "/desk/people");
        await Look(other, "/desk");
        await Send(leader, await leader.Open($"/desk/cases/{references[2]}/actions/assign"), $"/desk/cases/{references[2]}/actions/assign", HttpStatusCode.UnprocessableEntity, ("to", Worker));
        await Send(leader, await leader.Open("/desk/people/" + Worker), $"/desk/people/{Worker}/back", HttpStatusCode.SeeOther, ("from", Council.Today.ToString("uuuu-MM-dd", null)));
        wrong.Distinct().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_call_from_beginning_to_end_is_in_the_advisors_language()
    {
        using var advisor = await SignIn(Advisor);
        await Look(advisor, "/desk");
        var list = await Look(advisor, "/desk/new");
        await Send(advisor, list, "/desk/assist", HttpStatusCode.UnprocessableEntity, ("code", "0000 0000"));
        // Every service: what is asked, when it is asked, and what is wrong with an empty form.
        foreach (var link in list.QuerySelectorAll("a.services__link").Select(a => a.GetAttribute("href")!))
        {
            await Look(advisor, link);
            await Send(advisor, await advisor.Open(link), link, HttpStatusCode.UnprocessableEntity, ("_channel", "phone"), ("_authority", "wessex"));
        }
        await Look(advisor, "/desk?q=5551");
        // Letters are spelled in the words that are used all over the world (ICAO).
        language.IsData([.. Enumerable.Range('A', 26).Select(c => DeskWords.Spelled(Phrases.English, ((char)c).ToString()))]);
        var page = await Look(advisor, "/desk/new/report-a-pothole");
        await Send(advisor, page, "/desk/new/report-a-pothole", HttpStatusCode.UnprocessableEntity, ("_channel", "smoke"), ("_authority", "nowhere"));
        await Send(advisor, page, "/desk/new/report-a-pothole", HttpStatusCode.OK, ("where", Place), ("size", "small"), ("_channel", "phone"), ("_authority", "wessex"), ("_update", "yes"));
        var done = await Send(advisor, page, "/desk/new/report-a-pothole", HttpStatusCode.SeeOther, ("where", Place), ("size", "small"), ("_channel", "phone"), ("_authority", "wessex"));
        var reference = done.QuerySelector(".readout__reference")!.TextContent;
        await Look(advisor, $"/desk/cases/{reference}");
        await Send(advisor, await advisor.Open("/desk?q=5552"), "/desk/call/end", HttpStatusCode.UnprocessableEntity, ("reason", "weather"), ("channel", "phone"));
        await Send(advisor, await advisor.Open("/desk?q=5552"), "/desk/call/end", HttpStatusCode.UnprocessableEntity, ("reason", "chasing"), ("channel", "phone"), ("about", "POT-0000-0000"));
        await Send(advisor, await advisor.Open("/desk?q=5552"), "/desk/call/end", HttpStatusCode.SeeOther, ("reason", "question"), ("channel", "phone"));
        using var online = await advisor.Send(await advisor.Open("/desk/new/report-a-pothole"), "/desk/new/report-a-pothole", ("_online", "yes"), ("_channel", "phone"));
        await Look(advisor, online.Headers.Location!.OriginalString);
        wrong.Distinct().ShouldBeEmpty();
    }

    [Fact]
    public async Task Money_is_taken_and_passed_on_in_the_readers_language()
    {
        using var resident = await Council.Client();
        using var made = await resident.PostAsJsonAsync("/api/v1/services/subscribe-to-garden-waste/cases", new
        {
            channel = "web",
            answers = new { place = "home", home = new { line1 = Place, town = "Ω", postcode = "OX10 8DL" }, bins = 2, more = 0, you = new { name = Words, email = BracketLanguage.Email }, agree = true },
        });
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        var reference = (await made.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("reference").GetString()!;
        language.IsData("OX10 8DL", "GW-1001");
        using var worker = await SignIn("mohammed-rahman");
        var at = $"/desk/cases/{reference}";
        await Look(worker, at);
        await Look(worker, $"{at}/actions/record-payment");
        await Act(worker, at, "record-payment", HttpStatusCode.UnprocessableEntity, ("amount", "920"), ("how", "gold"), ("receipt", "?"));
        await Act(worker, at, "record-payment", HttpStatusCode.UnprocessableEntity, ("amount", "?"), ("how", "card"), ("receipt", ""));
        await Act(worker, at, "record-payment", HttpStatusCode.SeeOther, ("amount", "12"), ("how", "card"), ("receipt", "4411"));
        await Act(worker, at, "record-payment", HttpStatusCode.SeeOther, ("amount", "80"), ("how", "waived"), ("receipt", ""));
        await Act(worker, at, "record-payment", HttpStatusCode.UnprocessableEntity, ("amount", "80"), ("how", "card"), ("receipt", "1"));
        wrong.Distinct().ShouldBeEmpty();
    }

    [Fact]
    public async Task Staff_teams_and_messages_are_managed_in_the_readers_language()
    {
        using var administrator = await SignIn(Administrator);
        await Look(administrator, "/desk/staff");
        var add = await Look(administrator, "/desk/staff/new");
        await Send(administrator, add, "/desk/staff/new", HttpStatusCode.UnprocessableEntity);
        await Send(administrator, add, "/desk/staff/new", HttpStatusCode.UnprocessableEntity, ("name", new string('Ω', 101)), ("email", "?"), ("roles", "king"), ("authorities", "nowhere"), ("teams", "nobody"));
        await Send(administrator, add, "/desk/staff/new", HttpStatusCode.UnprocessableEntity, ("name", "Ω"), ("roles", "worker"));
        await Send(administrator, add, "/desk/staff/new", HttpStatusCode.UnprocessableEntity, ("name", "Ω"), ("roles", "worker"), ("authorities", "mercia"), ("teams", "wessex-waste"));
        await Send(administrator, add, "/desk/staff/new", HttpStatusCode.UnprocessableEntity, ("name", "Ω"), ("roles", "importer"), ("authorities", "mercia"));
        language.IsData("staff-");
        using var added = await administrator.Send(add, "/desk/staff/new", ("name", "Ωμέγα 7"), ("roles", "worker"), ("authorities", "wessex"), ("teams", "wessex-waste"));
        var person = added.Headers.Location!.OriginalString.Split('?')[0];
        language.IsData(person.Split('/')[^1]);
        await Look(administrator, added.Headers.Location.OriginalString);
        var form = await Look(administrator, person + "/change");
        await Send(administrator, form, person + "/change", HttpStatusCode.SeeOther, ("name", "Ωμέγα 8"), ("email", BracketLanguage.Email), ("roles", "team-leader"), ("authorities", "wessex"), ("teams", "wessex-waste"));
        await Send(administrator, form, person + "/change", HttpStatusCode.Conflict, ("name", "Ωμέγα 9"));
        var invited = await administrator.Send(await administrator.Open(person), person + "/invite");
        var once = await DeskBrowser.Parse(invited);
        var link = once.QuerySelector(".once__link")!.TextContent.Trim();
        language.IsData(link);
        Look(once, "invitation made");
        foreach (var press in (string[])["revoke-invitations", "suspend", "return", "left"]) await Send(administrator, await administrator.Open(person), $"{person}/{press}", HttpStatusCode.SeeOther);
        await Look(administrator, $"/desk/staff/{Administrator}");
        await Look(administrator, $"/desk/staff/{Administrator}/change");
        var give = await Look(administrator, $"/desk/staff/{Worker}/give");
        await Send(administrator, give, $"/desk/staff/{Worker}/give", HttpStatusCode.UnprocessableEntity);
        await Send(administrator, give, $"/desk/staff/{Worker}/give", HttpStatusCode.UnprocessableEntity, ("role", "king"), ("from", "yesterday"), ("until", "1 1 2020"), ("reason", new string('Ω', 600)));
        await Send(administrator, give, $"/desk/staff/{Worker}/give", HttpStatusCode.SeeOther, ("role", "administrator"), ("from", Council.Today.ToString("d M uuuu", null)), ("until", Council.Today.PlusDays(9).ToString("d M uuuu", null)), ("reason", "Ω"));
        await Look(administrator, $"/desk/staff/{Worker}");
        await Look(administrator, "/desk/sensitive");
        var tokens = await Look(administrator, "/desk/tokens");
        await Send(administrator, tokens, "/desk/tokens", HttpStatusCode.UnprocessableEntity, ("days", "x"));
        await Send(administrator, tokens, "/desk/tokens", HttpStatusCode.UnprocessableEntity, ("member", "history-import"), ("name", new string('Ω', 61)), ("scopes", "scim"));
        await Send(administrator, tokens, "/desk/tokens/keys", HttpStatusCode.UnprocessableEntity, ("key-member", "history-import"), ("key", "Ω"));
        using var shown = await administrator.Send(tokens, "/desk/tokens", ("member", "history-import"), ("name", "Ω"), ("scopes", "history"), ("days", "30"));
        var token = await DeskBrowser.Parse(shown);
        language.IsData(token.QuerySelector(".once__link")!.TextContent.Trim());
        Look(token, "token made");
        await Look(administrator, "/desk/teams");
        var team = await Look(administrator, "/desk/teams/new");
        await Send(administrator, team, "/desk/teams/new", HttpStatusCode.UnprocessableEntity);
        await Send(administrator, team, "/desk/teams/new", HttpStatusCode.SeeOther, ("name", "Ομάδα 1"), ("authorities", "wessex"), ("members", "sian-prydderch"));
        var streets = await Look(administrator, "/desk/teams/streets");
        await Send(administrator, streets, "/desk/teams/streets", HttpStatusCode.UnprocessableEntity, ("name", "Ομάδα 2"), ("authorities", "mercia"));

        using var nobody = await Council.Client();
        foreach (var path in (string[])[new Uri(link).PathAndQuery, "/desk/invitation/unknown", "/desk/sign-in", "/desk/sign-in?return=/desk/kept/1"])
        {
            using var answer = await nobody.GetAsync(path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "lang=" + BracketLanguage.Code);
            Look(await DeskBrowser.Parse(answer), path);
        }

        var about = await Pothole();
        await Council.House.Database.Commit(async unit =>
        {
            foreach (var trouble in (string[])[Trouble.RefusedAddress, Trouble.RefusedMessage, Trouble.Bounced])
            {
                await QueueMail.Queue(unit, Council.House, new OutgoingMail { Key = "test/" + trouble, Kind = "closed", Authority = "wessex", To = BracketLanguage.Email, About = about, Subject = Words, Body = Words });
                await unit.Execute($"""update message set state = 'stuck', trouble = {trouble}, why = {new Message("The mail server refused the address: {said}", ("said", "550")).ToText()}, next_try = null where key = {"test/" + trouble}""");
            }
            return 0;
        });
        var messages = await Look(administrator, "/desk/messages");
        await Look(administrator, "/desk/messages?aside=1");
        await Send(administrator, messages, "/desk/messages/check", HttpStatusCode.OK);
        await Look(administrator, "/desk/messages?sent=2");
        using var worker = await SignIn(Worker);
        await Look(worker, $"/desk/cases/{about}");
        wrong.Distinct().ShouldBeEmpty();
    }

    [Fact]
    public async Task How_the_council_runs_is_said_in_the_readers_language()
    {
        var reference = await Pothole();
        var (database, now) = (Council.House.Database, await Council.House.Database.Now());
        // Names of programs and of parts of the program are no words of a language.
        language.IsData("PostgreSQL", "SQLite", "moothall backup", "tell-applicant", "case/", "gritter.seen.v1", "urn:gritters", "hall-9", "email", "GB", "RabbitMQ");
        language.IsData([.. Council.Serving.Readers.Followed, Council.Serving.Node.Self.Name, Council.Serving.Node.Self.Version, .. (await database.Read(s => Nodes.All(s))).Select(n => n.Schema)]);
        await database.Commit(async unit =>
        {
            foreach (var (why, recipient) in ((string, string)[])[("It failed too often.", "1"), ("NullReferenceException: said by the runtime.", "2")])
                await unit.Execute($"""
                    insert into effect (reader, stream, version, recipient, kind, state, attempts, next_try, why, changed) values ('tell-applicant', {"case/" + reference}, 1, {recipient}, 'email', 'parked', 8, {(Instant?)null}, {why}, {now})
                    """);
            return 0;
        });
        (await new Inbox(Council.House).Take(new Arrival("""{"specversion":"1.0","id":"7","source":"urn:gritters","type":"gritter.seen.v1","data":{}}"""u8.ToArray(), CloudEvent.MediaType, null))).ShouldBeNull();
        await database.Commit(unit => Alerts.Begin(unit, Council.House, new RunningFault(AlertKind.AdapterFailing, "queue", new Message("It did not answer within {seconds, plural, one {# second} other {# seconds}}.", ("seconds", 5)))));
        await database.Commit(unit => Alerts.Begin(unit, Council.House, new RunningFault(AlertKind.ReaderStopped, "day-figures", Message.FromText("day-figures cannot handle an event: said by the runtime."))));
        using var administrator = await SignIn(Administrator);
        var page = await Look(administrator, "/desk/running");
        // What the program only hands on is shown, and marked as English.
        page.QuerySelectorAll("[lang=en]").Select(e => e.TextContent).ShouldContain("NullReferenceException: said by the runtime.");
        page.QuerySelectorAll("[lang=en]").Select(e => e.TextContent).ShouldNotContain("It failed too often.");
        await Look(administrator, "/desk/running?again=no");
        await database.Commit(unit => unit.Execute($"delete from alert where what in ('queue', 'day-figures')"));
        wrong.Distinct().ShouldBeEmpty();
    }

    [Fact]
    public async Task Ones_own_devices_and_what_came_too_late_are_shown_in_the_readers_language()
    {
        var reference = await Pothole();
        language.IsData("iPhone", "Mac");
        using var worker = await SignIn(Worker);
        var at = Council.Clock.GetCurrentInstant();
        await Council.House.Database.Commit(async unit =>
        {
            foreach (var (id, name) in ((string, string)[])[("AAAA", "Windows computer"), ("BBBB", "iPhone"), ("CCCC", "Another device")])
                await Passkeys.Add(unit, new Passkey(id, Worker, "wessex.localhost", name, [1], 0, ["internal"], false, false, at, null));
            return 0;
        });
        await Look(worker, "/desk/you");
        foreach (var act in (string[])["note", "not-ours"])
        {
            var path = $"/desk/cases/{reference}/actions/{act}";
            var form = await worker.Open(path);
            Council.Clock.Advance(Duration.FromMinutes(31));
            using var late = await worker.Send(form, path, ("_note", Words), ("finding", Words));
            late.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
            var kept = Uri.UnescapeDataString(late.Headers.Location!.OriginalString["/desk/sign-in?return=".Length..]);
            var choose = (await worker.Open(late.Headers.Location.OriginalString)).QuerySelectorAll("form").First(f => f.QuerySelector($"input[value={Worker}]") is not null);
            using var signed = await worker.Post("/desk/sign-in", choose.QuerySelectorAll("input[type=hidden]").Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value") ?? "")));
            signed.Headers.Location!.OriginalString.ShouldBe(kept);
            // A question of the service that is not in the language stands there in its English.
            language.IsData(Council.House.Services.Find("report-a-pothole")!.Definition.Work.FindQuestion("finding")!.Label("en"));
            await Look(worker, kept);
        }
        await Council.House.Database.Commit(unit => unit.Execute($"delete from passkey where id in ('AAAA', 'BBBB', 'CCCC')"));
        wrong.Distinct().ShouldBeEmpty();
    }

    [Fact]
    public async Task Records_are_looked_after_in_the_readers_language()
    {
        var (one, two) = (await Pothole("Ψυχή Ένα"), await Pothole("Ψυχή Δύο"));
        using var worker = await SignIn(Worker);
        foreach (var reference in (string[])[one, two]) await Act(worker, $"/desk/cases/{reference}", "withdraw", HttpStatusCode.SeeOther);
        using var administrator = await SignIn(Administrator);
        await Look(administrator, "/desk/records");
        var holds = await Look(administrator, "/desk/records/holds");
        const string Place = "/desk/records/holds";
        await Send(administrator, holds, Place, HttpStatusCode.UnprocessableEntity);
        foreach (var kind in (string[])["case", "service", "person"]) await Send(administrator, holds, Place, HttpStatusCode.UnprocessableEntity, ("kind", kind));
        await Send(administrator, holds, Place, HttpStatusCode.UnprocessableEntity, ("kind", "case"), ("about-case", two));
        await Send(administrator, holds, Place, HttpStatusCode.UnprocessableEntity, ("kind", "case"), ("about-case", two), ("reason", Words));
        (string, string)[] day = [("review-day", "1"), ("review-month", "3"), ("review-year", "2028"), ("reason", Words)];
        await Send(administrator, holds, Place, HttpStatusCode.SeeOther, [("kind", "case"), ("about-case", two), .. day]);
        await Send(administrator, holds, Place, HttpStatusCode.SeeOther, [("kind", "service"), ("about-service", "report-noise"), .. day]);
        await Send(administrator, holds, Place, HttpStatusCode.SeeOther, [("kind", "person"), ("about-person", "Ψυχή Δύο"), .. day]);

        var search = await Look(administrator, "/desk/records/person");
        await Send(administrator, search, "/desk/records/person", HttpStatusCode.UnprocessableEntity, ("q", "?"));
        await Send(administrator, search, "/desk/records/person", HttpStatusCode.OK, ("q", "7777@5.5555.uk"));
        var found = await Send(administrator, search, "/desk/records/person", HttpStatusCode.OK, ("q", BracketLanguage.Email));
        await Send(administrator, found, "/desk/records/person/copy", HttpStatusCode.UnprocessableEntity);
        async Task<IDocument> Erase(HttpStatusCode status, params (string, string)[] typed)
        {
            using var sent = await administrator.Post("/desk/records/person/erase", [new("__RequestVerificationToken", found.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!), .. typed.Select(t => KeyValuePair.Create(t.Item1, t.Item2))]);
            sent.StatusCode.ShouldBe(status, await sent.Content.ReadAsStringAsync());
            if (status == HttpStatusCode.SeeOther) return await Look(administrator, sent.Headers.Location!.OriginalString);
            var page = await DeskBrowser.Parse(sent);
            Look(page, "erase");
            return page;
        }
        await Erase(HttpStatusCode.UnprocessableEntity);
        await Erase(HttpStatusCode.OK, ("reference", one));
        await Erase(HttpStatusCode.UnprocessableEntity, ("reference", one), ("asked", "yes"));
        await Erase(HttpStatusCode.UnprocessableEntity, ("reference", one), ("asked", "yes"), ("sure", "yes"));
        await Erase(HttpStatusCode.UnprocessableEntity, ("reference", one), ("asked", "yes"), ("sure", "yes"), ("ground", "objection"), ("decision", "? ?"));
        await Erase(HttpStatusCode.UnprocessableEntity, ("reference", two), ("asked", "yes"), ("sure", "yes"), ("ground", "objection"), ("decision", "1-1"));
        await Erase(HttpStatusCode.SeeOther, ("reference", one), ("asked", "yes"), ("sure", "yes"), ("ground", "objection"), ("decision", "1-1"));
        await Look(worker, $"/desk/cases/{one}", HttpStatusCode.Gone);
        await Look(administrator, "/desk/records/register");
        await Look(administrator, "/desk/records");
        await Look(administrator, $"/desk/cases/{two}/readings");
        wrong.Distinct().ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_for_residents_and_the_open_figures_are_in_the_readers_language()
    {
        using var reader = await Council.Client();
        await reader.GetAsync("/?lang=" + BracketLanguage.Code);
        language.IsData("Moothall", "AGPL", "GitHub", "JSON", "CSV");
        foreach (var path in (string[])["/", "/services", "/services?q=hole", "/services?q=zzzz9", "/services/report-a-pothole", "/services/report-a-pothole/questions/where", "/services/report-a-pothole/help", "/track", "/track?reference=POT-0000-0000&code=5",
            "/feedback/report-a-pothole?at=stop", "/feedback/report-a-pothole?done=yes", "/performance", "/performance/report-a-pothole", "/performance/formulas", "/nothing-here", "/return", "/following"])
        {
            using var answer = await reader.GetAsync(path);
            Look(await DeskBrowser.Parse(answer), path);
        }
        wrong.Distinct().ShouldBeEmpty();
    }
}
