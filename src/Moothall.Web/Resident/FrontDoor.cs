using Microsoft.AspNetCore.Routing;

namespace Moothall.Web.Resident;

/// <summary>The front door: search, A to Z, and each service's start page.</summary>
static class FrontDoor
{
    public static void Map(IEndpointRouteBuilder app) { }
}
