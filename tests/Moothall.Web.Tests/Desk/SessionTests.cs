using System.Net;
using System.Net.Http.Json;
using Moothall.Identity;
using Moothall.Store;
using Moothall.Web.Desk;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Desk;

/// <summary>Sessions that end, forms that come after, links that are opened twice, late or by guessing.</summary>
public sealed class SessionTests(Councils councils)
{
    const string Worker = "amara-okafor";

    /// <summary>The page asks by itself once it is open. That is no sign of somebody there, and nothing that somebody sent.</summary>
    [Theory, BothDatabases]
    public async Task What_the_script_asks_when_a_page_is_opened_makes_no_session_longer_and_is_kept_for_nobody(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        using var advisor = await DeskBrowser.SignIn(council, "grace-adeyemi-clarke");
        var page = await advisor.Open("/desk/new/report-a-pothole");
        async Task<int> Left() => (await (await advisor.Get("/desk/session")).Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("secondsLeft").GetInt32();
        Task<HttpResponseMessage> Ask(string by) => advisor.Send(page, "/desk/new/report-a-pothole", by, ("_update", "yes"), ("where-text", "Broadway, Didcot"));
        council.Clock.Advance(Duration.FromMinutes(10));
        using var opened = await Ask("opened");
        opened.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Left()).ShouldBe(20 * 60);
        using var typed = await Ask("typed");
        (await Left()).ShouldBe(30 * 60);
        council.Clock.Advance(Duration.FromMinutes(31));
        foreach (var by in new[] { "opened", "typed" })
        {
            using var late = await Ask(by);
            late.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }
        (await council.House.Database.Read(s => s.Number($"select count(*) from kept_form"))).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task What_was_typed_before_a_session_ended_is_shown_again_after_signing_in(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        var reference = await council.Pothole();
        var action = $"/desk/cases/{reference}/actions/note";
        using var worker = await DeskBrowser.SignIn(council, Worker);
        var form = await worker.Open(action);
        council.Clock.Advance(Duration.FromMinutes(31));
        using var late = await worker.Send(form, action, (CaseAct.NoteField, "The crew was there.\nThey need <more> time."));
        late.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var signIn = late.Headers.Location!.OriginalString;
        signIn.ShouldStartWith("/desk/sign-in?return=%2Fdesk%2Fkept%2F");
        var kept = Uri.UnescapeDataString(signIn["/desk/sign-in?return=".Length..]);
        (await council.Case(reference)).GetProperty("history").GetArrayLength().ShouldBe(1);

        // Nobody else sees it, signed in or not.
        using var other = await DeskBrowser.SignIn(council, "tomasz-zielinski");
        await other.Open(kept, HttpStatusCode.NotFound);
        using var anyone = await council.Client();
        (await anyone.GetAsync(kept)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);

        var page = await worker.Open(signIn);
        page.Body!.TextContent.ShouldContain("Nothing you typed is lost");
        var choose = page.QuerySelectorAll("form").First(f => f.QuerySelector($"input[value={Worker}]") is not null);
        using var signed = await worker.Post("/desk/sign-in", choose.QuerySelectorAll("input[type=hidden]").Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value") ?? "")));
        signed.Headers.Location!.OriginalString.ShouldBe(kept);
        var shown = await worker.Open(kept);
        shown.QuerySelector("main")!.TextContent.ShouldContain("They need <more> time.");

        // Changed first: the real form with what was typed. Saved now: it is there.
        using var first = await worker.Send(shown, action);
        first.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await DeskBrowser.Parse(first)).QuerySelector("textarea")!.TextContent.ShouldContain("They need <more> time.");
        var button = shown.QuerySelector($"button[name={LateForms.FormField}]")!;
        using var saved = await worker.Send(shown, action, (LateForms.FormField, button.GetAttribute("value")!));
        saved.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await council.Case(reference)).GetProperty("history")[1].GetProperty("note").GetString()!.ShouldContain("They need <more> time.");
        council.Clock.Advance(Duration.FromMinutes(29));
        await worker.Open("/desk");
        council.Clock.Advance(Duration.FromMinutes(29));
        await worker.Open("/desk");
        council.Clock.Advance(Duration.FromMinutes(5));
        await worker.Open(kept, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_session_is_made_longer_by_pages_and_by_asking_to_stay_but_not_by_looking_how_long_it_lasts()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        using var worker = await DeskBrowser.SignIn(council, Worker);
        async Task<SessionBody> Left() => (await (await worker.Get("/desk/session")).Content.ReadFromJsonAsync<SessionBody>())!;
        ((await Left()) with { Token = null }).ShouldBe(new SessionBody(1800, true, null));
        var page = await worker.Open("/desk");
        council.Clock.Advance(Duration.FromMinutes(25));
        (await Left()).SecondsLeft.ShouldBe(300);
        var token = (await Left()).Token!;
        (await worker.Post("/desk/session", [])).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var stayed = await worker.Post("/desk/session", [KeyValuePair.Create("__RequestVerificationToken", token)]);
        (await stayed.Content.ReadFromJsonAsync<SessionBody>())!.SecondsLeft.ShouldBe(1800);
        for (var turns = 0; turns < 28; turns++)
        {
            council.Clock.Advance(Duration.FromMinutes(25));
            await worker.Get("/desk");
        }
        (await Left()).ShouldBe(new SessionBody(0, false, null));
        page.QuerySelector(".desk__top noscript")!.InnerHtml.ShouldContain("You stay signed in until 11am");
        using var over = await worker.Get("/desk");
        over.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task A_role_may_have_sessions_that_end_sooner_and_who_has_several_gets_the_shortest()
    {
        var limits = SessionLimits.Usual with { ByRole = new Dictionary<Role, SessionLimits> { [Role.Administrator] = new(Duration.FromMinutes(10), Duration.FromHours(1)), [Role.Worker] = new(Duration.FromMinutes(60), Duration.FromHours(2)) } };
        limits.For([Role.Administrator, Role.Worker]).Idle.ShouldBe(Duration.FromMinutes(10));
        (limits.For([Role.Worker, Role.Advisor]) is var (idle, whole) ? (idle, whole) : default).ShouldBe((Duration.FromMinutes(30), Duration.FromHours(2)));
        limits.For([]).Idle.ShouldBe(Duration.FromMinutes(30));
        await using var council = await RunningCouncil.Start(Dialect.Sqlite, change: s => s with { Sessions = limits });
        using var worker = await DeskBrowser.SignIn(council, Worker);
        using var administrator = await DeskBrowser.SignIn(council, "fatima-al-sayed");
        async Task<int> Left(DeskBrowser who) => (await (await who.Get("/desk/session")).Content.ReadFromJsonAsync<SessionBody>())!.SecondsLeft;
        (await Left(worker)).ShouldBe(60 * 60);
        (await Left(administrator)).ShouldBe(10 * 60);
        (await administrator.Open("/desk/running")).QuerySelector("dialog.session")!.GetAttribute("data-left").ShouldBe("600");
        council.Clock.Advance(Duration.FromMinutes(11));
        (await administrator.Get("/desk/running")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await worker.Get("/desk")).StatusCode.ShouldBe(HttpStatusCode.OK);
        for (var turns = 0; turns < 5; turns++)
        {
            council.Clock.Advance(Duration.FromMinutes(25));
            await worker.Get("/desk");
        }
        (await worker.Get("/desk")).StatusCode.ShouldBe(HttpStatusCode.SeeOther, "two hours are over");
    }

    [Fact]
    public async Task Somebody_signs_out_everywhere_and_the_cookie_of_before_is_worth_nothing()
    {
        var council = await councils.Sqlite;
        using var here = await DeskBrowser.SignIn(council, "mohammed-rahman");
        using var there = await DeskBrowser.SignIn(council, "mohammed-rahman");
        var you = await here.Open("/desk/you");
        you.QuerySelector("main")!.TextContent.ShouldContain("Another browser");
        using var left = await here.Send(you, "/desk/you/sign-out-everywhere");
        left.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await there.Get("/desk")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    async Task<(string Path, string Code)> Invite(RunningCouncil council, string member, int hours = 48)
    {
        var house = council.House;
        var code = (await house.Database.Commit(unit => ManageStaff.InviteFromCommandLine(unit, house.CurrentCouncil.Folder, member, Duration.FromHours(hours), house.Now))).Value!;
        return ("/desk/invitation/" + code, code);
    }

    [Theory, BothDatabases]
    public async Task A_link_may_be_opened_by_any_number_of_programs_before_it_is_used_and_says_how_it_stands(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        var (path, code) = await Invite(council, Worker, 2);
        async Task<long> Written() => await council.House.Database.Read(async s => await s.Number($"select count(*) from invitation where used is not null") + await s.Number($"select count(*) from staff_session")
            + await s.Number($"select count(*) from passkey") + await s.Number($"select count(*) from answered_challenge"));
        using var scanner = await council.Client();
        for (var turns = 0; turns < 3; turns++)
        {
            using var seen = await scanner.GetAsync(path);
            (await CleanAnswer.Body(seen)).ShouldContain("Welcome, Amara Okafor");
            seen.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        }
        using var head = await scanner.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
        (await Written()).ShouldBe(0);

        // Answers that are none.
        var page = await DeskBrowser.Parse(await scanner.GetAsync(path));
        var token = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        foreach (var credential in new[] { "", "{}", "null", "[]", "{\"id\":\"AAAA\",\"rawId\":\"AAAA\",\"type\":\"public-key\",\"clientExtensionResults\":{},\"response\":{\"clientDataJSON\":\"e30\",\"attestationObject\":\"AA\",\"transports\":[]}}", new string('x', 40_000), "\ud800" })
        {
            using var refused = await scanner.PostAsync(path, new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token), KeyValuePair.Create("credential", credential)]));
            refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            await CleanAnswer.Body(refused);
        }
        (await Written()).ShouldBe(0);

        async Task Says(string address, HttpStatusCode status, string heading)
        {
            using var answer = await scanner.GetAsync(address);
            answer.StatusCode.ShouldBe(status);
            (await DeskBrowser.Parse(answer)).QuerySelector("h1")!.TextContent.ShouldBe(heading);
        }
        foreach (var guess in new[] { "x", new string('A', 32), code[..^1], "%F0%9F%94%91", "..%2F..%2Fyou" }) await Says("/desk/invitation/" + guess, HttpStatusCode.NotFound, "We do not know this link");
        var (newer, newerCode) = await Invite(council, Worker);
        await Says(path, HttpStatusCode.Gone, "This link was taken back");
        await council.House.Database.Commit(unit => Invitations.Use(unit, newerCode, council.House.Now));
        await Says(newer, HttpStatusCode.Gone, "This link was used already");
        var (old, _) = await Invite(council, Worker);
        council.Clock.Advance(Duration.FromHours(49));
        await Says(old, HttpStatusCode.Gone, "This link is too old");
    }

