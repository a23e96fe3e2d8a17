using NodaTime;

namespace Moothall.Store.Timers;

/// <summary>The rows of timers: one a kind and key.</summary>
internal static class TimerTable
{
    public static Task Set(Unit unit, string kind, string key, Instant due) => unit.Add($"""
        insert into timer (kind, key, due, next_try, attempts) values ({kind}, {key}, {due}, {due}, 0)
        on conflict (kind, key) do update set due = excluded.due, next_try = excluded.next_try, attempts = 0, why = null
        """);

    public static Task SetIfNone(Unit unit, string kind, string key, Instant due) => unit.Add($"""
        insert into timer (kind, key, due, next_try, attempts) values ({kind}, {key}, {due}, {due}, 0)
        on conflict (kind, key) do nothing
        """);

    public static Task Cancel(Unit unit, string kind, string key) => unit.Add($"delete from timer where kind = {kind} and key = {key}");
}
