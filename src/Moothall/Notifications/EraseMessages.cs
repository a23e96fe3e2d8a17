using Moothall.Store;
using NodaTime;

namespace Moothall.Notifications;

/// <summary>Takes away what messages say of a person: all about a case when the case goes, and of other messages after a while. That something was sent stays in the log, as a code.</summary>
public static class EraseMessages
{
    /// <summary>How long messages that are about no case are kept after they were sent.</summary>
    public static readonly Duration KeptWithoutCase = Duration.FromDays(30);

    /// <summary>Erases all messages about a case, the choice made for them, and what is known of their addresses. Joins the caller's unit.</summary>
    /// <returns>How many messages went.</returns>
    public static async Task<int> Erase(Unit unit, string reference)
    {
        ArgumentNullException.ThrowIfNull(unit);
        await unit.Execute($"delete from dead_address where address in (select lower(address) from message where about = {reference} and address is not null)");
        await unit.Execute($"delete from message_choice where about = {reference}");
        return await unit.Execute($"delete from message where about = {reference}");
    }

    /// <summary>Erases messages that are about no case and ended long ago.</summary>
    public static Task<int> EraseOld(Unit unit, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return unit.Execute($"delete from message where about is null and state in ('sent', 'not-sent') and changed < {now - KeptWithoutCase}");
    }
}
