using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Moothall.Web.Scim;

/// <summary>What this server can do, and what its resources are made of (RFC 7643, 5 to 7), for directories that ask before they begin.</summary>
static class ScimDiscovery
{
    public static void Map(RouteGroupBuilder scim)
    {
        scim.MapGet("/ServiceProviderConfig", (HttpContext context, House house) => ScimAnswers.Json(Config(context, house)));
        scim.MapGet("/ResourceTypes", (HttpContext context, House house) => All(context, [Type(context, house, "User", "Users", ScimAnswers.User), Type(context, house, "Group", "Groups", ScimAnswers.Group)]));
        scim.MapGet("/ResourceTypes/{name}", (string name, HttpContext context, House house) => name switch
        {
            "User" => ScimAnswers.Json(Type(context, house, "User", "Users", ScimAnswers.User)),
            "Group" => ScimAnswers.Json(Type(context, house, "Group", "Groups", ScimAnswers.Group)),
            _ => ScimAnswers.NotFound(context),
        });
        scim.MapGet("/Schemas", (HttpContext context, House house) => All(context, [Schema(context, house, ScimAnswers.User), Schema(context, house, ScimAnswers.Group)]));
        scim.MapGet("/Schemas/{id}", (string id, HttpContext context, House house) => id is ScimAnswers.User or ScimAnswers.Group ? ScimAnswers.Json(Schema(context, house, id)) : ScimAnswers.NotFound(context));
    }

    // A filter has no meaning here (RFC 7644, 4).
    static IResult All(HttpContext context, IReadOnlyList<JsonObject> all) => ScimAnswers.List(context, all, all.Count, 1);

    static JsonObject Config(HttpContext context, House house)
    {
        static JsonObject Supported(bool yes) => new() { ["supported"] = yes };
        return new()
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"),
            ["patch"] = Supported(true), ["bulk"] = new JsonObject { ["supported"] = false, ["maxOperations"] = 0, ["maxPayloadSize"] = 0 },
            ["filter"] = new JsonObject { ["supported"] = true, ["maxResults"] = 200 }, ["changePassword"] = Supported(false), ["sort"] = Supported(false), ["etag"] = Supported(true),
            ["authenticationSchemes"] = new JsonArray(new JsonObject { ["type"] = "oauthbearertoken", ["name"] = "Bearer token", ["description"] = "A token of a program with the scope scim, made at the desk or fetched at /oauth/token.", ["primary"] = true }),
            ["meta"] = new JsonObject { ["resourceType"] = "ServiceProviderConfig", ["location"] = ScimEndpoints.Location(context, house, "ServiceProviderConfig", "").TrimEnd('/') },
        };
    }

    static JsonObject Type(HttpContext context, House house, string name, string endpoint, string schema) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:ResourceType"), ["id"] = name, ["name"] = name, ["endpoint"] = "/" + endpoint, ["schema"] = schema,
        ["meta"] = new JsonObject { ["resourceType"] = "ResourceType", ["location"] = ScimEndpoints.Location(context, house, "ResourceTypes", name) },
    };

    static JsonObject Schema(HttpContext context, House house, string id)
    {
        var isUser = id == ScimAnswers.User;
        return new()
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:Schema"), ["id"] = id, ["name"] = isUser ? "User" : "Group",
            ["attributes"] = isUser ? new JsonArray(
                Attribute("userName", required: true, uniqueness: "server"),
                Several("name", false, Attribute("formatted"), Attribute("givenName"), Attribute("familyName")),
                Attribute("displayName"), Attribute("active", "boolean"),
                Several("emails", true, Attribute("value"), Attribute("type"), Attribute("primary", "boolean")),
                Several("roles", true, Attribute("value")),
                Several("groups", true, Attribute("value", writes: "readOnly"), Attribute("display", writes: "readOnly"), Attribute("$ref", "reference", writes: "readOnly")))
                : new JsonArray(Attribute("displayName", required: true), Several("members", true, Attribute("value"), Attribute("display", writes: "readOnly"), Attribute("type"), Attribute("$ref", "reference", writes: "readOnly"))),
            ["meta"] = new JsonObject { ["resourceType"] = "Schema", ["location"] = ScimEndpoints.Location(context, house, "Schemas", id) },
        };
    }

    static JsonObject Attribute(string name, string type = "string", bool required = false, string writes = "readWrite", string uniqueness = "none") => new()
    {
        ["name"] = name, ["type"] = type, ["multiValued"] = false, ["required"] = required, ["caseExact"] = false, ["mutability"] = writes, ["returned"] = "default", ["uniqueness"] = uniqueness,
    };

    static JsonObject Several(string name, bool many, params JsonObject[] parts) => new()
    {
        ["name"] = name, ["type"] = "complex", ["multiValued"] = many, ["required"] = false, ["mutability"] = name == "groups" ? "readOnly" : "readWrite", ["returned"] = "default", ["subAttributes"] = new JsonArray([.. parts]),
    };
}
