using System.Net;
using System.Text.Json.Nodes;
using Moothall.Definitions;
using Moothall.Store;
using Moothall.Web.Tests.Api;
using Moothall.Web.Tests.OneMeaning;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Resident;

/// <summary>Rows that have rows of their own, and files in them: by the pages, at the desk and by the API, on both databases.</summary>
public sealed class GroupRowsTests(Councils councils)
{
    const string Address = "/services/apply-to-trade";

    const string Text = """
        service: apply-to-trade
        prefix: TRD
        title: Apply to trade
        summary: Ask for stalls at an event.
        kind: apply
        ask:
          about:
            page: About the event
            ask: [called, plans]
          called:
            question: What is it called?
            type: text
          plans:
            question: Send us its plans
            type: file
            accept: [pdf]
            most-files: 3
          stalls:
            group: Which stalls will there be?
            one: stall
            ask: [sells, permits, staff]
            at-most: 3
          sells:
            question: What does it sell?
            type: text
          permits:
            question: Send us its permits
            type: file
            accept: [pdf]
            most-files: 2
            optional: yes
          staff:
            group: Who works there?
            one: worker
            ask: [worker, adult, guardian]
            at-least: 2
            at-most: 4
          worker:
            question: What is their name?
            type: text
          adult:
            question: Are they of age?
            type: yes-no
          guardian:
            question: Who looks after them?
            type: text
            when: not adult
          agree:
            question: All of this is true
            type: declaration
        decide:
          size:
            large: count of stalls > 1
            small: otherwise
        work:
          start: check
          outcomes:
            granted: Granted
          stages:
            check:
              actions:
                grant:
                  close: granted
        keep:
          for: 6 years after closed
          because: public task
          personal: [stalls]
        measure:
          target: {closed-in-time: 90%}
        """;

    static JsonObject Answers() => new()
    {
        ["called"] = "May fair",
        ["plans"] = new JsonArray("a.pdf", "b.pdf"),
        ["stalls"] = new JsonArray(
            new JsonObject
            {
                ["sells"] = "Cheese", ["permits"] = new JsonArray("p.pdf", "q.pdf"),
                ["staff"] = new JsonArray(new JsonObject { ["worker"] = "Ann", ["adult"] = true }, new JsonObject { ["worker"] = "Ben", ["adult"] = false, ["guardian"] = "Ann" }),
            },
            new JsonObject { ["sells"] = "Bread", ["staff"] = new JsonArray(new JsonObject { ["worker"] = "Cy", ["adult"] = true }, new JsonObject { ["worker"] = "Di", ["adult"] = true }) }),
        ["agree"] = true,
    };

    const string Stored = """{"called":"May fair","plans":["a.pdf","b.pdf"],"stalls":[{"sells":"Cheese","permits":["p.pdf","q.pdf"],"staff":[{"worker":"Ann","adult":true},{"worker":"Ben","adult":false,"guardian":"Ann"}]},{"sells":"Bread","permits":null,"staff":[{"worker":"Cy","adult":true},{"worker":"Di","adult":true}]}],"agree":true}""";

    static IReadOnlyDictionary<string, IReadOnlyList<string>> With(params (string Field, string Value)[] typed) => Walking.With(typed);

    static Dictionary<string, IReadOnlyList<Picked>> Files(string question, params string[] names) => new() { [question] = [.. names.Select(FormFill.SmallFile)] };

    static string[] Shown(Sight page) => [.. page.Document.QuerySelectorAll(".files__name").Select(n => n.TextContent)];

    static string[] Rows(Sight page) => [.. page.Document.QuerySelectorAll(".govuk-summary-list__row").Select(row => row.QuerySelector("dt")!.TextContent.Trim())];

    static string Link(Sight page, string holds) => page.Document.QuerySelectorAll(".govuk-summary-list__actions a").Select(a => a.GetAttribute("href")!).First(href => href.Contains(holds, StringComparison.Ordinal));

    static Task<Sight> Add(Browser browser, Sight page) => browser.Open(page.Document.QuerySelector("a#add-row")!.GetAttribute("href")!);

    static async Task<Sight> Worker(Browser browser, Sight page, string name, bool adult = true)
    {
        page = await browser.Send(page, With(("worker", name), ("adult", adult ? "yes" : "no")));
        return adult ? page : await browser.Send(page, With(("guardian", "Ann")));
    }

