using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Notifications;
using Moothall.Web.Design;
using Moothall.Web.Door;
using Moothall.Web.Resident;

namespace Moothall.Web.Desk;

/// <summary>What is stuck on its way to customers, and why, for administrators and team leaders: send again, put aside, try the mail server.</summary>
static class MessageEndpoints
{
    static readonly Message NotForYou = new Message("Administrators and team leaders look after messages. Ask one of them if something did not arrive.");

    public static void Map(RouteGroupBuilder desk)
    {
        desk.MapGet("/messages", Show).ForStaff(NotForYou, Right.Administer, Right.LeadTeam);
        desk.MapPost("/messages/again", Again).ForStaff(NotForYou, Right.Administer, Right.LeadTeam);
        desk.MapPost("/messages/aside", Aside).ForStaff(NotForYou, Right.Administer, Right.LeadTeam);
        desk.MapPost("/messages/check", Check).ForStaff(NotForYou, Right.Administer, Right.LeadTeam);
    }

    static async Task<IResult> Show(string? sent, string? aside, HttpContext context, House house, Outbox outbox, WebSettings settings)
    {
        var desk = DeskVisit.Of(context);
        var done = int.TryParse(sent, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? desk.Look.Say("{count, plural, one {# message is} other {# messages are}} being sent again.", ("count", count)) : aside is not null ? desk.Look.Say("The message was put aside and is not sent.") : null;
        return await Page(desk, house, outbox, settings, done, null, context.RequestAborted);
    }

    static async Task<IResult> Page(DeskVisit desk, House house, Outbox outbox, WebSettings settings, string? done, string? check, CancellationToken cancel)
    {
        var authorities = MessageQueries.AuthoritiesOf(desk.Caller);
        return await house.Database.Read<IResult>(async session =>
        {
            var hidden = MessageQueries.HiddenFrom(desk.Caller, desk.Council);
            var groups = await MessageQueries.Groups(session, authorities, hidden);
            var lists = new Dictionary<string, IReadOnlyList<StuckMessage>>(StringComparer.Ordinal);
            foreach (var group in groups) lists[group.Trouble] = await MessageQueries.Stuck(session, authorities, group.Trouble, hidden);
            return new PageResult(new MessagesPage
            {
                Desk = desk, Groups = groups, Lists = lists, ServerTrouble = outbox.Trouble?.In(desk.Phrases), Due = await MessageQueries.Due(session, desk.Now), Done = done, CheckWords = check, StandIn = settings.StandInMail,
            });
        }, cancel);
    }

    static async Task<IResult> Again(HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return desk.Problem(status, "This did not arrive", wrong!);
        if (!await desk.IsOurs()) return Stale(desk);
        var trouble = form["trouble"].ToString();
        var sent = await house.Database.Commit(unit => Number(form) is { } number ? RetryMessages.Retry(unit, desk.Caller, number, desk.Now) : RetryMessages.RetryAll(unit, desk.Caller, trouble, desk.Now),
            context.RequestAborted);
        return sent.Refusal is not null ? desk.NotAllowed(NotForYou) : new SeeOtherResult($"/desk/messages?sent={sent.Value}");
    }

    static async Task<IResult> Aside(HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return desk.Problem(status, "This did not arrive", wrong!);
        if (!await desk.IsOurs()) return Stale(desk);
        var put = await house.Database.Commit(unit => RetryMessages.PutAside(unit, desk.Caller, Number(form) ?? 0, desk.Now), context.RequestAborted);
        return put.Refusal is not null ? desk.NotAllowed(NotForYou) : new SeeOtherResult("/desk/messages?aside=1");
    }

    static async Task<IResult> Check(HttpContext context, House house, Outbox outbox, WebSettings settings)
    {
        var desk = DeskVisit.Of(context);
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return desk.Problem(status, "This did not arrive", wrong!);
        if (!await desk.IsOurs()) return Stale(desk);
        var words = outbox.Mailer is null ? desk.Look.Say("No mail server is set.") : (await outbox.Mailer.Check(context.RequestAborted))?.In(desk.Phrases) ?? desk.Look.Say("The mail server answers and knows us.");
        return await Page(desk, house, outbox, settings, null, words, context.RequestAborted);
    }

    static long? Number(IFormCollection form) => long.TryParse(form["message"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    static IResult Stale(DeskVisit desk) => desk.Problem(400, "Nothing was done", "This page was open for a long time. Go back, load it again and try again.");
}
