using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Journeys;
using Moothall.Web.Design;

namespace Moothall.Web.Resident;

/// <summary>Somebody is stuck in a journey: how to reach a person, and a code with which an advisor opens this very draft.</summary>
static class GetHelpEndpoints
{
    public static void Map(RouteGroupBuilder service)
    {
        service.MapGet("/help", Show);
        service.MapPost("/help", ShowCode);
    }

    static async Task<IResult> Show(string service, HttpContext context, House house)
    {
        var at = await JourneyEndpoints.Stand(service, context, house);
        return at is null ? Pages.NotFound(context, house) : Page(at, house, null, 200);
    }

    static async Task<IResult> ShowCode(string service, HttpContext context, House house)
    {
        var (form, _, _) = await Forms.Read(context);
        var at = await JourneyEndpoints.Stand(service, context, house);
        if (at is null) return Pages.NotFound(context, house);
        if (form is null || at.Draft is not { IsOpen: true } draft || !await at.Visit.IsOurs()) return Page(at, house, null, 400);
        return Page(at, house, await house.Database.Commit(unit => HelpCodes.Show(unit, house, draft.Id), context.RequestAborted), 200);
    }

    static PageResult Page(JourneyEndpoints.Standing at, House house, string? code, int status) => new(new GetHelpPage
    {
        Look = at.Visit.Look, Definition = at.Definition, Token = at.Visit.Token(), Code = code, HasDraft = at.Draft is { IsOpen: true }, BackHref = at.OnwardAddress,
        Phone = at.Visit.Council.FindOffer(at.Definition.Name, at.Visit.Authority.Id)?.Phone ?? at.Visit.Authority.Contact.Phone,
        Hours = OpeningHours.Of(at.Visit.Authority, house.Now, at.Visit.Look.Phrases),
    }, status);
}
