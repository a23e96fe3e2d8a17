using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Web.Design;
using Moothall.Web.Door;

namespace Moothall.Web.Resident;

/// <summary>
/// Progress without ringing up: by reference and code typed in, or by a link. The code of a link is a secret, so it becomes a cookie by redirect and
/// leaves the address.
/// </summary>
static class TrackEndpoints
{
    const string Cookie = "moothall-track";
    /// <summary>Pages of a case that a link may lead to.</summary>
    static readonly string?[] Onward = ["record", "messages", "add", "looked-at"];

    public static void Map(IEndpointRouteBuilder app)
    {
        var track = app.MapGroup("/track").ExcludeFromDescription();
        track.MapGet("", Enter).Open();
        track.MapPost("", Find).Open();
        track.MapGet("/{reference}", Show).WithSecret();
        track.MapPost("/{reference}/answer", Answer).WithSecret();
    }

    static async Task<IResult> Enter(string? reference, string? code, string? then, HttpContext context, House house)
    {
        if (reference is null && code is null) return Form(context, house, "", "", [], 200);
        return await Progress(context, house, reference ?? "", code ?? "") is { } found ? Open(context, found, code!, Onward.Contains(then) ? "/" + then : "")
            : Form(context, house, reference ?? "", "", [new Fault("reference", "reference", context.Say("Check the reference and the code. We have no case with both of these"))], 404);
    }

    static async Task<IResult> Find(HttpContext context, House house)
    {
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return Pages.Problem(context, house, status, "This did not arrive", wrong!);
        var (reference, code) = (form["reference"].ToString(), form["code"].ToString());
        var faults = new List<Fault>();
        if (string.IsNullOrWhiteSpace(reference)) faults.Add(new Fault("reference", "reference", context.Say("Enter your reference, like POT-7F3K-92QX")));
        else if (CaseReference.Tidy(reference) is null) faults.Add(new Fault("reference", "reference", context.Say("Check your reference. It looks like POT-7F3K-92QX, and this one has a letter or number that is not right")));
        if (string.IsNullOrWhiteSpace(code)) faults.Add(new Fault("code", "code", context.Say("Enter the code that came with your reference")));
        if (faults.Count > 0) return Form(context, house, reference, code, faults, 422);
        if (!await new Visit(context, house).IsOurs())
            return Form(context, house, reference, code, [new Fault("reference", "reference", context.Say("This page was open for a long time. Try again"))], 400);
        return await Progress(context, house, reference, code) is { } found ? Open(context, found, code)
            : Form(context, house, reference, code, [new Fault("reference", "reference", context.Say("Check the reference and the code. We have no case with both of these"))], 404);
    }

    static async Task<IResult> Show(string reference, HttpContext context, House house)
    {
        if (CodeFor(context, reference) is not { } code || await Progress(context, house, reference, code) is not { } found) return new SeeOtherResult("/track");
        return found.Erased is { } erased ? Gone(context, house, found, erased) : Page(context, house, found, code, "", []);
    }

    // Somebody comes back years later: a kind word, and nothing that was theirs.
    static IResult Gone(HttpContext context, House house, CaseProgress found, ErasedCase erased)
    {
        var look = new Visit(context, house).Look;
        return Pages.Problem(context, house, 410, look.Say("We no longer have this record"),
            look.Say("You asked us for this on {asked}, and we dealt with it. We deleted what you told us on {deleted}, as our privacy notice promises. If you need help with it now, please ask us again or ring us.",
                ("asked", look.Day(found.Case.Received.InZone(house.Council.Authorities[0].Calendar.Zone).Date)), ("deleted", look.Day(erased.At.InZone(house.Council.Authorities[0].Calendar.Zone).Date))));
    }

