using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp;
using AngleSharp.Dom;
using Shouldly;

namespace Moothall.Web.Tests.Desk;

/// <summary>A browser without script in which a member of staff is signed in. It sends the forms that the pages have, with their hidden fields, and nothing else.</summary>
sealed class DeskBrowser : IDisposable
{
    readonly HttpClient client;

    DeskBrowser(HttpClient client) => this.client = client;

    public static async Task<DeskBrowser> SignIn(RunningCouncil council, string member, string host = "wessex.localhost")
    {
        var browser = new DeskBrowser(await council.Client(host: host));
        var page = await browser.Open("/desk/sign-in");
        var form = page.QuerySelectorAll("form").First(f => f.QuerySelector($"input[name=member][value={member}]") is not null);
        using var answer = await browser.Post("/desk/sign-in", Hidden(form));
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.OriginalString.ShouldBe("/desk");
        return browser;
    }

    public Task<HttpResponseMessage> Get(string path) => client.GetAsync(path);

    public Task<HttpResponseMessage> Post(string path, IEnumerable<KeyValuePair<string, string>> fields) => client.PostAsync(path, new FormUrlEncodedContent(fields));

    /// <summary>A page as a document; it has to have the status.</summary>
    public async Task<IDocument> Open(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await client.GetAsync(path);
        answer.StatusCode.ShouldBe(status, path);
        return await Parse(answer);
    }

    /// <summary>Fills in and sends the form of a page that goes to an address.</summary>
    public Task<HttpResponseMessage> Send(IDocument page, string action, params (string Name, string Value)[] typed)
    {
        var form = page.QuerySelectorAll("form").First(f => f.GetAttribute("action") == action);
        return Post(action, [.. Hidden(form).Where(h => typed.All(t => t.Name != h.Key)), .. typed.Select(t => KeyValuePair.Create(t.Name, t.Value))]);
    }

    /// <summary>The same as the desk's script does it by itself.</summary>
    public async Task<HttpResponseMessage> Send(IDocument page, string action, string byItself, params (string Name, string Value)[] typed)
    {
        var form = page.QuerySelectorAll("form").First(f => f.GetAttribute("action") == action);
        using var request = new HttpRequestMessage(HttpMethod.Post, action) { Content = new FormUrlEncodedContent([.. Hidden(form), .. typed.Select(t => KeyValuePair.Create(t.Name, t.Value))]) };
        request.Headers.Add("Moothall-By-Itself", byItself);
        return await client.SendAsync(request);
    }

    public static async Task<IDocument> Parse(HttpResponseMessage answer) =>
        await BrowsingContext.New(Configuration.Default).OpenAsync(async request => request.Content(await answer.Content.ReadAsStringAsync()));

    static List<KeyValuePair<string, string>> Hidden(IElement form) =>
        [.. form.QuerySelectorAll("input[type=hidden]").Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value") ?? ""))];

    public void Dispose() => client.Dispose();
}

/// <summary>Things that tests of the desk begin with.</summary>
static class Beginnings
{
    /// <summary>A pothole that a resident sent; its reference.</summary>
    public static async Task<string> Pothole(this RunningCouncil council, string where = "Market Place, Wallingford", object? photo = null, string size = "small")
    {
        using var resident = await council.Client();
        using var made = await resident.PostAsJsonAsync("/api/v1/services/report-a-pothole/cases",
            new { channel = "web", answers = new Dictionary<string, object?> { ["where"] = new { text = where }, ["size"] = size, ["deep"] = size == "large" ? true : null, ["photo"] = photo } });
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reference").GetString()!;
    }

    /// <summary>A case as a worker's program reads it.</summary>
    public static async Task<JsonElement> Case(this RunningCouncil council, string reference, string worker = "amara-okafor")
    {
        using var program = await council.Client(worker);
        return await program.GetFromJsonAsync<JsonElement>($"/api/v1/desk/cases/{reference}");
    }
}
