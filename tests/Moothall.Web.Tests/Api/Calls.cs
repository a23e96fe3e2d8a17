using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;

namespace Moothall.Web.Tests.Api;

/// <summary>Calls of the API that many tests make, and bodies that are good.</summary>
public static class Calls
{
    public const string Pothole = "/api/v1/services/report-a-pothole/cases";

    /// <summary>A pothole in Wessex that nothing is wrong with.</summary>
    public static JsonObject GoodPothole() => new()
    {
        ["answers"] = new JsonObject
        {
            ["where"] = new JsonObject { ["text"] = "Outside the post office, High Street, Wallingford", ["latitude"] = 51.5991, ["longitude"] = -1.1252 },
            ["size"] = "small",
            ["you"] = new JsonObject { ["name"] = "Siobhán O'Connell", ["email"] = "siobhan.oconnell@mail.example" },
        },
        ["channel"] = "web",
    };

    public static async Task<HttpResponseMessage> PostJson(this HttpClient client, string address, JsonNode body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(body) };
        request.Headers.Host = client.DefaultRequestHeaders.Host;
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request);
    }

    public static Task<HttpResponseMessage> PostText(this HttpClient client, string address, string body, string type = "application/json") =>
        client.PostAsync(address, new StringContent(body, Encoding.UTF8, type));

    /// <summary>The JSON of an answer that must have this status.</summary>
    public static async Task<JsonNode> Json(this Task<HttpResponseMessage> call, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = await call;
        var body = await CleanAnswer.Body(response);
        response.StatusCode.ShouldBe(status, body);
        return JsonNode.Parse(body)!;
    }

    /// <summary>A case that was just made: the answer to the submit.</summary>
    public static Task<JsonNode> Make(this HttpClient client, JsonObject? body = null, string address = Pothole) => client.PostJson(address, body ?? GoodPothole()).Json(HttpStatusCode.Created);

    /// <summary>Stores a file and gives its id.</summary>
    public static async Task<string> SendFile(this HttpClient client, Picked file)
    {
        var stored = await client.PostAsync("/api/v1/files", Form(file)).Json(HttpStatusCode.Created);
        return stored["file"]!.GetValue<string>();
    }

    public static MultipartFormDataContent Form(Picked file) => new() { { new ByteArrayContent(file.Bytes), "file", file.Name } };

    /// <summary>Takes an action on a case as its last version is, or as the given one.</summary>
    public static async Task<HttpResponseMessage> Act(this HttpClient client, string reference, string action, JsonObject? body = null, int? version = null, string? key = null)
    {
        var seen = version ?? (await client.GetAsync($"/api/v1/desk/cases/{reference}").Json())["case"]!["version"]!.GetValue<int>();
        (string, string)[] headers = [("If-Match", $"\"{seen}\""), .. key is null ? Array.Empty<(string, string)>() : [("Idempotency-Key", key)]];
        return await client.PostJson($"/api/v1/desk/cases/{reference}/actions/{action}", body ?? [], headers);
    }

    public static string Text(this JsonNode node, string name) => node[name]!.GetValue<string>();
}
