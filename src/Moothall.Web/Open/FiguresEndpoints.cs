using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Definitions;
using Moothall.Performance;
using Moothall.Store;
using Moothall.Web.Api;
using Moothall.Web.Design;
using NodaTime;

namespace Moothall.Web.Open;

/// <summary>
/// The published figures as pages: all services, each service by month, and how each figure is reckoned. The same addresses with `.json` and `.csv` give
/// the same numbers as data, by the API's own handlers.
/// </summary>
static class FiguresEndpoints
{
    /// <summary>The most months that a chart shows.</summary>
    const int MostMonths = 24;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/performance", Overview);
        pages.MapGet("/performance.json", (HttpContext context, House house, string? service, string? authority, string? from, string? to) =>
            PerformanceApi.Json(context, house, service, authority, from, to));
        pages.MapGet("/performance.csv", (HttpContext context, House house, string? service, string? authority, string? from, string? to) =>
            PerformanceApi.Csv(context, house, service, authority, from, to));
        pages.MapGet("/performance/formulas", (HttpContext context, House house) => new PageResult(new FormulasPage { Look = new Visit(context, house).Look }));
        pages.MapGet("/performance/formulas.json", () => Results.Json(Formulas.All.Select(FormulaText.Data), JsonSerializerOptions.Web));
        pages.MapGet("/performance/formulas.csv", () => Results.Text(FormulaText.Csv(), "text/csv", Encoding.UTF8));
        pages.MapGet("/performance/{service}", OfService);
        pages.MapGet("/performance/{service}.json", (HttpContext context, House house, string service, string? authority, string? from, string? to) =>
            PerformanceApi.Json(context, house, service, authority, from, to));
        pages.MapGet("/performance/{service}.csv", (HttpContext context, House house, string service, string? authority, string? from, string? to) =>
            PerformanceApi.Csv(context, house, service, authority, from, to));
    }

    static async Task<IResult> Overview(HttpContext context, House house)
    {
        var visit = new Visit(context, house);
        if (FiguresAsk.Read(context.Request.Query, visit.Council, visit.Authority.Calendar.DayOf(house.Now)) is not { } ask) return Pages.NotFound(context, house);
        var services = house.Services.All.Select(p => p.Definition).ToDictionary(d => d.Name);
        var offered = visit.Council.Offers.Where(o => services.ContainsKey(o.Service)).Select(o => (o.Service, o.Authority));
        var report = ask.Period is null ? null : await house.Database.Read(session => PerformanceApi.Queries(house).Read(session, null, ask.Authority?.Id, ask.Period, offered), context.RequestAborted);
        return new PageResult(new FiguresPage { Look = visit.Look, Ask = ask, FrontDoor = visit.Authority, Services = services, Report = report }, report is null ? 400 : 200);
    }

    static async Task<IResult> OfService(string service, HttpContext context, House house)
    {
        var visit = new Visit(context, house);
        if (house.Services.Find(service) is not { Definition: var definition }) return Pages.NotFound(context, house);
        if (FiguresAsk.Read(context.Request.Query, visit.Council, visit.Authority.Calendar.DayOf(house.Now)) is not { } ask) return Pages.NotFound(context, house);
        var story = ask.Period is null ? null : await house.Database.Read(session => Story(session, house, definition, ask.Authority?.Id, ask.Period), context.RequestAborted);
        return new PageResult(new ServiceFiguresPage { Look = visit.Look, Definition = definition, Ask = ask, Story = story }, story is null ? 400 : 200);
    }

    static async Task<ServiceStory> Story(Session session, House house, ServiceDefinition definition, string? authority, ReportingPeriod period)
    {
        var (queries, service) = (PerformanceApi.Queries(house), definition.Name);
        var offered = house.Council.Offers.Where(o => o.Service == service).Select(o => (o.Service, o.Authority)).ToList();
        var lines = (await queries.Read(session, service, authority, period, offered)).Services;
        var trend = await queries.Trend(session, service, authority, period, Bucket.Month);
        var whole = TogetherFigures.Of(service, lines, Sum(trend));
        var months = new List<MonthFigures>();
        foreach (var point in trend.Skip(Math.Max(0, trend.Count - MostMonths)))
        {
            var month = await queries.Read(session, service, authority, new ReportingPeriod(point.From, point.To), offered);
            months.Add(new MonthFigures(point.From, TogetherFigures.Of(service, month.Services, point.ByChannel)));
        }
        return new ServiceStory(whole, lines.Count, months, trend.Count > MostMonths, await queries.Stops(session, service, authority, period), await queries.Contacts(session, service, authority, period));
    }

    static Dictionary<string, Counts> Sum(IEnumerable<TrendPoint> trend) =>
        trend.SelectMany(p => p.ByChannel).GroupBy(c => c.Key).ToDictionary(g => g.Key, g => Counts.Sum(g.Select(c => c.Value)));
}

/// <summary>The figures of a month, or of the part of it that was asked for.</summary>
public sealed record MonthFigures(LocalDate From, ServiceFigures Figures);

/// <summary>How one service went: the figures of the period, month by month, where people stopped and why they got in touch.</summary>
/// <param name="Councils">How many councils it is of.</param>
/// <param name="IsCut">Only the last months are shown, for there are too many.</param>
public sealed record ServiceStory(ServiceFigures Figures, int Councils, IReadOnlyList<MonthFigures> Months, bool IsCut, IReadOnlyList<StopFigures> Stops, IReadOnlyList<ContactFigures> Contacts);
