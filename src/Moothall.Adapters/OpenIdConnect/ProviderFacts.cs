using System.Text.Json;
using Moothall.Definitions;
using Moothall.Identity;

namespace Moothall.Adapters.OpenIdConnect;

/// <summary>What a provider says of itself at `/.well-known/openid-configuration`, as far as we need it.</summary>
/// <param name="NamesItself">It says with every answer that it is it (RFC 9207).</param>
sealed record ProviderFacts(string Issuer, Uri Authorize, Uri Token, Uri Keys, Uri? UserInfo, Uri? EndSession, bool NamesItself)
{
    /// <summary>How tokens of providers may be signed: never without, and never with a secret that both know.</summary>
    public static readonly IReadOnlyList<string> Signings = ["RS256", "PS256", "ES256"];

    /// <summary>Where a provider says it.</summary>
    public static Uri AddressOf(string issuer) => new(issuer.TrimEnd('/') + "/.well-known/openid-configuration");

    /// <summary>Reads it. Whatever is not as it must be is told with its name, and nothing of it is used.</summary>
    public static Provided<ProviderFacts> Read(JsonElement said, string issuer)
    {
        if (Text(said, "issuer") != issuer)
            return Lie("discovery-issuer", new Message("The provider calls itself something else than `issuer` in sign-in.yaml. The two are to be equal letter by letter, with the slash at the end where there is one."));
        var plain = issuer.StartsWith("http://", StringComparison.Ordinal);
        Uri? Address(string name) => Text(said, name) is { } text && Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == "https" || (plain && address is { Scheme: "http", IsLoopback: true }))
            && address.Fragment.Length == 0 && address.UserInfo.Length == 0 ? address : null;
        var (authorize, token, keys) = (Address("authorization_endpoint"), Address("token_endpoint"), Address("jwks_uri"));
        foreach (var (name, found) in new[] { ("authorization_endpoint", authorize), ("token_endpoint", token), ("jwks_uri", keys) })
            if (found is null) return Lie("discovery-address", new Message("What the provider says of itself has no {name} that is an address with https.", ("name", name)));
        foreach (var name in new[] { "userinfo_endpoint", "end_session_endpoint" })
            if (said.TryGetProperty(name, out _) && Address(name) is null) return Lie("discovery-address", new Message("What the provider says of itself has no {name} that is an address with https.", ("name", name)));
        if (Without(said, "response_types_supported", "code")) return Lie("discovery-flow", new Message("The provider does not offer the authorization code flow."));
        if (Without(said, "code_challenge_methods_supported", "S256")) return Lie("discovery-pkce", new Message("The provider does not offer PKCE with S256."));
        if (Without(said, "token_endpoint_auth_methods_supported", "private_key_jwt")) return Lie("discovery-client", new Message("The provider does not take private_key_jwt. Have it switched on for this client."));
        if (Without(said, "id_token_signing_alg_values_supported", [.. Signings])) return Lie("discovery-signing", new Message("The provider signs its tokens in none of the ways that we take: RS256, PS256, ES256."));
        return new ProviderFacts(issuer, authorize!, token!, keys!, Address("userinfo_endpoint"), Address("end_session_endpoint"),
            said.TryGetProperty("authorization_response_iss_parameter_supported", out var names) && names.ValueKind == JsonValueKind.True);
    }

    static ProviderNo Lie(string reason, Message why) => new(ProviderTrouble.Unavailable, reason, why);

    /// <summary>A text of an object; null where it is none.</summary>
    internal static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // A list that is left out says nothing.
    static bool Without(JsonElement said, string name, params string[] wanted) => said.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
        && !list.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.String && wanted.Contains(item.GetString()));
}
