using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Performance;
using Moothall.Web.Api;
using Moothall.Web.Design;
using Moothall.Web.Door;

namespace Moothall.Web.Resident;

/// <summary>The front door: search, A to Z, and each service's start page. It shows what the authority of the host offers.</summary>
static class FrontDoor
{
    const int MostOnHome = 8;
    const int LongestQuery = 200;

    public static void Map(IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").ExcludeFromDescription().Open();
        pages.MapGet("/", Home);
        pages.MapGet("/services", Find);
        pages.MapGet("/services/{service}", Start);
    }

    static async Task<IResult> Home(HttpContext context, House house)
    {
        var visit = new Visit(context, house);
        var offered = Offered(visit);
        var today = visit.Authority.Calendar.DayOf(house.Now);
        var used = await house.Database.Read(session => PerformanceApi.Queries(house).MostUsed(session, visit.Authority.Id, today, MostOnHome), context.RequestAborted);
        var most = used.Select(name => offered.FirstOrDefault(s => s.Name == name)).OfType<ServiceDefinition>().ToList();
        return new PageResult(new HomePage
        {
            Look = visit.Look, Contact = visit.Authority.Contact, Hours = OpeningHours.Of(visit.Authority, house.Now, visit.Look.Phrases), Services = most.Count > 0 ? most : [.. offered.Take(MostOnHome)], AreMostUsed = most.Count > 0,
            Begun = await OpenDrafts.Of(context, visit), Others = most.Count > 0 ? [.. offered.Except(most).Take(MostOnHome - most.Count)] : [],
        });
    }

    static PageResult Find(string? q, HttpContext context, House house)
    {
        var visit = new Visit(context, house);
        var offered = Offered(visit);
        var query = Tidy.Line((q ?? "").Length > LongestQuery ? q![..LongestQuery] : q ?? "");
        return new PageResult(new ServicesPage
        {
            Look = visit.Look, Contact = visit.Authority.Contact, Hours = OpeningHours.Of(visit.Authority, house.Now, visit.Look.Phrases), Query = query, Services = offered,
            Found = query.Length == 0 ? [] : new ServiceSearch(offered, visit.Language).Find(query),
        });
    }

    static async Task<IResult> Start(string service, HttpContext context, House house)
    {
        var visit = new Visit(context, house);
        if (house.Services.Find(service) is not { } published || visit.Council.FindOffer(service, visit.Authority.Id) is not { } offer) return Pages.NotFound(context, house);
        var today = visit.Authority.Calendar.DayOf(house.Now);
        var queries = PerformanceApi.Queries(house);
        var year = new ReportingPeriod(today.PlusYears(-1).PlusDays(1), today);
        var (minutes, report) = await house.Database.Read(async session =>
            (await queries.MedianMinutes(session, service, today), await queries.Read(session, service, visit.Authority.Id, year)), context.RequestAborted);
        if (MyAccount.AccountCallers.HasCookie(context)) visit.DoneBy(await context.RequestServices.GetRequiredService<MyAccount.AccountCallers>().DoerOf(context), service);
        var earlier = published.Definition.FillsInFromCases ? await FilledIn.Opened(context, house, service) : null;
        return new PageResult(new ServicePage
        {
            Carried = FilledIn.Carried(context, visit, published.Definition), Earlier = earlier?.Reference, Token = earlier is null ? "" : visit.Token(),
            Look = visit.Look, Definition = published.Definition, Authority = visit.Authority, Offer = offer, Today = today, Hours = OpeningHours.Of(visit.Authority, house.Now, visit.Look.Phrases), Minutes = minutes,
            Begun = await OpenDrafts.Of(context, visit, service), Figures = report.Services is [var line, ..] ? line : null,
        });
    }

    static IReadOnlyList<ServiceDefinition> Offered(Visit visit) =>
        [.. visit.House.Services.All.Select(p => p.Definition).Where(d => visit.Council.FindOffer(d.Name, visit.Authority.Id) is not null)
            .OrderBy(d => d.Title.In(visit.Language), StringComparer.Create(System.Globalization.CultureInfo.GetCultureInfo("en-GB"), ignoreCase: true))];
}
