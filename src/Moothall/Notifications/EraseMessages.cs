using System.Globalization;
using Moothall.Records;
using Moothall.Store;
using NodaTime;

namespace Moothall.Notifications;

/// <summary>Takes away what messages say of a person: all about a case when the case goes, and of other messages after a while. That something was sent stays in the log, as a code.</summary>
public static class EraseMessages
{
    /// <summary>How long messages that are about no case are kept after they were sent.</summary>
    public static readonly Duration KeptWithoutCase = Duration.FromDays(30);
    /// <summary>How long an invitation is kept: its link is dead after that.</summary>
    public static readonly Duration KeptInvitation = Duration.FromHours(48);

    /// <summary>
    /// Erases all messages about a case, the choice made for them, what is known of their addresses, and what a list of several cases says of this one. Joins the
    /// caller's unit.
    /// </summary>
    /// <returns>How many messages went or lost what they said of it.</returns>
    public static async Task<int> Erase(Unit unit, string reference)
    {
        ArgumentNullException.ThrowIfNull(unit);
        await unit.Execute($"delete from dead_address where address in (select lower(address) from message where about = {reference} and address is not null)");
        await unit.Execute($"delete from message_choice where about = {reference}");
        return await unit.Execute($"delete from message where about = {reference}") + await TakeOut(unit, reference);
    }

    // A list keeps its other cases; without any it goes.
    static async Task<int> TakeOut(Unit unit, string reference)
    {
        var lists = await unit.Query($"select m.number, m.subject, m.plain, m.html from message_case c join message m on m.number = c.number where c.reference = {reference}",
            row => (Number: row.Long(0), Text: new MailText(row.Text(1), row.Text(2), row.Text(3))));
        await unit.Execute($"delete from message_case where reference = {reference}");
        foreach (var (number, text) in lists)
        {
            var left = text.Without(reference);
            if (await unit.Number($"select count(*) from message_case where number = {number}") == 0) await unit.Execute($"delete from message where number = {number}");
            else await unit.Execute($"update message set plain = {left.Plain}, html = {left.Html} where number = {number}");
        }
        return lists.Count;
    }

    /// <summary>Erases messages by what they must not be sent twice for: a link that was mailed goes with the thing it leads to.</summary>
    public static Task<int> EraseKeys(Unit unit, IReadOnlyCollection<string> keys)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return unit.Execute($"delete from message where key in ({keys})");
    }

    /// <summary>Erases what somebody who followed a case was told of it; what is being sent at this moment goes with the case.</summary>
    public static Task<int> EraseToFollower(Unit unit, string reference, string follower)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var ending = "%/follower/" + follower;
        return unit.Execute($"delete from message where about = {reference} and key like {ending} and state <> 'doing'");
    }

    /// <summary>
    /// Messages that are about no case and ended long ago, by number. A hold keeps a list with a case that is held, what a held person was sent, and what is about
    /// a service that is held.
    /// </summary>
    public static Task<List<LooseRecord>> Over(Session session, HeldNow held, Instant now, string after, int most)
    {
        var number = long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : 0;
        return Over(session, held, now, number, long.MaxValue, most);
    }

    /// <summary>One of them; null when it is gone or its time is not over.</summary>
    public static async Task<LooseRecord?> FindOver(Session session, HeldNow held, Instant now, string key) =>
        long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (await Over(session, held, now, number - 1, number, 1)).FirstOrDefault() : null;

    static Task<List<LooseRecord>> Over(Session session, HeldNow held, Instant now, long behind, long upTo, int most)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(held);
        // Nothing is in an empty list: so each has a word that is nobody's.
        List<string> addresses = [.. held.People.Select(QueueMail.Folded), ""], cases = [.. held.References, ""], services = [.. held.Services, ""];
        var (old, dead) = (now - KeptWithoutCase, now - KeptInvitation);
        return session.Query($"""
            select number, authority, kind, changed,
                case when (address is not null and lower(address) in ({addresses})) or number in (select number from message_case where reference in ({cases})) or (service is not null and service in ({services}))
                    then 1 else 0 end
            from message
            where about is null and state in ('sent', 'not-sent') and (changed < {old} or (kind = 'staff-invitation' and changed < {dead})) and number > {behind} and number <= {upTo}
            order by number limit {most}
            """, row => new LooseRecord(row.Long(0).ToString(CultureInfo.InvariantCulture), row.Text(1), row.Text(2) == "staff-invitation" ? "48 hours after they were sent" : "30 days after they were sent", row.Instant(3), row.Text(2), row.Int(4) == 1));
    }

    /// <summary>Whose a message about no case is; null when there is none.</summary>
    public static async Task<string?> AuthorityOf(Session session, string key)
    {
        ArgumentNullException.ThrowIfNull(session);
        return long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? await session.First($"select authority from message where number = {number} and about is null", row => row.Text(0)) : null;
    }

    /// <summary>Erases a message about no case.</summary>
    public static async Task EraseOne(Unit unit, string key)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var number = long.Parse(key, NumberStyles.None, CultureInfo.InvariantCulture);
        await unit.Execute($"delete from message_case where number = {number}");
        await unit.Execute($"delete from message where number = {number} and about is null");
    }
}
