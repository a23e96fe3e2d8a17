using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Moothall.Cases;
using Moothall.Store;
using Moothall.Testing;
using Moothall.Web.Tests.Api;
using Moothall.Web.Tests.Desk;
using Shouldly;
using Xunit;
using static Moothall.Web.Tests.Resident.Walking;

namespace Moothall.Web.Tests.Resident;

/// <summary>A second person agrees to what somebody else asked for, by the link in their mail: without an account and without script; and what the other pages say meanwhile.</summary>
public sealed class AgreeTests(Councils councils)
{
    const string Grant = "/services/apply-for-a-community-grant";

    static string NewAddress() => $"a{Guid.NewGuid():n}@mail.example";

    static JsonObject Body(string second, string you = "gwen@mail.example") => new()
    {
        ["channel"] = "web",
        ["answers"] = new JsonObject
        {
            ["group-name"] = "Grove Kitchen", ["group-kind"] = "club", ["you"] = new JsonObject { ["name"] = "Gwen Prys", ["email"] = you }, ["project"] = "A kitchen to learn in", ["what"] = "Cook for neighbours",
            ["who-for"] = new JsonArray("everyone"), ["where"] = "High Street, Wallingford", ["starts"] = "2027-06-01", ["costs"] = new JsonArray(new JsonObject { ["what-for"] = "A cooker", ["amount"] = 1900 }),
            ["asked"] = 2500, ["second"] = new JsonObject { ["name"] = "Rhodri Wyn", ["email"] = second }, ["agree"] = true,
        },
    };

    internal static async Task<JsonNode> Send(RunningCouncil council, string second)
    {
        using var client = await council.Client();
        return await client.Make(Body(second), "/api/v1/services/apply-for-a-community-grant/cases");
    }

    /// <summary>The link that comes to somebody a minute after the case, which no test waits for.</summary>
    internal static async Task<string> Link(RunningCouncil council, string reference, string address, int due = 1)
    {
        var asked = EventJson.ToLog(new CoSignDue("apply-for-a-community-grant", "wessex", 1), council.Clock.GetCurrentInstant());
        await council.House.Database.Commit(unit => new AskCoSigner(council.House).Write(unit, [new DueEffect(1, new LogEvent(default, "co-sign/" + reference, due, asked.Type, asked.Schema, asked.At, false, asked.Json), "co-signer", "email", 1)]));
        return Mails.LinkIn(await council.MailTo(address), "/agree/");
    }

    [Fact]
    public async Task The_proof_of_one_link_is_none_of_another()
    {
        var codes = (await councils.Sqlite).House.Codes;
        var (mine, other) = (codes.ForCoSign("GRA-1", 1), codes.ForCoSign("GRA-2", 1));
        codes.IsKnownCoSigner(mine, codes.ForKnownCoSigner(mine)).ShouldBeTrue();
        foreach (var proof in (string[])[codes.ForKnownCoSigner(other), mine, "", codes.ForKnownCoSigner(mine)[..^1]]) codes.IsKnownCoSigner(mine, proof).ShouldBeFalse(proof);
    }

    internal static async Task<Sight> Opened(Browser browser, string link, string address) => await browser.Send(await browser.Open(link), With(("email", address)));

