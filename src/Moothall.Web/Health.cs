using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Store;
using Moothall.Web.Api;

namespace Moothall.Web;

/// <summary>What a check of this node found; reasons are empty when all is well.</summary>
public sealed record HealthReport(string Status, IReadOnlyList<string> Reasons);

/// <summary>`/health/live`: the program answers. `/health/ready`: the store answers, its schema is current, and no reader of the log has stopped.</summary>
static class Health
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => Report([])).ExcludeFromDescription();
        app.MapGet("/health/ready", Ready).ExcludeFromDescription();
    }

    static async Task<IResult> Ready(House house, SchemaRunner schema, ReaderHost readers, HttpContext context)
    {
        var reasons = new List<string>(readers.Alerts);
        try
        {
            await house.Database.Read(session => session.Number($"select 1"), context.RequestAborted);
            if (await schema.IsCurrent(context.RequestAborted) is (false, var why)) reasons.Add(why ?? "The schema is not current.");
        }
        catch (Exception trouble) when (trouble is StoreUnavailableException or StoreBusyException)
        {
            reasons.Add(trouble.Message);
        }
        return Report(reasons);
    }

    static IResult Report(IReadOnlyList<string> reasons) =>
        Results.Json(new HealthReport(reasons.Count == 0 ? "ok" : "not ready", reasons), ApiJson.Options, statusCode: reasons.Count == 0 ? 200 : 503);
}
