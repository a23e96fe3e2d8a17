using Moothall.Definitions;
using Moothall.Store;

namespace Moothall.Web;

/// <summary>
/// A request that may be sent twice: the same key and body give what was made before, another body is refused. The one place that looks keys up and keeps
/// them, for the API's Idempotency-Key and for pages that carry a key of their own.
/// </summary>
/// <param name="Who">Whose key it is.</param>
/// <param name="Route">What the request makes; a key counts there only.</param>
/// <param name="Key">The key; empty where the request carries none, which is then done as often as it comes.</param>
/// <param name="BodyHash">What must be the same; empty where anything may be.</param>
sealed record SentOnce(string Who, string Route, string Key, string BodyHash = "")
{
    /// <summary>Longest key, in characters.</summary>
    public const int LongestKey = 200;
    /// <summary>What is said of a longer one.</summary>
    public static readonly Message KeyTooLong = new Message("“Idempotency-Key” must be 200 characters or fewer.");

    /// <summary>Does it in the unit, or finds what it did before.</summary>
    /// <param name="find">What was made before, by its id.</param>
    /// <param name="make">Makes it now.</param>
    /// <param name="idOf">The id that is kept.</param>
    public async Task<Result<T>> Do<T>(Unit unit, Func<string, Task<T?>> find, Func<Task<Result<T>>> make, Func<T, string> idOf) where T : class
    {
        if (await Before(unit, find) is { } known) return known;
        var made = await make();
        // The same request, sent twice at once, may have been done between the two looks: then nobody else was first.
        if (made.Value is not { } value) return await Before(unit, find) ?? made;
        if (Key.Length > 0) await Idempotency.Remember(unit, Who, Route, Key, BodyHash, idOf(value));
        return value;
    }

    /// <summary>
    /// What this request did before, or why its key may not be used again; null when it is new. Ask it too before a fault is told that the request itself may have caused: the files
    /// that it names went to the case it made, so that they are not found a second time.
    /// </summary>
    /// <param name="find">What was made before, by its id.</param>
    public async Task<Result<T>?> Before<T>(Session session, Func<string, Task<T?>> find) where T : class
    {
        if (Key.Length == 0 || await Idempotency.Find(session, Who, Route, Key) is not { } before) return null;
        if (before.BodyHash != BodyHash) return (Result<T>)Refusal.Invalid("This Idempotency-Key was used with another body. Use a new key for something new.");
        return await find(before.Result) is { } known ? (Result<T>?)(Result<T>)known : null;
    }
}
