using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Web.Door;

namespace Moothall.Web.Api;

/// <summary>`GET /api/v1/cases/{reference}?code=...`: progress for whoever holds the code; without it the case does not exist.</summary>
static class TrackApi
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/cases/{reference}", Track).WithSecret().WithSummary("Progress of a case by its tracking code")
        .Produces<TrackedCase>().Produces<Problem>(404, "application/problem+json").Produces<Problem>(410, "application/problem+json");

    static async Task<IResult> Track(string reference, string? code, string? lang, HttpContext context, House house)
    {
        context.Response.Headers.CacheControl = "no-store";
        var progress = await house.Database.Read(session => CaseQueries.Track(session, house.Services, house.Codes, reference, code ?? "", lang ?? "en", house.Now), context.RequestAborted);
        if (progress?.Erased is not null) return Problems.Of(410, new Message("Deleted"), new Message("This was dealt with, and the record of it was deleted when its time was over."));
        return progress is null ? Problems.NotFound : Results.Json(CaseBodies.Tracked(progress), ApiJson.WithNulls);
    }
}
