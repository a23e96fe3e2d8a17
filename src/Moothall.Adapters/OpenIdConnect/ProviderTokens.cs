using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Moothall.Definitions;
using Moothall.Identity;
using NodaTime;

namespace Moothall.Adapters.OpenIdConnect;

/// <summary>
/// Whether a token of a provider says what it seems to say. The signature is looked at by Microsoft's library, with one key and one way of signing; everything else stands
/// here, a line and a reason each (OpenID Connect Core 3.1.3.7, Back-Channel Logout 2.6).
/// </summary>
sealed class ProviderTokens(string issuer, string client, ProviderMemory memory, IClock clock)
{
    const int MostLetters = 32 * 1024;
    static readonly Duration Skew = Duration.FromSeconds(60), Oldest = Duration.FromMinutes(10);
    static readonly JsonDocumentOptions Strictly = new() { AllowDuplicateProperties = false, MaxDepth = 16 };
    const string LogoutType = "logout+jwt", LogoutEvent = "http://schemas.openid.net/event/backchannel-logout";

    /// <summary>The claims of an ID token that answers this sign-in.</summary>
    /// <param name="accessToken">What came beside it, which it may vouch for (at_hash).</param>
    public async Task<Provided<JsonElement>> ReadIdToken(string token, string nonce, string? accessToken, CancellationToken cancel)
    {
        var signed = await ReadSigned(token, type => type is not LogoutType, cancel);
        if (signed.No is not null) return signed.No;
        var claims = signed.Value;
        if (ProviderFacts.Text(claims, "nonce") is not { } theirs || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(theirs), Encoding.UTF8.GetBytes(nonce))) return No("nonce", new Message("An ID token answers another question than the one that was asked (nonce)."));
        if (ProviderFacts.Text(claims, "sub") is not { Length: > 0 and <= 255 }) return No("subject", new Message("An ID token says nothing of whom it speaks (sub)."));
        if (ProviderFacts.Text(claims, "at_hash") is { } hash && accessToken is not null && hash != Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)).AsSpan(0, 16).ToArray()))
            return No("access-token", new Message("An ID token belongs to another access token than the one beside it (at_hash)."));
        return claims;
    }

    /// <summary>What a logout token says.</summary>
    public async Task<Provided<ProviderSignOut>> ReadLogoutToken(string token, CancellationToken cancel)
    {
        var signed = await ReadSigned(token, type => type is null or LogoutType || type.Equals("JWT", StringComparison.OrdinalIgnoreCase), cancel);
        if (signed.No is not null) return signed.No;
        var claims = signed.Value;
        if (claims.TryGetProperty("nonce", out _)) return No("nonce", new Message("A logout token has a nonce, as an ID token has; it is none."));
        if (!claims.TryGetProperty("events", out var events) || events.ValueKind != JsonValueKind.Object || !events.TryGetProperty(LogoutEvent, out var told) || told.ValueKind != JsonValueKind.Object)
            return No("event", new Message("A logout token does not say that somebody signed out (events)."));
        var (subject, session) = (ProviderFacts.Text(claims, "sub"), ProviderFacts.Text(claims, "sid"));
        if (subject is not { Length: > 0 } && session is not { Length: > 0 }) return No("subject", new Message("A logout token says neither who signed out nor of which session (sub, sid)."));
        if (ProviderFacts.Text(claims, "jti") is not { Length: > 0 and <= 255 } id) return No("jti", new Message("A logout token has no name of its own (jti)."));
        return new ProviderSignOut(issuer, subject, session, id, Instant.FromUnixTimeSeconds(claims.GetProperty("iat").GetInt64()));
    }

    // What both kinds have in common: signed by the provider, for us, now.
    async Task<Provided<JsonElement>> ReadSigned(string token, Func<string?, bool> isType, CancellationToken cancel)
    {
        if (token.Length > MostLetters || token.Count(c => c == '.') != 2) return No("token", new Message("What came in place of a token is none, or is encrypted."));
        if (Part(token[..token.IndexOf('.', StringComparison.Ordinal)]) is not { } header || Part(token.Split('.')[1]) is not { } claims) return No("token", new Message("What came in place of a token is none, or is encrypted."));
        if (ProviderFacts.Text(header, "alg") is not { } signing || !ProviderFacts.Signings.Contains(signing)) return No("algorithm", new Message("A token is not signed, or in a way that we do not take (alg)."));
        if (header.TryGetProperty("crit", out _)) return No("critical", new Message("A token asks for something that we do not know (crit)."));
        if (!isType(ProviderFacts.Text(header, "typ"))) return No("type", new Message("A token is of another kind than the one that was asked for (typ)."));
        var key = await memory.Key(ProviderFacts.Text(header, "kid"), signing, cancel);
        if (key.Value is null) return key.No!;
        var looked = await new JsonWebTokenHandler { MaximumTokenSizeInBytes = MostLetters }.ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKey = key.Value, ValidAlgorithms = [signing], RequireSignedTokens = true, TryAllIssuerSigningKeys = true,
            ValidateIssuerSigningKey = true, ValidateIssuer = false, ValidateAudience = false, ValidateLifetime = false,
        });
        if (!looked.IsValid) return No("signature", new Message("A token was not signed by the provider, or was changed on its way."));
        if (ProviderFacts.Text(claims, "iss") != issuer) return No("issuer", new Message("A token comes from another issuer (iss)."));
        if (WhyNotForUs(claims) is { } notForUs) return notForUs;
        var now = clock.GetCurrentInstant();
        if (Seconds(claims, "exp") is not { } until || until <= now - Skew) return No("expired", new Message("A token is over, or has no end (exp). Look whether the clocks of this machine and of the provider go right."));
        if (Seconds(claims, "iat") is not { } made || made > now + Skew || made < now - Oldest) return No("issued", new Message("A token is of another time than now (iat). Look whether the clocks of this machine and of the provider go right."));
        if (claims.TryGetProperty("nbf", out _) && (Seconds(claims, "nbf") is not { } from || from > now + Skew)) return No("issued", new Message("A token is of another time than now (iat). Look whether the clocks of this machine and of the provider go right."));
        return claims;
    }

    ProviderNo? WhyNotForUs(JsonElement claims)
    {
        var no = No("audience", new Message("A token is for another program than this one (aud, azp)."));
        if (!claims.TryGetProperty("aud", out var audience)) return no;
        List<string?> all = audience.ValueKind switch
        {
            JsonValueKind.String => [audience.GetString()],
            JsonValueKind.Array => [.. audience.EnumerateArray().Select(a => a.ValueKind == JsonValueKind.String ? a.GetString() : null)],
            _ => [],
        };
        if (!all.Contains(client)) return no;
        var party = ProviderFacts.Text(claims, "azp");
        return party is null ? (all.Count == 1 ? null : no) : party == client ? null : no;
    }

    static JsonElement? Part(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(text), Strictly);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (Exception broken) when (broken is JsonException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    static Instant? Seconds(JsonElement claims, string name) => claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds)
        && seconds is > 0 and < 253402300800 ? Instant.FromUnixTimeSeconds((long)seconds) : null;

    static ProviderNo No(string reason, Message why) => new(ProviderTrouble.NotProved, reason, why);
}
