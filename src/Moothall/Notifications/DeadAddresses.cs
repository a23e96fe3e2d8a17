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

    /// <summary>The same of several addresses, by the address as it was given; without those that mails go to.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> Why(Session session, IReadOnlyCollection<string> addresses)
    {
        if (addresses.Count == 0) return new Dictionary<string, string>();
        var why = (await session.Query($"select address, why from dead_address where address in ({new SqlKeys([.. addresses.Select(a => QueueMail.Folded(a.Trim())).Distinct(StringComparer.Ordinal)])})",
            row => (Address: row.Text(0), Why: row.Text(1)))).ToDictionary(d => d.Address, d => d.Why, StringComparer.Ordinal);
        return addresses.Distinct(StringComparer.Ordinal).Where(a => why.ContainsKey(QueueMail.Folded(a.Trim()))).ToDictionary(a => a, a => why[QueueMail.Folded(a.Trim())], StringComparer.Ordinal);
    }

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