    [Theory, BothDatabases]
    public async Task Somebody_agrees_by_the_link_in_their_mail_and_the_work_begins(Dialect dialect)
    {
        var (council, address) = (await councils.On(dialect), NewAddress());
        var made = await Send(council, address);
        var (reference, code) = (made.Text("reference"), made.Text("trackingCode"));
        made.Text("stage").ShouldBe("signature");
        var link = await Link(council, reference, address);

        using var browser = new Browser(await council.Client());
        using (var opened = await browser.Client.GetAsync(link))
        {
            opened.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
            opened.Headers.Location!.ToString().ShouldBe("/agree");
            opened.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        }
        var who = await browser.Open("/agree");
        who.Heading.ShouldBe("You are asked to agree to something");
        foreach (var secret in (string[])["Grove Kitchen", "Gwen", "Rhodri", address, reference]) who.Html.ShouldNotContain(secret);
        (await browser.Open("/agree/done")).Address.ShouldBe("/agree", "nothing is opened before the address is said");
        var wrong = await browser.Send(who, With(("email", "gwen@mail.example")));
        (wrong.Status, wrong.Errors.Single()).ShouldBe((HttpStatusCode.UnprocessableEntity, "This is not the address that we sent the link to. Check it and try again"));

        var page = await browser.Send(wrong, With(("email", address.ToUpperInvariant())));
        (page.Address, page.Heading).ShouldBe(("/agree", "Do you agree to this?"));
        page.Words.ShouldContain("Gwen Prys asks Wessex");
        page.Words.ShouldContain("I answer for the money together with the person who applies.");
        page.Words.ShouldContain("Please answer by Wednesday 9 December 2026.");
        page.Document.QuerySelectorAll("dt").Select(d => d.TextContent).ShouldBe(["Name of the group", "Contact", "Name of the project", "What you will do", "Costs", "Amount asked for"]);
        foreach (var hidden in (string[])["High Street", "everyone", "1 June 2027"]) page.Words.ShouldNotContain(hidden, Case.Insensitive, "the definition does not show it");

        var nothing = await browser.Send(page);
        (nothing.Status, nothing.Errors.Single()).ShouldBe((HttpStatusCode.UnprocessableEntity, "Choose whether you agree"));
        using (var late = await browser.Client.PostAsync("/agree", new FormUrlEncodedContent([new("answer", "agreed")]))) late.StatusCode.ShouldBe(HttpStatusCode.BadRequest, "a form that is not of our page");
        var done = await browser.Send(page, With(("answer", "agreed")));
        (done.Address, done.Heading).ShouldBe(("/agree/done", "You agreed"));
        done.Words.ShouldContain(reference);
        done.Html.ShouldNotContain("Grove Kitchen");
        (await browser.Send(page, With(("answer", "agreed")))).Heading.ShouldBe("You agreed", "the same form again");
        (await browser.Send(page, With(("answer", "declined"), ("reason", "After all not")))).Heading.ShouldBe("You agreed", "what was said stays");
        (await browser.Open(link)).Heading.ShouldBe("You agreed");
        using var other = new Browser(await council.Client());
        (await other.Open(link)).Heading.ShouldBe("You are asked to agree to something", "another browser has to say the address");

        using var anyone = await council.Client();
        var tracked = await anyone.GetAsync($"/api/v1/cases/{reference}?code={code}").Json();
        (tracked.Text("stage"), tracked["waitingFor"]).ShouldBe(("check", null));
        tracked["history"]!.AsArray().Select(h => h!.Text("what")).ShouldBe(["We got it.", "The person you named agreed. We are checking that nothing is missing."]);
    }

    [Fact]
    public async Task Somebody_declines_with_a_reason_that_staff_read_and_the_person_who_asked_does_not()
    {
        var (council, address) = (await councils.Sqlite, NewAddress());
        var made = await Send(council, address);
        var (reference, code) = (made.Text("reference"), made.Text("trackingCode"));
        using var browser = new Browser(await council.Client());
        var page = await Opened(browser, await Link(council, reference, address), address);
        var without = await browser.Send(page, With(("answer", "declined")));
        without.Errors.ShouldBe(["Enter why you do not agree"]);
        without.Document.QuerySelector("input[name=answer][value=declined]")!.HasAttribute("checked").ShouldBeTrue();
        without.Document.QuerySelector(".govuk-error-summary__list a")!.GetAttribute("href").ShouldBe("#reason");
        var done = await browser.Send(without, With(("answer", "declined"), ("reason", "Nobody asked the committee")));
        done.Heading.ShouldBe("You did not agree");

        using var applicant = new Browser(await council.Client());
        var progress = await applicant.Open($"/track?reference={reference}&code={code}");
        progress.Words.ShouldContain("The second person in your group did not sign.");
        progress.Html.ShouldNotContain("Nobody asked the committee");
        (await applicant.Open($"/track/{reference}/record")).Html.ShouldNotContain("Nobody asked the committee");
        using var desk = await DeskBrowser.SignIn(council, "daniel-okonedo");
        var screen = (await desk.Open($"/desk/cases/{reference}")).Body!.TextContent;
        screen.ShouldContain("Whoever must agree answered by their link: “They do not sign”. They wrote:");
        screen.ShouldContain("Nobody asked the committee");
    }

