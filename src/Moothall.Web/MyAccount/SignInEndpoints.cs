using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Web.Design;
using Moothall.Web.Desk;
using Moothall.Web.Door;
using Moothall.Web.Resident;

namespace Moothall.Web.MyAccount;

/// <summary>
/// Signing in to an account that nobody needs: by a link that comes by e-mail. What is said after an address was sent is the same for every address. A link does nothing when it is
/// opened; a button on its page does.
/// </summary>
static class SignInEndpoints
{
    static readonly SecretLink Link = new("moothall-account-link", "/account/link");

    public static void Map(RouteGroupBuilder account)
    {
        account.MapGet("/sign-in", Show).Open();
        account.MapPost("/sign-in", Ask).Open();
        account.MapPost("/sign-in/passkey", ByPasskey).Open();
        account.MapGet("/sign-in/sent", Sent).Open();
        account.MapGet("/link/{code}", Link.Open).WithSecret();
        account.MapGet("/link", Opened).WithSecret();
        account.MapPost("/link", Use).WithSecret();
        account.MapPost("/sign-out", SignOut).Open();
        account.MapGet("/session", Left).Open();
        account.MapPost("/session", Stay).Open();
    }

    const string Purpose = "account sign-in";

    static async Task<IResult> Show(HttpContext context, House house, AccountCallers callers, PasskeyCeremony passkeys)
    {
        var back = LocalPath(context.Request.Query["return"].ToString());
        var need = SignInGate.NeedIn(context);
        return await callers.Of(context) is { } session && session.Level >= need ? new SeeOtherResult(back.Length > 0 ? back : "/account") : await Page(context, house, passkeys, back, "", [], 200, need);
    }

    /// <summary>The page with every way in that there is, or with those that are sure enough.</summary>
    internal static async Task<PageResult> Page(HttpContext context, House house, PasskeyCeremony passkeys, string back, string email, IReadOnlyList<Fault> faults, int status, SignInLevel need = SignInLevel.None)
    {
        var visit = new Visit(context, house);
        var site = PasskeySite.Of(context, visit.Council);
        return new PageResult(new SignInPage
        {
            Look = visit.Look, CanMail = house.MailIsSet, Phone = visit.Authority.Contact.Phone, Return = back, Email = email, Faults = faults, Token = visit.Token(),
            Providers = AccountByProvider.At(visit, need), Need = need,
            Options = site is { IsHere: true, CanHavePasskeys: true } ? await passkeys.AskToSignIn(context, site, Purpose) : null,
        }, status);
    }

    // A passkey with a fingerprint, face or PIN is two proofs at once.
    static async Task<IResult> ByPasskey(HttpContext context, House house, PasskeyCeremony passkeys)
    {
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return Pages.Problem(context, house, status, "This did not arrive", wrong!);
        var (visit, back) = (new Visit(context, house), LocalPath(form["return"].ToString()));
        Task<PageResult> Again(Message why, int code) => Page(context, house, passkeys, back, "", [new Fault("passkey", "passkey", why.In(visit.Look.Phrases))], code);
        if (!await visit.IsOurs()) return await Again(PasskeyCeremony.TooLate.Message, 400);
        var read = await passkeys.ReadSignIn(context, PasskeySite.Of(context, house.Council), form["credential"].ToString(), Purpose);
        if (read.Value is not { } answer || Accounts.OfHolder(answer.Passkey.Member) is not { } account)
            return await Again(read.Refusal is { } no && no == PasskeyCeremony.TooLate ? no.Message : new Message("We do not know this passkey, or it was removed. Choose another one, or sign in with a link by email."), 422);
        var key = answer.Passkey;
        var session = await house.Database.Commit(async unit => await Accounts.Find(unit, account) is not null && await Passkeys.TakeChallenge(unit, answer.Challenge, answer.Until) && await Passkeys.Used(unit, key.Id, key.SignCount, key.BackedUp, house.Now)
            ? await AccountCallers.SignIn(unit, context, account, SignInLevel.TwoFactor, SignInMethods.Passkey, visit, house.Now) : null, context.RequestAborted);
        if (session is null) return await Again(PasskeyCeremony.TooLate.Message, 422);
        AccountCallers.Remember(context, session);
        return new SeeOtherResult(back.Length > 0 ? back : "/account");
    }

    static async Task<IResult> Ask(HttpContext context, House house, PasskeyCeremony passkeys)
    {
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return Pages.Problem(context, house, status, "This did not arrive", wrong!);
        if (!house.MailIsSet) return new SeeOtherResult("/account/sign-in");
        var visit = new Visit(context, house);
        var (back, typed) = (LocalPath(form["return"].ToString()), form[AskedEmail.Field].ToString());
        if (!await visit.IsOurs()) return await Page(context, house, passkeys, back, typed, [new Fault("email", "email", context.Say("This page was open for a long time. Send it again"))], 400);
        var (email, faults) = AskedEmail.Read(form, visit.Language, visit.Authority.Calendar.DayOf(house.Now));
        if (email is null) return await Page(context, house, passkeys, back, typed, faults, 422);
        var browser = AccountCallers.NewBrowser(context);
        await house.Database.Commit(unit => AccountLinks.Ask(unit, house, visit.Authority.Id, email, visit.Language, browser, back), context.RequestAborted);
        return new SeeOtherResult("/account/sign-in/sent");
    }

    static PageResult Sent(HttpContext context, House house) => new(new LinkSentPage { Look = new Visit(context, house).Look });

    static async Task<IResult> Opened(HttpContext context, House house, AccountCallers callers) => await LinkPage(context, house, callers, "", [], 200);

