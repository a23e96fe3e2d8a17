using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Cases;
using Moothall.Web.Door;

namespace Moothall.Web.Resident;

/// <summary>
/// Asking for the same again, with the answers of before filled in: from the page of one's own case, or by the link of the reminder that it runs out. The code of the link becomes a
/// cookie by redirect.
/// </summary>
static class AgainEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").ExcludeFromDescription();
        pages.MapGet("/services/{service}/again", ByLink).WithSecret();
        pages.MapPost("/services/{service}/afresh", Afresh).Open();
        pages.MapPost("/track/{reference}/again", FromOwnCase).WithSecret();
    }

    // Without a good code the service is there all the same, with nothing filled in.
    static async Task<IResult> ByLink(string service, string? @case, string? code, HttpContext context, House house)
    {
        if (house.Services.Find(service) is not { } published) return Pages.NotFound(context, house);
        if (published.Definition.FillsInFromCases && @case is not null && code is not null
            && await house.Database.Read(session => EarlierCase.Open(session, house, service, @case, code), context.RequestAborted) is { } earlier)
            FilledIn.Keep(context, service, earlier.Reference, code);
        return new SeeOtherResult("/services/" + service);
    }

    static async Task<IResult> Afresh(string service, HttpContext context, House house)
    {
        if (house.Services.Find(service) is null) return Pages.NotFound(context, house);
        var (form, _, _) = await Forms.Read(context);
        if (form is not null && await new Visit(context, house).IsOurs()) FilledIn.Forget(context, service);
        return new SeeOtherResult("/services/" + service);
    }

    static async Task<IResult> FromOwnCase(string reference, HttpContext context, House house)
    {
        var (form, _, _) = await Forms.Read(context);
        if (await TrackEndpoints.Opened(context, house, reference) is not { } found) return new SeeOtherResult("/track");
        if (form is null || !await new Visit(context, house).IsOurs() || house.Services.Find(found.Case.Service)?.Definition.FillsInFromCases != true) return new SeeOtherResult($"/track/{found.Case.Reference}");
        FilledIn.Keep(context, found.Case.Service, found.Case.Reference, house.Codes.ForAgain(found.Case.Reference, found.Case.LinkNumber));
        return new SeeOtherResult("/services/" + found.Case.Service);
    }
}