    [Fact]
    public async Task A_guessed_link_one_that_was_replaced_and_one_of_a_case_that_was_withdrawn_are_told_in_the_same_words()
    {
        var (council, address, withdrawn) = (await councils.Sqlite, NewAddress(), NewAddress());
        var reference = (await Send(council, address)).Text("reference");
        var old = await Link(council, reference, address);
        (await Link(council, reference, address)).ShouldBe(old, "the same event makes one link");
        var newest = await Link(council, reference, address, due: 2);
        var second = (await Send(council, withdrawn)).Text("reference");
        var dead = await Link(council, second, withdrawn);
        (await council.House.Database.Commit(unit => ResidentActs.Withdraw(unit, council.House.Services, council.House.Council, second, null, council.House.Now))).IsDone.ShouldBeTrue();

        using var browser = new Browser(await council.Client());
        var pages = new List<Sight> { await browser.Open(old), await browser.Open("/agree/0000000000000000"), await browser.Open("/agree/%3Cscript%3E"), await browser.Open(dead) };
        pages.ShouldAllBe(p => p.Status == HttpStatusCode.NotFound && p.Heading == "This link does not work");
        pages.Select(p => p.Words).Distinct().Count().ShouldBe(1);
        var before = await council.House.Database.Read(s => s.Number($"select sum(tries) + sum(number) from case_co_sign"));
        for (var i = 0; i < 3; i++) (await browser.Open(newest)).Status.ShouldBe(HttpStatusCode.OK);
        (await council.House.Database.Read(s => s.Number($"select sum(tries) + sum(number) from case_co_sign"))).ShouldBe(before, "programs that look through mail open links");
    }

    [Fact]
    public async Task Who_asks_is_told_before_and_after_sending_that_somebody_else_must_agree()
    {
        var (council, address) = (await councils.Sqlite, NewAddress());
        using var browser = new Browser(await council.Client());
        var page = await Fill(browser, second: "gwen@mail.example");
        page.Words.ShouldContain("we write to Rhodri Wyn (gwen@mail.example) with a link. They see part of what you told us, and have 21 days to answer.");
        var same = await browser.Send(page);
        same.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        const string Words = "Somebody else must agree to this, so enter their own email address, not one that you gave for another person";
        same.Words.ShouldContain(Words);
        using (var program = await council.Client())
        {
            var refused = await program.PostJson("/api/v1/services/apply-for-a-community-grant/cases", Body("GWEN@mail.example"));
            refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["errors"]!.ToJsonString().ShouldBe($$"""[{"question":"second","message":"{{Words}}"}]""");
        }

        page = await browser.Send(await browser.Open($"{Grant}/questions/second?from=check"), With(("second-email", address)));
        var done = await browser.Send(page);
        done.Address.ShouldBe($"{Grant}/done");
        done.Words.ShouldContain("Somebody else must agree first.");
        done.Words.ShouldNotContain("We aim to finish by");
        var reference = done.Document.QuerySelector(".reference")!.TextContent.Trim();
        var progress = await browser.Open(done.Document.QuerySelectorAll("main a").First(a => a.GetAttribute("href")!.StartsWith("/track?", StringComparison.Ordinal)).GetAttribute("href")!);
        progress.Words.ShouldContain("We are waiting for the second person in your group to sign.");
        progress.Words.ShouldContain("We are about to write to them.");
        await Link(council, reference, address);
        progress = await browser.Open(progress.Address);
        progress.Words.ShouldContain("We wrote to a…@mail.example on Wednesday 18 November 2026. Their link works until Wednesday 9 December 2026.");
        progress.Html.ShouldNotContain(address);
    }

