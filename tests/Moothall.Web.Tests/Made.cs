using System.Text.Json.Nodes;
using Moothall.Store;
using Shouldly;

namespace Moothall.Web.Tests;

/// <summary>A case as the web, the desk and the API must make it alike; files by their names, since ids differ.</summary>
sealed record Made(string Service, string Authority, string Team, string Stage, string Decided, string Answers, long Asked, string Pay)
{
    /// <summary>The case as staff see it, with what the log was told of how many questions were asked.</summary>
    public static async Task<Made> Look(RunningCouncil council, string reference, string channel)
    {
        // A case of a sensitive service is seen by those who work it, and by no advisor.
        var (service, team) = (await council.House.Database.Read(session => session.First($"select service, team from council_case where reference = {reference}", row => (row.Text(0), row.Text(1)))));
        var reader = council.House.Services.Find(service)!.Definition.Sensitive ? council.House.Council.Members.Values.First(m => m.Roles.Contains(Identity.Role.Worker) && m.Teams.Contains(team)).Id : "grace-adeyemi-clarke";
        using var desk = await council.Client(reader);
        var file = JsonNode.Parse(await CleanAnswer.Body(await desk.GetAsync($"/api/v1/desk/cases/{reference}")))!;
        var @case = file["case"]!;
        @case["channel"]!.GetValue<string>().ShouldBe(channel);
        var answers = file["answers"]!.ToJsonString();
        foreach (var stored in file["files"]!.AsArray()) answers = answers.Replace(stored!["file"]!.GetValue<string>(), stored["name"]!.GetValue<string>(), StringComparison.Ordinal);
        var happened = await council.House.Database.Read(session => session.Query($"select data from event where stream = {"case/" + reference} order by version", row => row.Text(0)));
        var asked = JsonNode.Parse(happened[0])!["asked"]!.GetValue<long>();
        asked.ShouldBe(file["answers"]!.AsObject().Count, "every question asked has its answer or is passed over");
        return new Made(@case["service"]!.GetValue<string>(), @case["authority"]!.GetValue<string>(), @case["team"]!.GetValue<string>(), @case["stage"]!.GetValue<string>(),
            Sorted(@case["decided"]!), answers, asked, string.Join(", ", file["payments"]!.AsArray().Select(p => $"{p!["charge"]}: {p["amount"]!.ToJsonString()}")));
    }

    /// <summary>The members of an object in the order of their names.</summary>
    public static string Sorted(JsonNode node) => string.Join(", ", node.AsObject().OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key}: {m.Value}"));
}
