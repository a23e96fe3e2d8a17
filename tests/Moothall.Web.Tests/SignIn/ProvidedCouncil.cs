using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Host;
using Moothall.Identity;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.SignIn;

/// <summary>A council whose staff a real provider knows, on a database of its own. The clock goes by the machine's, as the provider's does.</summary>
sealed class ProvidedCouncil : IAsyncDisposable
{
    public const string Staff = "council", Client = "moothall-staff";

    readonly Patience patience;

    sealed class Patience
    {
        public TimeSpan Time { get; set; } = TimeSpan.FromMinutes(2);
    }

    ProvidedCouncil(RunningCouncil council, RealProvider provider, Patience patience) => (Council, Provider, this.patience) = (council, provider, patience);

    /// <summary>Whether the provider takes requests and never answers. Nobody waits longer than a moment for it then; otherwise a slow machine is no slow provider.</summary>
    public bool IsSlow
    {
        set => (Provider.IsSlow, patience.Time) = (value, value ? TimeSpan.FromMilliseconds(300) : TimeSpan.FromMinutes(2));
    }

    public RunningCouncil Council { get; }
    public RealProvider Provider { get; }
    public Database Database => Council.House.Database;

    /// <summary>Starts both.</summary>
    /// <param name="change">What the council's file says otherwise.</param>
    /// <param name="pem">Our keys for the provider; a new RSA key otherwise.</param>
    /// <param name="signing">How the provider wants us to sign.</param>
    public static async Task<ProvidedCouncil> Start(Dialect dialect, Func<SignInProvider, SignInProvider>? change = null, string? pem = null, string signing = "RS256", string tokens = "RS256", Microsoft.IdentityModel.Tokens.SigningCredentials? key = null, bool userInfo = false)
    {
        var provider = await RealProvider.Open(key);
        var ours = pem ?? NewPem();
        var patience = new Patience();
        var council = await RunningCouncil.Start(dialect, change: s => s with { SignInKeys = _ => (ours, null), ProviderPatience = () => patience.Time, Outgoing = new() { ThisMachine = true } });
        council.Clock.Set(SystemClock.Instance.GetCurrentInstant());
        var entry = new SignInProvider(Staff, SignInFor.Staff, provider.Issuer, Client) { Title = new Prose("Wessex account"), Authorities = ["wessex", "mercia"], UserInfo = userInfo };
        var provided = new ProvidedCouncil(council, provider, patience);
        provided.Say(change?.Invoke(entry) ?? entry);
        await provider.Serve(
            new JsonArray(new JsonObject
            {
                ["client_id"] = Client, ["redirect_uris"] = new JsonArray("http://wessex.localhost:8080/desk/sign-in/council/back", "http://mercia.localhost:8080/desk/sign-in/council/back"), ["response_types"] = new JsonArray("code"),
                ["token_endpoint_auth_method"] = "private_key_jwt", ["token_endpoint_auth_signing_alg"] = signing, ["id_token_signed_response_alg"] = tokens, ["jwks_uri"] = $"{council.Address}sign-in/council/keys.json",
                ["post_logout_redirect_uris"] = new JsonArray("http://wessex.localhost:8080/desk/sign-in"),
                ["backchannel_logout_uri"] = $"{council.Address}sign-in/council/signed-out", ["backchannel_logout_session_required"] = true,
            }),
            new JsonObject
            {
                ["p-amara"] = Person("Amara Okafor", "Amara.Okafor@wessex.example", true), ["p-ewa"] = Person("Ewa Novák", "ewa.novak@wessex.example", false, username: "ewa-novak"),
                ["p-stranger"] = Person("Nobody Known", "stranger@wessex.example", true), ["p-joiner"] = Person("Joan Newcomb", "joan.newcomb@wessex.example", true, groups: ["g-highways"]),
                ["p-second"] = Person("Second Amara", "amara.okafor@wessex.example", true), ["p-tomasz"] = Person("Tomasz Zieliński", "tomasz@wessex.example", true, groups: ["g-admins", "g-elsewhere"]),
            }, userInfo);
        return provided;
    }

