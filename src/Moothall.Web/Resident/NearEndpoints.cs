using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Web.Capacity;
using Moothall.Web.Design;
using Moothall.Web.Door;

namespace Moothall.Web.Resident;

/// <summary>
/// "Has this been reported already?": open cases of the same service near the place just given, before anything is sent. One can be followed instead, by a
/// link of one's own; nothing of the person who reported it is shown.
/// </summary>
static class NearEndpoints
{
    static readonly SecretLink Link = new("moothall-follow", "/following");

    public static void Map(IEndpointRouteBuilder app)
    {
        var service = app.MapGroup("/services/{service}").ExcludeFromDescription().Open();
        service.MapGet("/near", Show);
        service.MapPost("/near", Choose);
        service.MapGet("/follow", Ask);
        service.MapPost("/follow", Follow);
        service.MapGet("/followed", Followed);
        var following = app.MapGroup("/following").ExcludeFromDescription().WithSecret();
        following.MapGet("/{code}", Link.Open);
        following.MapGet("", Progress);
        following.MapPost("/stop", Stop);
    }

    /// <summary>What is open near the place of a journey; none where its service does not ask for it or the place is not known well enough.</summary>
    public static async Task<IReadOnlyList<NearCase>> Of(JourneyEndpoints.Standing at, CancellationToken cancel)
    {
        if (PlaceOf(at) is not var (place, metres)) return [];
        var house = at.Visit.House;
        return await house.Database.Read(session =>
            CasePlaces.Near(session, house.Services, at.Definition.Name, place, at.Visit.Council.Places.StreetOf(place), metres, at.Visit.Language), cancel);
    }

    /// <summary>Whether there is anything to show.</summary>
    public static async Task<bool> AnyOf(JourneyEndpoints.Standing at, CancellationToken cancel) => PlaceOf(at) is var (place, metres)
        && await at.Visit.House.Database.Read(session => CasePlaces.IsAnyNear(session, at.Definition.Name, place, at.Visit.Council.Places.StreetOf(place), metres), cancel);

    static (LocationAnswer Place, int Metres)? PlaceOf(JourneyEndpoints.Standing at) =>
        at.Definition.Near is { } near && at.Walk.OnPath[near.Question.Name] is LocationAnswer place && at.Walk.Path.Any(q => q == near.Question) ? (place, near.Metres) : null;

    static async Task<IResult> Show(string service, HttpContext context, House house)
    {
        if (await JourneyEndpoints.Stand(service, context, house) is not { } at) return Pages.NotFound(context, house);
        if (at.Draft is { How: "submitted" }) return new SeeOtherResult($"{at.Address}/done");
        var near = await Of(at, context.RequestAborted);
        return near.Count == 0 ? new SeeOtherResult(at.OnwardAddress) : Page(at, near, [], 200);
    }

    static PageResult Page(JourneyEndpoints.Standing at, IReadOnlyList<NearCase> near, IReadOnlyList<Fault> faults, int status) => new(new NearPage
    {
        Look = at.Visit.Look, Definition = at.Definition, Question = at.Definition.Near!.Question, Near = near, Zone = at.Visit.Authority.Calendar.Zone, Faults = faults, Token = at.Visit.Token(),
    }, status);

    static async Task<IResult> Choose(string service, HttpContext context, House house)
    {
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return Pages.Problem(context, house, status, "This did not arrive", wrong!);
        if (await JourneyEndpoints.Stand(service, context, house) is not { } at) return Pages.NotFound(context, house);
        if (at.Draft is not { How: not "submitted" }) return new SeeOtherResult(at.OnwardAddress);
        var chosen = form["case"].ToString();
        var near = await Of(at, context.RequestAborted);
        if (near.Any(n => n.Id == chosen)) return new SeeOtherResult($"{at.Address}/follow?case={chosen}");
        if (chosen == NearPage.Different || near.Count == 0) return await at.Visit.IsOurs() ? await OnWithOwn(at, context) : new SeeOtherResult($"{at.Address}/near");
        return Page(at, near, [new Fault("case", "case", context.Say("Select the one that is yours, or “No, mine is different”"))], 422);
    }

    // Who followed another first and then sends their own after all begins another journey, with the answers kept.
    static async Task<IResult> OnWithOwn(JourneyEndpoints.Standing at, HttpContext context)
    {
        if (at.Draft is not { How: FollowInstead.How } followed || at.Definition.Near is not { } near || at.Answers[near.Question.Name] is not { } place) return new SeeOtherResult(at.OnwardAddress);
        var house = at.Visit.House;
        var command = new SaveAnswer(followed.Id, at.Published, near.Question.Name, place, JourneyEndpoints.Begin(at));
        var saved = await house.Database.Commit(unit => AnswerSaving.Save(unit, house.Services, command, house.Now, at.Visit.Authority.Calendar.DayOf(house.Now)), context.RequestAborted);
        if (saved.Value is not { } done) return new SeeOtherResult(at.Address);
        JourneyEndpoints.Remember(context, done.Draft);
        return new SeeOtherResult((at with { Draft = done.Draft, Answers = done.Answers, Walk = done.Walk }).OnwardAddress);
    }

