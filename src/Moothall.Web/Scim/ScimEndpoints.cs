using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Store;
using Moothall.Web.Door;

namespace Moothall.Web.Scim;

/// <summary>
/// SCIM 2.0 (RFC 7643, 7644): the council's own directory brings joiners, movers and leavers. Users are the staff of the desk, groups its teams. It takes the token of a program with the
/// role of a directory, made with the scope `scim`.
/// </summary>
static class ScimEndpoints
{
    public const string Address = "/scim/v2";
    const int MostBytes = 1024 * 1024, MostOnPage = 200;

    public static void Map(IEndpointRouteBuilder app)
    {
        var scim = app.MapGroup(Address).ExcludeFromDescription().ForPrograms(Right.KeepPeople);
        ScimDiscovery.Map(scim);
        ScimUsers.Map(scim);
        ScimGroups.Map(scim);
        scim.Map("/{**rest}", (HttpContext context) => ScimAnswers.NotFound(context));
    }

    /// <summary>The directory that asks.</summary>
    public static Caller By(HttpContext context) => Callers.Of(context);

    /// <summary>Why the door is shut for somebody.</summary>
    public static IResult NotLetIn(HttpContext context, Caller caller) => caller.IsSignedIn
        ? ScimAnswers.Error(context, 403, new Message("This token is not for people and groups. It needs the scope “scim”, and its program the role “directory”."))
        : ScimAnswers.Error(context, 401, new Message("Send a token in the header “Authorization: Bearer TOKEN”. An administrator makes one with the scope “scim”."));

    /// <summary>The body of a request as an object, or why it is none.</summary>
    public static async Task<(JsonObject? Body, IResult? No)> Read(HttpContext context)
    {
        var type = context.Request.ContentType ?? "";
        if (!type.StartsWith(ScimAnswers.ContentType, StringComparison.OrdinalIgnoreCase) && !type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
            return (null, ScimAnswers.Error(context, 415, new Message("Send the body as JSON with “Content-Type: application/scim+json”.")));
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        for (int read; (read = await context.Request.Body.ReadAsync(chunk, context.RequestAborted)) > 0;)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > MostBytes) return (null, ScimAnswers.Error(context, 413, new Message("The body must be smaller than 1MB.")));
        }
        try
        {
            return JsonNode.Parse(buffer.ToArray(), documentOptions: new JsonDocumentOptions { MaxDepth = 32, AllowDuplicateProperties = false }) is JsonObject body ? (body, null)
                : (null, ScimAnswers.Error(context, 400, new Message("The body must be a JSON object."), "invalidSyntax"));
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or ArgumentException)
        {
            return (null, ScimAnswers.Error(context, 400, new Message("The body is not JSON that can be read."), "invalidSyntax"));
        }
    }

    /// <summary>The version that a request saw, without its marks; null where it did not say.</summary>
    public static string? Seen(HttpContext context) =>
        context.Request.Headers.IfMatch.ToString().Trim() is { Length: > 0 } tag && tag != "*" ? tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..].Trim('"') : tag.Trim('"') : null;

    /// <summary>The mark of a version.</summary>
    public static string Tag(string version) => $"W/\"{version}\"";

    /// <summary>Where a resource is: at the council's public address, never what the request says.</summary>
    public static string Location(HttpContext context, House house, string kind, string id) =>
        $"{house.Council.ForHost(context.Request.Host.Host).PublicAddress}{Address}/{kind}/{Uri.EscapeDataString(id)}";

    /// <summary>The council as it is at this moment, on whichever node it was changed.</summary>
    public static async Task<CouncilFiles> Now(House house)
    {
        await house.People.Refresh();
        return house.Council;
    }

    /// <summary>A page of a list: `startIndex` from 1, `count` at most 200.</summary>
    public static IResult Page(HttpContext context, IReadOnlyList<JsonObject> all)
    {
        var start = Number(context, "startIndex", 1, 1);
        var count = Math.Min(Number(context, "count", 100, 0), MostOnPage);
        return ScimAnswers.List(context, [.. all.Skip(start - 1).Take(count)], all.Count, start);
    }

    static int Number(HttpContext context, string name, int otherwise, int least) =>
        int.TryParse(context.Request.Query[name], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? Math.Max(least, number) : otherwise;

    /// <summary>The condition that a list asks for, or that it is one we do not know.</summary>
    public static (ScimCondition? Where, IResult? No) Filter(HttpContext context)
    {
        if (context.Request.Query["filter"].ToString() is not { Length: > 0 } text) return (null, null);
        return ScimCondition.Read(text) is { } where ? (where, null) : (null, BadFilter(context));
    }

    public static IResult BadFilter(HttpContext context) =>
        ScimAnswers.Error(context, 400, new Message("This filter is not one that we know. Users: userName, externalId, id or emails.value; groups: displayName, externalId, id or members.value; each with eq."), "invalidFilter");

    /// <summary>Does it in a unit, and has this node know at once.</summary>
    public static async Task<DirectoryResult<T>> Commit<T>(House house, Func<Unit, Task<DirectoryResult<T>>> work, CancellationToken cancel) where T : class
    {
        var done = await house.Database.Commit(work, cancel);
        if (done.Value is not null) await house.People.Refresh();
        return done;
    }
}
