using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Definitions;
using Moothall.Identity;
using NodaTime.Text;

namespace Moothall.Web.Scim;

/// <summary>`/scim/v2/Users`: people join, move and leave.</summary>
static class ScimUsers
{
    public static void Map(RouteGroupBuilder scim)
    {
        scim.MapGet("/Users", All);
        scim.MapPost("/Users", Add);
        scim.MapGet("/Users/{id}", One);
        scim.MapPut("/Users/{id}", Replace);
        scim.MapPatch("/Users/{id}", Patch);
        scim.MapDelete("/Users/{id}", Delete);
    }

    static async Task<IResult> All(HttpContext context, House house)
    {
        var (by, council) = (ScimEndpoints.By(context), await ScimEndpoints.Now(house));
        var (where, no) = ScimEndpoints.Filter(context);
        if (no is not null) return no;
        if (where is null) return ScimEndpoints.Page(context, [.. (await house.Database.Read(session => DirectoryPeople.All(session, council, by), context.RequestAborted)).Select(u => Resource(context, house, u))]);
        Func<Store.Session, Task<DirectoryUser?>>? find = where switch
        {
            _ when where.IsOf("userName") => session => DirectoryPeople.FindByUserName(session, council, by, where.Value),
            _ when where.IsOf("externalId") => session => DirectoryPeople.FindByExternalId(session, council, by, where.Value),
            _ when where.IsOf("id") => session => DirectoryPeople.Find(session, council, by, where.Value),
            _ when where.IsOf("emails.value") || where.IsOf("emails") => async session =>
                council.Members.Values.Concat(council.Away.Values).FirstOrDefault(m => !m.IsPartner && string.Equals(m.Email, where.Value, StringComparison.OrdinalIgnoreCase)) is { } found
                    ? await DirectoryPeople.Find(session, council, by, found.Id) : null,
            _ => null,
        };
        if (find is null) return ScimEndpoints.BadFilter(context);
        return ScimEndpoints.Page(context, await house.Database.Read(find, context.RequestAborted) is { } user ? [Resource(context, house, user)] : []);
    }

    static async Task<IResult> One(string id, HttpContext context, House house)
    {
        var council = await ScimEndpoints.Now(house);
        return await house.Database.Read(session => DirectoryPeople.Find(session, council, ScimEndpoints.By(context), id), context.RequestAborted) is { } user
            ? ScimAnswers.Resource(context, Resource(context, house, user)) : ScimAnswers.NotFound(context);
    }

    static async Task<IResult> Add(HttpContext context, House house)
    {
        var (body, no) = await ScimEndpoints.Read(context);
        if (body is null) return no!;
        var (form, fault) = Form(body, null);
        if (form is null) return Wrong(context, fault!);
        var made = await ScimEndpoints.Commit(house, unit => People(context, house).Join(unit, form), context.RequestAborted);
        return made.Value is { } user ? ScimAnswers.Resource(context, Resource(context, house, user), 201) : ScimAnswers.Refused(context, made.Fault, made.Why);
    }

    static async Task<IResult> Replace(string id, HttpContext context, House house)
    {
        var (body, no) = await ScimEndpoints.Read(context);
        return body is null ? no! : await Keep(id, context, house, (_, user) => Form(body, user));
    }

    static async Task<IResult> Patch(string id, HttpContext context, House house)
    {
        var (body, no) = await ScimEndpoints.Read(context);
        return body is null ? no! : await Keep(id, context, house, (resource, user) => ScimPatch.Apply(resource, body) is { } fault ? (null, fault) : Form(resource, user));
    }

    static async Task<IResult> Keep(string id, HttpContext context, House house, Func<JsonObject, DirectoryUser, (DirectoryUserForm?, ScimFault?)> change)
    {
        ScimFault? fault = null;
        var kept = await ScimEndpoints.Commit<DirectoryUser>(house, async unit =>
        {
            var council = await Identity.People.Over(unit, house.CurrentCouncil.Folder);
            if (await DirectoryPeople.Find(unit, council, ScimEndpoints.By(context), id) is not { } user) return new(null, DirectoryFault.NotFound, null);
            (var form, fault) = change(Resource(context, house, user), user);
            return form is null ? new(null, DirectoryFault.Invalid, fault!.Why) : await People(context, house).Move(unit, id, ScimEndpoints.Seen(context), form);
        }, context.RequestAborted);
        return kept.Value is { } after ? ScimAnswers.Resource(context, Resource(context, house, after)) : fault is not null ? Wrong(context, fault) : ScimAnswers.Refused(context, kept.Fault, kept.Why);
    }