    [Theory, BothDatabases]
    public async Task Rows_in_rows_are_added_changed_and_removed_and_files_are_sent_without_leaving_a_page(Dialect dialect)
    {
        var council = await councils.Forms(dialect);
        await council.Publish(Text);
        using var browser = new Browser(await council.Client());
        var page = await browser.Open($"{Address}/start");
        page.Address.ShouldBe($"{Address}/pages/about");

        // The question for files is not the first of its page, and nothing was saved before.
        page = await browser.Send(page, With(("called", "May fair"), ("then", "more")), Files("plans", "a.pdf"));
        (page.Status, page.Address).ShouldBe((HttpStatusCode.OK, $"{Address}/pages/about"));
        page.Document.QuerySelector("input[name=called]")!.GetAttribute("value").ShouldBe("May fair");
        page = await browser.Send(page, With(("then", "more")), Files("plans", "b.pdf"));
        Shown(page).ShouldBe(["a.pdf", "b.pdf"]);
        page = await browser.Send(page);
        page.Address.ShouldBe($"{Address}/questions/stalls/1/sells");

        // A row that is new is there once the first of its files is, and not before.
        page = await browser.Send(page, With(("then", "more")));
        Rows(await browser.Open($"{Address}/questions/stalls")).ShouldBeEmpty();
        page = await browser.Send(page, With(("sells", "Cheese"), ("then", "more")), Files("permits", "p.pdf"));
        Rows(await browser.Open($"{Address}/questions/stalls")).ShouldBe(["Stall 1"]);
        page = await browser.Send(page, With(("then", "more")), Files("permits", "q.pdf"));
        Shown(page).ShouldBe(["p.pdf", "q.pdf"]);
        page.Document.QuerySelector("input[name=sells]")!.GetAttribute("value").ShouldBe("Cheese");
        page = await browser.Send(page);
        page.Address.ShouldBe($"{Address}/questions/stalls/1/staff/1/worker");
        Rows(await browser.Open($"{Address}/questions/stalls")).ShouldBe(["Stall 1"]);

        page = await Worker(browser, page, "Ann");
        page.Address.ShouldBe($"{Address}/questions/stalls/1/staff");
        page = await browser.Send(page);
        page.Errors.ShouldBe(["Add at least 2 answers to “Who works there?”"]);
        page = await Worker(browser, await Add(browser, page), "Bea");
        var old = await Add(browser, page);
        page = await Worker(browser, old, "Ben", adult: false);
        Rows(page).ShouldBe(["Worker 1", "Worker 2", "Worker 3"]);
        var third = await browser.Open($"{Address}/questions/stalls/1/staff/3/worker");
        page = await browser.Send(await browser.Open(page.Document.QuerySelectorAll(".govuk-summary-list__actions a")[3].GetAttribute("href")!));
        Rows(page).ShouldBe(["Worker 1", "Worker 2"]);
        page = await browser.Send(third, With(("worker", "Nobody")));
        page.Address.ShouldBe($"{Address}/questions/stalls/1/staff", "a page from before means another row");
        page = await browser.Send(page);
        page.Address.ShouldBe($"{Address}/questions/stalls");

        page = await browser.Send(await Add(browser, page), With(("sells", "Bread")));
        page.Address.ShouldBe($"{Address}/questions/stalls/2/staff/1/worker");
        page = await browser.Open($"{Address}/questions/stalls");
        page.Document.QuerySelectorAll(".govuk-tag").ShouldHaveSingleItem().TextContent.Trim().ShouldBe("Not complete");
        page = await browser.Send(page);
        page.Address.ShouldBe($"{Address}/questions/stalls/2/staff/1/worker", "what is not complete is asked for");
        page = await Worker(browser, await Add(browser, await Worker(browser, page, "Cy")), "Di");
        page = await browser.Send(await browser.Send(page));
        page.Address.ShouldBe($"{Address}/questions/agree");
        page = await browser.Send(page, With(("agree", "yes")));
        page.Address.ShouldBe($"{Address}/check");

        page = await browser.Open(Link(page, "/questions/stalls?"));
        page = await browser.Open(Link(page, "/stalls/2/"));
        page = await browser.Send(page, With(("sells", "Bread and cakes")));
        page.Address.ShouldBe($"{Address}/questions/stalls/2/staff?from=check", "whoever changes a row comes past all of it");
        page = await browser.Send(page);
        page = await browser.Send(await browser.Open(Link(page, "/stalls/2/")), With(("sells", "Bread")));
        page = await browser.Send(await browser.Send(page));
        page.Address.ShouldBe($"{Address}/check");
        var done = await browser.Send(page);
        (await Made.Look(council, done.Document.QuerySelector(".reference")!.TextContent.Trim(), "web")).Answers.ShouldBe(Stored);
    }

    [Theory, BothDatabases]
    public async Task An_advisor_adds_rows_in_rows_and_keeps_what_was_typed(Dialect dialect)
    {
        var council = await councils.Forms(dialect);
        var definition = await council.Publish(Text);
        using var desk = await AdvisorForm.SignIn(council);
        var form = new AdvisorForm(desk, definition);
        var (wrong, sent) = (Answers(), new HashSet<string>());
        ((JsonObject)wrong["stalls"]![0]!["staff"]![1]!).Remove("guardian");
        ((JsonArray)wrong["stalls"]![1]!["staff"]!).RemoveAt(1);
        var page = await form.Send(wrong, sent);
        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Errors.ShouldBe(["Enter an answer to “Who looks after them?”", "Add at least 2 answers to “Who works there?”"]);
        page.Document.QuerySelectorAll(".govuk-error-summary__list a").Select(a => a.GetAttribute("href")).ShouldBe(["#stalls-1-staff-2-guardian", "#stalls-2-staff"]);
        page.Document.QuerySelector("#stalls-2-staff").ShouldNotBeNull();
        page.Document.QuerySelectorAll(".govuk-error-message").Select(e => e.TextContent.Trim()).ShouldContain("Error: Add at least 2 answers to “Who works there?”");
        page.Document.QuerySelector("input[name=stalls-1-staff-2-worker]")!.GetAttribute("value").ShouldBe("Ben");
        Shown(page).ShouldBe(["a.pdf", "b.pdf", "p.pdf", "q.pdf"]);

        page = await form.Send(Answers(), sent);
        page.Errors.ShouldBeEmpty();
        (await Made.Look(council, page.Document.QuerySelector(".reference")!.TextContent.Trim(), "phone")).Answers.ShouldBe(Stored);
    }

