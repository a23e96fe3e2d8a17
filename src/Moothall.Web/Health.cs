using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Definitions;
using Moothall.Exchange;
using Moothall.Identity;
using Moothall.Notifications;
using Moothall.Store;
using Moothall.Web.Api;
using Moothall.Web.Door;

namespace Moothall.Web;

/// <summary>What a check of this node found; reasons are empty when all is well.</summary>
/// <param name="Warnings">What an administrator should look at, though this node serves.</param>
public sealed record HealthReport(string Status, IReadOnlyList<string> Reasons, IReadOnlyList<string> Warnings);

/// <summary>`/health/live`: the program answers. `/health/ready`: the store answers, its schema is current, and this node's clock goes
/// right. To anybody it says no more than that, in a sentence for each reason; names, versions and warnings are for administrators (by their token) and for the demo, which is nobody's but whose machine it is. All is said in the language that is asked for (`?lang=`, `Accept-Language`), else in English. What keeps no node from serving is a warning: a reader that stopped would otherwise take every node off the load balancer at once.</summary>
static class Health
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => Report([])).ExcludeFromDescription().Open();
        app.MapGet("/health/ready", Ready).ExcludeFromDescription().Open();
    }

    static async Task<IResult> Ready(House house, SchemaRunner schema, ReaderHost readers, Outbox outbox, HttpContext context, WebSettings settings, Callers callers)
    {
        var all = settings.ChooseANameSignIn;
        var reasons = new List<Message>();
        // What anybody may read of each: the same, without where and what.
        var openly = new List<Message>();
        var warnings = new List<Message>(readers.Alerts.Select(a => a.AsMessage()));
        if (house.IsStopping) Add(new Message("This node is about to stop."), new Message("This node is about to stop."));
        if (house.ClockTrouble() is { } clock) Add(clock, new Message("The clock of this node goes wrong."));
        try
        {
            await house.Database.Read(session => session.Number($"select 1"), context.RequestAborted);
            if (await Move.WhyNotHere(house.Database, context.RequestAborted) is { } left) Add(left.AsMessage(), new Message("This council is served at another place."));
            if (await schema.IsCurrent(context.RequestAborted) is (false, var why)) Add(why?.AsMessage() ?? new Message("The schema is not current."), new Message("The schema is not current."));
            if (await house.Database.Read(Inbox.CountParked, context.RequestAborted) is > 0 and var parked)
                warnings.Add(new Message("{count, plural, one {# event that came in could not be taken and waits for an administrator: moothall inbox} other {# events that came in could not be taken and wait for an administrator: moothall inbox}}", ("count", parked)));
        }
        catch (Exception broken) when (broken is StoreUnavailableException or StoreBusyException)
        {
            Add(((StoreException)broken).Words.AsMessage(), new Message("The store does not answer."));
        }
        warnings.AddRange(house.NodeWarnings());
        if (outbox.Trouble is { } trouble) warnings.Add(trouble);
        if (!all && reasons.Count == 0 && context.Request.Headers.Authorization.Count > 0) all = Rights.HasRole(await callers.OfToken(context), Right.Administer);
        var phrases = ReaderLanguage.OfProgram(context);
        context.Response.Headers.ContentLanguage = phrases.Language;
        return Report([.. (all ? reasons : openly).Select(r => r.In(phrases))], all ? [.. warnings.Select(w => w.In(phrases))] : []);

        void Add(Message reason, Message open)
        {
            reasons.Add(reason);
            openly.Add(open);
        }
    }

    static IResult Report(IReadOnlyList<string> reasons, IReadOnlyList<string>? warnings = null) =>
        Results.Json(new HealthReport(reasons.Count == 0 ? "ok" : "not ready", reasons, warnings ?? []), ApiJson.Options, statusCode: reasons.Count == 0 ? 200 : 503);
}
