using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Web.Door;
using Moothall.Web.Desk;
using Moothall.Web.Design;
using Moothall.Web.Resident;
using Moothall.Web.SignIn;

namespace Moothall.Web.MyAccount;

/// <summary>
/// Residents who sign in to their account by a provider, such as GOV.UK One Login. Where a service wants a second proof, the provider is asked for it then; what was typed in the service's form stays with
/// the browser meanwhile.
/// </summary>
static class AccountByProvider
{
    const string Path = "/account/sign-in";
    /// <summary>Signing out at the provider too.</summary>
    internal static readonly LeavingProvider Leaving = new(SignInFor.Residents, "/account/signed-out", "moothall-account-out", "/", new Message("You are signed out here"), (look, account) => new AccountSignedOutPage { Look = look, Provider = account });

    public static void Map(RouteGroupBuilder account)
    {
        account.MapGet("/sign-in/{provider}", Begin).Open();
        account.MapGet("/sign-in/{provider}/back", Finish).Open();
    }

    /// <summary>The providers that a front door offers to residents, as far as they can be as sure as is needed.</summary>
    public static IReadOnlyList<SignInProvider> At(Visit visit, SignInLevel need) =>
        [.. visit.Council.SignIn.Where(p => p.For == SignInFor.Residents && p.IsAt(visit.Authority.Id) && (need < SignInLevel.TwoFactor || p.Levels is not null))];

    /// <summary>Where somebody who is signed in goes to add a provider as a way to sign in.</summary>
    public static string AddressToAdd(SignInProvider provider) => $"{Path}/{provider.Id}?add=yes";

    static async Task<IResult> Begin(string provider, HttpContext context, House house, AskedProvider asked, AccountCallers callers, PasskeyCeremony passkeys)
    {
        if (house.Council.FindProvider(provider, SignInFor.Residents) is not { } found) return Pages.NotFound(context, house);
        var (back, need) = (SignInEndpoints.LocalPath(context.Request.Query["return"].ToString()), SignInGate.NeedIn(context));
        var site = PasskeySite.Of(context, house.Council);
        if (context.Request.Query["add"].Count > 0)
        {
            if (await callers.Of(context) is not { } mine) return new SeeOtherResult($"{Path}?return={Uri.EscapeDataString("/account")}");
            var toAdd = await asked.Begin(context, found, Path, "", SignInLevel.Medium, addsTo: mine.Account);
            return toAdd.Value is { } there ? new SeeOtherResult(there.AbsoluteUri) : await NotAdded(context, found, toAdd.No!);
        }
        if (!site.IsHere && context.Request.Query["moved"].Count == 0) return new SeeOtherResult($"{site.Address}{Path}/{found.Id}?moved=yes&return={Uri.EscapeDataString(back)}{SignInGate.Query(need)}");
        var to = await asked.Begin(context, found, Path, back, need > SignInLevel.Medium ? need : SignInLevel.Medium);
        return to.Value is { } address ? new SeeOtherResult(address.AbsoluteUri) : await Again(context, house, passkeys, found, to.No!, back, need);
    }

    static async Task<IResult> Finish(string provider, HttpContext context, House house, AskedProvider asked, AccountCallers callers, PasskeyCeremony passkeys)
    {
        if (house.Council.FindProvider(provider, SignInFor.Residents) is not { } found) return Pages.NotFound(context, house);
        var adds = asked.AddsToIn(context, found) is not null;
        var answered = await asked.Finish(context, found, Path);
        if (answered.Value is not { } answer) return adds ? await NotAdded(context, found, answered.No!) : await Again(context, house, passkeys, found, answered.No!, "", SignInLevel.None);
        if (answer.AddsTo is { } account) return await Add(context, house, callers, answer, account);
        var (visit, now) = (new Visit(context, house), house.Now);
        var session = await house.Database.Commit(async unit =>
        {
            if (!await Passkeys.TakeChallenge(unit, answer.State, answer.Until)) return null;
            var whose = await AccountProviders.SignIn(unit, new ProviderIdentity(answer.Person.Issuer, answer.Person.Subject, answer.Person.Email), visit.Language, now);
            var code = await AccountCallers.SignIn(unit, context, whose, answer.Person.Level, SignInMethods.Provider, visit, now);
            await ProviderSessions.Note(unit, code, found, answer.Person, asked.Seal(answer.Person.IdToken), now);
            return code;
        }, context.RequestAborted);
        if (session is null) return await Again(context, house, passkeys, found, new ProviderNo(ProviderTrouble.NotAsked, "replayed", new Message("An answer came that was not asked for in this browser, or too late.")), "", SignInLevel.None);
        AccountCallers.Remember(context, session);
        return new SeeOtherResult(answer.Back.Length > 0 ? answer.Back : "/account");
    }

    // The browser must still hold the session that asked: an answer for another account changes nothing.
    static async Task<IResult> Add(HttpContext context, House house, AccountCallers callers, AnsweredProvider answer, string account)
    {
        if (await callers.Of(context) is not { } session || session.Account != account) return new SeeOtherResult($"{Path}?return={Uri.EscapeDataString("/account")}");
        var added = await house.Database.Commit(async unit => await Passkeys.TakeChallenge(unit, answer.State, answer.Until)
            ? await AccountProviders.Add(unit, account, new ProviderIdentity(answer.Person.Issuer, answer.Person.Subject, answer.Person.Email), house.Now) : PasskeyCeremony.TooLate, context.RequestAborted);
        return added.Refusal is { } no ? await NotAdded(context, no.Message, 422) : new SeeOtherResult("/account/sign-in-methods?done=provider");
    }

    static Task<IResult> NotAdded(HttpContext context, SignInProvider provider, ProviderNo no) => NotAdded(context, ProviderWords.ForResidents(no, provider.Title.In(ReaderLanguage.Of(context).Language)), ProviderWords.Status(no));

    static async Task<IResult> NotAdded(HttpContext context, Message why, int status) =>
        await AccountVisit.Enter(context) is null ? new SeeOtherResult(Path) : await MethodEndpoints.Page(context, [new Fault("provider", "provider", why.In(AccountVisit.Of(context).Phrases))], status);

    static async Task<IResult> Again(HttpContext context, House house, PasskeyCeremony passkeys, SignInProvider provider, ProviderNo no, string back, SignInLevel need)
    {
        var phrases = ReaderLanguage.Of(context);
        return await SignInEndpoints.Page(context, house, passkeys, back, "", [new Fault("provider", "provider", ProviderWords.ForResidents(no, provider.Title.In(phrases.Language)).In(phrases))], ProviderWords.Status(no), need);
    }
}
