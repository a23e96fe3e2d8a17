using Moothall.Identity;
using Moothall.Store;
using NodaTime;

namespace Moothall.Notifications;

/// <summary>
/// Has messages that stand still sent again, or puts them aside. Only what was not taken by a mail server is touched, so that nothing is sent twice; an
/// address that was given up gets another chance.
/// </summary>
public static class RetryMessages
{
    /// <summary>Tries one message again.</summary>
    public static Task<Result<int>> Retry(Unit unit, Caller caller, long number, Instant now) => Each(unit, caller, number, null, (address, message) => Again(unit, address, message, now));

    /// <summary>Tries all messages again that stand still for one reason, at most a thousand.</summary>
    public static Task<Result<int>> RetryAll(Unit unit, Caller caller, string trouble, Instant now) => Each(unit, caller, null, trouble, (address, message) => Again(unit, address, message, now));

    /// <summary>Puts a message aside that is not to be sent any more, because the person was told in another way.</summary>
    public static Task<Result<int>> PutAside(Unit unit, Caller caller, long number, Instant now) => Each(unit, caller, number, null, (_, message) => unit.Execute($"""
        update message set state = 'not-sent', trouble = {Trouble.PutAside}, next_try = null, changed = {now} where number = {message} and state in ('waiting', 'stuck') and trouble is not null
        """));

    static async Task<Result<int>> Each(Unit unit, Caller caller, long? number, string? trouble, Func<string, long, Task<int>> act)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var authorities = MessageQueries.AuthoritiesOf(caller);
        if (authorities.Count == 0) return Refusal.NotAllowed;
        static (long Number, string Address) Read(Row row) => (row.Long(0), row.Text(1));
        var found = number is { } one
            ? await unit.Query($"select number, address from message where number = {one} and authority in ({authorities}) and state in ('waiting', 'stuck') and trouble is not null", Read)
            : await unit.Query($"""
                select number, address from message where authority in ({authorities}) and trouble = {trouble} and state in ('waiting', 'stuck') order by number limit {MessageQueries.MostCounted}
                """, Read);
        var done = 0;
        foreach (var (message, address) in found) done += await act(address, message);
        return done;
    }

    static async Task<int> Again(Unit unit, string address, long number, Instant now)
    {
        var done = await unit.Execute($"""
            update message set state = 'waiting', trouble = null, why = null, attempts = 0, next_try = {now}, changed = {now} where number = {number} and state in ('waiting', 'stuck') and trouble is not null
            """);
        if (done > 0) await DeadAddresses.Forgive(unit, address);
        return done;
    }
}
