using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Web.Door;
using Moothall.Web.Design;
using Moothall.Web.Resident;
using Moothall.Web.SignIn;

namespace Moothall.Web.Desk;

/// <summary>Signing in at the desk with the account that the council's own provider knows, and out again there too.</summary>
static class ProviderSignIn
{
    const string Path = "/desk/sign-in";
    /// <summary>Signing out at the provider too.</summary>
    internal static readonly LeavingProvider Leaving = new(SignInFor.Staff, "/desk/signed-out", "moothall-signed-out", Path, new Message("You are signed out of the desk"), (look, account) => new SignedOutPage { Look = look, Account = account });

    public static void Map(RouteGroupBuilder desk)
    {
        desk.MapGet("/sign-in/{provider}", Begin).Open();
        desk.MapGet("/sign-in/{provider}/back", Finish).Open();
    }

    /// <summary>The providers that the front door of a request offers to staff.</summary>
    public static IReadOnlyList<SignInProvider> At(Visit visit) => [.. visit.Council.SignIn.Where(p => p.For == SignInFor.Staff && p.IsAt(visit.Authority.Id))];

    static async Task<IResult> Begin(string provider, HttpContext context, House house, AskedProvider asked, WebSettings settings, PasskeyCeremony passkeys)
    {
        if (house.Council.FindProvider(provider, SignInFor.Staff) is not { } found) return Pages.NotFound(context, house);
        var site = PasskeySite.Of(context, house.Council);
        // What is remembered in this browser belongs to one address, and the provider sends people back to that one.
        var back = SignInEndpoints.LocalPath(context.Request.Query["return"].ToString());
        if (!site.IsHere && context.Request.Query["moved"].Count == 0) return new SeeOtherResult($"{site.Address}{Path}/{found.Id}?moved=yes&return={Uri.EscapeDataString(back)}");
        var to = await asked.Begin(context, found, Path, back, SignInLevel.None);
        return to.Value is { } address ? new SeeOtherResult(address.AbsoluteUri) : await Again(context, house, settings, passkeys, found, to.No!, back);
    }

    static async Task<IResult> Finish(string provider, HttpContext context, House house, AskedProvider asked, WebSettings settings, PasskeyCeremony passkeys)
    {
        if (house.Council.FindProvider(provider, SignInFor.Staff) is not { } found) return Pages.NotFound(context, house);
        var answered = await asked.Finish(context, found, Path);
        if (answered.Value is not { } answer)
        {
            if (answered.No!.Trouble is ProviderTrouble.NotProved or ProviderTrouble.TooWeak) await Refused(house, answered.No.Why);
            return await Again(context, house, settings, passkeys, found, answered.No, "/desk");
        }
        var now = house.Now;
        var done = await house.Database.Commit(async unit =>
        {
            if (!await Passkeys.TakeChallenge(unit, answer.State, answer.Until)) return new Result<string>(null, Refusal.Invalid("This sign-in took too long, was used already, or was begun in another browser or tab. Try again."));
            var who = await StaffByProvider.Find(unit, house.CurrentCouncil.Folder, found, answer.Person, now);
            if (who.Value is not { } member) return who.Refusal!;
            var code = await Callers.SignIn(unit, context, member.Member, now, new Message("With the account at {account}.", ("account", found.Title.English)));
            await Sessions.Grant(unit, code, member.Granted);
            await ProviderSessions.Note(unit, code, found, answer.Person, asked.Seal(answer.Person.IdToken), now);
            return code;
        }, context.RequestAborted);
        if (done.Value is not { } session)
        {
            await Refused(house, done.Refusal!.Message);
            return await SignInEndpoints.Page(context, house, settings, passkeys, answer.Back, done.Refusal.In(ReaderLanguage.Of(context)), 403);
        }
        await house.People.Refresh();
        Callers.Remember(context, session);
        return new SeeOtherResult(answer.Back);
    }

    static Task Refused(House house, Message why) => Audit.Note(house.Database, house.Now, new AuditEntry(AuditKinds.SignInRefused, AuditBy.Unknown) { Detail = [why] });

    static Task<IResult> Again(HttpContext context, House house, WebSettings settings, PasskeyCeremony passkeys, SignInProvider provider, ProviderNo no, string back)
    {
        var phrases = ReaderLanguage.Of(context);
        return SignInEndpoints.Page(context, house, settings, passkeys, back, ProviderWords.ForStaff(no, provider.Title.In(phrases.Language)).In(phrases), ProviderWords.Status(no));
    }
}
