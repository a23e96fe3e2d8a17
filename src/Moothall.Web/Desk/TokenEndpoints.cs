using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Web.Design;
using Moothall.Web.Door;
using Moothall.Web.Resident;

namespace Moothall.Web.Desk;

/// <summary>Tokens and keys of programs, for administrators: made, changed over and ended. A token is shown once, by the page that made it.</summary>
static class TokenEndpoints
{
    public static void Map(RouteGroupBuilder desk)
    {
        desk.MapGet("/tokens", (HttpContext context, House _) => Show(context, null, [])).ForStaff(StaffEndpoints.NotForYou, Right.Administer);
        desk.MapPost("/tokens", Make).ForStaff(StaffEndpoints.NotForYou, Right.Administer);
        desk.MapPost("/tokens/{id}/rotate", Rotate).ForStaff(StaffEndpoints.NotForYou, Right.Administer);
        desk.MapPost("/tokens/{id}/end", (string id, HttpContext context) => Press(context, async (unit, manage) => (await manage.End(unit, id)).Refusal)).ForStaff(StaffEndpoints.NotForYou, Right.Administer);
        desk.MapPost("/tokens/keys", Register).ForStaff(StaffEndpoints.NotForYou, Right.Administer);
        desk.MapPost("/tokens/keys/{id}/end", (string id, HttpContext context) => Press(context, async (unit, manage) => (await manage.EndKey(unit, id)).Refusal)).ForStaff(StaffEndpoints.NotForYou, Right.Administer);
    }

    static ManageTokens Manage(DeskVisit desk) => new(desk.Council, desk.Caller, desk.Now);

    static async Task<IResult> Show(HttpContext context, TokenForm? typed, IReadOnlyList<Fault> faults, MadeToken? made = null, string? key = null, string? notice = null, int status = 200, string? keyOf = null)
    {
        var desk = DeskVisit.Of(context);
        var manage = Manage(desk);
        var (tokens, keys) = await desk.House.Database.Read(async session => (await Tokens.All(session, desk.Now), await ClientKeys.All(session)), context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        return new PageResult(new TokensPage
        {
            Desk = desk, Programs = manage.Programs, Tokens = [.. tokens.Where(t => manage.MayEnd(t.Member))], Keys = [.. keys.Where(k => manage.MayEnd(k.Member))], Form = typed ?? new TokenForm("", "", [], "365"), Faults = faults,
            Made = made, TypedKey = key ?? "", KeyOf = keyOf ?? "", Notice = notice, Done = context.Request.Query["done"] == "yes",
        }, status);
    }

    static async Task<IResult> Make(HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return desk.Problem(status, "This did not arrive", wrong!);
        var typed = new TokenForm(form["member"].ToString(), form["name"].ToString(), [.. form["scopes"].OfType<string>().Take(20)], form["days"].ToString().Trim());
        if (!await desk.IsOurs()) return await Show(context, typed, [], notice: StaffEndpoints.Stale(desk), status: 400);
        var made = await house.Database.Commit(unit => Manage(desk).Make(unit, typed), context.RequestAborted);
        if (made.Value is { } token) return await Show(context, null, [], token);
        return made.Refusal!.Kind == RefusalKind.Invalid ? await Show(context, typed, made.Refusal.FaultsIn(desk.Phrases), status: 422) : desk.Refused(made.Refusal);
    }

    static async Task<IResult> Rotate(string id, HttpContext context, House house)
    {
        var (form, no) = await DeskForm.Read(context);
        if (form is null) return no!;
        var desk = DeskVisit.Of(context);
        var made = await house.Database.Commit(unit => Manage(desk).Rotate(unit, id), context.RequestAborted);
        return made.Value is { } token ? await Show(context, null, [], token) : made.Refusal!.Kind == RefusalKind.Invalid ? await Show(context, null, [], notice: made.Refusal.In(desk.Phrases), status: 422) : desk.Refused(made.Refusal);
    }

    static async Task<IResult> Register(HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return desk.Problem(status, "This did not arrive", wrong!);
        var (member, key) = (form["key-member"].ToString(), form["key"].ToString());
        if (!await desk.IsOurs()) return await Show(context, null, [], key: key, keyOf: member, notice: StaffEndpoints.Stale(desk), status: 400);
        var added = await house.Database.Commit(unit => Manage(desk).Register(unit, member, key), context.RequestAborted);
        if (added.Value is not null) return new SeeOtherResult("/desk/tokens?done=yes");
        // A private key that was pasted by mistake is not sent back either.
        return added.Refusal!.Kind == RefusalKind.Invalid ? await Show(context, null, [.. added.Refusal.FaultsIn(desk.Phrases).Select(f => f with { Field = f.Field == "member" ? "key-member" : f.Field })], keyOf: member, status: 422) : desk.Refused(added.Refusal);
    }

    static async Task<IResult> Press(HttpContext context, Func<Store.Unit, ManageTokens, Task<Refusal?>> act)
    {
        var (form, no) = await DeskForm.Read(context);
        if (form is null) return no!;
        var desk = DeskVisit.Of(context);
        return await desk.House.Database.Commit(async unit => new Pressed(await act(unit, Manage(desk))), context.RequestAborted) is { No: { } refusal } ? desk.Refused(refusal) : new SeeOtherResult("/desk/tokens?done=yes");
    }

    sealed record Pressed(Refusal? No) : Store.IOutcome
    {
        bool Store.IOutcome.RollsBack => No is not null;
    }
}
