using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moothall.Definitions;
using Moothall.Store;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests;

/// <summary>
/// Every example of every service through the front door without script, through the desk's form and through the API: all must make the same case,
/// and the one that the example says.
/// </summary>
public sealed class ExamplesTests(Councils councils)
{
    public static IEnumerable<TheoryDataRow<Dialect, string, string>> Examples() =>
        from dialect in new[] { Dialect.Sqlite, Dialect.Postgres }
        from example in Example.All
        select new TheoryDataRow<Dialect, string, string>(dialect, example.Service, example.Name)
        {
            Skip = dialect == Dialect.Postgres ? TestPostgres.Skip : null,
        };

    [Theory, MemberData(nameof(Examples))]
    public async Task An_example_comes_to_the_same_by_every_way(Dialect dialect, string service, string name)
    {
        var council = await councils.On(dialect);
        var example = Example.All.Single(e => e.Service == service && e.Name == name);
        if (example.Exit is { } exit)
        {
            await EndsByTheApi(council, example, exit);
            if (dialect == Dialect.Postgres) return;
            await EndsOnTheWeb(council, example, exit);
            await EndsAtTheDesk(council, example, exit);
            return;
        }
        var api = await ByTheApi(council, example);
        api.Authority.ShouldBe(example.Authority);
        api.Team.ShouldBe(example.Team);
        api.Stage.ShouldBe(example.Stage);
        api.Decided.ShouldBe(Made.Sorted(JsonSerializer.SerializeToNode(example.Decided)!));
        api.Asked.ShouldBe(example.Asked.Count);
        api.Pay.ShouldBe(example.Pay);
        // The pages know nothing of the database; they are walked once.
        if (dialect == Dialect.Postgres) return;
        (await OnTheWeb(council, example)).ShouldBe(api);
        (await AtTheDesk(council, example)).ShouldBe(api);
    }

    static async Task<Made> OnTheWeb(RunningCouncil council, Example example)
    {
        using var browser = new Browser(await council.Client(host: example.Host ?? "127.0.0.1"));
        var (page, asked, alerts) = await AnswerOnTheWeb(council, browser, example);
        page.Address.ShouldBe($"/services/{example.Service}/check", page.Words);
        asked.ShouldBe(example.Asked);
        alerts.ShouldBe(example.Alerts);
        page.Document.QuerySelectorAll(".danger__title").Length.ShouldBe(example.Alerts.Count);
        var done = await browser.Send(page);
        done.Address.ShouldBe($"/services/{example.Service}/done", done.Words);
        done.Document.QuerySelectorAll(".danger__title").Length.ShouldBe(example.Alerts.Count);
        var reference = done.Document.QuerySelector(".reference")!.TextContent.Trim();
        return await Made.Look(council, reference, "web");
    }

