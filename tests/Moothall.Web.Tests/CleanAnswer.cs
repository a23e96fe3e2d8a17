using System.Net;
using System.Text.Json;
using Shouldly;

namespace Moothall.Web.Tests;

/// <summary>What every answer must be, whatever was sent: a page or a problem in words, never the inside of the program.</summary>
public static class CleanAnswer
{
    static readonly string[] Insides = ["   at ", "Exception", "Microsoft.", "System.", "Npgsql", "SQLite", "sqlite", ".cs:line"];

    /// <summary>A page in words, or a problem of the API with its reasons; never a fault of ours.</summary>
    public static async Task<string> Body(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        var seen = $"{response.RequestMessage?.Method} {response.RequestMessage?.RequestUri?.PathAndQuery} gave {(int)response.StatusCode}: {(body.Length > 600 ? body[..600] : body)}";
        ((int)response.StatusCode).ShouldBeOneOf([200, 201, 303, 400, 401, 403, 404, 405, 409, 413, 414, 415, 422, 428, 431, 503], seen);
        if ((int)response.StatusCode < 400) return body;
        foreach (var inside in Insides) body.Contains(inside, StringComparison.Ordinal).ShouldBeFalse(seen);
        if (response.RequestMessage?.RequestUri?.AbsolutePath.StartsWith("/api/", StringComparison.Ordinal) == true) Problem(response, body, seen);
        else (response.Content.Headers.ContentType?.MediaType).ShouldBe("text/html", seen);
        return body;
    }

    /// <summary>A problem by RFC 9457, and no other status than the one given.</summary>
    public static async Task<JsonElement> Problem(HttpResponseMessage response, HttpStatusCode status)
    {
        var body = await Body(response);
        response.StatusCode.ShouldBe(status, body);
        return JsonDocument.Parse(body).RootElement;
    }

    static void Problem(HttpResponseMessage response, string body, string seen)
    {
        (response.Content.Headers.ContentType?.MediaType).ShouldBe("application/problem+json", seen);
        var problem = JsonDocument.Parse(body).RootElement;
        problem.GetProperty("status").GetInt32().ShouldBe((int)response.StatusCode, seen);
        problem.GetProperty("title").GetString().ShouldNotBeNullOrWhiteSpace(seen);
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrWhiteSpace(seen);
    }
}
