using NodaTime;

namespace Moothall.Store;

/// <summary>What a request with this key did before: a hash of its body, and the ids it made, from which the answer is built again.</summary>
public sealed record RememberedRequest(string BodyHash, string Result, Instant At);

/// <summary>
/// Keys of requests that may be sent twice, per caller and route, written in the unit of what they made. Two requests in
/// flight with one key: the second waits for the first, is run again, and finds what the first did.
/// </summary>
public static class Idempotency
{
    /// <summary>Looks the key up; ask for it first in the unit.</summary>
    public static Task<RememberedRequest?> Find(Session session, string caller, string route, string key)
    {
#if PLANTED
        if (PlantedBug.BreaksIdempotency) return Task.FromResult<RememberedRequest?>(null);
#endif
        return session.First($"select body_hash, result, at from idempotency where caller = {caller} and route = {route} and key = {key}",
            row => new RememberedRequest(row.Text(0), row.Text(1), row.Instant(2)));
    }

    /// <summary>Keeps what the request did. When another was first the unit is run again and <see cref="Find"/> sees it.</summary>
    public static async Task Remember(Unit unit, string caller, string route, string key, string bodyHash, string result)
    {
#if PLANTED
        if (PlantedBug.BreaksIdempotency) return;
#endif
        var now = await unit.Now();
        await unit.Execute($"insert into idempotency (caller, route, key, body_hash, result, at) values ({caller}, {route}, {key}, {bodyHash}, {result}, {now})");
    }

    /// <summary>Forgets old keys; returns how many.</summary>
    public static Task<int> Forget(Unit unit, Instant before) => unit.Execute($"delete from idempotency where at < {before}");
}
