using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Moothall.Adapters.Outgoing;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Identity;
using NodaTime;

namespace Moothall.Adapters.OpenIdConnect;

/// <summary>
/// One provider by OpenID Connect: authorization code flow with PKCE, our own proof by private_key_jwt. It keeps nothing of a sign-in; what binds its answer to a browser is the caller's
/// to keep. GOV.UK One Login is the same with its own words for how sure it is.
/// </summary>
sealed class OpenIdProvider(SignInProvider settings, ClientKeys? keys, Message? whyNoKeys, ProviderHttp http, IClock clock) : ISignInProvider, IDisposable
{
    const int MostGroups = 1000, LongestQuery = 2000;
    readonly ProviderMemory memory = new(settings.Issuer, http, clock);

    /// <summary>What the council's file says of it.</summary>
    public SignInProvider Settings => settings;

    public string PublicKeys => keys?.PublicSet ?? """{"keys":[]}""";

    public async Task<Provided<Uri>> Begin(SignInAsked asked, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(asked);
        if (keys is null) return NoKeys;
        var facts = await memory.Facts(cancel);
        if (facts.Value is null) return facts.No!;
        var query = new List<(string Name, string Value)>
        {
            ("response_type", "code"), ("scope", string.Join(' ', settings.Scopes.Prepend("openid"))), ("client_id", settings.Client), ("redirect_uri", asked.Back), ("state", asked.State), ("nonce", asked.Nonce),
            ("code_challenge", Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(asked.Verifier)))), ("code_challenge_method", "S256"), ("ui_locales", asked.Language),
        };
        if (settings.Levels is { } levels)
        {
            var wanted = asked.Level == SignInLevel.TwoFactor ? levels.TwoFactor : levels.Medium;
            if (levels.ByVectors) query.Add(("vtr", $"[\"{wanted}\"]"));
            else if (wanted.Length > 0) query.Add(("acr_values", wanted));
        }
        return With(facts.Value.Authorize, query);
    }

    public async Task<Provided<ProvidedPerson>> Finish(SignInAsked asked, SignInAnswer answer, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(answer);
        if (keys is null) return NoKeys;
        if (answer.State is null || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(answer.State), Encoding.UTF8.GetBytes(asked.State)))
            return new ProviderNo(ProviderTrouble.NotAsked, "state", new Message("An answer came that was not asked for in this browser (state)."));
        var facts = await memory.Facts(cancel);
        if (facts.Value is not { } provider) return facts.No!;
        // An answer of another provider must not be taken to this one (RFC 9207).
        if (answer.Issuer is null ? provider.NamesItself : answer.Issuer != settings.Issuer)
            return new ProviderNo(ProviderTrouble.NotProved, "response-issuer", new Message("An answer came from another issuer than the one that was asked (iss)."));
        if (answer.Error is { } error) return Refused(error);
        if (answer.Code is not { Length: > 0 and <= 4096 }) return new ProviderNo(ProviderTrouble.NotAsked, "code", new Message("An answer came without a code."));
        var tokens = await http.Post(provider.Token,
        [
            new("grant_type", "authorization_code"), new("code", answer.Code), new("redirect_uri", asked.Back), new("client_id", settings.Client), new("code_verifier", asked.Verifier),
            new("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), new("client_assertion", keys.Assertion(settings.Client, provider.Token.OriginalString, clock.GetCurrentInstant())),
        ], cancel);
        if (tokens.No is not null) return tokens.No;
        if (ProviderFacts.Text(tokens.Value, "id_token") is not { } idToken) return new ProviderNo(ProviderTrouble.NotProved, "token", new Message("What came in place of a token is none, or is encrypted."));
        var access = ProviderFacts.Text(tokens.Value, "access_token");
        var claims = await new ProviderTokens(settings.Issuer, settings.Client, memory, clock).ReadIdToken(idToken, asked.Nonce, access, cancel);
        if (claims.No is not null) return claims.No;
        return await Described(asked, provider, idToken, claims.Value, access, cancel);
    }

    async Task<Provided<ProvidedPerson>> Described(SignInAsked asked, ProviderFacts provider, string idToken, JsonElement claims, string? access, CancellationToken cancel)
    {
        var subject = ProviderFacts.Text(claims, "sub")!;
        var level = LevelOf(claims, asked.Level);
        if (level.No is not null) return level.No;
        JsonElement? more = null;
        if (settings.UserInfo)
        {
            if (provider.UserInfo is not { } address || access is null) return new ProviderNo(ProviderTrouble.Unavailable, "user-info", new Message("The provider has no address for more about somebody (userinfo), and `user-info` in sign-in.yaml asks for it."));
            var told = await http.Get(address, access, cancel);
            if (told.No is not null) return told.No;
            // Whom it speaks of may have been swapped on the way (OpenID Connect Core, 5.3.2).
            if (ProviderFacts.Text(told.Value, "sub") != subject) return new ProviderNo(ProviderTrouble.NotProved, "user-info-subject", new Message("The provider told more about somebody else than who signed in (userinfo, sub)."));
            more = told.Value;
        }
        string? Text(string name) => (more is { } m ? ProviderFacts.Text(m, name) : null) ?? ProviderFacts.Text(claims, name);
        var isChecked = settings.Claims.TrustsEmail || IsTrue(more, "email_verified") || (more is null || !more.Value.TryGetProperty("email", out _)) && IsTrue(claims, "email_verified");
        var email = Text(settings.Claims.Email);
        if (settings.Groups.Count > 0 && IsLeftOut(claims)) return new ProviderNo(ProviderTrouble.NotProved, "groups-left-out", new Message("Somebody is in so many groups that the provider left them out. Have it send only those that are assigned to this program."));
        return new ProvidedPerson(settings.Issuer, subject, ProviderFacts.Text(claims, "sid"), idToken, isChecked && email is { Length: > 2 and <= 320 } ? email : null, Text(settings.Claims.Name), Text(settings.Claims.Username),
            [.. Groups(more, settings.Claims.Groups), .. Groups(claims, settings.Claims.Groups)], level.Value);
    }

    Provided<SignInLevel> LevelOf(JsonElement claims, SignInLevel asked)
    {
        if (settings.Levels is not { } levels) return asked == SignInLevel.TwoFactor ? TooWeak : SignInLevel.Medium;
        var said = ProviderFacts.Text(claims, levels.ByVectors ? "vot" : "acr");
        var level = said == levels.TwoFactor ? SignInLevel.TwoFactor : levels.ByVectors && said != levels.Medium ? SignInLevel.None : SignInLevel.Medium;
        return level >= (asked == SignInLevel.TwoFactor ? SignInLevel.TwoFactor : SignInLevel.Medium) ? level : TooWeak;
    }

    static ProviderNo TooWeak => new(ProviderTrouble.TooWeak, "level", new Message("Somebody signed in with fewer factors than were asked for (vot, acr)."));

    // Only two of the codes say something that a person can act on.
    static ProviderNo Refused(string error) => error switch
    {
        "access_denied" or "login_required" or "interaction_required" or "consent_required" or "account_selection_required" => new(ProviderTrouble.Cancelled, "cancelled", new Message("Somebody did not sign in at the provider.")),
        "temporarily_unavailable" or "server_error" => new(ProviderTrouble.Unavailable, "provider-busy", new Message("The provider said that it cannot sign anybody in just now.")),
        _ => new(ProviderTrouble.Unavailable, "provider-refused", new Message("The provider refused what it was asked. Compare `client`, `scopes` and the address that it sends people back to with what is set there.")),
    };

    public async Task<Provided<ProviderSignOut>> ReadSignOut(string token, CancellationToken cancel) =>
        await new ProviderTokens(settings.Issuer, settings.Client, memory, clock).ReadLogoutToken(token, cancel);

    public async Task<Uri?> SignOutAddress(string? idToken, string back, CancellationToken cancel)
    {
        if ((await memory.Facts(cancel)).Value?.EndSession is not { } address) return null;
        var query = new List<(string, string)> { ("client_id", settings.Client), ("post_logout_redirect_uri", back) };
        if (idToken is not null && With(address, [.. query, ("id_token_hint", idToken)]) is { Query.Length: <= LongestQuery } hinted) return hinted;
        return With(address, query);
    }

    public async Task<Message?> Check(CancellationToken cancel) => keys is null ? NoKeys.Why : (await memory.AskNow(cancel))?.Why;

    ProviderNo NoKeys => new(ProviderTrouble.Unavailable, "no-key", whyNoKeys!);

    static Uri With(Uri address, IEnumerable<(string Name, string Value)> query) =>
        new UriBuilder(address) { Query = string.Join('&', new[] { address.Query.TrimStart('?') }.Where(q => q.Length > 0).Concat(query.Select(q => $"{q.Name}={Uri.EscapeDataString(q.Value)}"))) }.Uri;

    static bool IsTrue(JsonElement? of, string name) => of is { } found && found.TryGetProperty(name, out var value) && (value.ValueKind == JsonValueKind.True || (value.ValueKind == JsonValueKind.String && value.GetString() == "true"));

    static IEnumerable<string> Groups(JsonElement? of, string name)
    {
        if (of is not { } claims || !claims.TryGetProperty(name, out var value)) return [];
        return value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array => value.EnumerateArray().Where(g => g.ValueKind == JsonValueKind.String).Take(MostGroups).Select(g => g.GetString()!),
            _ => [],
        };
    }

    // Entra ID does so from 200 groups on.
    bool IsLeftOut(JsonElement claims) => claims.TryGetProperty("_claim_names", out var names) && names.ValueKind == JsonValueKind.Object && names.TryGetProperty(settings.Claims.Groups, out _);

    public void Dispose() => memory.Dispose();
}

