using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Web.Design;
using Moothall.Web.Door;
using Moothall.Web.Resident;

namespace Moothall.Web.Preview;

/// <summary>
/// The preview of one service (`moothall preview`): its map, and a way to each of its pages as somebody comes to it who has answered all before. The pages themselves are those of residents.
/// Where a council serves there is nothing here.
/// </summary>
static class PreviewEndpoints
{
    public static void Map(IEndpointRouteBuilder app, WebSettings settings)
    {
        if (settings.Preview is not { } preview) return;
        var pages = app.MapGroup("/preview").ExcludeFromDescription().Open();
        pages.MapGet("", (HttpContext context, House house) => Show(context, house, preview, settings));
        pages.MapGet("/saved", (HttpContext context, House house) => Saved(context, house, preview));
        pages.MapGet("/fragments", (HttpContext context, House house) => new PageResult(new FragmentsPage { Look = new Visit(context, house).Look, Fragments = FragmentMap.Of(preview.Services) }));
        pages.MapGet("/go/{kind}/{name}", (string kind, string name, HttpContext context, House house) => Go(kind, name, context, house, preview));
    }

    static PageResult Show(HttpContext context, House house, ServicePreview preview, WebSettings settings)
    {
        var visit = new Visit(context, house);
        var today = JourneyEndpoints.Today(visit);
        var seen = preview.Look(visit.Council, today);
        var look = visit.Look;
        var suggested = seen is { File.Definition: { } definition, Coverage: { } coverage }
            ? ExampleSuggestions.Of(definition, coverage, seen.Routes, seen.Found, answers => WhoseIs(visit, definition, answers),
                parts => string.Join("; ", parts.Take(3).Select(p => PreviewWords.Part(look, definition, p))) + ".", visit.Council.Places, today) : [];
        return new PageResult(new PreviewPage { Look = look, Seen = seen, Folder = preview.Services, CanOpen = IsInForce(house, seen), Suggested = suggested, MailHref = settings.StandInMail });
    }

    static (string Authority, string Team)? WhoseIs(Visit visit, ServiceDefinition definition, Answers answers) =>
        Whose.Find(definition, answers, visit.Council, visit.Authority).Value is { } whose ? (whose.Authority.Id, whose.Offer.TeamFor(definition.Work.Start)) : null;

    // What was saved has no errors and was taken up.
    static bool IsInForce(House house, PreviewedService seen) => seen.File is { MayBePublished: true, Definition: { } definition } && house.Services.Find(definition.Name)?.Definition.Hash == definition.Hash;

    static IResult Saved(HttpContext context, House house, ServicePreview preview)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.Text(preview.Stamp(house.Services));
    }

    /// <summary>
    /// Opens a page as somebody comes to it who has answered all before it. It begins a journey, as no page that residents ask for does: the links of the map are links, and the store is thrown
    /// away.
    /// </summary>
    static async Task<IResult> Go(string kind, string name, HttpContext context, House house, ServicePreview preview)
    {
        var visit = new Visit(context, house);
        var seen = preview.Look(visit.Council, JourneyEndpoints.Today(visit));
        if (!IsInForce(house, seen) || house.Services.Find(preview.Name) is not { } published) return JourneyEndpoints.SeeOther("/preview");
        var address = $"/services/{preview.Name}";
        if (PreviewPlace.Of(published.Definition, seen.Found, kind, name, JourneyEndpoints.Today(visit)) is not { } place) return Pages.NotFound(context, house);
        var begin = new NewJourney(visit.Authority.Id, "web", visit.Language, visit.Device());
        var draft = await house.Database.Commit(unit => BeginAnswered.Begin(unit, published, place.Answers, begin, preview.FileLike, house.Now), context.RequestAborted);
        JourneyEndpoints.Remember(context, draft);
        return JourneyEndpoints.SeeOther($"{address}/{place.Path}");
    }
}
