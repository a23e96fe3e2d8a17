using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Notifications;
using Moothall.Web.Design;

namespace Moothall.Web.Resident;

/// <summary>
/// The choice of language, or of no messages at all, for one case. It is reached by a link in every message; a mail program may stop them with one click
/// (RFC 8058), for which the code in the address is enough.
/// </summary>
static class MessageChoiceEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var track = app.MapGroup("/track").ExcludeFromDescription();
        track.MapGet("/messages", Enter);
        track.MapPost("/messages", OneClick);
        track.MapGet("/{reference}/messages", Show);
        track.MapPost("/{reference}/messages", Choose);
    }

    static async Task<IResult> Enter(string? reference, string? code, HttpContext context, House house) =>
        reference is not null && code is not null && await TrackEndpoints.Progress(context, house, reference, code) is { } found
            ? TrackEndpoints.Open(context, found, code, "/messages") : new SeeOtherResult("/track");

    // A mail program sends no token of ours, and no cookie.
    static async Task<IResult> OneClick(string? reference, string? code, HttpContext context, House house)
    {
        if (reference is null || code is null || await TrackEndpoints.Progress(context, house, reference, code) is not { } found) return Pages.NotFound(context, house);
        await house.Database.Commit(async unit => await MessageChoice.Choose(unit, found.Case.Reference, await MessageChoice.Of(unit, found.Case.Reference) with { NoMail = true }, house.Now), context.RequestAborted);
        return Pages.Problem(context, house, 200, "We will send no more messages about this", "You can follow it on our website at any time, with your reference and code.");
    }

    static async Task<IResult> Show(string reference, HttpContext context, House house)
    {
        if (TrackEndpoints.CodeFor(context, reference) is not { } code || await TrackEndpoints.Progress(context, house, reference, code) is not { } found) return new SeeOtherResult("/track");
        var chosen = await house.Database.Read(async session =>
        {
            var choice = await MessageChoice.Of(session, found.Case.Reference);
            return choice with { Language = choice.Language ?? (await Cases.CaseQueries.Circumstance(session, found.Case.Reference))?.Language };
        }, context.RequestAborted);
        var visit = new Visit(context, house);
        return new PageResult(new MessageChoicePage { Look = visit.Look, Progress = found, Choice = chosen, Saved = context.Request.Query.ContainsKey("saved"), Token = visit.Token() });
    }

    static async Task<IResult> Choose(string reference, HttpContext context, House house)
    {
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return Pages.Problem(context, house, status, "This did not arrive", wrong!);
        if (TrackEndpoints.CodeFor(context, reference) is not { } code || await TrackEndpoints.Progress(context, house, reference, code) is not { } found) return new SeeOtherResult("/track");
        if (!await new Visit(context, house).IsOurs()) return Pages.Problem(context, house, 400, "Nothing was changed", "This page was open for a long time. Go back, load it again and try again.");
        var choice = form["messages"].ToString() switch
        {
            "none" => await house.Database.Read(session => MessageChoice.Of(session, found.Case.Reference), context.RequestAborted) with { NoMail = true },
            "cy" => new MessageChoice("cy", false),
            _ => new MessageChoice("en", false),
        };
        await house.Database.Commit(unit => MessageChoice.Choose(unit, found.Case.Reference, choice, house.Now), context.RequestAborted);
        return new SeeOtherResult($"/track/{found.Case.Reference}/messages?saved=1");
    }
}
