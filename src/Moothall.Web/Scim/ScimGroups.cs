using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Definitions;
using Moothall.Identity;

namespace Moothall.Web.Scim;

/// <summary>`/scim/v2/Groups`: teams, and who is in them.</summary>
static class ScimGroups
{
    public static void Map(RouteGroupBuilder scim)
    {
        scim.MapGet("/Groups", All);
        scim.MapPost("/Groups", Add);
        scim.MapGet("/Groups/{id}", One);
        scim.MapPut("/Groups/{id}", Replace);
        scim.MapPatch("/Groups/{id}", Patch);
        scim.MapDelete("/Groups/{id}", Delete);
    }

    static async Task<IResult> All(HttpContext context, House house)
    {
        var (by, council) = (ScimEndpoints.By(context), await ScimEndpoints.Now(house));
        var (where, no) = ScimEndpoints.Filter(context);
        if (no is not null) return no;
        Func<DirectoryTeam, bool>? wanted = where switch
        {
            null => _ => true,
            _ when where.IsOf("displayName") => t => string.Equals(t.Team.Name, where.Value, StringComparison.OrdinalIgnoreCase),
            _ when where.IsOf("externalId") => t => t.ExternalId == where.Value,
            _ when where.IsOf("id") => t => t.Team.Id == where.Value,
            _ when where.IsOf("members.value") || where.IsOf("members") => t => t.Members.Any(m => m.Id == where.Value),
            _ => null,
        };
        if (wanted is null) return ScimEndpoints.BadFilter(context);
        var teams = await house.Database.Read(session => DirectoryTeams.All(session, council, by), context.RequestAborted);
        return ScimEndpoints.Page(context, [.. teams.Where(wanted).Select(t => Resource(context, house, t))]);
    }

    static async Task<IResult> One(string id, HttpContext context, House house)
    {
        var council = await ScimEndpoints.Now(house);
        return await house.Database.Read(session => DirectoryTeams.Find(session, council, ScimEndpoints.By(context), id), context.RequestAborted) is { } team
            ? ScimAnswers.Resource(context, Resource(context, house, team)) : ScimAnswers.NotFound(context);
    }

    static async Task<IResult> Add(HttpContext context, House house)
    {
        var (body, no) = await ScimEndpoints.Read(context);
        if (body is null) return no!;
        var (form, fault) = Form(body);
        if (form is null) return ScimAnswers.Error(context, 400, fault!.Why, fault.Type);
        var made = await ScimEndpoints.Commit(house, unit => Teams(context, house).Keep(unit, null, null, form), context.RequestAborted);
        return made.Value is { } team ? ScimAnswers.Resource(context, Resource(context, house, team), 201) : ScimAnswers.Refused(context, made.Fault, made.Why);
    }

    static async Task<IResult> Replace(string id, HttpContext context, House house)
    {
        var (body, no) = await ScimEndpoints.Read(context);
        return body is null ? no! : await Keep(id, context, house, _ => Form(body));
    }

    static async Task<IResult> Patch(string id, HttpContext context, House house)
    {
        var (body, no) = await ScimEndpoints.Read(context);
        return body is null ? no! : await Keep(id, context, house, resource => ScimPatch.Apply(resource, body) is { } fault ? (null, fault) : Form(resource));
    }

    static async Task<IResult> Keep(string id, HttpContext context, House house, Func<JsonObject, (DirectoryTeamForm?, ScimFault?)> change)
    {
        ScimFault? fault = null;
        var kept = await ScimEndpoints.Commit<DirectoryTeam>(house, async unit =>
        {
            var council = await Identity.People.Over(unit, house.CurrentCouncil.Folder);
            if (await DirectoryTeams.Find(unit, council, ScimEndpoints.By(context), id) is not { } team) return new(null, DirectoryFault.NotFound, null);
            (var form, fault) = change(Resource(context, house, team));
            return form is null ? new(null, DirectoryFault.Invalid, fault!.Why) : await Teams(context, house).Keep(unit, id, ScimEndpoints.Seen(context), form);
        }, context.RequestAborted);
        return kept.Value is { } after ? ScimAnswers.Resource(context, Resource(context, house, after)) : fault is not null ? ScimAnswers.Error(context, 400, fault.Why, fault.Type) : ScimAnswers.Refused(context, kept.Fault, kept.Why);
    }

    static async Task<IResult> Delete(string id, HttpContext context, House house)
    {
        var council = await ScimEndpoints.Now(house);
        return await house.Database.Read(session => DirectoryTeams.Find(session, council, ScimEndpoints.By(context), id), context.RequestAborted) is null ? ScimAnswers.NotFound(context)
            : ScimAnswers.Error(context, 403, new Message("A team has cases, so it cannot be taken away. Take its members out instead."));
    }

    static DirectoryTeams Teams(HttpContext context, House house) => new(house.CurrentCouncil.Folder, ScimEndpoints.By(context), house.Now);

    static JsonObject Resource(HttpContext context, House house, DirectoryTeam team)
    {
        var resource = new JsonObject { ["schemas"] = new JsonArray(ScimAnswers.Group), ["id"] = team.Team.Id };
        if (team.ExternalId is not null) resource["externalId"] = team.ExternalId;
        resource["displayName"] = team.Team.Name;
        resource["members"] = new JsonArray([.. team.Members.Select(m => (JsonNode)new JsonObject { ["value"] = m.Id, ["display"] = m.Name, ["type"] = "User", ["$ref"] = ScimEndpoints.Location(context, house, "Users", m.Id) })]);
        resource["meta"] = new JsonObject { ["resourceType"] = "Group", ["location"] = ScimEndpoints.Location(context, house, "Groups", team.Team.Id), ["version"] = ScimEndpoints.Tag(team.Version) };
        return resource;
    }

    static (DirectoryTeamForm? Form, ScimFault? Fault) Form(JsonObject body)
    {
        if (ScimPatch.Text(ScimPatch.Member(body, "displayName")) is not { } name) return (null, new ScimFault("invalidValue", new Message("“displayName” is missing")));
        var members = (ScimPatch.Member(body, "members") as JsonArray ?? []).Select(m => ScimPatch.Text(m is JsonObject member ? ScimPatch.Member(member, "value") : m)).ToList();
        if (members.Contains(null)) return (null, new ScimFault("invalidValue", new Message("Each of “members” must have a “value”")));
        return (new DirectoryTeamForm(name, ScimPatch.Text(ScimPatch.Member(body, "externalId")), [.. members.OfType<string>().Distinct()]), null);
    }
}
