using Microsoft.AspNetCore.Http;
using Moothall.Definitions;
using Moothall.Web.Design;

namespace Moothall.Web;

/// <summary>Pages that say that something is not there or did not work, with what to do instead.</summary>
static class Pages
{
    public static IResult NotFound(HttpContext context, House house) => Problem(context, house, 404, "We could not find that page",
        "If you typed the address, check it. If you followed a link, it may be out of date. You can search for what you need on our front page.");

    public static IResult Problem(HttpContext context, House house, int status, Message heading, Message words)
    {
        var visit = new Visit(context, house);
        return new PageResult(new ProblemPage { Look = visit.Look, Heading = heading.In(visit.Look.Phrases), Words = words.In(visit.Look.Phrases), Contact = visit.Authority.Contact }, status);
    }
}
