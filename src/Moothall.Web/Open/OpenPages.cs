using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Web.Design;
using Moothall.Web.Door;

namespace Moothall.Web.Open;

/// <summary>What anybody may read: the figures, the help pages, and what search engines and browsers ask for by themselves.</summary>
static class OpenPages
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").ExcludeFromDescription().Open();
        FiguresEndpoints.Map(pages);
        HelpEndpoints.Map(pages);
        AuditDaysEndpoints.Map(pages);
        pages.MapGet("/robots.txt", () => Results.Text(Robots));
        pages.MapGet("/favicon.ico", () => Results.LocalRedirect(Assets.Url("favicon.svg")));
    }

    // A journey, a case and the desk are nobody's search result.
    const string Robots = """
        User-agent: *
        Disallow: /api/
        Disallow: /desk
        Disallow: /feedback/
        Disallow: /following
        Disallow: /return
        Disallow: /track
        Disallow: /services/*/
        Disallow: /services?

        """;
}
