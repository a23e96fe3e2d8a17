using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Definitions;
using Moothall.Performance;
using Moothall.Web.Door;

namespace Moothall.Web.Api;

/// <summary>`/api/v1/performance`: the published figures for programs, as JSON and CSV; nothing personal, so anyone may read them.</summary>
public static class PerformanceApi
{
    internal static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/performance", Json).Open().WithSummary("The published figures").Produces<PerformanceReport>().Produces<Problem>(400, "application/problem+json");
        api.MapGet("/performance.csv", Csv).Open().WithSummary("The published figures as CSV").Produces<string>(200, "text/csv");
        api.MapGet("/performance/facts.csv", Facts).Open().WithSummary("A line a day, service, authority and channel: the counts behind the figures").Produces<string>(200, "text/csv");
    }

    /// <summary>The figures' queries over what a house publishes and its rate cards.</summary>
    public static PerformanceQueries Queries(House house)
    {
        ArgumentNullException.ThrowIfNull(house);
        return new PerformanceQueries(service => house.Services.Find(service)?.Definition.Measure.CostPounds ?? new Dictionary<string, decimal>(), () => house.Council.Rates);
    }

    internal static async Task<IResult> Json(HttpContext context, House house, string? service, string? authority, string? from, string? to)
    {
        var (report, problem) = await Read(context, house, service, authority, from, to);
        return report is null ? problem! : Results.Bytes(PerformanceJson.Write(report), "application/json");
    }

    internal static async Task<IResult> Csv(HttpContext context, House house, string? service, string? authority, string? from, string? to)
    {
        var (report, problem) = await Read(context, house, service, authority, from, to);
        return report is null ? problem! : Results.Text(PerformanceCsv.Write(report), "text/csv", Encoding.UTF8);
    }

    static (ReportingPeriod? Period, IResult? Problem) Asked(House house, string? service, string? authority, string? from, string? to)
    {
        var (period, refusal) = ReportingPeriod.Read(from, to, house.Council.Authorities[0].Calendar.DayOf(house.Now));
        if (period is null) return (null, Problems.BadRequest(refusal!));
        if (service is not null && house.Services.Find(service) is null) return (null, Problems.NotFound);
        if (authority is not null && house.Council.FindAuthority(authority) is null) return (null, Problems.NotFound);
        return (period, null);
    }

    static async Task<(PerformanceReport?, IResult?)> Read(HttpContext context, House house, string? service, string? authority, string? from, string? to)
    {
        var (period, problem) = Asked(house, service, authority, from, to);
        if (period is null) return (null, problem);
        return (await house.Database.Read(session => Queries(house).Read(session, service, authority, period), context.RequestAborted), null);
    }

    static async Task Facts(HttpContext context, House house, string? service, string? authority, string? from, string? to)
    {
        var (period, problem) = Asked(house, service, authority, from, to);
        if (period is null)
        {
            await problem!.ExecuteAsync(context);
            return;
        }
        context.Response.ContentType = "text/csv; charset=utf-8";
        await house.Database.Read(async session =>
        {
            await context.Response.WriteAsync(PerformanceCsv.FactsHead(), context.RequestAborted);
            await foreach (var row in Queries(house).Facts(session, period, service, authority)) await context.Response.WriteAsync(PerformanceCsv.Facts(row), context.RequestAborted);
            return true;
        }, context.RequestAborted);
    }
}
