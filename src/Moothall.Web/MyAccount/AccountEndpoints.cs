using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Identity;
using Moothall.Web.Design;
using Moothall.Web.Door;
using Moothall.Web.Resident;

namespace Moothall.Web.MyAccount;

/// <summary>What a resident has with the council. Nothing of it but signing in is there for somebody who is not signed in.</summary>
static class AccountEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var door = app.MapGroup("/account").ExcludeFromDescription();
        SignInEndpoints.Map(door);
        var account = app.MapGroup("/account").ExcludeFromDescription();
        account.MapGet("", Overview).ForResident();
        MethodEndpoints.Map(account);
    }

    /// <summary>Whether what is posted to a path has us send a mail.</summary>
    public static bool SendsMail(string path) => path is "/account/sign-in" or "/account/address";

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
        var email = await house.Database.Read(session => Accounts.EmailOf(session, visit.Id), context.RequestAborted);
        return new PageResult(new AccountPage { Visit = visit, Email = email?.Address, Done = done });
    }
}
