using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Moothall.Definitions;
using Moothall.Identity;
using NodaTime;

namespace Moothall.Adapters.OpenIdConnect;

/// <summary>
/// What we know of a provider: what it says of itself and the keys it signs with, asked for once an hour and kept for a day where it cannot be asked. A token with a key
/// that we do not know has the keys asked for once more, because they rotate; not more than twice a minute, because anybody can make up a key's name.
/// </summary>
sealed class ProviderMemory(string issuer, ProviderHttp http, IClock clock) : IDisposable
{
    static readonly Duration Fresh = Duration.FromHours(1), Usable = Duration.FromHours(24), BetweenTries = Duration.FromSeconds(5), BetweenKeys = Duration.FromSeconds(30);
    const int FewestBits = 2048, MostKeys = 50;

    sealed record Known(ProviderFacts Facts, IReadOnlyList<JsonWebKey> Keys, Instant At);

    readonly SemaphoreSlim one = new(1, 1);
    Known? known;
    (ProviderNo No, Instant At)? failed;
    Instant? keysAskedFor;

    /// <summary>What it says of itself.</summary>
    public async Task<Provided<ProviderFacts>> Facts(CancellationToken cancel)
    {
        var looked = await Look(false, cancel);
        return looked.Value is { } found ? found.Facts : looked.No!;
    }

    /// <summary>Asks it now, whatever is known; null when all is well.</summary>
    public async Task<ProviderNo?> AskNow(CancellationToken cancel) => (await Look(true, cancel)).No;

    /// <summary>The key of a token's header, or null. Keys that are not for signing, are too short, or are secrets are none.</summary>
    public async Task<Provided<JsonWebKey>> Key(string? name, string signing, CancellationToken cancel)
    {
        var looked = await Look(false, cancel);
        if (looked.Value is not { } now) return looked.No!;
        if (Find(now.Keys, name, signing) is { } key) return key;
        await one.WaitAsync(cancel);
        try
        {
            if (!ReferenceEquals(known, now) && known is { } newer && Find(newer.Keys, name, signing) is { } already) return already;
            var at = clock.GetCurrentInstant();
            if (keysAskedFor is { } before && at >= before && at - before < BetweenKeys) return NoKey;
            keysAskedFor = at;
            var keys = await AskKeys(now.Facts, cancel);
            if (keys.Value is null) return keys.No!;
            known = now with { Keys = keys.Value };
            return Find(keys.Value, name, signing) is { } found ? found : NoKey;
        }
        finally
        {
            one.Release();
        }
    }

    static ProviderNo NoKey => new(ProviderTrouble.NotProved, "unknown-key", new Message("A token was signed with a key that is none of the provider’s."));

    static JsonWebKey? Find(IReadOnlyList<JsonWebKey> keys, string? name, string signing)
    {
        var fitting = keys.Where(k => k.Kty == (signing == "ES256" ? "EC" : "RSA") && (k.Alg is not { Length: > 0 } alg || alg == signing)).ToList();
        // Without a name there must be no choice (OpenID Connect Core, 10.1).
        return name is null ? (fitting is [var only] ? only : null) : fitting.FirstOrDefault(k => k.KeyId == name);
    }

    async Task<Provided<Known>> Look(bool now, CancellationToken cancel)
    {
        if (!now && IsWithin(known?.At, Fresh)) return known!;
        await one.WaitAsync(cancel);
        try
        {
            if (!now && IsWithin(known?.At, Fresh)) return known!;
            // Everybody who wants to sign in would wait for a provider that is down.
            if (!now && failed is { } lately && IsWithin(lately.At, BetweenTries)) return OrOlder(lately.No);
            var asked = await Ask(cancel);
            if (asked.Value is not { } found)
            {
                failed = (asked.No!, clock.GetCurrentInstant());
                return now ? asked.No! : OrOlder(asked.No!);
            }
            failed = null;
            return known = found;
        }
        finally
        {
            one.Release();
        }
    }

    // What was true an hour ago is better than nobody signing in; a lie is not excused by an older truth.
    Provided<Known> OrOlder(ProviderNo no) => no.Reason is "down" or "slow" or "status" && IsWithin(known?.At, Usable) ? known! : no;

    bool IsWithin(Instant? at, Duration time) => at is { } then && clock.GetCurrentInstant() is var now && now >= then && now - then < time;

    async Task<Provided<Known>> Ask(CancellationToken cancel)
    {
        var said = await http.Get(ProviderFacts.AddressOf(issuer), null, cancel);
        if (said.No is not null) return said.No with { Trouble = ProviderTrouble.Unavailable };
        var facts = ProviderFacts.Read(said.Value, issuer);
        if (facts.Value is null) return facts.No!;
        var keys = await AskKeys(facts.Value, cancel);
        return keys.Value is null ? keys.No! : new Known(facts.Value, keys.Value, clock.GetCurrentInstant());
    }

    async Task<Provided<IReadOnlyList<JsonWebKey>>> AskKeys(ProviderFacts facts, CancellationToken cancel)
    {
        var said = await http.Get(facts.Keys, null, cancel);
        if (said.No is not null) return said.No with { Trouble = ProviderTrouble.Unavailable };
        if (!said.Value.TryGetProperty("keys", out var list) || list.ValueKind != JsonValueKind.Array) return NotKeys;
        var keys = new List<JsonWebKey>();
        foreach (var item in list.EnumerateArray().Take(MostKeys))
            if (ReadKey(item) is { } key) keys.Add(key);
        return keys.Count > 0 ? new Provided<IReadOnlyList<JsonWebKey>>(keys, null) : NotKeys;
    }

    static ProviderNo NotKeys => new(ProviderTrouble.Unavailable, "no-keys", new Message("Among the keys that the provider shows is none that signs with RSA of 2,048 bits or more, or on the curve P-256."));

    static JsonWebKey? ReadKey(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object) return null;
        try
        {
            var key = new JsonWebKey(item.GetRawText());
            if (key.Use is { Length: > 0 } and not "sig") return null;
            return key.Kty switch
            {
                "RSA" => key.N is not null && key.E is not null && Base64UrlEncoder.DecodeBytes(key.N).Length * 8 >= FewestBits ? key : null,
                "EC" => key is { Crv: "P-256", X: not null, Y: not null } ? key : null,
                _ => null,
            };
        }
        catch (Exception broken) when (broken is ArgumentException or FormatException)
        {
            return null;
        }
    }

    public void Dispose() => one.Dispose();
}
