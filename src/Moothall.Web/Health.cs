using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Exchange;
using Moothall.Notifications;
using Moothall.Store;
using Moothall.Web.Api;

namespace Moothall.Web;

/// <summary>What a check of this node found; reasons are empty when all is well.</summary>
/// <param name="Warnings">What an administrator should look at, though this node serves.</param>
public sealed record HealthReport(string Status, IReadOnlyList<string> Reasons, IReadOnlyList<string> Warnings);

/// <summary>`/health/live`: the program answers. `/health/ready`: the store answers, its schema is current, and this node's clock goes
/// right. What keeps no node from serving is a warning: a reader that stopped would otherwise take every node off the load balancer at once.</summary>
static class Health
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => Report([])).ExcludeFromDescription();
        app.MapGet("/health/ready", Ready).ExcludeFromDescription();
    }

    static async Task<IResult> Ready(House house, SchemaRunner schema, ReaderHost readers, Outbox outbox, HttpContext context)
    {
        var reasons = new List<string>();
        var warnings = new List<string>(readers.Alerts);
        if (house.IsStopping) reasons.Add("This node is about to stop.");
        if (house.ClockTrouble() is { } clock) reasons.Add(clock);
        try
        {
            await house.Database.Read(session => session.Number($"select 1"), context.RequestAborted);
            if (await Move.WhyNotHere(house.Database, context.RequestAborted) is { } left) reasons.Add(left);
            if (await schema.IsCurrent(context.RequestAborted) is (false, var why)) reasons.Add(why ?? "The schema is not current.");
            if (await house.Database.Read(Inbox.CountParked, context.RequestAborted) is > 0 and var parked) warnings.Add($"{parked} events that came in could not be taken and wait for an administrator: moothall inbox");
        }
        catch (Exception broken) when (broken is StoreUnavailableException or StoreBusyException)
        {
            reasons.Add(broken.Message);
        }
        warnings.AddRange(house.NodeWarnings());
        if (outbox.Trouble is { } trouble) warnings.Add(trouble.ToString());
        return Report(reasons, warnings);
    }

    static IResult Report(IReadOnlyList<string> reasons, IReadOnlyList<string>? warnings = null) =>
        Results.Json(new HealthReport(reasons.Count == 0 ? "ok" : "not ready", reasons, warnings ?? []), ApiJson.Options, statusCode: reasons.Count == 0 ? 200 : 503);
}
