using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Api;

public sealed class OpenApiTests(Councils councils)
{
    [Fact]
    public async Task The_api_describes_itself_with_every_route()
    {
        using var client = await (await councils.Sqlite).Client();
        var document = await client.GetAsync("/openapi/v1.json").Json();
        document.Text("openapi").ShouldStartWith("3.1");
        var routes = document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(m => $"{m.Key} {p.Key}")).ToList();
        foreach (var route in new[]
        {
            "get /api/v1/services", "get /api/v1/services/{service}", "post /api/v1/files", "post /api/v1/services/{service}/cases", "get /api/v1/cases/{reference}", "get /api/v1/desk/cases",
            "get /api/v1/desk/cases/{reference}", "post /api/v1/desk/cases/{reference}/actions/{action}", "post /api/v1/contacts", "post /api/v1/bounces", "get /api/v1/performance", "get /api/v1/performance.csv",
            "get /api/v1/performance/facts.csv",
        })
            routes.ShouldContain(route);
        routes.ShouldAllBe(r => r.Contains(" /api/v1/", StringComparison.Ordinal));
        // Every reference leads somewhere.
        var text = document.ToJsonString();
        foreach (System.Text.RegularExpressions.Match match in System.Text.RegularExpressions.Regex.Matches(text, "\"\\$ref\":\"#/components/schemas/([^\"]+)\""))
            document["components"]!["schemas"]!.AsObject().ContainsKey(match.Groups[1].Value).ShouldBeTrue(match.Value);
        // The documented query of the desk's list is the contract's.
        document["paths"]!["/api/v1/desk/cases"]!["get"]!["parameters"]!.AsArray().Select(p => p!.Text("name"))
            .ShouldBe(["authority", "team", "service", "status", "stage", "due", "assigned", "q", "sort", "after", "limit"], ignoreOrder: true);
    }
}
