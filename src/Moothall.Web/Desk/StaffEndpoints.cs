using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Notifications;
using Moothall.Web.Design;
using Moothall.Web.Door;
using Moothall.Web.Resident;
using NodaTime;

namespace Moothall.Web.Desk;

/// <summary>Staff, for administrators: who they are, what they may do, their links, sessions and what was changed. Two administrators never overwrite each other unseen.</summary>
static class StaffEndpoints
{
    public static void Map(RouteGroupBuilder desk)
    {
        desk.MapGet("/staff", List).ForStaff(NotForYou, Right.Administer);
        desk.MapGet("/staff/new", New).ForStaff(NotForYou, Right.Administer);
        desk.MapPost("/staff/new", Add).ForStaff(NotForYou, Right.Administer);
        desk.MapGet("/staff/{id}", Person).ForStaff(NotForYou, Right.Administer);
        desk.MapGet("/staff/{id}/change", Change).ForStaff(NotForYou, Right.Administer);
        desk.MapPost("/staff/{id}/change", Keep).ForStaff(NotForYou, Right.Administer);
        desk.MapPost("/staff/{id}/invite", Invite).ForStaff(NotForYou, Right.Administer);
        desk.MapPost("/staff/{id}/revoke-invitations", (string id, HttpContext context, House house, WebSettings settings) => Press(id, context, house, settings, async (unit, staff, _) => (await staff.RevokeInvitations(unit, id)).Refusal)).ForStaff(NotForYou, Right.Administer);
        desk.MapPost("/staff/{id}/end-sessions", (string id, HttpContext context, House house, WebSettings settings) => Press(id, context, house, settings, async (unit, staff, _) => (await staff.EndSessions(unit, id)).Refusal)).ForStaff(NotForYou, Right.Administer);
        desk.MapPost("/staff/{id}/forget-providers", (string id, HttpContext context, House house, WebSettings settings) => Press(id, context, house, settings, async (unit, staff, _) => (await staff.ForgetProviders(unit, id)).Refusal)).ForStaff(NotForYou, Right.Administer);
        foreach (var (path, state) in new[] { ("suspend", StaffState.Suspended), ("left", StaffState.Left), ("return", StaffState.Works) })
            desk.MapPost($"/staff/{{id}}/{path}", (string id, HttpContext context, House house, WebSettings settings) => Press(id, context, house, settings, async (unit, staff, seen) => (await staff.Set(unit, id, seen, state)).Refusal)).ForStaff(NotForYou, Right.Administer);
    }

    internal static readonly Message NotForYou = new Message("Administrators manage staff and teams. Ask one of yours.");

    static ManageStaff Manage(DeskVisit desk) => new(desk.House.CurrentCouncil.Folder, desk.Caller, desk.Now);

    static async Task<IResult> List(HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var (all, waiting) = await house.Database.Read(async session => (await People.All(session, desk.Council), await Grants.Waiting(session)), context.RequestAborted);
        var staff = all.Where(e => ManageStaff.MaySee(desk.Caller, e.Member)).ToList();
        var seen = staff.Select(e => e.Member.Id).ToHashSet(StringComparer.Ordinal);
        return new PageResult(new StaffListPage { Desk = desk, Staff = staff, Waiting = [.. waiting.Where(g => seen.Contains(g.Member))] });
    }

    internal static async Task<(StaffEntry? Entry, IResult? No)> Find(DeskVisit desk, string id, CancellationToken cancel)
    {
        var entry = await desk.House.Database.Read(session => People.Find(session, desk.Council, id), cancel);
        return entry is not null && ManageStaff.MaySee(desk.Caller, entry.Member) ? (entry, null) : (null, desk.NotFound());
    }

    static async Task<IResult> Person(string id, string? done, HttpContext context, House house, WebSettings settings)
    {
        var desk = DeskVisit.Of(context);
        var (entry, no) = await Find(desk, id, context.RequestAborted);
        return no ?? await Shown(desk, entry!, settings, context, told: done is not null);
    }

