using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Cases;
using Moothall.Contact;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Web.Design;
using Moothall.Web.Door;
using Moothall.Web.Resident;

namespace Moothall.Web.Desk;

/// <summary>Wraps a call up: what it was, tied to its case, with its seconds. Chasing is one press beside the case that was found.</summary>
static class CallEndpoints
{
    static readonly Message NotForYou = new Message("Advisors record contacts. Ask an administrator if you need to.");

    public static void Map(RouteGroupBuilder desk)
    {
        desk.MapPost("/call/end", End).ForStaff(NotForYou, Right.RecordContacts);
        desk.MapPost("/call/chasing", Chasing).ForStaff(NotForYou, Right.RecordContacts);
    }

    static Task<IResult> End(HttpContext context, House house) => Wrap(context, house, null);

    static Task<IResult> Chasing(HttpContext context, House house) => Wrap(context, house, "chasing");

    static async Task<IResult> Wrap(HttpContext context, House house, string? reason)
    {
        var desk = DeskVisit.Of(context);
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return desk.Problem(status, "This did not arrive", wrong!);
        if (!await desk.IsOurs()) return desk.Problem(400, "The call was not wrapped up", "This page was open for a long time. Go back, load it again and choose the reason again.");
        var channel = form["channel"].ToString() is { Length: > 0 } said ? said : "phone";
        var command = new RecordContact(channel, reason ?? form["reason"].ToString(), form["about"].ToString(), desk.Call?.Seconds(desk.Now) ?? 0, form["offered"] == "yes" || form["taken"] == "yes", form["taken"] == "yes");
        var recorded = await house.Database.Commit(unit => RecordContact.Record(unit, command, desk.Caller, CaseQueries.ServiceOf, desk.Now), context.RequestAborted);
        if (recorded.Id is null) return desk.Problem(422, "The call was not wrapped up", new Message("{why}.", ("why", recorded.Faults[0].In(desk.Phrases).Message)));
        var about = CaseReference.Tidy(command.About ?? "");
        Call.End(context);
        return new SeeOtherResult(reason is not null && about is not null ? $"/desk/cases/{about}?contact=chasing" : "/desk?wrapped=yes");
    }
}
