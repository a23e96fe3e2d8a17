using System.Net.Http.Json;
using System.Text.Json;
using Moothall.Web.Tests;
using NodaTime;

namespace Moothall.Browser.Tests;

/// <summary>Something to look at: cases of a few services by several channels, one waiting for an answer, some closed, some late.</summary>
static class Story
{
    public static async Task<((string, string) Waiting, (string, string) Closed)> Tell(RunningCouncil council)
    {
        var now = council.Clock.GetCurrentInstant();
        using var anyone = await council.Client();
        using var advisor = await council.Client(await MemberWith(council, Identity.Role.Advisor));
        using var worker = await council.Client(await MemberWith(council, Identity.Role.Worker));

        council.Clock.Set(now - Duration.FromDays(40));
        await Report(advisor, "phone", "Broadway, Didcot");
        await Report(anyone, "web", "Outside 20 Broadway, Didcot");
        council.Clock.Set(now);
        var waiting = await Report(anyone, "web", "Broadway, Didcot, outside the very long named Cornerstone arts centre and café on the corner of Station Road and Broadway");
        await Act(worker, waiting.Item1, 1, "ask-customer", """{"answers": {"question": "Is the hole on the side of the cinema or of the station?"}}""");
        var closed = await Report(advisor, "phone", "Broadway, Didcot");
        await Act(worker, closed.Item1, 1, "not-ours", """{"answers": {"finding": "It is the railway's car park."}, "note": "Told the station manager.", "handlingSeconds": 240}""");
        await council.WaitForFigures();
        return (waiting, closed);
    }

    static Task<string> MemberWith(RunningCouncil council, Identity.Role role) => Task.FromResult(
        council.House.Council.Members.Values.First(m => m.Roles.Contains(role) && m.Authorities.Contains("wessex") && (role != Identity.Role.Worker || m.Teams.Contains("streets"))).Id);

    static async Task<(string, string)> Report(HttpClient client, string channel, string where)
    {
        var answers = new { where = new { text = where }, size = "small", you = new { name = "Siân Llewellyn-Featherstonehaugh", email = "sian@example.com" } };
        using var made = await client.PostAsJsonAsync("/api/v1/services/report-a-pothole/cases", new { answers, channel });
        var body = await made.Content.ReadFromJsonAsync<JsonElement>();
        return (body.GetProperty("reference").GetString()!, body.GetProperty("trackingCode").GetString()!);
    }

    static async Task Act(HttpClient client, string reference, int version, string action, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/desk/cases/{reference}/actions/{action}") { Content = new StringContent(json, null, "application/json") };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        using var answer = await client.SendAsync(request);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }
}
