using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Definitions;
using Moothall.Exchange;
using Moothall.Identity;
using Moothall.Notifications;
using Moothall.Running;
using Moothall.Store;
using Moothall.Web.Capacity;
using Moothall.Web.Design;
using Moothall.Web.Door;
using Moothall.Web.Resident;

namespace Moothall.Web.Desk;

/// <summary>How the council runs, for administrators: nodes, readers of the log, timers, other systems, what stands still, and a safe button for what may be tried again.</summary>
static class RunningEndpoints
{
    static readonly Message NotForYou = new Message("Administrators look after the running of Moothall. Ask one of them.");

    public static void Map(RouteGroupBuilder desk)
    {
        desk.MapGet("/running", Show).ForStaff(NotForYou, Right.Administer);
        desk.MapPost("/running/effect", RetryEffect).ForStaff(NotForYou, Right.Administer);
        desk.MapPost("/running/arrival", RetryArrival).ForStaff(NotForYou, Right.Administer);
    }

    static async Task<IResult> Show(string? again, HttpContext context, House house, Outbox outbox, OwnRunning own, Gates gates)
    {
        var desk = DeskVisit.Of(context);
        var authorities = MessageQueries.AuthoritiesOf(desk.Caller);
        var adapters = await own.Adapters.Look(AdapterChecks.ForPeople, context.RequestAborted);
        var depth = await Within(own.Depth, context.RequestAborted);
        var (state, groups, due) = await house.Database.Read(async session =>
            (await RunningState.Read(session), await MessageQueries.Groups(session, authorities, MessageQueries.HiddenFrom(desk.Caller, desk.Council)), await MessageQueries.Due(session, desk.Now)), context.RequestAborted);
        return new PageResult(new RunningPage
        {
            Desk = desk, State = state, Adapters = adapters, Groups = groups, Due = due, MailTrouble = outbox.Mailer is null ? outbox.Trouble?.In(desk.Look.Phrases) : null, Depth = depth, Node = own.Node,
            Unguarded = own.Unguarded, Gate = gates.Requests, Disk = own.Disk(), LastBackup = own.LastBackup() ?? state.LastArchived, IsOnPostgres = house.Database.Dialect == Dialect.Postgres, Done = again switch
            {
                "yes" => desk.Look.Say("It is being tried again."),
                "done" => desk.Look.Say("It was taken in now."),
                "no" => desk.Look.Say("It could not be taken in now either. The reason stands beside it."),
                _ => null,
            },
        });
    }

    // A queue that hangs must not hang the page that says so.
    static async Task<QueueDepth?> Within(Func<CancellationToken, Task<QueueDepth?>> ask, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(2));
        try
        {
            return await ask(limit.Token).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    static async Task<IResult> RetryEffect(HttpContext context, House house)
    {
        var (desk, form, no) = await Posted(context);
        if (no is not null) return no;
        if (!long.TryParse(form!["effect"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) || !await house.Database.Commit(unit => Effects.Retry(unit, id), context.RequestAborted))
            return desk.Problem(404, "Nothing was done", "It no longer stands still: somebody else had it tried again. Go back and load the page again.");
        return new SeeOtherResult("/desk/running?again=yes");
    }

    static async Task<IResult> RetryArrival(HttpContext context, House house)
    {
        var (desk, form, no) = await Posted(context);
        if (no is not null) return no;
        try
        {
            var why = await new Inbox(house).Retry(form!["source"].ToString(), form["id"].ToString(), context.RequestAborted);
            return new SeeOtherResult("/desk/running?again=" + (why is null ? "done" : "no"));
        }
        catch (StoreConflictException)
        {
            return desk.Problem(409, "Nothing was done", "It no longer stands still: somebody else had it tried again. Go back and load the page again.");
        }
    }

    static async Task<(DeskVisit Desk, IFormCollection? Form, IResult? No)> Posted(HttpContext context)
    {
        var desk = DeskVisit.Of(context);
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return (desk, null, desk.Problem(status, "This did not arrive", wrong!));
        return await desk.IsOurs() ? (desk, form, null) : (desk, null, desk.Problem(400, "Nothing was done", "This page was open for a long time. Go back, load it again and try again."));
    }
}
