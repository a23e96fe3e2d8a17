using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Api;

/// <summary>Every route for every role: 401 for nobody, 403 where the role never has the route, 404 where the thing is out of scope.</summary>
public sealed class RightsTests(Councils councils)
{
    static readonly string[] Everybody = ["nobody", "grace-adeyemi-clarke", "mei-lin-chan", "amara-okafor", "mohammed-rahman", "tomasz-zielinski", "priya-venkataraman", "ewa-novak",
        "jordan-reid", "fatima-al-sayed", "history-import", "national-highways", "mail-server"];

    // In the order of Everybody: nobody; advisor of both, advisor and worker of Mercia; workers: streets, Wessex waste; team leaders: streets, Mercia; designer; analyst;
    // administrator; importer; partner without a role; the mail server. The case is a pothole of Wessex with the streets team.
    public static TheoryData<string, int[]> Routes() => new()
    {
        { "list", [401, 200, 200, 200, 200, 200, 200, 403, 403, 403, 403, 403, 403] },
        { "read", [401, 200, 404, 200, 200, 200, 404, 403, 403, 403, 403, 403, 403] },
        { "note", [401, 403, 404, 200, 404, 200, 404, 403, 403, 403, 403, 403, 403] },
        { "note of the past", [401, 403, 403, 403, 403, 403, 403, 403, 403, 403, 200, 403, 403] },
        { "submit by web", [201, 201, 201, 201, 201, 201, 201, 201, 201, 201, 201, 201, 201] },
        { "submit by phone", [401, 201, 404, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403] },
        { "submit history", [401, 403, 403, 403, 403, 403, 403, 403, 403, 403, 201, 403, 403] },
        { "contact", [401, 201, 201, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403] },
        { "bounce", [401, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 422] },
        { "services", [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200] },
        { "performance", [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200] },
    };

    [Theory, MemberData(nameof(Routes))]
    public async Task A_route_is_for_the_roles_of_the_table(string route, int[] expected)
    {
        var council = await councils.Sqlite;
        using var anyone = await council.Client();
        var answers = new List<(string, int)>();
        foreach (var who in Everybody)
        {
            var reference = (await anyone.Make()).Text("reference");
            using var client = await council.Client(who == "nobody" ? null : who);
            var body = Calls.GoodPothole();
            using var response = await (route switch
            {
                "list" => client.GetAsync("/api/v1/desk/cases?limit=1"),
                "read" => client.GetAsync($"/api/v1/desk/cases/{reference}"),
                "note" => client.Act(reference, "note", new JsonObject { ["note"] = "Seen" }, 1),
                "note of the past" => client.Act(reference, "note", new JsonObject { ["note"] = "Seen", ["at"] = "2026-11-18T10:30:00Z" }, 1),
                "submit by web" => client.PostJson(Calls.Pothole, body),
                "submit by phone" => client.PostJson(Calls.Pothole, With(body, "channel", "phone")),
                "submit history" => client.PostJson(Calls.Pothole, With(body, "receivedAt", "2026-01-06T12:00:00Z")),
                "contact" => client.PostJson("/api/v1/contacts", new JsonObject { ["channel"] = "phone", ["reason"] = "question" }),
                "bounce" => client.PostText("/api/v1/bounces", "Out of office: I am away.", "message/rfc822"),
                "services" => client.GetAsync("/api/v1/services"),
                _ => client.GetAsync("/api/v1/performance"),
            });
            await CleanAnswer.Body(response);
            answers.Add((who, (int)response.StatusCode));
        }
        answers.ShouldBe(Everybody.Zip(expected));
    }

    [Fact]
    public async Task A_wrong_token_is_nobody()
    {
        var council = await councils.Sqlite;
        var good = await council.TokenOf("amara-okafor");
        foreach (var header in new[] { "Bearer x", "Bearer " + good[..^1], "Bearer " + good + "x", "Basic " + good, "Bearer", good, "Bearer mh_" + new string('A', 43) })
        {
            using var client = await council.Client();
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
            await CleanAnswer.Problem(await client.GetAsync("/api/v1/desk/cases"), HttpStatusCode.Unauthorized);
        }
    }

    static JsonObject With(JsonObject body, string name, JsonNode value)
    {
        body[name] = value;
        return body;
    }
}
