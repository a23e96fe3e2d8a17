using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Moothall.Store;
using Moothall.Testing;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Resident;

/// <summary>A long form without script: sections in any order, several questions on a page, words on the way, and rows that are added, changed and removed.</summary>
public sealed class LongFormTests(Councils councils)
{
    const string Address = "/services/apply-for-a-community-grant";

    static IReadOnlyDictionary<string, IReadOnlyList<string>> With(params (string Field, string Value)[] typed) => Walking.With(typed);

    static string[] Tasks(Sight page) => [.. page.Document.QuerySelectorAll(".govuk-task-list__item").Select(item =>
        $"{(item.QuerySelector("a") ?? item.QuerySelector(".govuk-task-list__name-and-hint > div"))!.TextContent.Trim()}: {item.QuerySelector(".govuk-task-list__status")!.TextContent.Trim()}")];

    static string[] Rows(Sight page) => [.. page.Document.QuerySelectorAll(".govuk-summary-list__row:not(.worked)").Select(row =>
        $"{row.QuerySelector("dt")!.TextContent.Trim()}: {string.Join(", ", row.QuerySelectorAll("dd .rows > li").Select(li => li.TextContent.Trim()))}")];

    static async Task<Browser> Begin(Councils councils) => new(await (await councils.Sqlite).Client(host: "wessex.localhost"));

    /// <summary>A row of costs, from its page.</summary>
    static Task<Sight> Cost(Browser browser, Sight page, string what, string amount) => browser.Send(page, With(("what-for", what), ("amount", amount)));

    [Fact]
    public async Task The_sections_are_filled_in_in_any_order_and_the_answers_are_sent_as_one()
    {
        using var browser = await Begin(councils);
        var page = await browser.Open($"{Address}/start");
        page.Address.ShouldBe($"{Address}/tasks");
        Tasks(page).ShouldBe(["Your group: Not started", "Your project: Not started", "Keeping people safe: Cannot start yet", "What it costs: Not started", "Second signature: Cannot start yet", "Declaration: Not started"]);
        page.Words.ShouldContain("After “Your project”");
        page.Words.ShouldContain("0 of 6 sections completed");
        page.Document.QuerySelector("main a.govuk-button").ShouldBeNull();

        // The last comes first.
        page = await browser.Send(await browser.Open($"{Address}/questions/agree"), With(("agree", "yes")));
        page.Address.ShouldBe($"{Address}/tasks");
        Tasks(page)[5].ShouldBe("Declaration: Completed");

        page = await browser.Open($"{Address}/pages/money-words");
        page.Document.QuerySelector("details")!.TextContent.ShouldContain("Debts, things bought already");
        page = await browser.Open(page.Document.QuerySelector("main a.govuk-button")!.GetAttribute("href")!);
        page.Address.ShouldBe($"{Address}/questions/costs/1/what-for");
        page = await Cost(browser, page, "Forty chairs", "1200");
        page = await browser.Send(page);
        page.Address.ShouldBe($"{Address}/questions/asked");
        Tasks(await browser.Open($"{Address}/tasks"))[3].ShouldBe("What it costs: In progress");
        page = await browser.Send(await browser.Send(page, With(("asked", "900"))), With(("rest", "")));
        page.Address.ShouldBe($"{Address}/tasks");

        page = await browser.Send(await browser.Open($"{Address}/pages/project-words"), With(("project", "Chairs"), ("what", "Chairs that stack.")));
        page.Address.ShouldBe($"{Address}/questions/who-for");
        page = await browser.Send(page, With(("who-for", "everyone")));
        page = await browser.Send(page, With(("where", "Church Road, Cholsey")));
        page = await browser.Send(page, With(("starts-day", "1"), ("starts-month", "6"), ("starts-year", "2027")));
        page.Address.ShouldBe($"{Address}/tasks");
        Tasks(page).ShouldBe(["Your group: Not started", "Your project: Completed", "What it costs: Completed", "Declaration: Completed"], "nobody needs special care");

        page = await browser.Open(page.Document.QuerySelector(".govuk-task-list__link")!.GetAttribute("href")!);
        page.Address.ShouldBe($"{Address}/pages/before-you-start");
        page.Document.QuerySelector(".govuk-back-link")!.GetAttribute("href").ShouldBe($"{Address}/tasks");
        page = await browser.Open(page.Document.QuerySelector("main a.govuk-button")!.GetAttribute("href")!);
        page.Document.QuerySelector(".govuk-back-link")!.GetAttribute("href").ShouldBe($"{Address}/pages/before-you-start");
        page = await browser.Send(await browser.Send(page, With(("group-name", "Friends of the Hall"))), With(("group-kind", "club")));
        page.Address.ShouldBe($"{Address}/pages/contact");
        page = await browser.Send(page, With(("you-name", "Seun Adébáyò"), ("you-email", "seun@mail.example"), ("role", "Chair")));
        page.Address.ShouldBe($"{Address}/tasks");
        page.Words.ShouldContain("4 of 4 sections completed");

        page = await browser.Open(page.Document.QuerySelector("main a.govuk-button")!.GetAttribute("href")!);
        page.Address.ShouldBe($"{Address}/check");
        page.Document.QuerySelectorAll("main h2").Select(h => h.TextContent).Take(4).ShouldBe(["Your group", "Your project", "What it costs", "Declaration"]);
        page.Words.ShouldContain("Cost 1");
        page.Document.QuerySelector(".worked")!.TextContent.ShouldBe("Cost of the whole project£1,200");
        var done = await browser.Send(page);
        done.Address.ShouldBe($"{Address}/done");

        // The record and the case show the sections and the rows too.
        var reference = done.Document.QuerySelector(".reference")!.TextContent.Trim();
        using var desk = await Desk.DeskBrowser.SignIn(await councils.Sqlite, "grace-adeyemi-clarke");
        var screen = await desk.Open($"/desk/cases/{reference}");
        screen.QuerySelectorAll(".case__section").Select(h => h.TextContent).ShouldBe(["Your group", "Your project", "What it costs", "Declaration"]);
        screen.QuerySelector(".rows__row")!.TextContent.ShouldContain("Forty chairs");
        screen.QuerySelector(".worked")!.TextContent.ShouldBe("Cost of the whole project£1,200");

        // What is at the beginning again is another journey.
        (await browser.Open($"{Address}/questions/agree")).Status.ShouldBe(HttpStatusCode.OK);
        Tasks(await browser.Open($"{Address}/tasks"))[0].ShouldBe("Your group: Not started");
        (await browser.Open($"{Address}/check")).Address.ShouldBe($"{Address}/done");
    }

