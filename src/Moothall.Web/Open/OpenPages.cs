using Microsoft.AspNetCore.Routing;

namespace Moothall.Web.Open;

/// <summary>What anybody may read: the figures and the help pages.</summary>
static class OpenPages
{
    public static void Map(IEndpointRouteBuilder app) { }
}
