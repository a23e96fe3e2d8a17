using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Api;

/// <summary>
/// A known story of two days, and the figures it must give. Wessex, potholes: three journeys on the web (one sent, one at the motorway's end, one left
/// open), one case by a program, one by phone that took ten minutes; one closed the next day after five minutes' work; two people said how it was.
/// </summary>
public sealed class PerformanceTests(Councils councils)
{
    [Theory, BothDatabases]
    public async Task A_known_story_gives_its_figures(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        await Tell(council);
        await council.WaitForFigures();
        using var client = await council.Client();

        var report = await client.GetAsync("/api/v1/performance?service=report-a-pothole&authority=wessex&from=2026-11-18&to=2026-11-19").Json();
        (report.Text("from"), report.Text("to")).ShouldBe(("2026-11-18", "2026-11-19"));
        var wessex = report["services"]!.AsArray().Single()!;
        (wessex.Text("service"), wessex.Text("authority")).ShouldBe(("report-a-pothole", "wessex"));
        Number(wessex, "started").ShouldBe(3);
        Number(wessex, "completed").ShouldBe(4);
        Same(wessex["completedByChannel"]!, """{"web":2,"phone":1,"api":1}""");
        Same(wessex["cases"]!, """{"received":3,"closed":1,"closedInTime":1,"open":2}""");
        Number(wessex, "digitalTakeUp").ShouldBe(2 / 3.0, 1e-9);
        Number(wessex, "digitalTakeUpUnassisted").ShouldBe(2 / 3.0, 1e-9);
        Number(wessex, "completionRate").ShouldBe(1);
        var satisfaction = wessex["satisfaction"]!;
        Number(satisfaction, "responses").ShouldBe(2);
        Same(satisfaction["counts"]!, """{"verySatisfied":1,"satisfied":0,"neither":0,"dissatisfied":1,"veryDissatisfied":0}""");
        Number(satisfaction, "weighted").ShouldBe((4 + 1) / 8.0, 1e-9);
        Number(satisfaction, "plain").ShouldBe(0.5);
        // 600 s of an advisor at £24.60 and 300 s of a worker at £28.05 an hour; web 16p, api 4p, phone 33p.
        var cost = wessex["cost"]!;
        (cost.Text("basis"), cost.Text("currency"), Number(cost, "total"), Number(cost, "perTransaction")).ShouldBe(("measured", "GBP", 6.97, 2.32));

        var mercia = (await client.GetAsync("/api/v1/performance?authority=mercia&from=2026-11-18&to=2026-11-18").Json())["services"]!.AsArray().Single(s => s!.Text("service") == "report-a-pothole")!;
        (mercia["cost"]!.Text("basis"), Number(mercia["cost"]!, "total")).ShouldBe(("default", 0.09));
        mercia["cost"]!.ToJsonString().ShouldContain("\"total\":0.09");
        mercia["completionRate"].ShouldBeNull();
        Number(mercia["cases"]!, "open").ShouldBe(1);

        // Before the story there was nothing; of the first day nothing was closed yet.
        var before = (await client.GetAsync("/api/v1/performance?service=report-a-pothole&from=2026-11-01&to=2026-11-17").Json())["services"]!.AsArray();
        before.ShouldAllBe(s => Number(s!["cases"]!, "received") == 0 && Number(s["cases"]!, "open") == 0);
        var first = (await client.GetAsync("/api/v1/performance?service=report-a-pothole&authority=wessex&from=2026-11-18&to=2026-11-18").Json())["services"]!.AsArray().Single()!;
        Same(first["cases"]!, """{"received":3,"closed":0,"closedInTime":0,"open":3}""");

        await CsvSaysTheSame(client, wessex);
        await FactsSayTheSame(client);
    }

