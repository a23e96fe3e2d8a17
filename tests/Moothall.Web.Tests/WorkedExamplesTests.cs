using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Store;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests;

/// <summary>What the program makes of examples.yaml where it counts their paths: it reads them as these tests do, and the actions that they take can be taken and lead where it says.</summary>
public sealed class WorkedExamplesTests(Councils councils)
{
    static IReadOnlyList<ServiceExample> Read(string service, NodaTime.LocalDate today)
    {
        var path = Path.Combine(RunningCouncil.Repository, "services", service, "examples.yaml");
        var (examples, findings) = ExamplesFile.Read(path, File.ReadAllText(path), today);
        findings.ShouldBeEmpty();
        return examples;
    }

    [Fact]
    public async Task The_preview_reads_an_example_as_the_tests_of_services_do_and_each_comes_to_its_end()
    {
        var council = await councils.On(Dialect.Sqlite);
        foreach (var service in Example.All.GroupBy(e => e.Service))
        {
            var definition = council.House.Services.Find(service.Key)!.Definition;
            foreach (var (read, known) in Read(service.Key, council.Today).Zip(service))
            {
                read.Name.ShouldBe(known.Name);
                JsonNode.DeepEquals(JsonNode.Parse(read.Answers.GetRawText()), known.Json(council.Today)).ShouldBeTrue(known.ToString());
                var route = ExampleRoute.Of(definition, read, council.House.Council.Places, council.Today);
                route.Findings.ShouldBeEmpty();
                var end = known.Exit is { } exit ? new PathPart(PathKind.Exit, exit) : new PathPart(PathKind.Stage, known.Stage);
                route.Taken.ShouldContain(end, known.ToString());
            }
        }
    }

    public static IEnumerable<TheoryDataRow<string, string>> Worked() =>
        from service in Example.All.Select(e => e.Service).Distinct()
        from example in Read(service, new NodaTime.LocalDate(2026, 11, 18))
        where example.Work.Count > 0
        select new TheoryDataRow<string, string>(service, example.Name);

    [Theory, MemberData(nameof(Worked))]
    public async Task The_actions_of_an_example_can_be_taken_and_lead_where_the_definition_says(string service, string name)
    {
        var council = await councils.On(Dialect.Sqlite);
        var definition = council.House.Services.Find(service)!.Definition;
        var example = Read(service, council.Today).Single(e => e.Name == name);
        using var sender = await council.Client(host: example.Host ?? "127.0.0.1");
        var sent = JsonNode.Parse(example.Answers.GetRawText())!.AsObject();
        // The files are sent elsewhere; what staff do does not hang on them.
        foreach (var question in definition.Ask.Where(q => q is { Type.Name: "file", Optional: true })) sent.Remove(question.Name);
        using var made = await sender.PostAsJsonAsync($"/api/v1/services/{service}/cases", new JsonObject { ["answers"] = sent, ["channel"] = "api" });
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        var reference = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reference").GetString()!;

        var stage = definition.Work.FindStage(definition.Work.Start)!;
        var (@case, version) = await CaseOf(council, "grace-adeyemi-clarke", reference);
        foreach (var done in example.Work)
        {
            var worker = council.House.Council.Members.Values.First(m => m.Roles.Contains(Role.Worker) && m.Authorities.Contains(@case.GetProperty("authority").GetString()!) && m.Teams.Contains(@case.GetProperty("team").GetString()!));
            using var client = await council.Client(worker.Id);
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/desk/cases/{reference}/actions/{done.Name}") { Content = JsonContent.Create(new JsonObject { ["answers"] = JsonNode.Parse(done.Answers.GetRawText()) }) };
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
            using var answer = await client.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, $"{done.Name}: {await answer.Content.ReadAsStringAsync()}");
            (@case, version) = await CaseOf(council, worker.Id, reference);
            var action = stage.FindAction(done.Name)!;
            if (action.Close is { } outcome)
            {
                @case.GetProperty("outcome").GetString().ShouldBe(outcome);
                continue;
            }
            stage = definition.Work.FindStage(action.To!)!;
            @case.GetProperty("stage").GetString().ShouldBe(stage.Name);
        }
    }

    static async Task<(JsonElement Case, int Version)> CaseOf(RunningCouncil council, string member, string reference)
    {
        using var client = await council.Client(member);
        using var answer = await client.GetAsync($"/api/v1/desk/cases/{reference}");
        var file = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (file.GetProperty("case"), file.GetProperty("case").GetProperty("version").GetInt32());
    }
}