    static async Task<IResult> Shown(DeskVisit desk, StaffEntry entry, WebSettings settings, HttpContext context, bool told = false, string? link = null, string? mailedTo = null, string? wrong = null, int status = 200)
    {
        var id = entry.Member.Id;
        var page = await desk.House.Database.Read(async session => new StaffPage
        {
            Desk = desk, Entry = entry, History = await People.History(session, id), Given = await Grants.Of(session, id), Invitation = await Invitations.Newest(session, id), Keys = (await Passkeys.Of(session, id)).Count, Providers = await StaffByProvider.Of(session, id),
            Sessions = (await Sessions.OpenOf(session, id, settings.Sessions.For(StaffSessions.CallerFor(desk.Council, id, desk.Now).Roles), desk.Now)).Count, Link = link, MailedTo = mailedTo, Wrong = wrong, Told = told,
        }, context.RequestAborted);
        return new PageResult(page, status);
    }

    internal static async Task<IResult> Press(string id, HttpContext context, House house, WebSettings settings, Func<Store.Unit, ManageStaff, int, Task<Refusal?>> act)
    {
        var (form, bad) = await DeskForm.Read(context);
        if (form is null) return bad!;
        var desk = DeskVisit.Of(context);
        var (entry, no) = await Find(desk, id, context.RequestAborted);
        if (no is not null) return no;
        var refusal = await house.Database.Commit(unit => act(unit, Manage(desk), DeskForm.Version(form)), context.RequestAborted);
        await house.People.Refresh();
        if (refusal is null) return new SeeOtherResult($"/desk/staff/{id}?done=yes");
        if (refusal.Kind is RefusalKind.NotFound or RefusalKind.NotAllowed) return desk.Refused(refusal);
        var (now, _) = await Find(desk, id, context.RequestAborted);
        return await Shown(desk, now ?? entry!, settings, context, wrong: refusal.In(desk.Phrases), status: refusal.Kind == RefusalKind.Changed ? 409 : 422);
    }

    static async Task<IResult> Invite(string id, HttpContext context, House house, WebSettings settings)
    {
        var (form, bad) = await DeskForm.Read(context);
        if (form is null) return bad!;
        var desk = DeskVisit.Of(context);
        var (entry, no) = await Find(desk, id, context.RequestAborted);
        if (no is not null) return no;
        var made = await house.Database.Commit(async unit =>
        {
            var invited = await Manage(desk).Invite(unit, id, Invitations.Usual);
            if (invited.Value is { } sent && entry!.Member is { Email: not null } member) await QueueMail.Queue(unit, house, Mail(desk, member, sent));
            return invited;
        }, context.RequestAborted);
        if (made.Value is not { } code) return made.Refusal!.Kind == RefusalKind.Invalid ? await Shown(desk, entry!, settings, context, wrong: made.Refusal.In(desk.Phrases), status: 422) : desk.Refused(made.Refusal);
        // Shown once, so this page has no address of its own to come back to.
        return await Shown(desk, entry!, settings, context, link: Invitations.Link(desk.Council, entry!.Member, code), mailedTo: entry.Member.Email);
    }