    [Fact]
    public async Task Passkeys_are_bound_to_the_public_address_and_never_to_the_host_that_was_asked()
    {
        var council = await councils.Sqlite;
        async Task<string> SignIn(string host)
        {
            using var client = await council.Client(host: host);
            return await client.GetStringAsync("/desk/sign-in");
        }
        (await SignIn("wessex.localhost")).ShouldContain("&quot;rpId&quot;:&quot;wessex.localhost&quot;");
        (await SignIn("mercia.localhost")).ShouldContain("&quot;rpId&quot;:&quot;mercia.localhost&quot;");
        foreach (var elsewhere in new[] { "127.0.0.1", "evil.example", "localhost" })
        {
            var page = await SignIn(elsewhere);
            page.ShouldNotContain("rpId");
            page.ShouldContain("Passkeys belong to one address");
            page.ShouldContain("href=\"http://wessex.localhost");
        }
    }

    [Theory]
    [InlineData("www.example.org", "https://www.example.org", "https://www.example.org", true)]
    [InlineData("www.example.org", "https://www.example.org", "https://www.example.org:444", false)]
    [InlineData("www.example.org", "https://www.example.org", "http://www.example.org", false)]
    [InlineData("www.example.org", "https://www.example.org", "https://example.org", false)]
    [InlineData("www.example.org", "https://www.example.org", "https://www.example.org.evil.example", false)]
    [InlineData("a.localhost", "http://a.localhost:8080", "http://a.localhost:9000", true)]
    [InlineData("a.localhost", "http://a.localhost:8080", "http://b.localhost:8080", false)]
    [InlineData("a.localhost", "http://a.localhost:8080", "null", false)]
    public void An_answer_counts_from_a_page_of_the_public_address_only(string host, string address, string origin, bool allowed) => new PasskeySite(host, address, true).Allows(origin).ShouldBe(allowed);

    [Theory]
    [InlineData("www.example.org", "https://www.example.org", true)]
    [InlineData("www.example.org", "http://www.example.org", false)]
    [InlineData("192.0.2.1", "https://192.0.2.1", false)]
    [InlineData("[::1]", "http://[::1]:8080", false)]
    [InlineData("localhost", "http://localhost:8080", true)]
    public void A_passkey_needs_a_name_and_a_secure_connection(string host, string address, bool can) => new PasskeySite(host, address, true).CanHavePasskeys.ShouldBe(can);

    [Fact]
    public async Task Whoever_tries_to_sign_in_very_often_waits_a_minute()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite, change: settings => settings with { Environment = "Production" });
        using var guesser = await council.Client();
        var answers = new List<HttpStatusCode>();
        for (var turns = 0; turns < 61; turns++) answers.Add((await guesser.GetAsync("/desk/invitation/guess" + turns)).StatusCode);
        answers[..60].ShouldAllBe(s => s == HttpStatusCode.NotFound);
        answers[60].ShouldBe(HttpStatusCode.TooManyRequests);
        using var signIn = await guesser.PostAsync("/desk/sign-in", new FormUrlEncodedContent([KeyValuePair.Create("credential", "{}")]));
        signIn.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }
}
