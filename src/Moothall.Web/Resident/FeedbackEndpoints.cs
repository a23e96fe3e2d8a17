using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Contact;
using Moothall.Definitions;
using Moothall.Web.Design;
using Moothall.Web.Door;

namespace Moothall.Web.Resident;

/// <summary>How it was: five points and words, asked at every end and by the "stop" link on every page. The figures of satisfaction come from here.</summary>
static class FeedbackEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var feedback = app.MapGroup("/feedback").ExcludeFromDescription().Open();
        feedback.MapGet("/{service}", Ask);
        feedback.MapPost("/{service}", Keep);
    }

    static IResult Ask(string service, string? at, string? done, HttpContext context, House house)
    {
        if (house.Services.Find(service) is not { } published) return Pages.NotFound(context, house);
        var visit = new Visit(context, house);
        if (done is not null) return new PageResult(new FeedbackThanksPage { Look = visit.Look, Definition = published.Definition });
        return new PageResult(new FeedbackPage { Look = visit.Look, Definition = published.Definition, At = GiveFeedback.Points.Contains(at) ? at! : "end", Token = visit.Token() });
    }

    static async Task<IResult> Keep(string service, HttpContext context, House house)
    {
        if (house.Services.Find(service) is not { } published) return Pages.NotFound(context, house);
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return Pages.Problem(context, house, status, "This did not arrive", wrong!);
        var visit = new Visit(context, house);
        var at = GiveFeedback.Points.Contains(form["at"].ToString()) ? form["at"].ToString() : "end";
        var score = int.TryParse(form["score"], System.Globalization.CultureInfo.InvariantCulture, out var points) ? points : (int?)null;
        var words = form["words"].ToString();
        PageResult Again(IReadOnlyList<Fault> faults, int code) => new(new FeedbackPage
        {
            Look = visit.Look, Definition = published.Definition, At = at, Score = score, Words = words, Faults = faults, Token = visit.Token(),
        }, code);
        if (!await visit.IsOurs()) return Again([new Fault("score", "score", context.Say("This page was open for a long time. Send it again"))], 400);
        var kept = await house.Database.Commit(unit => GiveFeedback.Keep(unit, new GiveFeedback(service, visit.Authority.Id, "web", score, words, at) { Language = visit.Language }, visit.Council, house.Now), context.RequestAborted);
        return kept.Id is null ? Again(kept.Faults, 422) : new SeeOtherResult($"/feedback/{service}?done=yes");
    }
}
