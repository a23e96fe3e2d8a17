using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Tokens;
using Moothall.Council;
using Moothall.Identity;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.SignIn;

/// <summary>A provider, or somebody between it and us, that lies: nobody is signed in, nothing is stored, and the log says which lie it was.</summary>
public sealed class LyingProviderTests(LyingProviderTests.Running running) : IClassFixture<LyingProviderTests.Running>
{
    public sealed class Running : IAsyncLifetime
    {
        internal ProvidedCouncil With { get; private set; } = null!;
        public async ValueTask InitializeAsync() => With = await ProvidedCouncil.Start(Dialect.Sqlite);
        public ValueTask DisposeAsync() => With.DisposeAsync();
    }

    // The council's clock stands still and the provider's goes on, so each test begins with both alike: all together take longer than the minute by which they may differ.
    ProvidedCouncil With { get; } = InTime(running.With);
    RealProvider Provider => With.Provider;

    static ProvidedCouncil InTime(ProvidedCouncil council)
    {
        council.Council.Clock.Set(SystemClock.Instance.GetCurrentInstant());
        return council;
    }

    static long Now => SystemClock.Instance.GetCurrentInstant().ToUnixTimeSeconds();

    static readonly Dictionary<string, (string Reason, Func<RealProvider, string, string> Lie)> Tokens = new()
    {
        ["another nonce"] = ("nonce", (p, t) => p.Forge(t, c => c["nonce"] = "of another question")),
        ["no nonce"] = ("nonce", (p, t) => p.Forge(t, c => c.Remove("nonce"))),
        ["a nonce that is no text"] = ("nonce", (p, t) => p.Forge(t, c => c["nonce"] = 1)),
        ["another issuer"] = ("issuer", (p, t) => p.Forge(t, c => c["iss"] = "https://elsewhere.example")),
        ["the issuer with a slash"] = ("issuer", (p, t) => p.Forge(t, c => c["iss"] = p.Issuer + "/")),
        ["another audience"] = ("audience", (p, t) => p.Forge(t, c => c["aud"] = "another-program")),
        ["no audience"] = ("audience", (p, t) => p.Forge(t, c => c.Remove("aud"))),
        ["two audiences and no word for whom"] = ("audience", (p, t) => p.Forge(t, c => c["aud"] = new JsonArray(ProvidedCouncil.Client, "another-program"))),
        ["given to another program"] = ("audience", (p, t) => p.Forge(t, c => c["azp"] = "another-program")),
        ["over"] = ("expired", (p, t) => p.Forge(t, c => c["exp"] = Now - 120)),
        ["without an end"] = ("expired", (p, t) => p.Forge(t, c => c.Remove("exp"))),
        ["an end that is no number"] = ("signature", (p, t) => p.Forge(t, c => c["exp"] = "never")),
        ["of tomorrow"] = ("issued", (p, t) => p.Forge(t, c => c["iat"] = Now + 3600)),
        ["of yesterday"] = ("issued", (p, t) => p.Forge(t, c => c["iat"] = Now - 86400)),
        ["not yet"] = ("issued", (p, t) => p.Forge(t, c => c["nbf"] = Now + 3600)),
        ["of nobody"] = ("subject", (p, t) => p.Forge(t, c => c.Remove("sub"))),
        ["for another access token"] = ("access-token", (p, t) => p.Forge(t, c => c["at_hash"] = "AAAAAAAAAAAAAAAAAAAAAA")),
        ["unsigned"] = ("algorithm", (p, t) => Part(new JsonObject { ["alg"] = "none" }) + "." + t.Split('.')[1] + "."),
        ["unsigned, said otherwise"] = ("algorithm", (p, t) => Part(new JsonObject { ["alg"] = "NoNe" }) + "." + t.Split('.')[1] + "."),
        ["signed with the public key as a secret"] = ("algorithm", (p, t) => Secret(p, t)),
        ["without its signature"] = ("signature", (p, t) => t[..(t.LastIndexOf('.') + 1)]),
        ["changed on its way"] = ("signature", (p, t) => t.Split('.')[0] + "." + Part(Claims(t, c => c["sub"] = "p-ewa")) + "." + t.Split('.')[2]),
        ["signed by somebody with a key of the same name"] = ("signature", (p, t) => p.Forge(t, _ => { }, RealProvider.NewKey("first"))),
        ["signed by somebody with another key"] = ("unknown-key", (p, t) => p.Forge(t, _ => { }, RealProvider.NewKey("somebody"))),
        ["with a key of its own in it"] = ("unknown-key", (p, t) => OwnKey(t)),
        ["signed with a way that its key is not for"] = ("unknown-key", (p, t) => p.Forge(t, _ => { }, new SigningCredentials(p.Key.Key, SecurityAlgorithms.RsaSsaPssSha256))),
        ["a sign-out in place of a sign-in"] = ("type", (p, t) => p.Forge(t, _ => { }, type: "logout+jwt")),
        ["encrypted"] = ("token", (_, t) => t + ".x.y"),
        ["no token at all"] = ("token", (_, _) => "eyJ"),
        ["a name that stands twice"] = ("token", (p, t) => t.Split('.')[0] + "." + Base64UrlEncoder.Encode("""{"sub":"p-amara","sub":"p-ewa"}""") + "." + t.Split('.')[2]),
    };

