using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Web.Design;
using Moothall.Web.Door;
using Moothall.Web.Resident;

namespace Moothall.Web.Desk;

/// <summary>Teams, for administrators: their names, the councils they work for, and who is in them.</summary>
static class TeamEndpoints
{
    public static void Map(RouteGroupBuilder desk)
    {
        desk.MapGet("/teams", List).ForStaff(StaffEndpoints.NotForYou, Right.Administer);
        desk.MapGet("/teams/new", (HttpContext context, House house) => Show(null, context, house)).ForStaff(StaffEndpoints.NotForYou, Right.Administer);
        desk.MapPost("/teams/new", (HttpContext context, House house) => Keep(null, context, house)).ForStaff(StaffEndpoints.NotForYou, Right.Administer);
        desk.MapGet("/teams/{id}", Show).ForStaff(StaffEndpoints.NotForYou, Right.Administer);
        desk.MapPost("/teams/{id}", Keep).ForStaff(StaffEndpoints.NotForYou, Right.Administer);
    }

    static bool Sees(DeskVisit desk, Council.Team team) => team.Authorities.Any(Rights.AuthoritiesFor(desk.Caller, Right.Administer).Contains);

    static IResult List(HttpContext context)
    {
        var desk = DeskVisit.Of(context);
        return new PageResult(new TeamListPage { Desk = desk, Teams = [.. desk.Council.Teams.Values.Where(t => Sees(desk, t)).OrderBy(t => t.Name, StringComparer.CurrentCulture)] });
    }

    static async Task<(TeamPage? Page, IResult? No)> Find(DeskVisit desk, string? id, CancellationToken cancel)
    {
        if (id is null) return (new TeamPage { Desk = desk, Form = new TeamForm("", [], []) }, null);
        if (!desk.Council.Teams.TryGetValue(id, out var team) || !Sees(desk, team)) return (null, desk.NotFound());
        var (version, history) = await desk.House.Database.Read(async session => (await People.VersionOfTeam(session, id), await People.HistoryOfTeam(session, id)), cancel);
        var members = desk.Council.Members.Values.Where(m => m.Teams.Contains(id)).Select(m => m.Id).ToList();
        return (new TeamPage { Desk = desk, Team = team, Version = version, History = history, Form = new TeamForm(team.Name, team.Authorities, members) }, null);
    }

    static async Task<IResult> Show(string? id, HttpContext context, House house)
    {
        var (page, no) = await Find(DeskVisit.Of(context), id, context.RequestAborted);
        return no ?? new PageResult(page!);
    }

    static async Task<IResult> Keep(string? id, HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return desk.Problem(status, "This did not arrive", wrong!);
        var (page, no) = await Find(desk, id, context.RequestAborted);
        if (no is not null) return no;
        string[] Ticked(string field) => [.. form[field].Select(v => v ?? "").Where(v => v.Length is > 0 and <= 100)];
        page!.Form = new TeamForm(form["name"].ToString(), Ticked("authorities"), Ticked("members"));
        if (!await desk.IsOurs())
        {
            page.Notice = StaffEndpoints.Stale(desk);
            return new PageResult(page, 400);
        }
        var seen = DeskForm.Version(form);
        var kept = await house.Database.Commit(unit => new ManageStaff(house.CurrentCouncil.Folder, desk.Caller, desk.Now).KeepTeam(unit, id, seen, page.Form), context.RequestAborted);
        await house.People.Refresh();
        if (kept.Value is { } team) return new SeeOtherResult($"/desk/teams/{team.Id}");
        var refusal = kept.Refusal!;
        if (refusal.Kind == RefusalKind.Changed)
        {
            page.Since = [.. page.History.Where(h => h.Version > seen)];
            return new PageResult(page, 409);
        }
        if (refusal.Kind != RefusalKind.Invalid) return desk.Refused(refusal);
        page.Faults = desk.Faults(refusal, "name");
        return new PageResult(page, 422);
    }
}
