using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>
/// The signed statement with which a program says who it is when it fetches a token (private_key_jwt, RFC 7523): made for us, for minutes, and used once. What is wrong with one is told to nobody
/// but in the words "invalid_client".
/// </summary>
public sealed record ClientAssertion(string Client, string Id, Instant Expires)
{
    const int Longest = 8_000, LongestId = 200;

    /// <summary>How far ahead a statement may end, and how far clocks may be apart.</summary>
    public static readonly Duration LongestLife = Duration.FromMinutes(10), Skew = Duration.FromSeconds(60);

    /// <summary>How a statement may be signed.</summary>
    public static IReadOnlyList<string> Algorithms { get; } = ["ES256", "PS256", "RS256"];

    /// <summary>Who a statement says it is of, before anything is believed: to find the keys; null when it is none.</summary>
    public static string? ClaimedBy(string jwt) => Parts(jwt) is { } parts ? Text(parts.Claims, "sub") : null;

    /// <summary>Holds a statement against the keys of its program; null when it does not prove anything.</summary>
    /// <param name="audiences">What we are called.</param>
    public static ClientAssertion? Decide(string jwt, IReadOnlyList<ClientKey> keys, IReadOnlyCollection<string> audiences, Instant now)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (Parts(jwt) is not { } parts) return null;
        if (Text(parts.Header, "alg") is not { } algorithm || !Algorithms.Contains(algorithm) || parts.Header.ContainsKey("crit")) return null;
        var claims = parts.Claims;
        if (Text(claims, "sub") is not { Length: > 0 } client || Text(claims, "iss") != client) return null;
        if (Text(claims, "jti") is not { Length: > 0 and <= LongestId } id) return null;
        if (!Audience(claims).Any(audiences.Contains)) return null;
        if (Time(claims, "exp") is not { } expires || expires + Skew <= now || expires > now + LongestLife + Skew) return null;
        if (Time(claims, "nbf") > now + Skew || Time(claims, "iat") > now + Skew) return null;
        // A key's own name is only a hint: one that names none is tried with each.
        var named = Text(parts.Header, "kid") is { } kid && keys.Any(k => k.Id == kid) ? keys.Where(k => k.Id == kid) : keys;
        return named.Any(k => k.Member == client && k.Key.Signed(algorithm, parts.Signed, parts.Signature)) ? new ClientAssertion(client, id, expires) : null;
    }

    /// <summary>Uses the statement up; false when it was used before, on whichever node.</summary>
    public Task<bool> Take(Unit unit) => Passkeys.TakeChallenge(unit, $"client-assertion|{Client}|{Id}", Expires + Skew + Skew);

    static (IReadOnlyDictionary<string, JsonElement> Header, IReadOnlyDictionary<string, JsonElement> Claims, byte[] Signed, byte[] Signature)? Parts(string jwt)
    {
        if (jwt is not { Length: > 0 and <= Longest } || jwt.Split('.') is not [var header, var claims, var signature]) return null;
        try
        {
            return (Object(header), Object(claims), Encoding.ASCII.GetBytes($"{header}.{claims}"), Base64Url.DecodeFromChars(signature));
        }
        catch (Exception wrong) when (wrong is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    static Dictionary<string, JsonElement> Object(string part)
    {
        using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(part), new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
        return document.RootElement.EnumerateObject().ToDictionary(m => m.Name, m => m.Value.Clone(), StringComparer.Ordinal);
    }

    static string? Text(IReadOnlyDictionary<string, JsonElement> from, string name)
    {
        try { return from.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null; }
        catch (InvalidOperationException) { return null; }
    }

    static IEnumerable<string> Audience(IReadOnlyDictionary<string, JsonElement> claims) => !claims.TryGetValue("aud", out var to) ? []
        : to.ValueKind == JsonValueKind.Array ? to.EnumerateArray().Where(a => a.ValueKind == JsonValueKind.String).Select(a => a.GetString()!) : Text(claims, "aud") is { } one ? [one] : [];

    static Instant? Time(IReadOnlyDictionary<string, JsonElement> claims, string name) =>
        claims.TryGetValue(name, out var at) && at.ValueKind == JsonValueKind.Number && at.TryGetDouble(out var seconds) && seconds is > 0 and < 100_000_000_000 ? Instant.FromUnixTimeMilliseconds((long)(seconds * 1000)) : null;
}
