using System.Net;
using System.Text.Json.Nodes;
using Moothall.Store;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Api;

public sealed class TrackTests(Councils councils)
{
    [Theory, BothDatabases]
    public async Task Whoever_holds_the_code_sees_progress_and_nothing_personal(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var client = await council.Client();
        using var worker = await council.Client("amara-okafor");
        var made = await client.Make();
        var (reference, code) = (made.Text("reference"), made.Text("trackingCode"));
        await worker.Act(reference, "note", new JsonObject { ["note"] = "She rang twice." }).Json();
        await worker.Act(reference, "inspect").Json();
        var body = await (await client.GetAsync($"/api/v1/cases/{reference}?code={code}")).Content.ReadAsStringAsync();
        var seen = JsonNode.Parse(body)!;
        seen.AsObject().Select(m => m.Key).ShouldBe(["reference", "service", "title", "authority", "stage", "status", "received", "closeBy", "closed", "outcome", "history"]);
        (seen.Text("stage"), seen.Text("status"), seen.Text("title")).ShouldBe(("inspection", "open", "Report a pothole"));
        seen["closed"].ShouldBeNull();
        seen["history"]!.AsArray().Select(h => h!.Text("what")).ShouldBe(["We got it.", "An inspector is going to look at it."]);
        foreach (var personal in new[] { "Siobh", "Connell", "mail.example", "post office", "51.59", "rang twice", "amara" }) body.ShouldNotContain(personal, Case.Insensitive);
        // Codes are read out and typed: case, spaces and hyphens do not matter.
        await client.GetAsync($"/api/v1/cases/{reference.ToLowerInvariant()}?code={Uri.EscapeDataString(string.Join(' ', code.ToLowerInvariant().Chunk(4).Select(c => new string(c))))}").Json();
    }

    [Theory, BothDatabases]
    public async Task Without_the_code_or_with_a_wrong_one_a_case_is_as_unknown_as_one_that_never_was(Dialect dialect)
    {
        using var client = await (await councils.On(dialect)).Client();
        var (made, other) = (await client.Make(), await client.Make());
        var answers = new List<string>();
        foreach (var address in new[]
        {
            made.Text("reference"), $"{made.Text("reference")}?code=", $"{made.Text("reference")}?code=0000000000000000", $"{made.Text("reference")}?code={other.Text("trackingCode")}",
            $"{made.Text("reference")}?code=%F0%9F%92%A9", "POT-0000-0000?code=" + made.Text("trackingCode"), "nonsense?code=x",
        })
        {
            using var response = await client.GetAsync("/api/v1/cases/" + address);
            answers.Add((await CleanAnswer.Problem(response, HttpStatusCode.NotFound)).GetRawText());
        }
        answers.Distinct().Count().ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task A_closed_case_says_when_and_how_it_ended(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var client = await council.Client();
        using var worker = await council.Client("amara-okafor");
        var made = await client.Make();
        await worker.Act(made.Text("reference"), "not-ours", new JsonObject { ["answers"] = new JsonObject { ["finding"] = "It is on the A34." } }).Json();
        var seen = await client.GetAsync(made["links"]!.Text("self")).Json();
        (seen.Text("status"), seen.Text("outcome")).ShouldBe(("closed", "not-ours"));
        seen.Text("closed").ShouldBe("2026-11-18T10:30:00Z");
        seen["history"]!.AsArray()[^1]!.Text("what").ShouldBe("We closed it: Someone else looks after this road.");
    }
}
