using Microsoft.AspNetCore.Http;
using Moothall.Definitions;
using Moothall.Web.Design;

namespace Moothall.Web.Desk;

/// <summary>
/// The desk's own page for what went wrong before or instead of an answer. It asks the store for nothing, not even who somebody is, because the store may
/// be what is broken.
/// </summary>
static class DeskTrouble
{
    public static IResult Page(HttpContext context, House house, int status, Message heading, Message words)
    {
        var look = new Visit(context, house).Look;
        return new PageResult(new DeskTroublePage { Look = look, Heading = heading.In(look.Phrases), Words = words.In(look.Phrases), Back = HttpMethods.IsGet(context.Request.Method) ? context.Request.Path + context.Request.QueryString : "/desk" }, status);
    }
}
