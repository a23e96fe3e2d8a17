using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Web.Design;
using Moothall.Web.Door;
using Moothall.Web.Resident;

namespace Moothall.Web.Desk;

/// <summary>Gives somebody a role for a time or for some services, or a sensitive service by name. The strong ones wait for a second administrator, who agrees or refuses on the person's page.</summary>
static class GiveEndpoints
{
    public static void Map(RouteGroupBuilder desk)
    {
        desk.MapGet("/staff/{id}/give", Show).ForStaff(StaffEndpoints.NotForYou, Right.Administer);
        desk.MapPost("/staff/{id}/give", Give).ForStaff(StaffEndpoints.NotForYou, Right.Administer);
        desk.MapPost("/staff/{id}/given/{grant}/agree", (string id, string grant, HttpContext context, House house, WebSettings settings) =>
            StaffEndpoints.Press(id, context, house, settings, async (unit, staff, _) => (await staff.Decide(unit, id, grant, agrees: true)).Refusal)).ForStaff(StaffEndpoints.NotForYou, Right.Administer);
        desk.MapPost("/staff/{id}/given/{grant}/refuse", (string id, string grant, HttpContext context, House house, WebSettings settings) =>
            StaffEndpoints.Press(id, context, house, settings, async (unit, staff, _) => (await staff.Decide(unit, id, grant, agrees: false)).Refusal)).ForStaff(StaffEndpoints.NotForYou, Right.Administer);
        desk.MapPost("/staff/{id}/given/{grant}/take-back", (string id, string grant, HttpContext context, House house, WebSettings settings) =>
            StaffEndpoints.Press(id, context, house, settings, async (unit, staff, _) => (await staff.TakeBack(unit, id, grant)).Refusal)).ForStaff(StaffEndpoints.NotForYou, Right.Administer);
    }

    static async Task<IResult> Show(string id, HttpContext context)
    {
        var desk = DeskVisit.Of(context);
        var (entry, no) = await StaffEndpoints.Find(desk, id, context.RequestAborted);
        if (no is not null) return no;
        if (!ManageStaff.MayChange(desk.Caller, entry!.Member)) return StaffEndpoints.NotTheirs(desk, entry);
        return new PageResult(new GivePage { Desk = desk, Entry = entry, Form = new GrantForm("", [], "", desk.Today.ToString("d M uuuu", System.Globalization.CultureInfo.InvariantCulture), "", "") });
    }

    static async Task<IResult> Give(string id, HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return desk.Problem(status, "This did not arrive", wrong!);
        var (entry, no) = await StaffEndpoints.Find(desk, id, context.RequestAborted);
        if (no is not null) return no;
        string[] services = [.. form["services"].Select(v => v ?? "").Where(v => v.Length is > 0 and <= 100)];
        var typed = new GrantForm(form["role"].ToString(), services, form["sensitive"].ToString(), form["from"].ToString(), form["until"].ToString(), form["reason"].ToString());
        PageResult Again(IReadOnlyList<Fault> faults, string? notice, int code) => new(new GivePage { Desk = desk, Entry = entry!, Form = typed, Faults = faults, Notice = notice }, code);
        if (!await desk.IsOurs()) return Again([], StaffEndpoints.Stale(desk), 400);
        var published = house.Services.All.Select(s => s.Definition.Name).ToHashSet(StringComparer.Ordinal);
        var given = await house.Database.Commit(unit => new ManageStaff(house.CurrentCouncil.Folder, desk.Caller, desk.Now).Give(unit, id, typed, published, desk.Council.Sensitive), context.RequestAborted);
        await house.People.Refresh();
        if (given.Refusal is not { } refusal) return new SeeOtherResult($"/desk/staff/{id}?done=yes");
        return refusal.Kind == RefusalKind.Invalid ? Again(desk.Faults(refusal, "role"), null, 422) : desk.Refused(refusal);
    }
}
