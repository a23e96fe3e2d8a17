using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Notifications;
using Moothall.Store;
using NodaTime;

namespace Moothall.Running;

/// <summary>
/// The alerts in the store. The row decides: whoever adds it appends the event that it began and writes to the administrators, all in one unit; whoever takes it away appends the event that it
/// ended. So each is said once, whichever nodes look.
/// </summary>
public static class Alerts
{
    const int MostListed = 200;

    /// <summary>The alerts that have not ended, the oldest first.</summary>
    public static Task<List<RunningAlert>> Now(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query($"select kind, what, since, why from alert order by since, kind, what limit {MostListed}", row => new RunningAlert(row.Text(0), row.Text(1), row.Instant(2), row.TextOrNull(3) is { } why ? Message.FromText(why) : null));
    }

    /// <summary>Begins an alert; false when another node was first.</summary>
    public static async Task<bool> Begin(Unit unit, House house, RunningFault fault)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(house);
        ArgumentNullException.ThrowIfNull(fault);
        var now = house.Now;
        if (await unit.Execute($"insert into alert (kind, what, since, why) values ({fault.Kind}, {fault.What}, {now}, {fault.Why?.ToText()}) on conflict (kind, what) do nothing") == 0) return false;
        var stream = Stream(fault.Kind, fault.What);
        var version = await unit.Append(stream, await unit.VersionOf(stream), [EventJson.ToLog(new AlertRaised(fault.Kind, fault.What), now)]);
        foreach (var member in house.Council.Members.Values.Where(m => m is { IsPartner: false, Email: not null } && StaffSessions.AsKnown(house.Council, m.Id, now).Roles.Contains(Role.Administrator)))
        {
            var authority = house.Council.Authorities.FirstOrDefault(a => member.Authorities.Contains(a.Id)) ?? house.Council.Authorities[0];
            var phrases = Phrases.In(authority.Languages[0]);
            await QueueMail.Queue(unit, house, new OutgoingMail
            {
                Key = FormattableString.Invariant($"{stream}/{version}/{member.Id}"), Kind = "alert", Authority = authority.Id, To = member.Email, Language = phrases.Language, IsForApplicant = false, AtOnce = true,
                Subject = phrases.Say("Moothall needs you: {what}", ("what", Words(fault.Kind, fault.What).In(phrases))),
                Body = Words(fault.Kind, fault.What).In(phrases) + "\n\n" + phrases.Say("Open “Running” at the desk: it says more, and what you can do. You get this message once."),
            });
        }
        return true;
    }

    /// <summary>Ends an alert; false when another node was first.</summary>
    public static async Task<bool> End(Unit unit, RunningAlert alert, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(alert);
        if (await unit.Execute($"delete from alert where kind = {alert.Kind} and what = {alert.What} and since = {alert.Since}") == 0) return false;
        var stream = Stream(alert.Kind, alert.What);
        await unit.Append(stream, await unit.VersionOf(stream), [EventJson.ToLog(new AlertEnded(alert.Kind, alert.What, alert.Since), now)]);
        return true;
    }

    /// <summary>What is wrong, in a sentence.</summary>
    public static Message Words(string kind, string what) => kind switch
    {
        AlertKind.ReaderStopped => new Message("The reader {name} of the log has stopped", ("name", what)),
        AlertKind.ReaderBehind => new Message("The reader {name} of the log is more than five minutes behind", ("name", what)),
        AlertKind.NodeLost => new Message("The node {name} is no longer heard of", ("name", what)),
        AlertKind.AdapterFailing when what == "mail" => new Message("The mail server has not worked for five minutes"),
        AlertKind.AdapterFailing when what == "queue" => new Message("The queue has not worked for five minutes"),
        AlertKind.AdapterFailing => new Message("{name} has not worked for five minutes", ("name", what)),
        AlertKind.DiskNearlyFull => new Message("The disk of the node {name} is nearly full", ("name", what)),
        AlertKind.GlassBroken => new Message("Somebody opened a sensitive case that is not of their team ({number})", ("number", what)),
        _ => new Message("{name} needs somebody to look", ("name", what)),
    };

    static string Stream(string kind, string what) => $"alert/{kind}/{what}";
}