    static async Task Tell(RunningCouncil council)
    {
        using var client = await council.Client();
        using var advisor = await council.Client("grace-adeyemi-clarke");
        using var worker = await council.Client("amara-okafor");
        var browser = new Browser(client);
        var definition = council.House.Services.Find("report-a-pothole")!.Definition;
        var answers = Calls.GoodPothole()["answers"]!;
        for (var page = await browser.Open("/services/report-a-pothole/start"); !page.Address.EndsWith("/done", StringComparison.Ordinal);)
            page = await browser.Send(page, page.Address.EndsWith("/check", StringComparison.Ordinal) ? null
                : Example.Fields(definition.FindQuestion(page.Address.Split('/')[^1])!, answers[page.Address.Split('/')[^1]]));
        foreach (var place in new[] { "M40 northbound, just after junction 7", "Somewhere in Wallingford" })
        {
            using var another = new Browser(await council.Client());
            await another.Send(await another.Open("/services/report-a-pothole/start"), new Dictionary<string, IReadOnlyList<string>> { ["where"] = [place] });
        }
        var byProgram = Calls.GoodPothole();
        byProgram["channel"] = "api";
        var reference = (await client.Make(byProgram)).Text("reference");
        var byPhone = Calls.GoodPothole();
        (byPhone["channel"], byPhone["handlingSeconds"]) = ("phone", 600);
        await advisor.Make(byPhone);
        var ofMercia = Calls.GoodPothole();
        ofMercia["answers"]!["where"] = new JsonObject { ["text"] = "Outside 14 Ock Street, Abingdon" };
        await client.Make(ofMercia);
        foreach (var score in new[] { "5", "2" })
            await browser.Send(await browser.Open("/feedback/report-a-pothole?at=end"), new Dictionary<string, IReadOnlyList<string>> { ["score"] = [score] });
        council.Clock.Advance(Duration.FromDays(1));
        await worker.Act(reference, "not-ours", new JsonObject { ["answers"] = new JsonObject { ["finding"] = "A private drive." }, ["handlingSeconds"] = 300 }).Json();
    }

    static async Task CsvSaysTheSame(HttpClient client, JsonNode figures)
    {
        using var response = await client.GetAsync("/api/v1/performance.csv?service=report-a-pothole&authority=wessex&from=2026-11-18&to=2026-11-19");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        var lines = (await response.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(2);
        var row = lines[0].Split(',').Zip(lines[1].Split(',')).ToDictionary(c => c.First, c => c.Second);
        (row["from"], row["to"], row["service"], row["authority"]).ShouldBe(("2026-11-18", "2026-11-19", "report-a-pothole", "wessex"));
        foreach (var (column, cell) in row.Skip(4))
        {
            JsonNode? value = figures;
            foreach (var step in column.Split('.')) value = value?[step];
            if (value?.GetValueKind() == JsonValueKind.Number) double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture).ShouldBe(value.GetValue<double>(), 1e-9, column);
            else cell.ShouldBe(value?.GetValue<string>() ?? (column.Contains("byChannel", StringComparison.OrdinalIgnoreCase) ? cell : ""), column);
        }
    }

    static async Task FactsSayTheSame(HttpClient client)
    {
        using var response = await client.GetAsync("/api/v1/performance/facts.csv?service=report-a-pothole&authority=wessex&from=2026-11-18&to=2026-11-19");
        var lines = (await response.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(',')).ToList();
        lines[0][..4].ShouldBe(["day", "service", "authority", "channel"]);
        var received = Array.IndexOf(lines[0], "received");
        var closed = Array.IndexOf(lines[0], "closed");
        lines.Skip(1).Select(l => (l[0], l[3], l[received], l[closed])).ShouldBe(
            [("2026-11-18", "api", "1", "0"), ("2026-11-18", "phone", "1", "0"), ("2026-11-18", "web", "1", "0"), ("2026-11-19", "api", "0", "1")]);
        // Two answers of one day and channel are too few to publish point by point.
        lines[3][Array.IndexOf(lines[0], "very_satisfied")].ShouldBe("");
    }

    [Theory, BothDatabases]
    public async Task A_period_or_service_that_is_none_is_refused_in_words(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var client = await council.Client();
        foreach (var form in new[] { "performance", "performance.csv", "performance/facts.csv" })
        {
            foreach (var wrong in new[] { "from=yesterday", "to=2026-13-01", "from=2026-11-19&to=2026-11-18", "from=1066-10-14", "to=9999-12-31", "from=%00" })
                await CleanAnswer.Problem(await client.GetAsync($"/api/v1/{form}?{wrong}"), HttpStatusCode.BadRequest);
            await CleanAnswer.Problem(await client.GetAsync($"/api/v1/{form}?service=report-a-dragon"), HttpStatusCode.NotFound);
            await CleanAnswer.Problem(await client.GetAsync($"/api/v1/{form}?authority=narnia"), HttpStatusCode.NotFound);
        }
    }

    static double Number(JsonNode node, string name) => node[name]!.GetValue<double>();

    static void Same(JsonNode node, string json) => JsonNode.DeepEquals(node, JsonNode.Parse(json)).ShouldBeTrue($"{node.ToJsonString()} is not {json}");
}
