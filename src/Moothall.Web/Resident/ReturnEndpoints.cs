using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Web.Capacity;
using Moothall.Web.Design;
using Moothall.Web.Door;

namespace Moothall.Web.Resident;

/// <summary>
/// Save and come back. The code of a link is a secret, so it becomes a cookie by redirect and leaves the address; opening the link, as programs that look
/// through mail do, writes nothing. A link that is unknown, old, revoked or guessed gets one and the same answer.
/// </summary>
static class ReturnEndpoints
{
    static readonly SecretLink Link = new("moothall-return", "/return");

    public static void Map(IEndpointRouteBuilder app)
    {
        var service = app.MapGroup("/services/{service}").ExcludeFromDescription().Open();
        service.MapGet("/save", Save);
        service.MapPost("/save", SendLink);
        service.MapGet("/saved", Saved);
        service.MapGet("/go-on", GoOn);
        var back = app.MapGroup("/return").ExcludeFromDescription().WithSecret();
        back.MapGet("/{code}", Link.Open);
        back.MapGet("", Ask);
        back.MapPost("", Continue);
    }

    static async Task<IResult> Save(string service, HttpContext context, House house) =>
        await JourneyEndpoints.Stand(service, context, house) is { } at ? SavePage(at, "", []) : Pages.NotFound(context, house);

    static PageResult SavePage(JourneyEndpoints.Standing at, string email, IReadOnlyList<Fault> faults, int status = 200) => new(new SavePage
    {
        Look = at.Visit.Look, Definition = at.Definition, Until = Until(at), CanMail = at.Visit.House.MailIsSet, Phone = at.Visit.Authority.Contact.Phone, Email = email, Faults = faults, Token = at.Visit.Token(),
    }, status);

    static NodaTime.LocalDate? Until(JourneyEndpoints.Standing at) =>
        at.Draft is { } draft && ComeBack.MayGoOn(draft, at.Visit.House.Now) ? at.Visit.Authority.Calendar.DayOf(ComeBack.KeptUntil(draft)) : null;

    static async Task<IResult> SendLink(string service, HttpContext context, House house)
    {
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return Pages.Problem(context, house, status, "This did not arrive", wrong!);
        if (await JourneyEndpoints.Stand(service, context, house) is not { } at) return Pages.NotFound(context, house);
        if (Until(at) is null || !house.MailIsSet) return new SeeOtherResult($"{at.Address}/save");
        var typed = form[AskedEmail.Field].ToString();
        if (!await at.Visit.IsOurs()) return SavePage(at, typed, [new Fault("email", "email", context.Say("This page was open for a long time. Send it again"))], 400);
        var (email, faults) = AskedEmail.Read(form, at.Visit.Language, at.Visit.Authority.Calendar.DayOf(house.Now));
        if (email is null) return SavePage(at, typed, faults, 422);
        if (!RequestLimits.MayWriteTo(context, email)) return SavePage(at, typed, [new Fault("email", "email", context.Say("We have just written to this address several times. Look there, or wait a minute"))], 429);
        var asked = await house.Database.Commit(unit => ComeBack.Ask(unit, house, at.Draft!.Id, email, at.Visit.Language), context.RequestAborted);
        return asked.Refusal is { } refusal ? SavePage(at, typed, [new Fault("email", "email", context.Say(refusal.Message))], 422) : new SeeOtherResult($"{at.Address}/saved");
    }

    static async Task<IResult> Saved(string service, HttpContext context, House house)
    {
        if (await JourneyEndpoints.Stand(service, context, house) is not { } at) return Pages.NotFound(context, house);
        return Until(at) is { } until ? new PageResult(new SavedPage { Look = at.Visit.Look, Definition = at.Definition, Until = until }) : new SeeOtherResult($"{at.Address}/save");
    }

    static async Task<IResult> GoOn(string service, HttpContext context, House house) =>
        await JourneyEndpoints.Stand(service, context, house) is { } at ? new SeeOtherResult(at.Draft is { How: "submitted" } ? $"{at.Address}/done" : at.OnwardAddress) : Pages.NotFound(context, house);

    static async Task<Draft?> DraftOf(HttpContext context, House house) => Link.CodeOf(context) is { } code
        ? await house.Database.Read(session => ComeBack.Open(session, code, house.Now), context.RequestAborted) : null;

    static async Task<IResult> Ask(HttpContext context, House house)
    {
        if (await DraftOf(context, house) is not { } draft) return Gone(context, house);
        // The browser that holds the draft needs no proof.
        if (context.Request.Cookies[OpenDrafts.CookieName(draft)] == draft.Id) return new SeeOtherResult($"/services/{draft.Service}/go-on");
        return Page(context, house, draft, "", [], 200);
    }

    static async Task<IResult> Continue(HttpContext context, House house)
    {
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return Pages.Problem(context, house, status, "This did not arrive", wrong!);
        if (await DraftOf(context, house) is not { } draft) return Gone(context, house);
        var visit = new Visit(context, house);
        var typed = form[AskedEmail.Field].ToString();
        if (!await visit.IsOurs()) return Page(context, house, draft, typed, [new Fault("email", "email", context.Say("This page was open for a long time. Send it again"))], 400);
        var (email, faults) = AskedEmail.Read(form, visit.Language, visit.Authority.Calendar.DayOf(house.Now));
        if (email is null) return Page(context, house, draft, typed, faults, 422);
        var opened = await house.Database.Commit(unit => ComeBack.Continue(unit, Link.CodeOf(context)!, email, house.Now), context.RequestAborted);
        if (opened.Refusal is { Kind: RefusalKind.NotFound }) return Gone(context, house);
        if (opened.Refusal is { } refusal) return Page(context, house, draft, typed, [new Fault("email", "email", context.Say(refusal.Message))], 422);
        JourneyEndpoints.Remember(context, draft);
        Link.Forget(context);
        return new SeeOtherResult($"/services/{draft.Service}/go-on");
    }

    static PageResult Page(HttpContext context, House house, Draft draft, string email, IReadOnlyList<Fault> faults, int status)
    {
        var visit = new Visit(context, house);
        var title = house.Services.Find(draft.Service)?.Definition.Title.In(visit.Language) ?? draft.Service;
        return new PageResult(new ReturnPage { Look = visit.Look, Title = title, Sent = draft.How == "submitted", Email = email, Faults = faults, Token = visit.Token() }, status);
    }

    static IResult Gone(HttpContext context, House house) => Pages.Problem(context, house, 404, "This link does not work",
        "It may be out of date: we keep a form that was not sent for 28 days. If you asked for another link, use the newest one. Check that you have the whole link. You can begin again on our front page.");
}