    static OutgoingMail Mail(DeskVisit desk, Council.Member member, string code) => new()
    {
        Key = "staff-invitation/" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code))), Kind = "staff-invitation", AtOnce = true, To = member.Email,
        Authority = desk.Council.Authorities.FirstOrDefault(a => member.Authorities.Contains(a.Id))?.Id ?? desk.FrontDoor.Id,
        Subject = desk.Look.Say("Your link to the desk"),
        Body = desk.Look.Say("Hello ((name)).") + "\n\n" + desk.Look.Say("With this link you make a passkey, and with the passkey you sign in to the desk. It works once, for 48 hours. Open it on a device that is yours alone.")
            + "\n\n((link))\n\n" + desk.Look.Say("Give it to nobody. If you did not expect it, tell us."),
        Fields = new Dictionary<string, string?> { ["name"] = member.Name, ["link"] = Invitations.Link(desk.Council, member, code) },
    };

    static IResult New(HttpContext context)
    {
        var desk = DeskVisit.Of(context);
        var mine = Rights.AuthoritiesFor(desk.Caller, Right.Administer);
        return new PageResult(new StaffFormPage { Desk = desk, Form = new StaffForm("", "", [], mine.Count == 1 ? [.. mine] : [], []) });
    }

    static StaffForm Typed(IFormCollection form)
    {
        string[] Ticked(string field) => [.. form[field].Select(v => v ?? "").Where(v => v.Length is > 0 and <= 100)];
        return new StaffForm(form["name"].ToString(), form["email"].ToString(), Ticked("roles"), Ticked("authorities"), Ticked("teams"));
    }

    internal static string Stale(DeskVisit desk) => desk.Say("This page was open for a long time, or your browser does not keep our cookies. Nothing was saved. What you typed is still here: save it again.");

    static async Task<IResult> Add(HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return desk.Problem(status, "This did not arrive", wrong!);
        var typed = Typed(form);
        if (!await desk.IsOurs()) return new PageResult(new StaffFormPage { Desk = desk, Form = typed, Notice = Stale(desk) }, 400);
        var added = await house.Database.Commit(unit => Manage(desk).Add(unit, typed), context.RequestAborted);
        if (added.Value is not { } entry)
            return added.Refusal!.Kind == RefusalKind.Invalid ? new PageResult(new StaffFormPage { Desk = desk, Form = typed, Faults = desk.Faults(added.Refusal, "name") }, 422) : desk.Refused(added.Refusal);
        await house.People.Refresh();
        return new SeeOtherResult($"/desk/staff/{entry.Member.Id}?done=yes");
    }

    static async Task<IResult> Change(string id, HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var (entry, no) = await Find(desk, id, context.RequestAborted);
        if (no is not null) return no;
        return ManageStaff.MayChange(desk.Caller, entry!.Member) ? new PageResult(new StaffFormPage { Desk = desk, Entry = entry, Form = StaffForm.Of(entry.Member) }) : NotTheirs(desk, entry);
    }

    internal static IResult NotTheirs(DeskVisit desk, StaffEntry entry) =>
        desk.Problem(403, "You cannot change this", desk.Look.Say("{name} also works for a council that you do not administer. An administrator of all their councils can change this.", ("name", entry.Member.Name)));

    static async Task<IResult> Keep(string id, HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return desk.Problem(status, "This did not arrive", wrong!);
        var (entry, no) = await Find(desk, id, context.RequestAborted);
        if (no is not null) return no;
        if (!ManageStaff.MayChange(desk.Caller, entry!.Member)) return NotTheirs(desk, entry);
        var typed = Typed(form);
        StaffFormPage Again(StaffEntry now) => new() { Desk = desk, Entry = now, Form = typed };
        if (!await desk.IsOurs()) return new PageResult(Again(entry).With(notice: Stale(desk)), 400);
        var seen = DeskForm.Version(form);
        var kept = await house.Database.Commit(unit => Manage(desk).Change(unit, id, seen, typed), context.RequestAborted);
        if (kept.Refusal is { } refusal)
        {
            if (refusal.Kind == RefusalKind.Changed)
            {
                await house.People.Refresh();
                var (now, gone) = await Find(desk, id, context.RequestAborted);
                if (gone is not null) return gone;
                var since = (await house.Database.Read(session => People.History(session, id), context.RequestAborted)).Where(h => h.Version > seen).ToList();
                return new PageResult(Again(now!).With(since: since), 409);
            }
            return refusal.Kind == RefusalKind.Invalid ? new PageResult(Again(entry).With(faults: desk.Faults(refusal, "name")), 422) : desk.Refused(refusal);
        }
        await house.People.Refresh();
        return new SeeOtherResult(kept.Value!.Version == seen ? $"/desk/staff/{id}" : string.Create(CultureInfo.InvariantCulture, $"/desk/staff/{id}?done=yes"));
    }
}