    [Fact]
    public async Task A_completed_section_shows_its_answers_and_an_answer_changed_there_leads_back_to_it()
    {
        using var browser = await Begin(councils);
        var page = await browser.Send(await browser.Open($"{Address}/pages/project-words"), With(("project", "Chairs"), ("what", "Chairs that stack.")));
        page = await browser.Send(page, With(("who-for", "everyone")));
        page = await browser.Send(page, With(("where", "Church Road, Cholsey")));
        page = await browser.Send(page, With(("starts-day", "1"), ("starts-month", "6"), ("starts-year", "2027")));
        page = await browser.Open(page.Document.QuerySelectorAll(".govuk-task-list__link")[1].GetAttribute("href")!);
        page.Address.ShouldBe($"{Address}/sections/your-project");
        page = await browser.Open(page.Document.QuerySelector(".govuk-summary-list__actions a")!.GetAttribute("href")!);
        page.Address.ShouldBe($"{Address}/pages/project-words?from=section");
        page.Document.QuerySelector("input[name=project]")!.GetAttribute("value").ShouldBe("Chairs");
        page.Document.QuerySelector(".govuk-back-link")!.GetAttribute("href").ShouldBe($"{Address}/sections/your-project");
        page = await browser.Send(page, With(("project", "Benches")));
        page.Address.ShouldBe($"{Address}/sections/your-project");
        page.Words.ShouldContain("Benches");

        // An answer that opens another section.
        page = await browser.Send(await browser.Open($"{Address}/questions/who-for?from=section"), With(("who-for", "children")));
        page.Address.ShouldBe($"{Address}/sections/your-project");
        Tasks(await browser.Open($"{Address}/tasks"))[2].ShouldBe("Keeping people safe: Not started");
        (await browser.Open($"{Address}/sections/keeping-safe")).Address.ShouldBe($"{Address}/tasks");
        (await browser.Open($"{Address}/sections/nothing")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_page_of_several_questions_says_all_that_is_wrong_and_saves_all_or_none()
    {
        using var browser = await Begin(councils);
        var page = await browser.Send(await browser.Send(await browser.Open($"{Address}/questions/group-name"), With(("group-name", "Friends"))), With(("group-kind", "club")));
        page.Address.ShouldBe($"{Address}/pages/contact");
        page = await browser.Send(page, With(("role", "Chair")));
        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Errors.ShouldBe(["Enter a full name", "Enter an email address or a phone number"], ignoreOrder: true);
        page.Document.QuerySelectorAll(".govuk-error-summary__list a").Select(a => a.GetAttribute("href")!).ShouldAllBe(href => page.Document.QuerySelector(href) != null);
        page.Document.QuerySelector("input[name=role]")!.GetAttribute("value").ShouldBe("Chair");
        (await browser.Open($"{Address}/pages/contact")).Document.QuerySelector("input[name=role]")!.GetAttribute("value").ShouldBeNullOrEmpty("nothing was kept");

        // What is not finished is not told off by whoever leaves for now.
        var leaving = await browser.Post(page, With(("role", "Chair"), ("then", "save")));
        leaving.Headers.Location!.ToString().ShouldBe($"{Address}/save");
        (await browser.Open($"{Address}/questions/role")).Address.ShouldBe($"{Address}/pages/contact");
    }

    [Fact]
    public async Task Nobody_comes_to_a_page_before_it_is_their_turn()
    {
        using var browser = await Begin(councils);
        foreach (var path in new[] { "/pages/contact", "/pages/safe-words", "/questions/rules", "/questions/asked", "/check", "/questions/costs/2/amount", "/questions/costs/16/amount" })
            (await browser.Open(Address + path)).Address.ShouldBeOneOf($"{Address}/tasks", $"{Address}/questions/costs", Address + path);
        (await browser.Open($"{Address}/questions/costs/16/amount")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await browser.Open($"{Address}/pages/nothing")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await browser.Open($"{Address}/questions/costs/1/nothing")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await browser.Open("/services/report-a-pothole/tasks")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, BothDatabases]
    public async Task Rows_are_added_changed_and_removed(Dialect dialect)
    {
        using var browser = new Browser(await (await councils.On(dialect)).Client(host: "wessex.localhost"));
        var page = await browser.Open($"{Address}/questions/costs");
        page.Words.ShouldContain("You have not added anything yet.");
        page = await browser.Send(page);
        page.Errors.ShouldBe(["Add at least one answer to “Costs”"]);
        page.Document.QuerySelector(page.Document.QuerySelector(".govuk-error-summary__list a")!.GetAttribute("href")!).ShouldNotBeNull();

        page = await browser.Open(page.Document.QuerySelector("#add-row")!.GetAttribute("href")!);
        page.Heading.ShouldBe("Cost 1");
        page.Document.Title.ShouldStartWith("Cost 1: What will you spend the money on?");
        var wrong = await browser.Send(page, With(("what-for", "Chairs"), ("amount", "a lot")));
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.Document.QuerySelector("input[name=what-for]")!.GetAttribute("value").ShouldBe("Chairs");
        page = await Cost(browser, wrong, "Chairs", "1,200");
        page.Address.ShouldBe($"{Address}/questions/costs");
        page = await Cost(browser, await browser.Open(page.Document.QuerySelector("#add-row")!.GetAttribute("href")!), "Trolley", "£250");
        page = await Cost(browser, await browser.Open(page.Document.QuerySelector("#add-row")!.GetAttribute("href")!), "Paint", "40.50");
        Rows(page).ShouldBe(["Cost 1: What for Chairs, Amount £1,200", "Cost 2: What for Trolley, Amount £250", "Cost 3: What for Paint, Amount £40.50"]);
        page.Document.QuerySelector(".worked")!.TextContent.ShouldBe("Cost of the whole project£1,490.50");

        var old = await browser.Open($"{Address}/questions/costs/3/what-for");
        old.Document.QuerySelector("input[name=amount]")!.GetAttribute("value").ShouldBe("40.50");
        page = await Cost(browser, await browser.Open(page.Document.QuerySelectorAll(".govuk-summary-list__actions a")[2].GetAttribute("href")!), "A trolley for them", "250");

        var ask = await browser.Open(page.Document.QuerySelectorAll(".govuk-summary-list__actions a")[1].GetAttribute("href")!);
        ask.Heading.ShouldBe("Remove cost 1?");
        ask.Words.ShouldContain("Chairs");
        Rows(await browser.Open($"{Address}/questions/costs")).Length.ShouldBe(3, "asking removes nothing");
        Rows(await browser.Send(ask)).ShouldBe(["Cost 1: What for A trolley for them, Amount £250", "Cost 2: What for Paint, Amount £40.50"]);
        Rows(await browser.Send(ask)).Length.ShouldBe(2, "pressed twice, it is removed once");
        // A page from before the removal would mean another row: nothing is overwritten.
        page = await Cost(browser, old, "Gold paint", "1");
        Rows(page).ShouldBe(["Cost 1: What for A trolley for them, Amount £250", "Cost 2: What for Paint, Amount £40.50"]);

        page = await browser.Send(page);
        page.Address.ShouldBe($"{Address}/questions/asked");
        page.Document.QuerySelector(".govuk-back-link")!.GetAttribute("href").ShouldBe($"{Address}/questions/costs");
    }

    [Fact]
    public async Task Files_are_sent_one_after_the_other_and_taken_out_without_leaving_the_page()
    {
        static Picked Pdf(string name, int bytes = 200) => new(name, [.. "%PDF-1.7\n"u8.ToArray(), .. new byte[bytes], .. "\n%%EOF\n"u8.ToArray()]);
        static Dictionary<string, IReadOnlyList<Picked>> Files(params Picked[] picked) => new() { ["quotes"] = picked };
        static string[] Shown(Sight sight) => [.. sight.Document.QuerySelectorAll(".files__name").Select(n => n.TextContent)];

        using var browser = await Begin(councils);
        var page = await Cost(browser, await browser.Open($"{Address}/questions/costs/1/what-for"), "A kitchen", "2500");
        page = await browser.Send(await browser.Send(await browser.Send(page), With(("asked", "900"))), With(("rest", "")));
        page.Address.ShouldBe($"{Address}/questions/quotes");
        page.Words.ShouldContain("Two quotes for anything over £500. You can send up to 5 files, each smaller than 5MB.");
        page = await browser.Send(page, With(("then", "more")), Files(Pdf("first.pdf")));
        page.Address.ShouldBe($"{Address}/questions/quotes");
        page = await browser.Send(page, With(("then", "more")), Files(Pdf("second.pdf"), Pdf("third.pdf")));
        Shown(page).ShouldBe(["first.pdf", "second.pdf", "third.pdf"]);
        var large = await browser.Send(page, With(("then", "more")), Files(Pdf("large.pdf", 5 * 1024 * 1024)));
        large.Errors.ShouldBe(["The selected file must be smaller than 5MB"]);

        string Id(Sight of, int number) => of.Document.QuerySelectorAll("input[name=quotes-remove]")[number].GetAttribute("value")!;
        page = await browser.Send(page, new Dictionary<string, IReadOnlyList<string>> { ["quotes-remove"] = [Id(page, 0), Id(page, 2)], ["then"] = ["more"] });
        Shown(page).ShouldBe(["second.pdf"]);
        page = await browser.Send(page, With(("quotes-remove", Id(page, 0)), ("then", "more")));
        Shown(page).ShouldBeEmpty();
        Shown(await browser.Open($"{Address}/questions/quotes")).ShouldBeEmpty("what was taken out is gone");
        Tasks(await browser.Open($"{Address}/tasks"))[3].ShouldBe("What it costs: In progress");
        (await browser.Send(page)).Errors.ShouldBe(["Select a file to answer “Send us the quotes”"]);
        (await browser.Send(page, files: Files(Pdf("last.pdf")))).Address.ShouldBe($"{Address}/tasks");
    }

    [Fact]
    public async Task There_is_an_end_to_adding()
    {
        using var browser = await Begin(councils);
        var page = await browser.Open($"{Address}/questions/costs/1/what-for");
        for (var number = 1; number <= 15; number++)
        {
            page = await Cost(browser, page, $"Thing {number}", "10");
            if (number < 15) page = await browser.Open(page.Document.QuerySelector("#add-row")!.GetAttribute("href")!);
        }
        page.Words.ShouldContain("You have added all 15 that there may be.");
        page.Document.QuerySelector("a#add-row").ShouldBeNull();
    }

    [Fact]
    public async Task A_program_sends_rows_as_objects_and_reads_what_they_hold()
    {
        using var client = await (await councils.Sqlite).Client();
        var service = JsonNode.Parse(await client.GetStringAsync("/api/v1/services/apply-for-a-community-grant"))!;
        var costs = service["questions"]!.AsArray().Single(q => q!["question"]!.GetValue<string>() == "costs")!;
        costs["type"]!.GetValue<string>().ShouldBe("group");
        costs["section"]!.GetValue<string>().ShouldBe("money");
        costs["questions"]!.AsArray().Select(q => q!["question"]!.GetValue<string>()).ShouldBe(["what-for", "amount"]);
        service["questions"]!.AsArray().Single(q => q!["question"]!.GetValue<string>() == "role")!["page"]!.GetValue<string>().ShouldBe("contact");
        service["answersSchema"]!["properties"]!["costs"]!["items"]!["properties"]!["amount"].ShouldNotBeNull();

        using var wrong = await client.PostAsJsonAsync("/api/v1/services/apply-for-a-community-grant/cases", new { channel = "api", answers = new Dictionary<string, object> { ["group-name"] = "Friends", ["costs"] = new object[] { new { amount = -1 } } } });
        var problem = await CleanAnswer.Problem(wrong, HttpStatusCode.UnprocessableEntity);
        var errors = problem.GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("question").GetString()}: {e.GetProperty("message").GetString()}").ToList();
        errors.ShouldContain("costs-1-what-for: Enter an answer to “What do you need?”");
        errors.ShouldContain(e => e.StartsWith("costs-1-amount: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_advisor_adds_rows_on_the_one_page_form_and_keeps_what_was_typed()
    {
        using var desk = new Browser(await (await councils.Sqlite).Client());
        await desk.Send(await desk.Open("/desk/sign-in"), form: "form:has(input[name=member][value=grace-adeyemi-clarke])");
        var page = await desk.Open("/desk/new/apply-for-a-community-grant");
        page.Document.QuerySelectorAll(".new__section").Select(h => h.TextContent.Trim()).ShouldBe(["Your group", "Your project", "Keeping people safe", "What it costs", "Second signature", "Declaration"]);
        page.Document.QuerySelector(".new__words")!.TextContent.ShouldContain("Before you start");
        page.Document.QuerySelectorAll(".group__row").Length.ShouldBe(1);
        page = await desk.Send(page, With(("costs-1-what-for", "Chairs"), ("_add", "costs")), form: "form.new");
        page.Document.QuerySelectorAll(".group__row").Length.ShouldBe(2);
        page.Document.QuerySelector("input[name=costs-1-what-for]")!.GetAttribute("value").ShouldBe("Chairs");
        page = await desk.Send(page, With(("costs-2-amount", "x")), form: "form.new");
        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Document.QuerySelector(".govuk-error-summary__list a[href='#costs-2-amount']").ShouldNotBeNull();
        page.Document.QuerySelector("#costs-2-amount").ShouldNotBeNull();
    }

    [Fact]
    public async Task In_Welsh_a_row_and_a_section_are_named_in_Welsh()
    {
        using var browser = await Begin(councils);
        var page = await browser.Open($"{Address}/tasks?lang=cy");
        Tasks(page)[0].ShouldBe("Eich grŵp: Heb ei ddechrau");
        page = await Cost(browser, await browser.Open($"{Address}/questions/costs/1/what-for"), "Cadeiriau", "12");
        page.Document.QuerySelector("#add-row")!.TextContent.Trim().ShouldBe("Ychwanegu cost arall");
    }
}
