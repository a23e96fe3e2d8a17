using Microsoft.AspNetCore.Routing;

namespace Moothall.Web.Desk;

/// <summary>The desk of staff.</summary>
static class DeskEndpoints
{
    public static void Map(IEndpointRouteBuilder app) { }
}