    static async Task<IResult> Delete(string id, HttpContext context, House house)
    {
        var gone = await ScimEndpoints.Commit(house, unit => People(context, house).Leave(unit, id, ScimEndpoints.Seen(context)), context.RequestAborted);
        return gone.Value is not null ? Results.NoContent() : ScimAnswers.Refused(context, gone.Fault, gone.Why);
    }

    static DirectoryPeople People(HttpContext context, House house) => new(house.CurrentCouncil.Folder, ScimEndpoints.By(context), house.Now);

    static IResult Wrong(HttpContext context, ScimFault fault) => ScimAnswers.Error(context, 400, fault.Why, fault.Type);

    static JsonObject Resource(HttpContext context, House house, DirectoryUser user)
    {
        var name = new JsonObject { ["formatted"] = user.Name };
        if (user.GivenName is not null) name["givenName"] = user.GivenName;
        if (user.FamilyName is not null) name["familyName"] = user.FamilyName;
        var meta = new JsonObject { ["resourceType"] = "User", ["location"] = ScimEndpoints.Location(context, house, "Users", user.Id), ["version"] = ScimEndpoints.Tag(user.Version) };
        if (user.Made is { } made) meta["created"] = InstantPattern.General.Format(made);
        if (user.Changed is { } changed) meta["lastModified"] = InstantPattern.General.Format(changed);
        var resource = new JsonObject { ["schemas"] = new JsonArray(ScimAnswers.User), ["id"] = user.Id };
        if (user.ExternalId is not null) resource["externalId"] = user.ExternalId;
        resource["userName"] = user.UserName;
        resource["name"] = name;
        resource["displayName"] = user.Name;
        resource["active"] = user.IsActive;
        if (user.Email is not null) resource["emails"] = new JsonArray(new JsonObject { ["value"] = user.Email, ["type"] = "work", ["primary"] = true });
        resource["roles"] = new JsonArray([.. user.Roles.Select(r => (JsonNode)new JsonObject { ["value"] = r })]);
        resource["groups"] = new JsonArray([.. user.Teams.Select(t => (JsonNode)new JsonObject { ["value"] = t.Id, ["display"] = t.Name, ["$ref"] = ScimEndpoints.Location(context, house, "Groups", t.Id) })]);
        resource["meta"] = meta;
        return resource;
    }

    /// <summary>What a resource says of somebody. A name may come in four ways; the one that is other than before counts.</summary>
    static (DirectoryUserForm? Form, ScimFault? Fault) Form(JsonObject body, DirectoryUser? before)
    {
        string? Text(string name) => ScimPatch.Text(ScimPatch.Member(body, name));
        if (Text("userName") is not { } userName) return (null, new ScimFault("invalidValue", new Message("“userName” is missing")));
        var parts = ScimPatch.Member(body, "name") as JsonObject ?? [];
        string? Part(string name) => ScimPatch.Text(ScimPatch.Member(parts, name));
        var (given, family) = (Part("givenName"), Part("familyName"));
        var joined = $"{given} {family}".Trim();
        string?[] names = [Text("displayName"), Part("formatted"), given == before?.GivenName && family == before?.FamilyName ? null : joined];
        var name = names.FirstOrDefault(n => n is { Length: > 0 } && n != before?.Name) ?? before?.Name ?? (joined.Length > 0 ? joined : userName);
        var active = ScimPatch.Member(body, "active") switch
        {
            null => true,
            JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.True => true,
            JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.False => false,
            JsonValue value when bool.TryParse(ScimPatch.Text(value), out var said) => said,
            _ => (bool?)null,
        };
        if (active is not { } isActive) return (null, new ScimFault("invalidValue", new Message("“active” must be true or false")));
        var emails = Elements(body, "emails");
        var email = emails.OfType<JsonObject>().OrderByDescending(e => ScimPatch.Member(e, "primary")?.ToJsonString().Trim('"').ToLowerInvariant() == "true").ThenByDescending(e => ScimPatch.Text(ScimPatch.Member(e, "type")) == "work")
            .Select(e => ScimPatch.Text(ScimPatch.Member(e, "value"))).FirstOrDefault() ?? (emails.Count == 0 && before?.Email is null ? StaffForm.EmailOf(userName) : null);
        var roles = Elements(body, "roles").Select(r => r is JsonObject role ? ScimPatch.Text(ScimPatch.Member(role, "value")) : ScimPatch.Text(r)).OfType<string>().Distinct().ToList();
        return (new DirectoryUserForm(userName, Text("externalId"), name, given, family, email, isActive, roles), null);
    }

    static List<JsonNode?> Elements(JsonObject body, string name) => ScimPatch.Member(body, name) is JsonArray all ? [.. all] : [];
}