    static async Task<IResult> Answer(string reference, HttpContext context, House house)
    {
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return Pages.Problem(context, house, status, "This did not arrive", wrong!);
        if (CodeFor(context, reference) is not { } code || await Progress(context, house, reference, code) is not { } found) return new SeeOtherResult("/track");
        if (found.Erased is not null) return new SeeOtherResult($"/track/{found.Case.Reference}");
        var answer = Tidy.Lines(form["answer"].ToString());
        if (!await new Visit(context, house).IsOurs()) return Page(context, house, found, code, answer, [new Fault("answer", "answer", context.Say("This page was open for a long time. Send your answer again"))], 400);
        var answered = await house.Database.Commit(unit => ResidentActs.Answer(unit, house.Services, house.Council, found.Case.Reference, form["asked"].ToString(), answer, house.Now), context.RequestAborted);
        if (answered.Refusal is { Kind: RefusalKind.Changed }) found = await Progress(context, house, reference, code) ?? found;
        return answered.Refusal is { } refusal ? Page(context, house, found, code, answer, [new Fault("answer", "answer", context.Say(refusal.Message))], refusal.Kind == RefusalKind.Changed ? 409 : 422) : new SeeOtherResult($"/track/{found.Case.Reference}");
    }

    internal static Task<CaseProgress?> Progress(HttpContext context, House house, string reference, string code) =>
        house.Database.Read(session => CaseQueries.Track(session, house.Services, house.Codes, reference, code, ReaderLanguage.Of(context).Language, house.Now), context.RequestAborted);

    internal static SeeOtherResult Open(HttpContext context, CaseProgress found, string code, string then = "")
    {
        context.Response.Cookies.Append(Cookie, $"{found.Case.Reference}.{new string([.. code.Where(char.IsAsciiLetterOrDigit)])}", Cookies.Lax(context, "/track"));
        return new SeeOtherResult($"/track/{found.Case.Reference}{then}");
    }

    /// <summary>Opens a case for somebody whose account it is; null where its link has ended.</summary>
    internal static SeeOtherResult? OpenOwn(HttpContext context, House house, CouncilCase found, string then)
    {
        if (TrackingCodes.HasEnded(found, house.Now)) return null;
        context.Response.Cookies.Append(Cookie, $"{found.Reference}.{house.Codes.For(found.Reference, found.LinkNumber)}", Cookies.Lax(context, "/track"));
        return new SeeOtherResult($"/track/{found.Reference}{then}");
    }

    /// <summary>The case of an address, if this browser's cookie opens it.</summary>
    internal static async Task<CaseProgress?> Opened(HttpContext context, House house, string reference) => CodeFor(context, reference) is { } code && await Progress(context, house, reference, code) is { Erased: null } found ? found : null;

    /// <summary>This browser no longer opens the case; the link and the code still do.</summary>
    internal static void Forget(HttpContext context) => context.Response.Cookies.Delete(Cookie, Cookies.Lax(context, "/track"));

    internal static string? CodeFor(HttpContext context, string reference) =>
        context.Request.Cookies[Cookie]?.Split('.') is [var known, var code] && known == CaseReference.Tidy(reference) ? code : null;

    static PageResult Form(HttpContext context, House house, string reference, string code, IReadOnlyList<Fault> faults, int status)
    {
        var visit = new Visit(context, house);
        return new PageResult(new TrackFormPage { Look = visit.Look, Reference = reference, Code = code, Faults = faults, Token = visit.Token(), Contact = visit.Authority.Contact }, status);
    }

    static PageResult Page(HttpContext context, House house, CaseProgress found, string code, string answer, IReadOnlyList<Fault> faults, int status = 200)
    {
        var visit = new Visit(context, house);
        var authority = visit.Council.FindAuthority(found.Case.Authority) ?? visit.Authority;
        return new PageResult(new TrackPage
        {
            Look = visit.Look, Progress = found, Authority = authority, Zone = authority.Calendar.Zone, Now = house.Now, Offer = visit.Council.FindOffer(found.Case.Service, found.Case.Authority), Answer = answer, Faults = faults, Token = visit.Token(),
            MayAskAgain = house.Services.Find(found.Case.Service)?.Definition.FillsInFromCases == true,
        }, status);
    }
}
