using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Web.Design;
using Moothall.Web.Door;
using Moothall.Web.Resident;
using NodaTime;

namespace Moothall.Web.Desk;

/// <summary>Sensitive cases: opening one that is not one's own, with a reason (break glass), and what others opened, for those who lead the team and for administrators.</summary>
static class SensitiveEndpoints
{
    static readonly Message NotForYou = new Message("You do not read cases. Ask an administrator if you need to.");
    /// <summary>For how long what was opened is listed.</summary>
    static readonly Duration Listed = Duration.FromDays(90);

    public static void Map(RouteGroupBuilder desk)
    {
        desk.MapGet("/sensitive", Show).ForStaff(NotForYou, Right.ReadCases, Right.Administer);
        desk.MapPost("/sensitive", Open).ForStaff(NotForYou, Right.ReadCases);
    }

    static Task<IResult> Show(string? reference, HttpContext context) => Page(DeskVisit.Of(context), CaseReference.Tidy(reference ?? "") ?? "", "", [], 200, context.RequestAborted);

    static async Task<IResult> Page(DeskVisit desk, string reference, string reason, IReadOnlyList<Fault> faults, int status, CancellationToken cancel)
    {
        var opened = await desk.House.Database.Read(session => BreakGlass.ToKnow(session, desk.Caller, desk.Now - Listed), cancel);
        return new PageResult(new SensitivePage { Desk = desk, Reference = reference, Reason = reason, Faults = faults, Opened = opened }, status);
    }

    static async Task<IResult> Open(HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return desk.Problem(status, "This did not arrive", wrong!);
        var (reference, reason) = (form["reference"].ToString(), form["reason"].ToString());
        if (!await desk.IsOurs()) return await Page(desk, reference, reason, [new Fault("reference", "reference", desk.Say("This page was open for a long time, or your browser does not keep our cookies. Nothing was opened. Try again"))], 400, context.RequestAborted);
        var opened = await new OpenSensitive(reference, reason, desk.Caller).Open(house, context.RequestAborted);
        if (opened.Value is { } found) return new SeeOtherResult("/desk/cases/" + found);
        return opened.Refusal!.Kind == RefusalKind.Invalid ? await Page(desk, reference, reason, opened.Refusal.FaultsIn(desk.Phrases), 422, context.RequestAborted) : desk.Refused(opened.Refusal);
    }
}