    static string Part(JsonObject json) => Base64UrlEncoder.Encode(json.ToJsonString());

    static JsonObject Claims(string token, Action<JsonObject> change)
    {
        var claims = JsonNode.Parse(Base64UrlEncoder.Decode(token.Split('.')[1]))!.AsObject();
        change(claims);
        return claims;
    }

    static string Secret(RealProvider provider, string token)
    {
        var signed = Part(new JsonObject { ["alg"] = "HS256", ["kid"] = "first" }) + "." + token.Split('.')[1];
        var secret = Encoding.ASCII.GetBytes(((RsaSecurityKey)provider.Key.Key).Rsa.ExportSubjectPublicKeyInfoPem());
        return signed + "." + Base64UrlEncoder.Encode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed)));
    }

    static string OwnKey(string token)
    {
        using var rsa = RSA.Create(2048);
        var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(rsa.ExportParameters(false)));
        var signed = Part(new JsonObject { ["alg"] = "RS256", ["kid"] = "own", ["jwk"] = new JsonObject { ["kty"] = "RSA", ["n"] = key.N, ["e"] = key.E, ["kid"] = "own" } }) + "." + token.Split('.')[1];
        return signed + "." + Base64UrlEncoder.Encode(rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    public static TheoryData<string> Lies => [.. Tokens.Keys];

    [Theory, MemberData(nameof(Lies))]
    public async Task An_ID_token_that_lies_signs_nobody_in(string lie)
    {
        var (reason, change) = Tokens[lie];
        var before = await With.Rows();
        try
        {
            Provider.IdToken = token => change(Provider, token);
            using var desk = await With.Council.Client();
            using var came = await With.SignIn(desk, "p-amara");
            var page = await Sight.Of(came, lie);
            page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, page.Words);
            page.Words.ShouldContain("did not prove who you are. Nobody was signed in.");
            (await desk.GetAsync("/desk")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
            (await With.Rows()).ShouldBe(before);
            var (no, _) = await Ask("p-amara");
            no.ShouldNotBeNull().Reason.ShouldBe(reason);
        }
        finally
        {
            Provider.IdToken = null;
        }
        var (none, person) = await Ask("p-amara");
        none.ShouldBeNull("without the lie they come in");
        person!.Subject.ShouldBe("p-amara");
    }

    /// <summary>A whole sign-in by the adapter alone.</summary>
    async Task<(ProviderNo? No, ProvidedPerson? Person)> Ask(string? person, Func<SignInAnswer, SignInAnswer>? change = null, SignInAsked? other = null)
    {
        var adapter = With.Council.House.Providers!.Of(With.Council.House.Council.SignIn[0]);
        var asked = new SignInAsked("http://wessex.localhost:8080/desk/sign-in/council/back", NewCode(), NewCode(), NewCode(), SignInLevel.None, "en");
        var to = await adapter.Begin(asked, default);
        if (to.No is not null) return (to.No, null);
        using var browser = new ProviderBrowser();
        var back = QueryHelpers.ParseQuery((await browser.SignIn(to.Value!, person, Provider.Address)).Query);
        string? One(string name) => back.TryGetValue(name, out var value) ? value.ToString() : null;
        var answer = new SignInAnswer(One("code"), One("state"), One("iss"), One("error"));
        var found = await adapter.Finish(other ?? asked, change?.Invoke(answer) ?? answer, default);
        return (found.No, found.Value);
    }

    static string NewCode() => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));

    [Fact]
    public async Task An_answer_with_another_state_or_of_another_issuer_is_refused()
    {
        (await Ask("p-amara", a => a with { State = NewCode() })).No.ShouldNotBeNull().Reason.ShouldBe("state");
        (await Ask("p-amara", a => a with { State = null })).No.ShouldNotBeNull().Reason.ShouldBe("state");
        // Mixed up: another provider's answer is brought to this one (RFC 9207), or its name is left out though it always says it.
        (await Ask("p-amara", a => a with { Issuer = "https://elsewhere.example" })).No.ShouldNotBeNull().Reason.ShouldBe("response-issuer");
        (await Ask("p-amara", a => a with { Issuer = null })).No.ShouldNotBeNull().Reason.ShouldBe("response-issuer");
        (await Ask(null)).No.ShouldNotBeNull().Reason.ShouldBe("cancelled");
        (await Ask("p-amara", a => a with { Code = "made-up" })).No.ShouldNotBeNull().Reason.ShouldBe("refused");
        (await Ask("p-amara", a => a with { Code = null })).No.ShouldNotBeNull().Reason.ShouldBe("code");
    }

    [Fact]
    public async Task A_code_is_of_no_use_to_whoever_did_not_ask_for_it()
    {
        // The state was seen, but the verifier never left the browser's own cookie (PKCE).
        var stolen = new SignInAsked("http://wessex.localhost:8080/desk/sign-in/council/back", NewCode(), NewCode(), NewCode(), SignInLevel.None, "en");
        (await Ask("p-amara", a => a with { State = stolen.State }, stolen)).No.ShouldNotBeNull().Reason.ShouldBe("refused");
    }

    [Fact]
    public async Task An_answer_counts_once_and_in_the_browser_that_asked()
    {
        var before = await With.Rows();
        using var desk = await With.Council.Client();
        using var thief = await With.Council.Client();
        var back = await With.ToTheDoor(desk, "p-amara");
        var stolen = await Sight.Of(await thief.GetAsync(back.PathAndQuery), "");
        stolen.Status.ShouldBe(HttpStatusCode.BadRequest);
        stolen.Words.ShouldContain("was begun in another browser or tab");
        (await With.Rows()).ShouldBe(before);
        var cookie = (await With.Council.Client(), back);
        using (var came = await desk.GetAsync(back.PathAndQuery)) came.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        using var again = await desk.GetAsync(back.PathAndQuery);
        again.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        cookie.Item1.Dispose();
    }

    [Fact]
    public async Task A_sign_in_that_was_kept_with_its_cookie_counts_once_too()
    {
        using var begun = await (await With.Council.Client()).GetAsync("/desk/sign-in/council");
        var cookie = begun.Headers.GetValues("Set-Cookie").Single(c => c.Contains("moothall-provider", StringComparison.Ordinal)).Split(';')[0];
        using var browser = new ProviderBrowser();
        var back = await browser.SignIn(begun.Headers.Location!, "p-amara", Provider.Address);
        // The provider would take the code twice here, as one does that lost its memory; the state is remembered by us.
        var token = "";
        Provider.IdToken = t => token = t;
        (await Send()).ShouldBe(HttpStatusCode.SeeOther);
        Provider.IdToken = null;
        var rows = await With.Rows();
        Provider.Instead["/token"] = (200, new JsonObject { ["access_token"] = "x", ["token_type"] = "Bearer", ["id_token"] = Provider.Forge(token, c => c.Remove("at_hash")) }.ToJsonString());
        try
        {
            (await Send()).ShouldBe(HttpStatusCode.Forbidden);
        }
        finally
        {
            Provider.Instead.Clear();
        }
        (await With.Rows()).ShouldBe(rows);

        async Task<HttpStatusCode> Send()
        {
            using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = With.Council.Address };
            using var request = new HttpRequestMessage(HttpMethod.Get, back.PathAndQuery);
            request.Headers.Host = "wessex.localhost";
            request.Headers.Add("Cookie", cookie);
            using var answer = await client.SendAsync(request);
            return answer.StatusCode;
        }
    }

    [Theory]
    [InlineData("down", "down")]
    [InlineData("slow", "slow")]
    [InlineData("huge", "not-taken")]
    [InlineData("broken", "status")]
    [InlineData("not JSON", "not-json")]
    [InlineData("a list", "not-json")]
    public async Task A_provider_that_fails_when_it_is_asked_for_tokens_signs_nobody_in(string how, string reason)
    {
        var before = await With.Rows();
        foreach (var twice in new[] { false, true })
        {
            using var desk = await With.Council.Client();
            var back = twice ? null : await With.ToTheDoor(desk, "p-amara");
            try
            {
                if (twice)
                {
                    // By the adapter, for the reason: the go-between fails after the person has signed in.
                    (await Ask("p-amara", a =>
                    {
                        Break(how);
                        return a;
                    })).No.ShouldNotBeNull().Reason.ShouldBe(reason);
                    continue;
                }
                Break(how);
                var page = await Sight.Of(await desk.GetAsync(back!.PathAndQuery), how);
                page.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
                page.Words.ShouldContain("We cannot reach the sign-in of Wessex account just now. Nobody was signed in. Try again in a few minutes, or sign in with a passkey.");
                page.Document.QuerySelector("form.passkey, a[href='/desk/sign-in/council']").ShouldNotBeNull("there are other ways in");
            }
            finally
            {
                Mend();
            }
        }
        (await With.Rows()).ShouldBe(before);
    }

    void Break(string how)
    {
        if (how == "down") Provider.IsDown = true;
        else if (how == "slow") With.IsSlow = true;
        else if (how == "huge") Provider.HugeAt = "/token";
        else Provider.Instead["/token"] = how switch { "broken" => (500, "oh"), "a list" => (200, "[]"), _ => (200, "<p>Welcome") };
    }

    void Mend()
    {
        (Provider.IsDown, With.IsSlow, Provider.HugeAt) = (false, false, null);
        Provider.Instead.Clear();
    }

    static readonly Dictionary<string, (string Reason, Action<JsonObject> Lie)> Discoveries = new()
    {
        ["another issuer"] = ("discovery-issuer", d => d["issuer"] = "https://elsewhere.example"),
        ["no issuer"] = ("discovery-issuer", d => d.Remove("issuer")),
        ["no token address"] = ("discovery-address", d => d.Remove("token_endpoint")),
        ["a token address without https"] = ("discovery-address", d => d["token_endpoint"] = "http://elsewhere.example/token"),
        ["keys in a file"] = ("discovery-address", d => d["jwks_uri"] = "file:///etc/passwd"),
        ["an address for more without https"] = ("discovery-address", d => d["userinfo_endpoint"] = "http://elsewhere.example/me"),
        ["no PKCE"] = ("discovery-pkce", d => d["code_challenge_methods_supported"] = new JsonArray("plain")),
        ["no code flow"] = ("discovery-flow", d => d["response_types_supported"] = new JsonArray("id_token")),
        ["secrets only"] = ("discovery-client", d => d["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_basic")),
        ["tokens signed with a secret only"] = ("discovery-signing", d => d["id_token_signing_alg_values_supported"] = new JsonArray("HS256", "none")),
    };

    public static TheoryData<string> DiscoveryLies => [.. Discoveries.Keys];

    [Theory, MemberData(nameof(DiscoveryLies))]
    public async Task A_provider_that_lies_about_itself_is_not_used_and_the_running_page_says_why(string lie)
    {
        var (reason, change) = Discoveries[lie];
        var before = await With.Rows();
        Provider.Discovery = change;
        With.Say(With.Council.House.Council.SignIn[0] with { });
        try
        {
            using var desk = await With.Council.Client();
            var page = await Sight.Of(await desk.GetAsync("/desk/sign-in/council"), lie);
            page.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
            page.Words.ShouldContain("We cannot reach the sign-in of Wessex account just now.");
            (await Ask("p-amara")).No.ShouldNotBeNull().Reason.ShouldBe(reason);
            var said = await With.Council.House.Providers!.Of(With.Council.House.Council.SignIn[0]).Check(default);
            said.ShouldNotBeNull();
        }
        finally
        {
            Provider.Discovery = null;
            With.Say(With.Council.House.Council.SignIn[0] with { });
        }
        (await With.Rows()).ShouldBe(before);
        (await Ask("p-amara")).No.ShouldBeNull();
        (await With.Council.House.Providers!.Of(With.Council.House.Council.SignIn[0]).Check(default)).ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"keys":[]}""")]
    [InlineData("""{"keys":[{"kty":"oct","k":"c2VjcmV0","kid":"first"}]}""")]
    [InlineData("""{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB","kid":"first"}]}""")]
    [InlineData("""{"keys":"none"}""")]
    public async Task Keys_that_prove_nothing_are_no_keys(string keys)
    {
        Provider.Instead["/jwks"] = (200, keys);
        With.Say(With.Council.House.Council.SignIn[0] with { });
        try
        {
            (await Ask("p-amara")).No.ShouldNotBeNull().Reason.ShouldBe("no-keys");
        }
        finally
        {
            Mend();
            With.Say(With.Council.House.Council.SignIn[0] with { });
        }
    }
}
