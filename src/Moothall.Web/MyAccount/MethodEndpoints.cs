using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Store;
using Moothall.Web.Design;
using Moothall.Web.Desk;
using Moothall.Web.Door;
using Moothall.Web.Resident;

namespace Moothall.Web.MyAccount;

/// <summary>How somebody signs in to their account, and where they are signed in.</summary>
static class MethodEndpoints
{
    public static void Map(RouteGroupBuilder account)
    {
        account.MapGet("/sign-in-methods", Show).ForResident();
        account.MapPost("/address", ChangeAddress).ForResident();
        account.MapPost("/passkeys", AddPasskey).ForResident();
        account.MapPost("/passkeys/{id}/remove", RemovePasskey).ForResident();
        account.MapPost("/providers/remove", RemoveProvider).ForResident();
        account.MapPost("/sessions/{key}/end", EndOne).ForResident();
        account.MapPost("/sign-out-everywhere", EndAll).ForResident();
    }

    const string Purpose = "account passkey";

    static Task<IResult> Show(string? done, HttpContext context, House house, WebSettings settings, PasskeyCeremony passkeys) => Page(context, house, settings, passkeys, done, "", [], 200);

    /// <summary>The page with what is wrong.</summary>
    internal static Task<IResult> Page(HttpContext context, IReadOnlyList<Fault> faults, int status)
    {
        var services = context.RequestServices;
        return Page(context, services.GetRequiredService<House>(), services.GetRequiredService<WebSettings>(), services.GetRequiredService<PasskeyCeremony>(), null, "", faults, status);
    }

    static async Task<IResult> Page(HttpContext context, House house, WebSettings settings, PasskeyCeremony passkeys, string? done, string typed, IReadOnlyList<Fault> faults, int status)
    {
        var visit = AccountVisit.Of(context);
        var site = PasskeySite.Of(context, visit.Visit.Council);
        var (email, keys, providers, sessions) = await house.Database.Read(async session => (await Accounts.EmailOf(session, visit.Id), await Passkeys.Of(session, visit.Holder),
            await AccountProviders.Of(session, visit.Id), await AccountSessions.OpenOf(session, visit.Id, settings.AccountSessions, visit.Now)), context.RequestAborted);
        var name = email?.Address ?? visit.Visit.Authority.Name;
        return new PageResult(new MethodsPage
        {
            Visit = visit, Email = email, Passkeys = keys, Providers = providers, ToAdd = [.. AccountByProvider.At(visit.Visit, SignInLevel.None).Where(offered => providers.All(had => had.Issuer != offered.Issuer))], Sessions = sessions, CanMail = house.MailIsSet, Typed = typed, Faults = faults, Done = done,
            Options = site is { IsHere: true, CanHavePasskeys: true } ? await passkeys.AskForNew(context, site, visit.Holder, name, name, Purpose) : null,
        }, status);
    }

    static async Task<IResult> AddPasskey(HttpContext context, House house, WebSettings settings, PasskeyCeremony passkeys)
    {
        var visit = AccountVisit.Of(context);
        var (form, no) = await visit.Posted(context);
        if (form is null) return no!;
        Task<IResult> Again(Refusal why) => Page(context, house, settings, passkeys, null, "", [new Fault("passkey", "passkey", why.In(visit.Phrases))], 422);
        var read = await passkeys.ReadNew(context, PasskeySite.Of(context, visit.Visit.Council), visit.Holder, Purpose, form["credential"].ToString());
        if (read.Value is not { } answer) return await Again(read.Refusal!);
        var added = await house.Database.Commit(async unit =>
        {
            if (!await Passkeys.TakeChallenge(unit, answer.Challenge, answer.Until)) return false;
            await Passkeys.Add(unit, answer.Passkey);
            return true;
        }, context.RequestAborted);
        return added ? new SeeOtherResult("/account/sign-in-methods?done=added") : await Again(PasskeyCeremony.TooLate);
    }

