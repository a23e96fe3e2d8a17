using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Moothall.Definitions;
using Moothall.Store;
using Moothall.Testing;
using Moothall.Web.Tests.Api;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.OneMeaning;

/// <summary>
/// A definition means one thing everywhere: for services and people made at random, the pages of a journey, the advisor's form and the API ask the same, refuse the same in the same words,
/// and make the same case; and whoever goes back and changes an answer is where they would be had they answered so from the start.
/// MOOTHALL_TEST_FORMS says how many services are made at random; a long run takes some thousands.
/// </summary>
public sealed class OneMeaningTests(Councils councils)
{
    static readonly int Most = int.TryParse(Environment.GetEnvironmentVariable("MOOTHALL_TEST_FORMS"), NumberStyles.None, CultureInfo.InvariantCulture, out var most) ? most : 10;

    [Theory, BothDatabases]
    public async Task Pages_desk_and_api_ask_refuse_and_make_the_same(Dialect dialect)
    {
        var council = await councils.Forms(dialect);
        using var desk = await AdvisorForm.SignIn(council);
        using var program = await council.Client();
        // The pages know little of the database: a few will do there.
        var count = dialect == Dialect.Sqlite ? Most : Math.Max(2, Most / 5);
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed => Task.Run(() => MeansTheSame(council, desk, program, seed)).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(count));
    }

    static async Task MeansTheSame(RunningCouncil council, Browser desk, HttpClient program, int seed)
    {
        var text = RandomForm.Text("apply-for-anything", "ANY", seed);
        var definition = await council.Publish(text);
        using var browser = new Browser(await council.Client());
        var person = new RandomPerson(seed, council.Today);
        var journey = new PageJourney(browser, definition, person);
        try
        {
            var end = await journey.Begin();
            await EverybodyElseAgrees(council, desk, program, definition, journey, person, end);
            for (var changes = person.At("changes", 0).Next(1, 4); changes > 0; changes--) end = await journey.ChangeSomething(end);
            await EndsAsFromTheStart(council, browser, program, definition, journey, person, end);
        }
        catch (Exception trouble) when (trouble is not OutOfMemoryException)
        {
            throw new ShouldAssertException($"seed {seed}: {trouble.Message}\n{text}\n{journey.Given.ToJsonString()}", trouble);
        }
    }

    /// <summary>What the pages refused the API and the desk refuse in the same words; what they accepted makes the same case.</summary>
    static async Task EverybodyElseAgrees(RunningCouncil council, Browser desk, HttpClient program, ServiceDefinition definition, PageJourney journey, RandomPerson person, Sight end)
    {
        var good = person.Whole(definition.Ask, journey.Given);
        var all = (JsonObject)good.DeepClone();
        // Somebody with a list of sections may have been asked, before they came to an end, what nobody is asked who answers in order.
        var early = definition.TaskList && end.Address.Contains("/exits/", StringComparison.Ordinal);
        foreach (var refused in journey.Refused)
        {
            var wrong = (JsonObject)good.DeepClone();
            Put(wrong, refused);
            var faults = await Faults(program, definition, wrong);
            if (!early || faults.Count > 0) faults.ShouldBe(refused.Errors, $"the API about {string.Join(", ", refused.Said.Keys)}");
            // A list of too few rows is no answer that others can stand beside.
            if (refused.Said.Keys.All(name => RowOf(all, refused.Rows)[name] is not JsonArray { Count: > 0 } rows || rows[0] is not JsonObject)) Put(all, refused);
        }
        journey.Refused.Clear();

        var form = new AdvisorForm(desk, definition);
        if (await Faults(program, definition, all) is { Count: > 0 } together)
            (await form.Send(all, [])).Errors.ShouldBe(together, "the desk");
        var (made, exit, _) = await ByTheApi(council, program, definition, good);
        var sent = new HashSet<string>();
        var changes = definition.Ask.Any(q => q.When is not null);
        if (changes) (await form.Send(good, sent, "_update")).Errors.ShouldBeEmpty("the desk");
        var page = form.Page;
        if (exit is null)
        {
            var asked = JsonNode.Parse(made!.Answers)!.AsObject().Select(a => a.Key).ToList();
            journey.Given.Select(g => g.Key).Order().ShouldBe(asked.Order(), "what the pages asked");
            if (changes) page!.Document.QuerySelectorAll("[data-question]").Where(q => !q.HasAttribute("hidden")).Select(q => q.GetAttribute("data-question")!).ShouldBe(asked, "what the desk asks");
            end.Address.ShouldEndWith("/check");
        }
        page = await form.Send(good, sent);
        page.Errors.ShouldBeEmpty("the desk");
        if (exit is null) (await Made.Look(council, page.Document.QuerySelector(".reference")!.TextContent.Trim(), "phone")).ShouldBe(made);
        else
        {
            page.Document.QuerySelector(".readout h2")!.TextContent.ShouldContain(exit.Title.English);
            end.Address.ShouldEndWith($"/exits/{exit.Name}");
        }
    }

    static async Task EndsAsFromTheStart(RunningCouncil council, Browser browser, HttpClient program, ServiceDefinition definition, PageJourney journey, RandomPerson person, Sight end)
    {
        var (made, exit, alerts) = await ByTheApi(council, program, definition, person.Whole(definition.Ask, journey.Given));
        if (exit is not null)
        {
            end.Address.ShouldEndWith($"/exits/{exit.Name}", customMessage: "after the change");
            return;
        }
        end.Address.ShouldEndWith("/check", customMessage: "after the change");
        end.Document.QuerySelectorAll(".danger__title").Select(t => t.TextContent.Trim()).ShouldBe(alerts, "dangers after the change");
        var kept = AnswersJson.Read(definition, made!.Answers);
        end.Document.QuerySelectorAll(".worked .govuk-summary-list__value").Select(v => v.TextContent.Trim())
            .ShouldBe(definition.Worked.Where(w => w.IsShown).Select(w => w.In(definition, kept, council.Today, "en")).OfType<string>(), "what is worked out after the change");
        var done = await browser.Send(end);
        done.Address.ShouldEndWith("/done");
        (await Made.Look(council, done.Document.QuerySelector(".reference")!.TextContent.Trim(), "web")).ShouldBe(made, "after the change");
    }

    static JsonObject RowOf(JsonObject answers, IReadOnlyList<RowNumber> rows) => rows.Aggregate(answers, (around, row) => (JsonObject)around[row.Group.Name]![row.Number - 1]!);

    static void Put(JsonObject answers, RefusedPage refused)
    {
        var row = RowOf(answers, refused.Rows);
        foreach (var (name, value) in refused.Said) row[name] = value?.DeepClone();
    }

    static async Task<HttpResponseMessage> Post(HttpClient program, ServiceDefinition definition, JsonObject answers) =>
        await program.PostJson($"/api/v1/services/{definition.Name}/cases", new JsonObject { ["answers"] = await WithFiles(program, definition.Ask, answers) });

    /// <summary>What the API says is wrong; nothing where it says that nothing is.</summary>
    static async Task<IReadOnlyList<string>> Faults(HttpClient program, ServiceDefinition definition, JsonObject answers)
    {
        using var response = await Post(program, definition, answers);
        var body = JsonNode.Parse(await CleanAnswer.Body(response))!;
        return response.StatusCode == HttpStatusCode.Created ? [] : [.. (body["errors"]?.AsArray() ?? []).Select(e => e!["message"]!.GetValue<string>())];
    }

    static async Task<(Made? Made, Exit? Exit, IReadOnlyList<string> Alerts)> ByTheApi(RunningCouncil council, HttpClient program, ServiceDefinition definition, JsonObject answers)
    {
        using var response = await Post(program, definition, answers);
        var body = JsonNode.Parse(await CleanAnswer.Body(response))!;
        if (response.StatusCode == HttpStatusCode.Created)
            return (await Made.Look(council, body["reference"]!.GetValue<string>(), "api"), null, [.. (body["alerts"]?.AsArray() ?? []).Select(a => a!["title"]!.GetValue<string>())]);
        body["errors"].ShouldBeNull(body.ToJsonString());
        return (null, definition.Exits.Single(e => body["detail"]!.GetValue<string>().Contains(e.Title.English, StringComparison.Ordinal)), []);
    }

    /// <summary>Answers with the ids of files in the place of their names.</summary>
    static async Task<JsonObject> WithFiles(HttpClient program, IReadOnlyList<Question> questions, JsonObject answers)
    {
        var sent = new JsonObject();
        foreach (var question in questions.Where(q => answers.ContainsKey(q.Name)))
        {
            var given = answers[question.Name];
            if (question.IsGroup && given is JsonArray rows)
            {
                var all = new JsonArray();
                foreach (var row in rows) all.Add((JsonNode)await WithFiles(program, question.Inside, (JsonObject)row!));
                sent[question.Name] = all;
            }
            else if (question.Type.Name == "file" && given is JsonArray names)
            {
                var ids = new JsonArray();
                foreach (var name in names) ids.Add(await program.SendFile(FormFill.SmallFile(name!.GetValue<string>())));
                sent[question.Name] = ids;
            }
            else sent[question.Name] = given?.DeepClone();
        }
        return sent;
    }
}