    /// <summary>A council whose residents the provider knows, as GOV.UK One Login does: issuer with a slash, ES256, `vtr` and `vot`, more about them by userinfo.</summary>
    public static async Task<ProvidedCouncil> ForResidents(Dialect dialect)
    {
        var provider = await RealProvider.Open(RealProvider.NewCurveKey("one"), "/");
        var (ours, patience) = (NewPem(), new Patience());
        var council = await RunningCouncil.Start(dialect, change: s => s with { SignInKeys = _ => (ours, null), ProviderPatience = () => patience.Time, Outgoing = new() { ThisMachine = true } });
        council.Clock.Set(SystemClock.Instance.GetCurrentInstant());
        var provided = new ProvidedCouncil(council, provider, patience);
        provided.Say(new SignInProvider("one-login", SignInFor.Residents, provider.Issuer, Client)
        {
            Title = new Prose("GOV.UK One Login"), Authorities = ["wessex", "mercia"], Scopes = ["email"], UserInfo = true, Levels = new(true, "Cl", "Cl.Cm"),
        });
        await provider.Serve(new JsonArray(new JsonObject
        {
            ["client_id"] = Client, ["redirect_uris"] = new JsonArray("http://wessex.localhost:8080/account/sign-in/one-login/back"), ["response_types"] = new JsonArray("code"),
            ["token_endpoint_auth_method"] = "private_key_jwt", ["token_endpoint_auth_signing_alg"] = "RS256", ["id_token_signed_response_alg"] = "ES256", ["jwks_uri"] = $"{council.Address}sign-in/one-login/keys.json",
            ["post_logout_redirect_uris"] = new JsonArray("http://wessex.localhost:8080/"), ["backchannel_logout_uri"] = $"{council.Address}sign-in/one-login/signed-out", ["backchannel_logout_session_required"] = true,
        }), new JsonObject { ["urn:sam"] = Person("Sam", "sam@mail.example", true), ["urn:kit"] = Person("Kit", "kit@mail.example", false) });
        return provided;
    }

    static JsonObject Person(string name, string email, bool isChecked, string? username = null, string[]? groups = null) => new()
    {
        ["name"] = name, ["email"] = email, ["email_verified"] = isChecked, ["preferred_username"] = username ?? email, ["groups"] = new JsonArray([.. (groups ?? []).Select(g => (JsonNode)g)]),
    };

    /// <summary>A private key as a council makes one.</summary>
    public static string NewPem(int bits = 2048)
    {
        using var key = RSA.Create(bits);
        return key.ExportPkcs8PrivateKeyPem();
    }

    /// <summary>The council's file says otherwise from now on. People have the addresses that the provider knows.</summary>
    public void Say(SignInProvider entry)
    {
        var files = Council.House.CurrentCouncil.Folder;
        var members = files.Members.ToDictionary(m => m.Key, m => m.Value);
        foreach (var (id, email) in new[] { ("amara-okafor", "amara.okafor@wessex.example"), ("tomasz-zielinski", "tomasz@wessex.example"), ("ewa-novak", "ewa.novak@wessex.example") }) members[id] = members[id] with { Email = email };
        Council.House.CurrentCouncil.Replace(files with { SignIn = [entry], Members = members });
    }

    /// <summary>Signs somebody in at the desk by the provider; the answer to coming back.</summary>
    public async Task<HttpResponseMessage> SignIn(HttpClient desk, string? person, string start = "/desk/sign-in/council", ProviderBrowser? there = null)
    {
        var back = await ToTheDoor(desk, person, start, there);
        return await desk.GetAsync(back.PathAndQuery);
    }

    /// <summary>Goes to the provider and signs in; where the browser is sent back to.</summary>
    public async Task<Uri> ToTheDoor(HttpClient desk, string? person, string start = "/desk/sign-in/council", ProviderBrowser? there = null)
    {
        using var begun = await desk.GetAsync(start);
        begun.StatusCode.ShouldBe(HttpStatusCode.SeeOther, await begun.Content.ReadAsStringAsync());
        begun.Headers.Location!.AbsoluteUri.ShouldStartWith(Provider.Address);
        using var own = there is null ? new ProviderBrowser() : null;
        return await (there ?? own!).SignIn(begun.Headers.Location, person, Provider.Address);
    }

    /// <summary>What is stored of signing in, and must not be when nobody was: a count of each.</summary>
    public Task<string> Rows() => Database.Read(async session => string.Join(' ', new[]
    {
        await session.Number($"select count(*) from staff_session"), await session.Number($"select count(*) from provider_session"), await session.Number($"select count(*) from staff_provider"),
        await session.Number($"select count(*) from answered_challenge"), await session.Number($"select count(*) from staff_member"), await session.Number($"select count(*) from heard_sign_out"),
    }));

    public const string NoRows = "0 0 0 0 0 0";

    public async ValueTask DisposeAsync()
    {
        await Council.DisposeAsync();
        await Provider.DisposeAsync();
    }
}
