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

    /// <summary>Erases messages that are about no case and ended long ago, except where a hold keeps them: lists with a case that is held, and what a held person was sent.</summary>
    /// <param name="heldCases">References that are held now.</param>
    /// <param name="heldPeople">Words by which people are held: an address among them keeps what was sent to it.</param>
    public static async Task<int> EraseOld(Unit unit, Instant now, IReadOnlyCollection<string> heldCases, IReadOnlyCollection<string> heldPeople)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(heldPeople);
        // Nothing is in an empty list, and nothing is outside of one either: so each has a word that is nobody's.
        var (old, dead, addresses) = (now - KeptWithoutCase, now - KeptInvitation, heldPeople.Select(QueueMail.Folded).Append("").ToList());
        var gone = await unit.Execute($"""
            delete from message where about is null and state in ('sent', 'not-sent') and (changed < {old} or (kind = 'staff-invitation' and changed < {dead}))
                and (address is null or lower(address) not in ({addresses})) and number not in (select number from message_case where reference in ({heldCases}))
            """);
        if (gone > 0) await unit.Execute($"delete from message_case where not exists (select 1 from message m where m.number = message_case.number)");
        return gone;
    }
}
