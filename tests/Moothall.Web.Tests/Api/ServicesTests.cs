using System.Net;
using System.Text.Json.Nodes;
using Moothall.Store;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Api;

public sealed class ServicesTests(Councils councils)
{
    [Theory, BothDatabases]
    public async Task The_list_names_every_service_with_who_offers_it_and_its_version(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var client = await council.Client();
        var services = (await client.GetAsync("/api/v1/services").Json()).AsArray();
        services.Count.ShouldBe(31);
        var pothole = services.Single(s => s!.Text("service") == "report-a-pothole")!;
        pothole.Text("title").ShouldBe("Report a pothole");
        pothole.Text("kind").ShouldBe("report");
        pothole["authorities"]!.AsArray().Select(a => a!.GetValue<string>()).ShouldBe(["wessex", "mercia"], ignoreOrder: true);
        pothole["version"]!.GetValue<int>().ShouldBeGreaterThan(0);
        pothole.AsObject().Select(m => m.Key).ShouldBe(["service", "title", "kind", "authorities", "version"]);
    }

    [Fact]
    public async Task A_service_adds_its_questions_and_the_schema_of_its_answers()
    {
        using var client = await (await councils.Sqlite).Client();
        var pothole = await client.GetAsync("/api/v1/services/report-a-pothole").Json();
        pothole["questions"]!.AsArray().Select(q => q!.Text("question")).ShouldBe(["where", "size", "deep", "photo", "you"]);
        var size = pothole["questions"]![1]!;
        size.Text("type").ShouldBe("choice");
        size["options"]!.AsArray().Select(o => o!.Text("option")).ShouldBe(["small", "large"]);
        var schema = pothole["answersSchema"]!;
        schema.Text("$schema").ShouldBe("https://json-schema.org/draft/2020-12/schema");
        schema["required"]!.AsArray().Select(r => r!.GetValue<string>()).ShouldBe(["where", "size"]);
    }

    [Fact]
    public async Task A_service_that_does_not_exist_is_not_found()
    {
        using var client = await (await councils.Sqlite).Client();
        await CleanAnswer.Problem(await client.GetAsync("/api/v1/services/report-a-dragon"), HttpStatusCode.NotFound);
        await CleanAnswer.Problem(await client.PostJson("/api/v1/services/report-a-dragon/cases", Calls.GoodPothole()), HttpStatusCode.NotFound);
        await CleanAnswer.Problem(await client.GetAsync("/api/v1/nothing.json"), HttpStatusCode.NotFound);
        await CleanAnswer.Problem(await client.GetAsync("/api/v1/"), HttpStatusCode.NotFound);
    }

    public static IEnumerable<TheoryDataRow<string>> Services() => Example.All.Select(e => e.Service).Distinct().Select(s => new TheoryDataRow<string>(s));

    [Theory, MemberData(nameof(Services))]
    public async Task Every_example_satisfies_the_schema_of_its_service(string service)
    {
        var council = await councils.Sqlite;
        using var client = await council.Client();
        var schema = (await client.GetAsync($"/api/v1/services/{service}").Json())["answersSchema"]!.AsObject();
        SchemaCheck.IsSchema(schema).ShouldBeEmpty();
        // An example that ends early leaves out what a schema cannot know is no longer asked.
        foreach (var example in Example.All.Where(e => e.Service == service && e.Exit is null))
            SchemaCheck.Faults(schema, example.Json(council.Today), "answers").ShouldBeEmpty(example.ToString());
        SchemaCheck.Faults(schema, new JsonObject { ["dragon"] = 1 }, "answers").ShouldNotBeEmpty();
    }
}
