using Moothall.Store;
using NodaTime;

namespace Moothall.Notifications;

/// <summary>Addresses that a mail server said for good that they do not exist: later messages to them are not sent, and say why.</summary>
static class DeadAddresses
{
    public static async Task Add(Unit unit, string address, string why, Instant now)
    {
        await unit.Execute($"""
            insert into dead_address (address, since, why) values ({QueueMail.Folded(address)}, {now}, {why})
            on conflict (address) do update set why = excluded.why
            """);
        await unit.Execute($"""
            update message set state = 'not-sent', trouble = {Trouble.DeadAddress}, why = {why}, next_try = null, subject = '', plain = '', html = '', changed = {now}
            where address = {address} and state = 'waiting'
            """);
    }

    /// <summary>Why mails to an address come back; null where none did.</summary>
    public static Task<string?> Why(Session session, string address) => session.First($"select why from dead_address where address = {QueueMail.Folded(address.Trim())}", row => row.TextOrNull(0));

    /// <summary>How many of some addresses a mail still goes to.</summary>
    public static async Task<int> StillReached(Session session, IReadOnlyCollection<string> addresses)
    {
        if (addresses.Count == 0) return 0;
        var folded = addresses.Select(QueueMail.Folded).ToList();
        return addresses.Count - (int)await session.Number($"select count(*) from dead_address where address in ({folded})");
    }

    /// <summary>Gives the addresses of messages another chance.</summary>
    public static Task Forgive(Unit unit, string address) => unit.Execute($"delete from dead_address where address = {QueueMail.Folded(address)}");
}
