using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Notifications;
using Moothall.Web.Door;

namespace Moothall.Web.Api;

/// <summary>What a delivery report meant.</summary>
public sealed record TakenBounce(string Outcome);

/// <summary>`POST /api/v1/bounces`: a mail that came back, from a mail server or a provider that cannot run `moothall bounce` here. The same report twice changes nothing.</summary>
static class BouncesApi
{
    static readonly Message TooLong = new Message("A delivery report must be smaller than 1MB. Send it without the mail that came back, or with its headers only.");

    public static void Map(RouteGroupBuilder api) => api.MapPost("/bounces", Take).ForPrograms(Right.ReturnMail).WithSummary("Takes in a delivery report (RFC 3464) of a mail that came back")
        .Accepts<string>("message/rfc822", "multipart/report", "text/plain").Produces<TakenBounce>()
        .Produces<Problem>(401, "application/problem+json").Produces<Problem>(403, "application/problem+json").Produces<Problem>(413, "application/problem+json").Produces<Problem>(422, "application/problem+json");

    static async Task<IResult> Take(HttpContext context, House house)
    {
        var caller = Callers.Of(context);
        if (context.Request.ContentLength > TakeBounce.LongestReport) return Problems.TooLarge(TooLong);
        // Reports are 7-bit, or UTF-8 (RFC 6533); a stray byte of another kind becomes U+FFFD and spoils no field.
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var text = new char[TakeBounce.LongestReport + 1];
        var length = await reader.ReadBlockAsync(text, context.RequestAborted);
        if (length == text.Length) return Problems.TooLarge(TooLong);
        var authorities = Rights.AuthoritiesFor(caller, Right.ReturnMail);
        var taken = await house.Database.Commit(unit => TakeBounce.Take(unit, house, new string(text, 0, length), authorities), context.RequestAborted);
        return taken.Refusal is { } refusal ? Problems.Of(refusal, signedIn: true) : Results.Json(new TakenBounce(taken.Value!.In(ReaderLanguage.OfProgram(context))), ApiJson.Options);
    }
}
