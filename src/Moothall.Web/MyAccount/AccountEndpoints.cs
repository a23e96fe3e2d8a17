using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Identity;
using Moothall.Journeys;
using Moothall.Web.Design;
using Moothall.Web.Door;
using Moothall.Web.Resident;

namespace Moothall.Web.MyAccount;

/// <summary>What a resident has with the council. Nothing of it but signing in is there for somebody who is not signed in.</summary>
static class AccountEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        AccountByProvider.Leaving.Map(app);
        var account = app.MapGroup("/account").ExcludeFromDescription();
        SignInEndpoints.Map(account);
        AccountByProvider.Map(account);
        account.MapGet("", Overview).ForResident();
        MethodEndpoints.Map(account);
        HoldingEndpoints.Map(account);
        DataEndpoints.Map(account);
        ActingEndpoints.Map(account);
        CloseEndpoints.Map(account);
    }

    /// <summary>Whether what is posted to a path has us send a mail.</summary>
    public static bool SendsMail(string path) => path is "/account/sign-in" or "/account/address" or "/account/acting";

    /// <summary>Lets a resident in who is signed in; for anybody else the way to sign in.</summary>
    internal static async Task<IResult?> LetIn(HttpContext context)
    {
        if (await AccountVisit.Enter(context) is not null) return null;
        if (AccountCallers.HasCookie(context)) AccountCallers.Forget(context);
        return new SeeOtherResult(HttpMethods.IsGet(context.Request.Method) ? "/account/sign-in?return=" + Uri.EscapeDataString(context.Request.Path) : "/account/sign-in");
    }

    static async Task<IResult> Overview(string? done, HttpContext context, House house)
    {
        var visit = AccountVisit.Of(context);
        var language = visit.Look.Language;
        var (email, cases, drafts, begun) = await house.Database.Read(async session =>
        {
            var kept = await Drafts.OfAccount(session, visit.Id, visit.Now);
            var ids = context.Request.Cookies.Where(c => c.Key.StartsWith(OpenDrafts.CookiePrefix, StringComparison.Ordinal)).Select(c => OpenDrafts.IdIn(c.Value)).OfType<string>().Distinct().Take(10);
            return (await Accounts.EmailOf(session, visit.Id), await HeldCases.Of(session, house, await AccountCases.Of(session, visit.Id), language), kept, (await Drafts.Open(session, ids, visit.Now)).Where(d => d.Account is null).ToList());
        }, context.RequestAborted);
        return new PageResult(new AccountPage
        {
            Visit = visit, Email = email?.Address, Open = [.. cases.Where(c => c.Case.IsOpen)], Past = [.. cases.Where(c => !c.Case.IsOpen)],
            Drafts = [.. drafts.Select(d => HoldingEndpoints.Begun(visit, d)).OfType<BegunDraft>()], InBrowser = [.. begun.Select(d => HoldingEndpoints.Begun(visit, d)).OfType<BegunDraft>()], Done = done,
        });
    }
}