    /// <summary>
    /// Answers one page after another until something else than a question or a danger comes; an optional question without an answer is passed over, a danger
    /// is read and left behind.
    /// </summary>
    static async Task<(Sight Page, IReadOnlyList<string> Asked, IReadOnlyList<string> Alerts)> AnswerOnTheWeb(RunningCouncil council, Browser browser, Example example)
    {
        var (definition, answers) = (council.House.Services.Find(example.Service)!.Definition, example.Json(council.Today));
        var questions = $"/services/{example.Service}/questions/";
        var dangers = $"/services/{example.Service}/alerts/";
        var (asked, alerts) = (new List<string>(), new List<string>());
        var (pages, tasks) = ($"/services/{example.Service}/pages/", $"/services/{example.Service}/tasks");
        var page = await browser.Open($"/services/{example.Service}/start");
        while (new[] { questions, dangers, pages, tasks }.Any(known => page.Address.StartsWith(known, StringComparison.Ordinal)))
        {
            page.Status.ShouldBe(HttpStatusCode.OK);
            if (page.Address == tasks)
            {
                // The first section that is not completed; then on to the answers.
                var open = page.Document.QuerySelectorAll(".govuk-task-list__item--with-link").FirstOrDefault(item => item.QuerySelector(".govuk-tag") is not null);
                page = await browser.Open((open?.QuerySelector("a") ?? page.Document.QuerySelector("a.govuk-button"))!.GetAttribute("href")!);
                continue;
            }
            if (page.Address.StartsWith(pages, StringComparison.Ordinal))
            {
                var heading = definition.Pages.Single(p => p.Name == page.Address[pages.Length..]);
                page.Heading.ShouldBe(heading.Title.English);
                if (heading.IsOnlyRead)
                {
                    page = await browser.Open(page.Document.QuerySelector("main a.govuk-button")!.GetAttribute("href")!);
                    continue;
                }
                var together = definition.Ask.Where(q => heading.Ask.Contains(q.Name) && q.Type.Fields(q).Any(f => page.Document.QuerySelector($"[name='{f}']") is not null)).ToList();
                asked.AddRange(together.Select(q => q.Name));
                page = await browser.Send(page, together.SelectMany(q => Example.Fields(q, answers[q.Name])).ToDictionary(), together.SelectMany(q => Files(example, q, answers)).ToDictionary());
                page.Errors.ShouldBeEmpty($"{example}, {heading.Name}");
                continue;
            }
            if (page.Address.StartsWith(dangers, StringComparison.Ordinal))
            {
                alerts.Add(page.Address[dangers.Length..]);
                page.Document.QuerySelector("[role=alert] h1")!.TextContent.ShouldBe(definition.Alerts.Single(a => a.Name == alerts[^1]).Title.English);
                page = await browser.Open(page.Document.QuerySelector("a.govuk-button")!.GetAttribute("href")!);
                continue;
            }
            if (definition.FindQuestion(page.Address[questions.Length..].Split('/')[0]) is { IsGroup: true } group)
            {
                if (!asked.Contains(group.Name)) asked.Add(group.Name);
                page = await AnswerInGroup(browser, page, example, group, page.Address[(questions.Length + group.Name.Length)..].TrimStart('/'), answers[group.Name] as JsonArray ?? []);
                page.Errors.ShouldBeEmpty($"{example}, {group.Name}");
                continue;
            }
            var question = definition.FindQuestion(page.Address[questions.Length..])!;
            page.Heading.ShouldContain(question.Text.English);
            asked.Add(question.Name);
            page = await browser.Send(page, Example.Fields(question, answers[question.Name]), Files(example, question, answers));
            page.Errors.ShouldBeEmpty($"{example}, {question.Name}");
            // Other examples lie near by; this one is different.
            if (page.Address == $"/services/{example.Service}/near") page = await browser.Send(page, new Dictionary<string, IReadOnlyList<string>> { ["case"] = ["different"] });
        }
        return (page, asked, alerts);
    }

    /// <summary>A page of a group's rows: one row is answered, or on the list another added until all are there.</summary>
    static async Task<Sight> AnswerInGroup(Browser browser, Sight page, Example example, Question group, string rest, JsonArray rows)
    {
        if (rest.Length == 0)
            return page.Document.QuerySelectorAll(".govuk-summary-list__row:not(.worked)").Length < rows.Count ? await browser.Open(page.Document.QuerySelector("#add-row")!.GetAttribute("href")!) : await browser.Send(page);
        var place = RowPlace.Find(group, rest)!;
        var row = (JsonObject)rows[place.Rows[0].Number - 1]!;
        var together = group.Inside.Where(q => q.Type.Fields(q).Any(f => page.Document.QuerySelector($"[name='{f}']") is not null)).ToList();
        return await browser.Send(page, together.SelectMany(q => Example.Fields(q, row[q.Name])).ToDictionary(), together.SelectMany(q => Files(example, q, row)).ToDictionary());
    }

    static Dictionary<string, IReadOnlyList<Picked>> Files(Example example, Question question, JsonObject answers) =>
        question.Type.Name == "file" && answers[question.Name] is JsonArray names ? new() { [question.Name] = [.. names.Select(n => example.File(n!.GetValue<string>()))] } : [];

    static async Task EndsOnTheWeb(RunningCouncil council, Example example, string exit)
    {
        using var browser = new Browser(await council.Client(host: example.Host ?? "127.0.0.1"));
        var (page, _, _) = await AnswerOnTheWeb(council, browser, example);
        page.Address.ShouldBe($"/services/{example.Service}/exits/{exit}");
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Heading.ShouldBe(council.House.Services.Find(example.Service)!.Definition.Exits.Single(e => e.Name == exit).Title.English);
    }

    static async Task<Made> ByTheApi(RunningCouncil council, Example example)
    {
        using var response = await Post(council, example);
        var body = JsonNode.Parse(await CleanAnswer.Body(response))!;
        response.StatusCode.ShouldBe(HttpStatusCode.Created, body.ToJsonString());
        (body["alerts"]?.AsArray() ?? []).Select(a => a!["alert"]!.GetValue<string>()).ShouldBe(example.Alerts);
        return await Made.Look(council, body["reference"]!.GetValue<string>(), example.Channel);
    }

