using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Web.Design;
using Moothall.Web.Door;
using Moothall.Web.Resident;

namespace Moothall.Web.Desk;

/// <summary>One's own passkeys and sessions, and what came too late and is shown again.</summary>
static class YouEndpoints
{
    const string Purpose = "another";

    public static void Map(RouteGroupBuilder desk)
    {
        desk.MapGet("/you", Show).ForStaff();
        desk.MapPost("/you/passkeys", Add).ForStaff();
        desk.MapPost("/you/passkeys/{id}/remove", Remove).ForStaff();
        desk.MapPost("/you/sign-out-everywhere", SignOutEverywhere).ForStaff();
        desk.MapGet("/kept/{code}", Kept).ForStaff();
    }

    static Task<IResult> Show(string? done, HttpContext context, House house, WebSettings settings, PasskeyCeremony passkeys) => Page(context, house, settings, passkeys, done, null, 200);

    static async Task<IResult> Page(HttpContext context, House house, WebSettings settings, PasskeyCeremony passkeys, string? done, string? wrong, int status)
    {
        var desk = DeskVisit.Of(context);
        var site = PasskeySite.Of(context, desk.Council);
        var (keys, sessions) = await house.Database.Read(async session => (await Passkeys.Of(session, desk.Caller.Id), await Sessions.OpenOf(session, desk.Caller.Id, settings.Sessions.For(desk.Caller.Roles), desk.Now)), context.RequestAborted);
        return new PageResult(new YouPage
        {
            Desk = desk, Passkeys = keys, Sessions = sessions, Site = site, Done = done, Wrong = wrong,
            Options = site is { IsHere: true, CanHavePasskeys: true } ? await passkeys.AskForNew(context, site, desk.Council.Members[desk.Caller.Id], Purpose) : null,
        }, status);
    }

    static async Task<IResult> Add(HttpContext context, House house, WebSettings settings, PasskeyCeremony passkeys)
    {
        var (form, no) = await DeskForm.Read(context);
        if (form is null) return no!;
        var desk = DeskVisit.Of(context);
        var read = await passkeys.ReadNew(context, PasskeySite.Of(context, desk.Council), desk.Caller.Id, Purpose, form["credential"].ToString());
        if (read.Value is not { } answer) return await Page(context, house, settings, passkeys, null, read.Refusal!.In(desk.Phrases), 422);
        var added = await house.Database.Commit(async unit =>
        {
            if (!await Passkeys.TakeChallenge(unit, answer.Challenge, answer.Until)) return false;
            await Passkeys.Add(unit, answer.Passkey);
            return true;
        }, context.RequestAborted);
        return added ? new SeeOtherResult("/desk/you?done=added") : await Page(context, house, settings, passkeys, null, PasskeyCeremony.TooLate.In(desk.Phrases), 422);
    }

    static async Task<IResult> Remove(string id, HttpContext context, House house, WebSettings settings, PasskeyCeremony passkeys)
    {
        var (form, no) = await DeskForm.Read(context);
        if (form is null) return no!;
        var desk = DeskVisit.Of(context);
        var (removed, left) = await house.Database.Commit(async unit =>
        {
            var keys = await Passkeys.Of(unit, desk.Caller.Id);
            return keys.Count > 1 ? (await Passkeys.Remove(unit, desk.Caller.Id, id, desk.Now), keys.Count) : (false, keys.Count);
        }, context.RequestAborted);
        return removed || left != 1 ? new SeeOtherResult("/desk/you?done=removed")
            : await Page(context, house, settings, passkeys, null, desk.Say("This is your only passkey, so you could not sign in again. Add another one first, then remove this one."), 422);
    }

    static async Task<IResult> SignOutEverywhere(HttpContext context, House house, Callers callers)
    {
        var (form, no) = await DeskForm.Read(context);
        if (form is null) return no!;
        var desk = DeskVisit.Of(context);
        await house.Database.Commit(async unit =>
        {
            if (await Sessions.EndAllOf(unit, desk.Caller.Id, desk.Now) > 0)
                await Audit.Note(unit, desk.Now, new AuditEntry(AuditKinds.SignedOutEverywhere, AuditBy.Of(desk.Caller), Audit.Staff(desk.Caller.Id)));
        }, context.RequestAborted);
        await callers.SignOut(context);
        return new SeeOtherResult("/desk/sign-in");
    }

    static async Task<IResult> Kept(string code, HttpContext context, LateForms late)
    {
        var desk = DeskVisit.Of(context);
        return await late.Open(code, desk.Caller.Id, context.RequestAborted) is { } form ? new PageResult(new KeptPage { Desk = desk, Form = form, Questions = await Asked(form.Path, desk.House, context.RequestAborted) })
            : desk.Problem(404, "There is nothing kept here", "What came after you were signed out is kept for an hour, for you alone. That hour is over, or somebody else typed it.");
    }

    // The questions of the service that a form is of: a case's (staff answer its work's), or a new case's.
    static async Task<IReadOnlyList<Question>> Asked(string path, House house, CancellationToken cancel)
    {
        var service = path.Split('/', '?') switch
        {
            ["", "desk", "cases", var reference, ..] => (await house.Database.Read(session => CaseQueries.ServiceOf(session, reference), cancel))?.Service,
            ["", "desk", "new", var named, ..] => named,
            _ => null,
        };
        return service is not null && house.Services.Find(service)?.Definition is { } definition ? [.. definition.Work.Questions, .. definition.Ask] : [];
    }
}