    static async Task<IResult> Ask(string service, [Microsoft.AspNetCore.Mvc.FromQuery(Name = "case")] string? caseId, HttpContext context, House house)
    {
        if (await JourneyEndpoints.Stand(service, context, house) is not { } at) return Pages.NotFound(context, house);
        return (await Of(at, context.RequestAborted)).Any(n => n.Id == caseId) ? FollowPage(at, caseId!, "", [], 200) : new SeeOtherResult($"{at.Address}/near");
    }

    static PageResult FollowPage(JourneyEndpoints.Standing at, string caseId, string email, IReadOnlyList<Fault> faults, int status) => new(new FollowPage
    {
        Look = at.Visit.Look, Definition = at.Definition, CaseId = caseId, CanMail = at.Visit.House.MailIsSet, Email = email, Faults = faults, Token = at.Visit.Token(),
    }, status);

    static async Task<IResult> Follow(string service, HttpContext context, House house)
    {
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return Pages.Problem(context, house, status, "This did not arrive", wrong!);
        if (await JourneyEndpoints.Stand(service, context, house) is not { } at) return Pages.NotFound(context, house);
        var (caseId, typed) = (form["case"].ToString(), form[AskedEmail.Field].ToString());
        if (at.Draft is null || (await Of(at, context.RequestAborted)).All(n => n.Id != caseId)) return new SeeOtherResult($"{at.Address}/near");
        if (!await at.Visit.IsOurs()) return FollowPage(at, caseId, typed, [new Fault("email", "email", context.Say("This page was open for a long time. Send it again"))], 400);
        var today = at.Visit.Authority.Calendar.DayOf(house.Now);
        var (email, faults) = AskedEmail.Read(form, at.Visit.Language, today);
        if (email is null) return FollowPage(at, caseId, typed, faults, 422);
        if (!RequestLimits.MayWriteTo(context, email)) return FollowPage(at, caseId, typed, [new Fault("email", "email", context.Say("We have just written to this address several times. Look there, or wait a minute"))], 429);
        var followed = await house.Database.Commit(unit => FollowInstead.Follow(unit, house, at.Draft.Id, caseId, email, today), context.RequestAborted);
        return followed.Refusal is { } refusal ? FollowPage(at, caseId, typed, [new Fault("email", "email", context.Say(refusal.Message))], 422) : new SeeOtherResult($"{at.Address}/followed");
    }

    static async Task<IResult> Followed(string service, HttpContext context, House house)
    {
        if (await JourneyEndpoints.Stand(service, context, house) is not { } at) return Pages.NotFound(context, house);
        return at.Draft is { How: FollowInstead.How } ? new PageResult(new FollowedPage { Look = at.Visit.Look, Definition = at.Definition }) : new SeeOtherResult(at.OnwardAddress);
    }

    static async Task<(Follower Follower, CaseProgress Progress)?> FollowedBy(HttpContext context, House house, string language) =>
        Link.CodeOf(context) is { } code ? await house.Database.Read(session => Followers.Open(session, house.Services, code, language, house.Now), context.RequestAborted) : null;

    static async Task<IResult> Progress(HttpContext context, House house)
    {
        var visit = new Visit(context, house);
        if (await FollowedBy(context, house, visit.Language) is not var (_, progress)) return Gone(context, house);
        return new PageResult(new FollowingPage { Look = visit.Look, Progress = progress, Zone = visit.Authority.Calendar.Zone, Token = visit.Token() });
    }

    static async Task<IResult> Stop(HttpContext context, House house)
    {
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return Pages.Problem(context, house, status, "This did not arrive", wrong!);
        var visit = new Visit(context, house);
        if (await FollowedBy(context, house, visit.Language) is not var (follower, _)) return Gone(context, house);
        if (!await visit.IsOurs()) return new SeeOtherResult("/following");
        await house.Database.Commit(unit => Followers.Stop(unit, follower.Id), context.RequestAborted);
        Link.Forget(context);
        return Pages.Problem(context, house, 200, "You do not follow it any more", "We have deleted your address and write to you no more about this. If you change your mind, begin the report again: you will be shown what is open near by.");
    }

    internal static IResult Gone(HttpContext context, House house) => Pages.Problem(context, house, 404, "This link does not work",
        "It may be out of date, or you have stopped following. Check that you have the whole link.");
}