    static async Task EndsByTheApi(RunningCouncil council, Example example, string exit)
    {
        using var response = await Post(council, example);
        var problem = await CleanAnswer.Problem(response, HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("detail").GetString()!.ShouldContain(council.House.Services.Find(example.Service)!.Definition.Exits.Single(e => e.Name == exit).Title.English);
    }

    static async Task<HttpResponseMessage> Post(RunningCouncil council, Example example)
    {
        using var client = await council.Client(example.Channel is "web" or "api" ? null : "grace-adeyemi-clarke", example.Host ?? "127.0.0.1");
        var answers = example.Json(council.Today);
        foreach (var question in council.House.Services.Find(example.Service)!.Definition.Ask.Where(q => q.Type.Name == "file" && answers[q.Name] is JsonArray))
        {
            var ids = new JsonArray();
            foreach (var name in (JsonArray)answers[question.Name]!) ids.Add(await Api.Calls.SendFile(client, example.File(name!.GetValue<string>())));
            answers[question.Name] = ids;
        }
        return await client.PostAsJsonAsync($"/api/v1/services/{example.Service}/cases", new JsonObject { ["answers"] = answers, ["channel"] = example.Channel });
    }

    static async Task<Made> AtTheDesk(RunningCouncil council, Example example)
    {
        var page = await SendAtTheDesk(council, example);
        page.Errors.ShouldBeEmpty($"{example} at the desk");
        page.Address.ShouldStartWith($"/desk/new/{example.Service}/done");
        page.Document.QuerySelectorAll(".danger__title").Length.ShouldBe(example.Alerts.Count);
        return await Made.Look(council, page.Document.QuerySelector(".reference")!.TextContent.Trim(), DeskChannel(example));
    }

    static async Task EndsAtTheDesk(RunningCouncil council, Example example, string exit)
    {
        var page = await SendAtTheDesk(council, example);
        page.Errors.ShouldBeEmpty($"{example} at the desk");
        page.Document.QuerySelector(".readout h2")!.TextContent.ShouldContain(council.House.Services.Find(example.Service)!.Definition.Exits.Single(e => e.Name == exit).Title.English);
    }

    // An advisor types for a caller: what came by web, api or with help comes by phone here.
    static string DeskChannel(Example example) => example.Channel is "web" or "api" or "assisted" ? "phone" : example.Channel;

    static async Task<Sight> SendAtTheDesk(RunningCouncil council, Example example)
    {
        using var browser = new Browser(await council.Client(host: example.Host ?? "127.0.0.1"));
        await browser.Send(await browser.Open("/desk/sign-in"), form: "form:has(input[name=member][value=grace-adeyemi-clarke])");
        var page = await browser.Open($"/desk/new/{example.Service}");
        page.Status.ShouldBe(HttpStatusCode.OK);
        var (definition, answers) = (council.House.Services.Find(example.Service)!.Definition, example.Json(council.Today));
        var typed = new Dictionary<string, IReadOnlyList<string>> { ["_channel"] = [DeskChannel(example)] };
        var files = new Dictionary<string, IReadOnlyList<Picked>>();
        foreach (var question in definition.Ask)
        {
            if (question.IsGroup)
            {
                var rows = answers[question.Name] as JsonArray ?? [];
                // A row more for each that is not shown yet.
                while (page.Document.QuerySelector($"[name='{question.Name}-rows']")!.GetAttribute("value") is var shown && int.Parse(shown!, System.Globalization.CultureInfo.InvariantCulture) < rows.Count)
                    page = await browser.Send(page, new Dictionary<string, IReadOnlyList<string>> { ["_add"] = [question.Name] }, form: "form.new");
                for (var number = 1; number <= rows.Count; number++)
                    foreach (var inside in question.Inside)
                        foreach (var (field, values) in Example.Fields(inside.InRow(question, number), rows[number - 1]![inside.Name])) typed[field] = values;
                continue;
            }
            foreach (var (field, values) in Example.Fields(question, answers[question.Name])) typed[field] = values;
            foreach (var (field, picked) in Files(example, question, answers)) files[field] = picked;
        }
        return await browser.Send(page, typed, files, "form.new");
    }
}
