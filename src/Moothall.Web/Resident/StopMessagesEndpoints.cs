using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Notifications;
using Moothall.Web.Door;

namespace Moothall.Web.Resident;

/// <summary>
/// The link in every message about a case that leads to the choice of language, or of no messages. A mail program may stop them with one click (RFC 8058),
/// for which the code in the address is enough.
/// </summary>
static class StopMessagesEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var messages = app.MapGroup("/track/messages").ExcludeFromDescription().WithSecret();
        messages.MapGet("", Enter);
        messages.MapPost("", OneClick);
        app.MapPost("/following/{code}", StopFollowing).ExcludeFromDescription().WithSecret();
    }

    static async Task<IResult> Enter(string? reference, string? code, HttpContext context, House house) =>
        reference is not null && code is not null && await TrackEndpoints.Progress(context, house, reference, code) is { } found
            ? TrackEndpoints.Open(context, found, code, found.Erased is null ? "/messages" : "") : new SeeOtherResult("/track");

    static async Task<IResult> StopFollowing(string code, HttpContext context, House house)
    {
        if (await house.Database.Read(session => Cases.Followers.Open(session, house.Services, code, "en", house.Now), context.RequestAborted) is not var (follower, _)) return NearEndpoints.Gone(context, house);
        await house.Database.Commit(unit => Cases.Followers.Stop(unit, follower.Id), context.RequestAborted);
        return Pages.Problem(context, house, 200, "You do not follow it any more", "We have deleted your address and write to you no more about this.");
    }

    // A mail program sends no token of ours, and no cookie.
    static async Task<IResult> OneClick(string? reference, string? code, HttpContext context, House house)
    {
        if (reference is null || code is null || await TrackEndpoints.Progress(context, house, reference, code) is not { } found) return Pages.NotFound(context, house);
        // Of a record that was deleted nothing is written any more, and no choice is needed.
        if (found.Erased is null) await house.Database.Commit(async unit => await MessageChoice.Choose(unit, found.Case.Reference, await MessageChoice.Of(unit, found.Case.Reference) with { NoMail = true }, house.Now), context.RequestAborted);
        return Pages.Problem(context, house, 200, "We will send no more messages about this", "You can follow it on our website at any time, with your reference and code.");
    }
}