    [Fact]
    public async Task The_desk_and_its_programs_see_whom_a_case_waits_for_send_the_link_again_and_record_what_came_on_paper()
    {
        var (council, address) = (await councils.Sqlite, NewAddress());
        var reference = (await Send(council, address)).Text("reference");
        await Link(council, reference, address);
        var at = $"/desk/cases/{reference}";
        using var desk = await DeskBrowser.SignIn(council, "daniel-okonedo");
        var screen = await desk.Open(at);
        screen.Body!.TextContent.ShouldContain($"The case waits for Rhodri Wyn ({address}) to agree.");
        screen.Body.TextContent.ShouldContain("Their link works until Wednesday 9 December 2026.");
        screen.QuerySelector(".case__facts")!.TextContent.ShouldContain("Waits for somebody to agree");
        screen.QuerySelectorAll(".told, .messages").Select(m => m.TextContent).ShouldAllBe(words => !words.Contains("/agree/", StringComparison.Ordinal));

        using (var sent = await desk.Send(await desk.Open($"{at}/actions/send-link"), $"{at}/actions/send-link")) sent.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await desk.Open($"{at}?done=send-link")).Body!.TextContent.ShouldContain("You had another link sent to whoever must agree.");
        (await council.House.Database.Read(s => s.Number($"select count(*) from event where stream = {"co-sign/" + reference} and type = 'co-sign.due'"))).ShouldBe(2);

        using (var wrong = await desk.Send(await desk.Open($"{at}/actions/send-link"), $"{at}/actions/send-link", ("email", "rhodri")))
        {
            wrong.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            (await DeskBrowser.Parse(wrong)).QuerySelector("#email-error")!.TextContent.ShouldContain("Enter an email address in the correct format");
        }

        screen.QuerySelector($"a[href='{at}/actions/signed']").ShouldNotBeNull("it asks how they said so");
        using (var without = await desk.Send(await desk.Open($"{at}/actions/signed"), $"{at}/actions/signed"))
        {
            without.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            (await DeskBrowser.Parse(without)).QuerySelector("#_note-error")!.TextContent.ShouldContain("Enter how they told you, for example on a form that they signed");
        }
        using var program = await council.Client("daniel-okonedo");
        var file = await program.GetAsync($"/api/v1/desk/cases/{reference}").Json();
        var coSign = file["coSign"]!;
        (coSign.Text("name"), coSign.Text("email"), coSign.Text("ends"), coSign["reminded"]).ShouldBe(("Rhodri Wyn", address, "2026-12-10T00:00:00Z", null));
        coSign.Text("message").ShouldBeOneOf("waiting", "doing", "sent");
        using (var refused = await program.Act(reference, "signed")) refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var signed = await program.Act(reference, "signed", new JsonObject { ["note"] = "On paper, 17 November" }).Json();
        signed.Text("stage").ShouldBe("check");
        (await program.GetAsync($"/api/v1/desk/cases/{reference}").Json())["coSign"].ShouldBeNull();
        using (var over = await program.Act(reference, "send-link")) over.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    /// <summary>Goes through all pages of the form to the answers.</summary>
    static async Task<Sight> Fill(Browser browser, string second)
    {
        var answers = new Dictionary<string, string>
        {
            ["group-name"] = "Grove Kitchen", ["group-kind"] = "club", ["you-name"] = "Gwen Prys", ["you-email"] = "gwen@mail.example", ["project"] = "A kitchen", ["what"] = "Cook", ["who-for"] = "everyone",
            ["where"] = "High Street, Wallingford", ["starts-day"] = "1", ["starts-month"] = "6", ["starts-year"] = "2027", ["what-for"] = "A cooker", ["amount"] = "1900", ["asked"] = "2500", ["second-name"] = "Rhodri Wyn",
            ["second-email"] = second, ["agree"] = "yes",
        };
        var page = await browser.Open($"{Grant}/start");
        for (var pages = 0; page.Address != $"{Grant}/check"; pages++)
        {
            pages.ShouldBeLessThan(40, page.Address);
            page.Errors.ShouldBeEmpty(page.Address);
            if (page.Address == $"{Grant}/tasks")
            {
                var open = page.Document.QuerySelectorAll(".govuk-task-list__item--with-link").FirstOrDefault(item => item.QuerySelector(".govuk-tag") is not null);
                page = await browser.Open((open?.QuerySelector("a") ?? page.Document.QuerySelector("main a.govuk-button"))!.GetAttribute("href")!);
            }
            else if (page.Document.QuerySelector("form[method=post]") is null) page = await browser.Open(page.Document.QuerySelector("main a.govuk-button")!.GetAttribute("href")!);
            else page = await browser.Send(page, With([.. answers.Where(a => page.Document.QuerySelector($"form [name='{a.Key}']") is not null).Select(a => (a.Key, a.Value))]));
        }
        return page;
    }
}