    // The last way in stays: they could not come in again.
    static async Task<bool> HasAnotherWay(Unit unit, AccountVisit visit, string? passkey = null, string? issuer = null) =>
        await Accounts.EmailOf(unit, visit.Id) is not null || (await Passkeys.Of(unit, visit.Holder)).Any(key => key.Id != passkey) || (await AccountProviders.Of(unit, visit.Id)).Any(had => had.Issuer != issuer);

    static async Task<IResult> RemoveProvider(HttpContext context, House house)
    {
        var visit = AccountVisit.Of(context);
        var (form, no) = await visit.Posted(context);
        if (form is null) return no!;
        var issuer = form["issuer"].ToString();
        var (removed, isLast) = await house.Database.Commit(async unit => await HasAnotherWay(unit, visit, issuer: issuer) ? (await AccountProviders.Remove(unit, visit.Id, issuer), false) : (false, true), context.RequestAborted);
        if (removed) return new SeeOtherResult("/account/sign-in-methods?done=provider-removed");
        return isLast ? await Page(context, [new Fault("provider", "provider", context.Say("This is the only way you can sign in. Add an email address or a passkey first, then remove this one"))], 422) : Pages.NotFound(context, house);
    }

    static async Task<IResult> RemovePasskey(string id, HttpContext context, House house)
    {
        var visit = AccountVisit.Of(context);
        var (form, no) = await visit.Posted(context);
        if (form is null) return no!;
        var (removed, isLast) = await house.Database.Commit(async unit => await HasAnotherWay(unit, visit, passkey: id) ? (await Passkeys.Remove(unit, visit.Holder, id, visit.Now), false) : (false, true), context.RequestAborted);
        if (removed) return new SeeOtherResult("/account/sign-in-methods?done=removed");
        return isLast ? await Page(context, [new Fault("passkey", "passkey", context.Say("This is the only way you can sign in. Add an email address or another passkey first, then remove this one"))], 422) : Pages.NotFound(context, house);
    }

    static async Task<IResult> ChangeAddress(HttpContext context, House house, WebSettings settings, PasskeyCeremony passkeys)
    {
        var visit = AccountVisit.Of(context);
        var (form, no) = await visit.Posted(context);
        if (form is null) return no!;
        var (email, faults) = AskedEmail.Read(form, visit.Look.Language, visit.Visit.Authority.Calendar.DayOf(visit.Now));
        if (email is null) return await Page(context, house, settings, passkeys, null, form[AskedEmail.Field].ToString(), faults, 422);
        if (!house.MailIsSet) return new SeeOtherResult("/account/sign-in-methods");
        var browser = AccountCallers.NewBrowser(context);
        await house.Database.Commit(unit => AccountLinks.AskToConfirm(unit, house, visit.Visit.Authority.Id, email, visit.Look.Language, browser, visit.Id), context.RequestAborted);
        return new SeeOtherResult("/account/sign-in-methods?done=sent");
    }

    static async Task<IResult> EndOne(string key, HttpContext context, House house)
    {
        var visit = AccountVisit.Of(context);
        var (form, no) = await visit.Posted(context);
        if (form is null) return no!;
        if (!await house.Database.Commit(unit => AccountSessions.End(unit, visit.Id, key, visit.Now), context.RequestAborted)) return Pages.NotFound(context, house);
        if (key != visit.Session.Key) return new SeeOtherResult("/account/sign-in-methods?done=ended");
        AccountCallers.Forget(context);
        return new SeeOtherResult("/");
    }

    static async Task<IResult> EndAll(HttpContext context, House house)
    {
        var visit = AccountVisit.Of(context);
        var (form, no) = await visit.Posted(context);
        if (form is null) return no!;
        await house.Database.Commit(unit => AccountSessions.EndAllOf(unit, visit.Id, visit.Now), context.RequestAborted);
        AccountCallers.Forget(context);
        return new SeeOtherResult("/account/sign-in");
    }
}
