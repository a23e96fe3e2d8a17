using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Web.Api;
using Moothall.Web.Design;
using Moothall.Web.Door;
using Moothall.Web.Resident;
using NodaTime;

namespace Moothall.Web.Desk;

/// <summary>How long a session lasts, for the script of a page, and the antiforgery token with which it says that somebody stays.</summary>
public sealed record SessionBody(int SecondsLeft, bool CanGrow, string? Token);

/// <summary>Signing in at the desk with a passkey and out again. In the demo somebody may choose a name instead; anywhere else that way does not exist.</summary>
static class SignInEndpoints
{
    public static void Map(RouteGroupBuilder desk)
    {
        desk.MapGet("/sign-in", Show).Open();
        desk.MapPost("/sign-in", SignIn).Open();
        desk.MapPost("/sign-out", SignOut).Open();
        desk.MapGet("/session", Left).Open();
        desk.MapPost("/session", Stay).Open();
    }

    static Task<IResult> Show(HttpContext context, House house, WebSettings settings, PasskeyCeremony passkeys) =>
        Page(context, house, settings, passkeys, LocalPath(context.Request.Query["return"].ToString()), null, 200);

    /// <summary>The page on which somebody says who they are, with what went wrong.</summary>
    internal static async Task<IResult> Page(HttpContext context, House house, WebSettings settings, PasskeyCeremony passkeys, string back, string? wrong, int status)
    {
        var visit = new Visit(context, house);
        var site = PasskeySite.Of(context, visit.Council);
        return new PageResult(new SignInPage
        {
            Look = visit.Look, Council = visit.Council, ByName = settings.ChooseANameSignIn, Return = back, Wrong = wrong, Token = visit.Token(), Contact = visit.Authority.Contact, Site = site, Providers = ProviderSignIn.At(visit),
            Options = site is { IsHere: true, CanHavePasskeys: true } ? await passkeys.AskToSignIn(context, site) : null,
        }, status);
    }

    static async Task<IResult> SignIn(HttpContext context, House house, WebSettings settings, Callers callers, PasskeyCeremony passkeys)
    {
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return Pages.Problem(context, house, status, "This did not arrive", wrong!);
        var byName = form.ContainsKey("member");
        if (byName && !settings.ChooseANameSignIn) return Pages.NotFound(context, house);
        var back = LocalPath(form["return"].ToString());
        Task<IResult> Again(Refusal no, int code) => Page(context, house, settings, passkeys, back, no.In(ReaderLanguage.Of(context)), code);
        async Task<IResult> Refused(string? member, Refusal no)
        {
            await Audit.Note(house.Database, house.Now, new AuditEntry(AuditKinds.SignInRefused, member is null ? AuditBy.Unknown : AuditBy.Member(member)) { Detail = [no.Message] });
            return await Again(no, 422);
        }
        if (!await new Visit(context, house).IsOurs()) return await Again(Refusal.Invalid("This page was open for a long time, or your browser does not keep our cookies. Try again."), 400);
        string? code;
        if (byName)
        {
            var member = form["member"].ToString();
            if (StaffSessions.ToChooseFrom(house.Council).All(m => m.Id != member)) return await Refused(null, Refusal.Invalid("Choose a name from the list."));
            code = await house.Database.Commit(unit => Callers.SignIn(unit, context, member, house.Now, new Message("By choosing a name, in the demo.")), context.RequestAborted);
        }
        else
        {
            var read = await passkeys.ReadSignIn(context, PasskeySite.Of(context, house.Council), form["credential"].ToString());
            if (read.Value is not { } answer) return await Refused(null, read.Refusal!);
            var key = answer.Passkey;
            if (!StaffSessions.CallerFor(house.Council, key.Member, house.Now).IsSignedIn) return await Refused(key.Member, Refusal.Invalid("You cannot sign in at the moment. Ask your administrator."));
            code = await house.Database.Commit(async unit => await Passkeys.TakeChallenge(unit, answer.Challenge, answer.Until) && await Passkeys.Used(unit, key.Id, key.SignCount, key.BackedUp, house.Now)
                ? await Callers.SignIn(unit, context, key.Member, house.Now, new Message("With a passkey.")) : null, context.RequestAborted);
            if (code is null) return await Refused(key.Member, PasskeyCeremony.TooLate);
        }
        Callers.Remember(context, code);
        return new SeeOtherResult(back);
    }

    static async Task<IResult> SignOut(HttpContext context, House house, Callers callers)
    {
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return Pages.Problem(context, house, status, "This did not arrive", wrong!);
        if (!await new Visit(context, house).IsOurs()) return Pages.Problem(context, house, 400, "You are still signed in", "This page was open for a long time. Go back, load the page again and sign out.");
        var code = context.Request.Cookies[Callers.Cookie];
        await callers.SignOut(context);
        return new SeeOtherResult(await ProviderSignIn.Leaving.AfterSignOut(context, house, code));
    }

    // Asking how long it lasts makes it no longer.
    static async Task<IResult> Left(HttpContext context, House house, WebSettings settings, Callers callers)
    {
        var (caller, session) = await callers.OfDesk(context);
        return Body(context, house, settings, caller.IsSignedIn ? session : null);
    }

    static async Task<IResult> Stay(HttpContext context, House house, WebSettings settings)
    {
        var (form, _, _) = await Forms.Read(context);
        if (form is null || !await new Visit(context, house).IsOurs()) return Results.StatusCode(400);
        var (isIn, session) = await DeskVisit.Enter(context);
        return Body(context, house, settings, isIn ? session : null);
    }

    static IResult Body(HttpContext context, House house, WebSettings settings, StaffSession? session)
    {
        if (session is null) return Body(context, house, null);
        var limits = settings.Sessions.For(StaffSessions.CallerFor(house.Council, session.Member, house.Now).Roles);
        return Body(context, house, (session.EndsAt(limits), session.CanGrow(limits)));
    }

    /// <summary>How long a session lasts that ends at some time, and whether another page makes it longer; null where there is none.</summary>
    internal static IResult Body(HttpContext context, House house, (Instant End, bool CanGrow)? session)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(session is var (end, canGrow) ? new SessionBody((int)(end - house.Now).TotalSeconds, canGrow, new Visit(context, house).Token()) : new SessionBody(0, false, null), ApiJson.Options);
    }

    /// <summary>The page of the desk that somebody wanted, or the queue: never an address of another site (CWE-601).</summary>
    internal static string LocalPath(string wanted) =>
        (wanted.StartsWith("/desk/", StringComparison.Ordinal) || wanted.StartsWith("/desk?", StringComparison.Ordinal)) && wanted.Length <= 500 && !wanted.StartsWith("/desk/sign-", StringComparison.Ordinal)
            && wanted.All(c => c is > ' ' and < '\u007f' and not '\\') ? wanted : "/desk";
}