/// <summary>
/// The providers that the council's files name, each with its keys from the settings. One whose entry in the file changed is begun anew.
/// </summary>
/// <param name="keyOf">The text of a provider's keys in PEM form, or why it cannot be read; neither where none is set.</param>
/// <param name="version">What we call ourselves.</param>
/// <param name="outgoing">Where we may go.</param>
/// <param name="patience">How long a provider may take to answer; null: as long as usual.</param>
public sealed class OpenIdProviders(Func<string, (string? Pem, Message? Wrong)> keyOf, string version, OutgoingSettings outgoing, IClock clock, Func<TimeSpan>? patience = null) : ISignInProviders, IDisposable
{
    // Most councils name no provider, and a start does not wait for what only they need.
    readonly Lazy<HttpClient> client = new(() => ProviderHttp.NewClient(version, outgoing));
    readonly Dictionary<string, OpenIdProvider> providers = new(StringComparer.Ordinal);
    readonly Lock one = new();

    public ISignInProvider Of(SignInProvider provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        lock (one)
        {
            if (providers.TryGetValue(provider.Id, out var known) && ReferenceEquals(known.Settings, provider)) return known;
            var (pem, unread) = keyOf(provider.Id);
            var (keys, wrong) = pem is not null ? ClientKeys.Read(pem, provider.Signing) : (null, unread);
            var why = keys is not null ? null : wrong is not null
                ? new Message("The key for the provider {provider} ({setting}) cannot be used: {why}", ("provider", provider.Id), ("setting", SettingOf(provider.Id)), ("why", wrong))
                : new Message("There is no key for the provider {provider}. Set {setting} to a file with a private key in PEM form.", ("provider", provider.Id), ("setting", SettingOf(provider.Id)));
            return providers[provider.Id] = new OpenIdProvider(provider, keys, why, new ProviderHttp(client.Value, patience ?? (() => ProviderHttp.Patience)), clock);
        }
    }

    /// <summary>The variable of the environment that names the file of a provider's keys.</summary>
    public static string SettingOf(string provider) => $"MOOTHALL_SIGN_IN_{provider.Replace('-', '_').ToUpperInvariant()}_KEY_FILE";

    public void Dispose()
    {
        if (client.IsValueCreated) client.Value.Dispose();
        foreach (var provider in providers.Values) provider.Dispose();
    }
}
