using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Web.Door;

namespace Moothall.Web.Api;

/// <summary>All of `/api/v1`, described at `/openapi/v1.json`.</summary>
static class MapApi
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1").WithTags("Moothall");
        ServicesApi.Map(api);
        FilesApi.Map(api);
        SubmitApi.Map(api);
        NearApi.Map(api);
        TrackApi.Map(api);
        DeskApi.Map(api);
        ContactsApi.Map(api);
        BouncesApi.Map(api);
        PerformanceApi.Map(api);
        OpenApiDescription.Map(app);
    }
}
