using System.Net.Http.Json;
using System.Text.Json;

namespace Moothall.Web.Tests.Resident;

/// <summary>What tests of a resident's pages begin with.</summary>
static class Walking
{
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> With(params (string Field, string Value)[] typed) => typed.ToDictionary(t => t.Field, t => (IReadOnlyList<string>)[t.Value]);

    /// <summary>A pothole journey with its place and size answered; the page that comes then.</summary>
    public static async Task<Sight> BeginPothole(this Browser browser, string where = "Market Place, Wantage")
    {
        var page = await browser.Send(await browser.Open("/services/report-a-pothole/questions/where"), With(("where", where)));
        if (page.Address.EndsWith("/near", StringComparison.Ordinal)) page = await browser.Send(page, With(("case", "different")));
        return await browser.Send(page, With(("size", "small")));
    }

    /// <summary>A pothole that somebody sent; its reference and code.</summary>
    public static async Task<(string Reference, string Code)> Pothole(this RunningCouncil council, object where)
    {
        using var anyone = await council.Client();
        using var made = await anyone.PostAsJsonAsync("/api/v1/services/report-a-pothole/cases",
            new { channel = "web", answers = new { where, size = "small", you = new { name = "Siân Llewellyn", email = "sian@mail.example" } } });
        var body = await made.Content.ReadFromJsonAsync<JsonElement>();
        return (body.GetProperty("reference").GetString()!, body.GetProperty("trackingCode").GetString()!);
    }

    /// <summary>A subscription to garden waste that somebody asked for; its reference and code.</summary>
    public static async Task<(string Reference, string Code)> Subscription(this RunningCouncil council, string name = "Ann Lee")
    {
        using var anyone = await council.Client();
        using var made = await anyone.PostAsJsonAsync("/api/v1/services/subscribe-to-garden-waste/cases", new
        {
            channel = "web",
            answers = new { place = "home", home = new { line1 = "19 Castle Street", town = "Wallingford", postcode = "OX10 8DL" }, bins = 2, more = 0, you = new { name, email = "ann@mail.example" }, agree = true },
        });
        var body = await made.Content.ReadFromJsonAsync<JsonElement>();
        return (body.GetProperty("reference").GetString()!, body.GetProperty("trackingCode").GetString()!);
    }
}
