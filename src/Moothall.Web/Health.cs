using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Notifications;
using Moothall.Store;
using Moothall.Web.Api;

namespace Moothall.Web;

/// <summary>What a check of this node found; reasons are empty when all is well.</summary>
/// <param name="Warnings">What an administrator should look at, though this node serves.</param>
public sealed record HealthReport(string Status, IReadOnlyList<string> Reasons, IReadOnlyList<string> Warnings);

/// <summary>`/health/live`: the program answers. `/health/ready`: the store answers, its schema is current, and no reader of the log has stopped.</summary>
static class Health
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => Report([])).ExcludeFromDescription();
        app.MapGet("/health/ready", Ready).ExcludeFromDescription();
    }

    static async Task<IResult> Ready(House house, SchemaRunner schema, ReaderHost readers, Outbox outbox, HttpContext context)
    {
        var reasons = new List<string>(readers.Alerts);
        try
        {
            await house.Database.Read(session => session.Number($"select 1"), context.RequestAborted);
            if (await Move.WhyNotHere(house.Database, context.RequestAborted) is { } left) reasons.Add(left);
            if (await schema.IsCurrent(context.RequestAborted) is (false, var why)) reasons.Add(why ?? "The schema is not current.");
        }
        catch (Exception broken) when (broken is StoreUnavailableException or StoreBusyException)
        {
            reasons.Add(broken.Message);
        }
        return Report(reasons, outbox.Trouble is { } trouble ? [trouble] : []);
    }

    static IResult Report(IReadOnlyList<string> reasons, IReadOnlyList<string>? warnings = null) =>
        Results.Json(new HealthReport(reasons.Count == 0 ? "ok" : "not ready", reasons, warnings ?? []), ApiJson.Options, statusCode: reasons.Count == 0 ? 200 : 503);
}