    [Theory, BothDatabases]
    public async Task A_program_sends_rows_in_rows_and_is_told_which_is_wrong(Dialect dialect)
    {
        var council = await councils.Forms(dialect);
        await council.Publish(Text);
        using var program = await council.Client();
        async Task<JsonObject> WithFiles(JsonObject answers)
        {
            foreach (var files in new[] { answers["plans"], answers["stalls"]![0]!["permits"] }.OfType<JsonArray>())
                for (var i = 0; i < files.Count; i++) files[i] = await program.SendFile(FormFill.SmallFile(files[i]!.GetValue<string>()));
            return answers;
        }
        var wrong = await WithFiles(Answers());
        ((JsonObject)wrong["stalls"]![0]!["staff"]![1]!)["adult"] = "perhaps";
        ((JsonObject)wrong["stalls"]![1]!).Remove("staff");
        ((JsonObject)wrong["stalls"]![1]!)["sels"] = "Bread";
        var problem = await CleanAnswer.Problem(await program.PostJson($"/api/v1{Address}/cases", new JsonObject { ["answers"] = wrong }), HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("question")}: {e.GetProperty("message")}").ShouldBe(
        [
            "stalls-1-staff-2-adult: Select yes if they are of age", "stalls: There is no question called `sels` in “Which stalls will there be?”; did you mean `sells`?",
            "stalls-2-staff: Add at least 2 answers to “Who works there?”",
        ]);

        var made = await program.PostJson($"/api/v1{Address}/cases", new JsonObject { ["answers"] = await WithFiles(Answers()) }).Json(HttpStatusCode.Created);
        (await Made.Look(council, made.Text("reference"), "api")).Answers.ShouldBe(Stored);
    }

    [Fact]
    public async Task A_form_that_is_too_large_is_refused_in_words_on_the_page_of_a_row()
    {
        var council = await councils.Forms(Dialect.Sqlite);
        await council.Publish(Text);
        using var browser = new Browser(await council.Client());
        await browser.Send(await browser.Open($"{Address}/pages/about"), With(("called", "May fair")), Files("plans", "a.pdf"));
        using var large = await browser.Client.PostAsync($"{Address}/questions/stalls/1/sells", new StringContent("sells=" + new string('x', 1024 * 1024), System.Text.Encoding.UTF8, "application/x-www-form-urlencoded"));
        large.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await large.Content.ReadAsStringAsync()).ShouldContain("What you sent is too large.");
    }

    [Theory, BothDatabases]
    public async Task An_end_that_hangs_on_how_many_rows_there_are_is_taken_when_no_more_come(Dialect dialect)
    {
        const string One = "/services/apply-for-several";
        var council = await councils.Forms(dialect);
        await council.Publish(Text.Replace("apply-to-trade", "apply-for-several", StringComparison.Ordinal).Replace("prefix: TRD", "prefix: SEV", StringComparison.Ordinal).Replace("decide:", """
            exit:
              alone:
                when: count of stalls is 1
                title: One stall needs no licence
                text: Just come.
            decide:
            """, StringComparison.Ordinal).Replace("ask: [sells, permits, staff]", "ask: [sells]", StringComparison.Ordinal).Replace(StallsMore, "", StringComparison.Ordinal));
        using var browser = new Browser(await council.Client());
        async Task<long> Ended() => await council.House.Database.Read(s => s.Number($"select count(*) from event where type = 'journey.ended' and data like '%apply-for-several%'"));
        var before = await Ended();
        var page = await browser.Send(await browser.Open($"{One}/pages/about"), With(("called", "May fair")), Files("plans", "a.pdf"));
        page = await browser.Send(page, With(("sells", "Cheese")));
        page.Address.ShouldBe($"{One}/questions/stalls", "another may come");
        page = await browser.Send(await Add(browser, page), With(("sells", "Bread")));
        page = await browser.Send(page);
        page.Address.ShouldBe($"{One}/questions/agree");
        (await Ended()).ShouldBe(before);

        page = await browser.Open($"{One}/questions/stalls");
        page = await browser.Send(await browser.Open(Link(page, "remove=2")));
        page.Address.ShouldBe($"{One}/questions/stalls");
        page = await browser.Send(page);
        page.Address.ShouldBe($"{One}/exits/alone");
        (await Ended()).ShouldBe(before + 1);
    }

    static readonly string StallsMore = Text[Text.IndexOf("  permits:", StringComparison.Ordinal)..Text.IndexOf("  agree:", StringComparison.Ordinal)];
}
