using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Web.Design;
using Moothall.Web.Door;
using Moothall.Web.Resident;

namespace Moothall.Web.Desk;

/// <summary>A one-time link of an invitation. Opening it changes nothing, however often; making the passkey uses it up.</summary>
static class InvitationEndpoints
{
    public static void Map(RouteGroupBuilder door)
    {
        door.MapGet("/invitation/{code}", Show).WithSecret();
        door.MapPost("/invitation/{code}", Accept).WithSecret();
    }

    static string Purpose(string code) => "invitation " + code;

    static async Task<IResult> Show(string code, HttpContext context, House house, PasskeyCeremony passkeys) => await Page(code, context, house, passkeys, null, 200);

    static async Task<IResult> Page(string code, HttpContext context, House house, PasskeyCeremony passkeys, string? wrong, int status)
    {
        var visit = new Visit(context, house);
        var (state, member) = await Find(code, house, context.RequestAborted);
        if (member is null) return Over(visit, state);
        var site = PasskeySite.Of(context, visit.Council);
        return new PageResult(new InvitationPage
        {
            Look = visit.Look, Name = member.Name, Address = $"/desk/invitation/{code}", Token = visit.Token(), Site = site, Wrong = wrong,
            Options = site is { IsHere: true, CanHavePasskeys: true } ? await passkeys.AskForNew(context, site, member, Purpose(code)) : null,
        }, status);
    }

    static async Task<(InvitationState, Member?)> Find(string code, House house, CancellationToken cancel)
    {
        var (state, invitation) = await house.Database.Read(session => Invitations.Find(session, code, house.Now), cancel);
        if (state != InvitationState.Good) return (state, null);
        return house.Council.Members.TryGetValue(invitation!.Member, out var member) && !member.IsPartner ? (state, member) : (InvitationState.Revoked, null);
    }

    static PageResult Over(Visit visit, InvitationState state) =>
        new(new InvitationOverPage { Look = visit.Look, State = state, Contact = visit.Authority.Contact }, state == InvitationState.Unknown ? 404 : 410);

    static async Task<IResult> Accept(string code, HttpContext context, House house, PasskeyCeremony passkeys, Callers callers)
    {
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return Pages.Problem(context, house, status, "This did not arrive", wrong!);
        var visit = new Visit(context, house);
        var (state, member) = await Find(code, house, context.RequestAborted);
        if (member is null) return Over(visit, state);
        if (!await visit.IsOurs()) return await Page(code, context, house, passkeys, visit.Look.Say("This page was open for a long time, or your browser does not keep our cookies. Try again."), 400);
        var read = await passkeys.ReadNew(context, PasskeySite.Of(context, house.Council), member.Id, Purpose(code), form["credential"].ToString());
        if (read.Value is not { } answer) return await Page(code, context, house, passkeys, read.Refusal!.In(visit.Look.Phrases), 422);
        var now = house.Now;
        var session = await house.Database.Commit(async unit =>
        {
            if (!await Passkeys.TakeChallenge(unit, answer.Challenge, answer.Until) || !await Invitations.Use(unit, code, now)) return null;
            await Passkeys.Add(unit, answer.Passkey);
            return await Callers.SignIn(unit, context, member.Id, now, new Message("By an invitation, with a new passkey."));
        }, context.RequestAborted);
        if (session is null) return await Page(code, context, house, passkeys, PasskeyCeremony.TooLate.In(visit.Look.Phrases), 422);
        Callers.Remember(context, session);
        return new SeeOtherResult("/desk/you?done=first");
    }
}
