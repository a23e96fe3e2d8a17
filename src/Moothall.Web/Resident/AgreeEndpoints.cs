using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Web.Design;
using Moothall.Web.Door;

namespace Moothall.Web.Resident;

/// <summary>
/// A second person agrees to what somebody else asked for, or does not. The code of the link is a secret, so it becomes a cookie by redirect and leaves the address; opening the link, as programs that
/// look through mail do, writes nothing. Before anything is shown they say the address that the link was sent to. A link that is unknown, ended, replaced or guessed gets one and the same answer.
/// </summary>
static class AgreeEndpoints
{
    /// <summary>Where the link leads, and where its cookies are sent.</summary>
    public const string Address = "/agree";
    static readonly SecretLink Link = new("moothall-agree", Address);
    /// <summary>The proof that this browser has said the address.</summary>
    static readonly SecretLink Proof = new("moothall-agree-known", Address);

    public static void Map(IEndpointRouteBuilder app)
    {
        var agree = app.MapGroup(Address).ExcludeFromDescription().WithSecret();
        agree.MapGet("/{code}", Link.Open);
        agree.MapGet("", Show);
        agree.MapPost("/who", Know);
        agree.MapPost("", Answer);
        agree.MapGet("/done", Done);
    }

    static async Task<CoSignRequest?> RequestOf(HttpContext context, House house) => Link.CodeOf(context) is { } code
        ? await house.Database.Read(session => CoSigning.Open(session, house, code), context.RequestAborted) : null;

    static bool IsKnown(HttpContext context, House house) => Link.CodeOf(context) is { } code && Proof.CodeOf(context) is { } proof && house.Codes.IsKnownCoSigner(code, proof);

    static async Task<IResult> Show(HttpContext context, House house)
    {
        if (await RequestOf(context, house) is not { } request) return Gone(context, house);
        if (!IsKnown(context, house)) return AskWho(context, house, request, "", [], 200);
        return request.Answer is null ? AskWhether(context, house, request, "", "", [], 200) : new SeeOtherResult(Address + "/done");
    }

    static async Task<IResult> Know(HttpContext context, House house)
    {
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return Pages.Problem(context, house, status, "This did not arrive", wrong!);
        if (await RequestOf(context, house) is not { } request) return Gone(context, house);
        var visit = new Visit(context, house);
        var typed = form[AskedEmail.Field].ToString();
        if (!await visit.IsOurs()) return AskWho(context, house, request, typed, [new Fault("email", "email", context.Say("This page was open for a long time. Send it again"))], 400);
        var (email, faults) = AskedEmail.Read(form, visit.Language, visit.Authority.Calendar.DayOf(house.Now));
        if (email is null) return AskWho(context, house, request, typed, faults, 422);
        var code = Link.CodeOf(context)!;
        var known = await house.Database.Commit(unit => CoSigning.Known(unit, house, code, email), context.RequestAborted);
        if (known.Refusal is { Kind: RefusalKind.NotFound }) return Gone(context, house);
        if (known.Refusal is { } refusal) return AskWho(context, house, request, typed, [new Fault("email", "email", context.Say(refusal.Message))], 422);
        Proof.Remember(house.Codes.ForKnownCoSigner(code), context);
        return new SeeOtherResult(Address);
    }

    static async Task<IResult> Answer(HttpContext context, House house)
    {
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return Pages.Problem(context, house, status, "This did not arrive", wrong!);
        if (await RequestOf(context, house) is not { } request) return Gone(context, house);
        if (!IsKnown(context, house)) return new SeeOtherResult(Address);
        var (answer, reason) = (form["answer"].ToString(), form["reason"].ToString());
        if (!await new Visit(context, house).IsOurs())
            return request.Answer is not null ? new SeeOtherResult(Address + "/done")
                : AskWhether(context, house, request, answer, reason, [new Fault("answer", "answer", context.Say("This page was open for a long time. Nothing has been sent yet. Send it again"))], 400);
        var answered = await house.Database.Commit(unit => CoSigning.Answer(unit, house, Link.CodeOf(context)!, answer, reason), context.RequestAborted);
        if (answered.Refusal is not { } refusal || refusal.Kind == RefusalKind.Changed) return new SeeOtherResult(Address + "/done");
        if (refusal.Kind == RefusalKind.NotFound) return Gone(context, house);
        IReadOnlyList<Fault> faults = refusal.Faults.Count > 0 ? refusal.FaultsIn(new Visit(context, house).Look.Phrases) : [new Fault("answer", "answer", context.Say(refusal.Message))];
        return AskWhether(context, house, request, answer, reason, faults, 422);
    }

    static async Task<IResult> Done(HttpContext context, House house)
    {
        if (await RequestOf(context, house) is not { } request) return Gone(context, house);
        if (!IsKnown(context, house) || request.Answer is null) return new SeeOtherResult(Address);
        var visit = new Visit(context, house);
        return new PageResult(new AgreedPage
        {
            Look = visit.Look, Title = request.Definition.Title, Agreed = request.Answer == "agreed", Reference = request.Case.Reference, Authority = visit.Council.FindAuthority(request.Case.Authority) ?? visit.Authority,
        });
    }

    static PageResult AskWho(HttpContext context, House house, CoSignRequest request, string email, IReadOnlyList<Fault> faults, int status)
    {
        var visit = new Visit(context, house);
        return new PageResult(new AgreeWhoPage { Look = visit.Look, Title = request.Definition.Title, Email = email, Faults = faults, Token = visit.Token() }, status);
    }

    static PageResult AskWhether(HttpContext context, House house, CoSignRequest request, string answer, string reason, IReadOnlyList<Fault> faults, int status)
    {
        var visit = new Visit(context, house);
        return new PageResult(new AgreePage
        {
            Look = visit.Look, Request = request, Answer = answer, Reason = reason, Faults = faults, Token = visit.Token(), Authority = visit.Council.FindAuthority(request.Case.Authority) ?? visit.Authority,
        }, status);
    }

    static IResult Gone(HttpContext context, House house) => Pages.Problem(context, house, 404, "This link does not work",
        "It may be out of date, or there is nothing to agree to any more. If we sent you another link, use the newest one. Check that you have the whole link. If you are not sure, ring us.");
}
