using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Identity;
using Moothall.Web.Design;
using Moothall.Web.Door;
using Moothall.Web.Resident;

namespace Moothall.Web.MyAccount;

/// <summary>Closing one's account: what goes and what stays is said before it is done, and then it is done at once.</summary>
static class CloseEndpoints
{
    public static void Map(RouteGroupBuilder account)
    {
        account.MapGet("/close", IResult (HttpContext context, House house) => new PageResult(new ClosePage { Visit = AccountVisit.Of(context) })).ForResident();
        account.MapPost("/close", Close).ForResident();
        // Nobody is signed in any more.
        account.MapGet("/closed", IResult (HttpContext context, House house) => new PageResult(new ClosedPage { Look = new Visit(context, house).Look })).Open();
    }

    static async Task<IResult> Close(HttpContext context, House house)
    {
        var visit = AccountVisit.Of(context);
        var (form, no) = await visit.Posted(context);
        if (form is null) return no!;
        await house.Database.Commit(unit => CloseAccount.Close(unit, visit.Id, visit.Now), context.RequestAborted);
        AccountCallers.Forget(context);
        return new SeeOtherResult("/account/closed");
    }
}