    static async Task<IResult> LinkPage(HttpContext context, House house, AccountCallers callers, string typed, IReadOnlyList<Fault> faults, int status)
    {
        var link = await house.Database.Read(session => AccountLinks.Find(session, Link.CodeOf(context), AccountCallers.BrowserOf(context), house.Now), context.RequestAborted);
        if (link is null) return Over(context, house);
        if (link.Purpose == AccountLinks.ToConfirm && await callers.Of(context) is null) return NotSignedIn(context, house);
        var visit = new Visit(context, house);
        return new PageResult(new LinkPage
        {
            Look = visit.Look, Confirms = link.Purpose == AccountLinks.ToConfirm, Address = link.IsSameBrowser ? link.Address : null, Email = typed, Faults = faults, Token = visit.Token(),
        }, status);
    }

    static async Task<IResult> Use(HttpContext context, House house, AccountCallers callers)
    {
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return Pages.Problem(context, house, status, "This did not arrive", wrong!);
        var visit = new Visit(context, house);
        var typed = form[AskedEmail.Field].ToString();
        if (!await visit.IsOurs()) return await LinkPage(context, house, callers, typed, [new Fault("email", "email", context.Say("This page was open for a long time. Send it again"))], 400);
        var (code, browser, now) = (Link.CodeOf(context), AccountCallers.BrowserOf(context), house.Now);
        var link = await house.Database.Read(session => AccountLinks.Find(session, code, browser, now), context.RequestAborted);
        if (link is null) return Over(context, house);
        if (link.Purpose == AccountLinks.ToConfirm) return await Confirm(context, house, callers, visit, code, browser, typed);

        var session = "";
        var used = await house.Database.Commit(async unit =>
        {
            var found = await AccountLinks.Use(unit, code, browser, typed, visit.Language, now);
            if (found.Value is { } done) session = await AccountCallers.SignIn(unit, context, done.Account, SignInLevel.Medium, SignInMethods.Email, visit, now);
            return found;
        }, context.RequestAborted);
        if (used.Refusal is { Kind: RefusalKind.NotFound }) return Over(context, house);
        if (used.Refusal is { } refusal) return await LinkPage(context, house, callers, typed, [new Fault("email", "email", context.Say(refusal.Message))], 422);
        AccountCallers.Remember(context, session);
        Link.Forget(context);
        return new SeeOtherResult(used.Value!.Back.Length > 0 ? used.Value.Back : used.Value.IsNew ? "/account?done=new" : "/account");
    }

    static async Task<IResult> Confirm(HttpContext context, House house, AccountCallers callers, Visit visit, string? code, string? browser, string typed)
    {
        if (await callers.Of(context) is not { } session) return NotSignedIn(context, house);
        var confirmed = await house.Database.Commit(unit => AccountLinks.Confirm(unit, house, code, browser, typed, session.Account, visit.Authority.Id, house.Now), context.RequestAborted);
        if (confirmed.Refusal is { Kind: RefusalKind.NotFound }) return Over(context, house);
        if (confirmed.Refusal is { } refusal) return await LinkPage(context, house, callers, typed, [new Fault("email", "email", context.Say(refusal.Message))], 422);
        Link.Forget(context);
        return new SeeOtherResult("/account/sign-in-methods?done=address");
    }

    static IResult Over(HttpContext context, House house) => Pages.Problem(context, house, 404, "This link does not work",
        "A link works once, and for 15 minutes. If you asked for another one, use the newest. Check that you have the whole link, or ask for a new one: choose “Sign in” at the top of the page.");

    static IResult NotSignedIn(HttpContext context, House house) => Pages.Problem(context, house, 403, "Sign in first", "Sign in to your account in this browser. Then open the link in the mail again.");

    static async Task<IResult> SignOut(HttpContext context, House house, AccountCallers callers)
    {
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return Pages.Problem(context, house, status, "This did not arrive", wrong!);
        if (!await new Visit(context, house).IsOurs()) return Pages.Problem(context, house, 400, "You are still signed in", "This page was open for a long time. Go back, load the page again and sign out.");
        var code = context.Request.Cookies[AccountCallers.Cookie];
        await callers.SignOut(context);
        return new SeeOtherResult(await AccountByProvider.Leaving.AfterSignOut(context, house, code));
    }

    // Asking how long it lasts makes it no longer.
    static async Task<IResult> Left(HttpContext context, House house, WebSettings settings, AccountCallers callers) => Body(context, house, settings, await callers.Look(context));

    static async Task<IResult> Stay(HttpContext context, House house, WebSettings settings, AccountCallers callers)
    {
        var (form, _, _) = await Forms.Read(context);
        return form is null || !await new Visit(context, house).IsOurs() ? Results.StatusCode(400) : Body(context, house, settings, await callers.Of(context));
    }

    static IResult Body(HttpContext context, House house, WebSettings settings, AccountSession? session) =>
        Desk.SignInEndpoints.Body(context, house, session is null ? null : (session.EndsAt(settings.AccountSessions), session.CanGrow(settings.AccountSessions)));

    /// <summary>The page of ours that somebody wanted, or "": never an address of another site (CWE-601).</summary>
    internal static string LocalPath(string wanted) =>
        (wanted.StartsWith("/services/", StringComparison.Ordinal) || wanted == "/account" || wanted.StartsWith("/account/", StringComparison.Ordinal)) && wanted.Length <= 300 && !wanted.StartsWith("/account/sign-", StringComparison.Ordinal)
            && wanted.All(c => c is > ' ' and < '\u007f' and not '\\') ? wanted : "";
}
