using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Web.Api;

namespace Moothall.Web.Scim;

/// <summary>What SCIM answers look like (RFC 7644): resources, lists and errors, each with its schema.</summary>
static class ScimAnswers
{
    public const string ContentType = "application/scim+json";
    public const string User = "urn:ietf:params:scim:schemas:core:2.0:User", Group = "urn:ietf:params:scim:schemas:core:2.0:Group";
    const string ErrorSchema = "urn:ietf:params:scim:api:messages:2.0:Error", ListSchema = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

    public static IResult Json(JsonNode body, int status = 200) => Results.Text(body.ToJsonString(ApiJson.Options), ContentType, System.Text.Encoding.UTF8, status);

    /// <summary>A resource with its version; 304 to whoever has it already.</summary>
    public static IResult Resource(HttpContext context, JsonObject resource, int status = 200)
    {
        var meta = resource["meta"]!;
        var tag = meta["version"]!.GetValue<string>();
        context.Response.Headers.ETag = tag;
        if (status == 201) context.Response.Headers.Location = meta["location"]!.GetValue<string>();
        if (HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.IfNoneMatch.Any(t => t is not null && t.Split(',', StringSplitOptions.TrimEntries).Contains(tag))) return Results.StatusCode(304);
        return Json(ScimSelection.Of(context.Request, resource), status);
    }

    public static IResult List(HttpContext context, IReadOnlyList<JsonObject> all, int total, int start) => Json(new JsonObject
    {
        ["schemas"] = new JsonArray(ListSchema), ["totalResults"] = total, ["startIndex"] = start, ["itemsPerPage"] = all.Count,
        ["Resources"] = new JsonArray([.. all.Select(r => (JsonNode)ScimSelection.Of(context.Request, r))]),
    });

    /// <summary>An error in the form of RFC 7644, 3.12, its detail in the language of the program.</summary>
    public static IResult Error(HttpContext context, int status, Message detail, string? type = null)
    {
        var said = ReaderLanguage.OfProgram(context);
        context.Response.Headers.ContentLanguage = said.Language;
        if (status == 401) context.Response.Headers.WWWAuthenticate = "Bearer";
        var body = new JsonObject { ["schemas"] = new JsonArray(ErrorSchema), ["status"] = status.ToString(System.Globalization.CultureInfo.InvariantCulture), ["detail"] = detail.In(said) };
        if (type is not null) body["scimType"] = type;
        return Json(body, status);
    }

    public static IResult NotFound(HttpContext context) => Error(context, 404, new Message("There is nothing here by that name, or it is not yours to see."));

    /// <summary>Why the people of the desk could not be changed.</summary>
    public static IResult Refused(HttpContext context, DirectoryFault fault, Message? why) => fault switch
    {
        DirectoryFault.NotFound => NotFound(context),
        DirectoryFault.Taken => Error(context, 409, why!, "uniqueness"),
        DirectoryFault.Changed => Error(context, 412, why!),
        _ => Error(context, 400, why!, "invalidValue"),
    };
}

/// <summary>Which attributes of a resource are wanted: `attributes` and `excludedAttributes`, by their names at the top.</summary>
static class ScimSelection
{
    // What is always there (RFC 7643, "returned": "always"), and what says what it is.
    static readonly string[] Always = ["schemas", "id", "meta"];

    public static JsonObject Of(HttpRequest request, JsonObject resource)
    {
        var (only, without) = (Names(request, "attributes"), Names(request, "excludedAttributes"));
        if (only.Count == 0 && without.Count == 0) return resource;
        var selected = new JsonObject();
        foreach (var (name, value) in resource.ToList())
            if (Always.Contains(name) || (only.Count == 0 || only.Contains(name)) && !without.Contains(name))
            {
                resource.Remove(name);
                selected[name] = value;
            }
        return selected;
    }

    static HashSet<string> Names(HttpRequest request, string parameter) =>
        [.. request.Query[parameter].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(n => ScimPath.WithoutSchema(n).Split('.')[0]).Select(ScimPath.Canonical)];
}
