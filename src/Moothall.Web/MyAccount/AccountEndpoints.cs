using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Moothall.Identity;
using Moothall.Journeys;
using Moothall.Web.Design;
using Moothall.Web.Desk;
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
        account.MapGet("/kept/{code}", Kept).ForResident();
    }

    /// <summary>Whether what is posted to a path has us send a mail.</summary>
    public static bool SendsMail(string path) => path is "/account/sign-in" or "/account/address" or "/account/acting";

    /// <summary>Lets a resident in who is signed in; for anybody else the way to sign in.</summary>
    internal static async Task<IResult?> LetIn(HttpContext context)
    {
        if (await AccountVisit.Enter(context) is not null) return null;
        if (AccountCallers.HasCookie(context)) AccountCallers.Forget(context);
        if (HttpMethods.IsGet(context.Request.Method)) return new SeeOtherResult("/account/sign-in?return=" + Uri.EscapeDataString(context.Request.Path));
        // What was typed before the session ended waits until the same person has signed in again.
        var kept = AccountCallers.OverIn(context) is { } over ? await context.RequestServices.GetRequiredService<LateForms>().Keep(context, Accounts.HolderOf(over.Account), SignInEndpoints.LocalPath) : null;
        return new SeeOtherResult(kept is null ? "/account/sign-in" : "/account/sign-in?return=" + Uri.EscapeDataString("/account/kept/" + kept));
    }

    static async Task<IResult> Kept(string code, HttpContext context, House house, LateForms late)
    {
        var visit = AccountVisit.Of(context);
        return await late.Open(code, visit.Holder, context.RequestAborted) is { } form ? new PageResult(new KeptPage { Visit = visit, Form = form })
            : Pages.Problem(context, house, 404, "There is nothing kept here", "What came after you were signed out is kept for an hour, for you alone. That hour is over, or somebody else typed it.");
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
