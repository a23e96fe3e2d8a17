using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using Moothall.Adapters.OpenIdConnect;
using Moothall.Council;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.SignIn;

/// <summary>Keys, ours and theirs: every kind, while they rotate, and what is shown of them.</summary>
public sealed class ProviderKeysTests
{
    [Theory]
    [InlineData("RS256", "RS256")]
    [InlineData("PS256", "PS256")]
    [InlineData("ES256", "ES256")]
    public async Task Each_way_of_signing_works_for_us_and_for_the_provider(string ours, string theirs)
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = theirs == "ES256" ? RealProvider.NewCurveKey("curve") : new SigningCredentials(RealProvider.NewKey("rsa").Key, theirs);
        await using var with = await ProvidedCouncil.Start(Dialect.Sqlite, p => p with { Signing = ours }, ours == "ES256" ? curve.ExportPkcs8PrivateKeyPem() : null, ours, theirs, key);
        using var desk = await with.Council.Client();
        using var came = await with.SignIn(desk, "p-amara");
        came.StatusCode.ShouldBe(HttpStatusCode.SeeOther, await came.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_provider_that_changes_its_keys_is_asked_for_them_once_and_goes_on_working()
    {
        await using var with = await ProvidedCouncil.Start(Dialect.Sqlite);
        // The provider has the time of day: half a minute behind it now, the council is not ahead of it later, however quick all this is.
        with.Council.Clock.Advance(-Duration.FromSeconds(31));
        async Task<HttpStatusCode> SignIn()
        {
            using var desk = await with.Council.Client();
            using var came = await with.SignIn(desk, "p-amara");
            return came.StatusCode;
        }
        int Asked() => with.Provider.Asked.Count(a => a.Path == "/jwks");
        (await SignIn()).ShouldBe(HttpStatusCode.SeeOther);
        (await SignIn()).ShouldBe(HttpStatusCode.SeeOther);
        Asked().ShouldBe(1, "keys are remembered");
        await with.Provider.Rotate(RealProvider.NewKey("second"));
        (await SignIn()).ShouldBe(HttpStatusCode.SeeOther);
        Asked().ShouldBe(2);
        // Names of keys that somebody made up do not have the provider asked again and again.
        with.Provider.IdToken = t => with.Provider.Forge(t, _ => { }, RealProvider.NewKey("made-up"));
        for (var i = 0; i < 3; i++) (await SignIn()).ShouldBe(HttpStatusCode.UnprocessableEntity);
        Asked().ShouldBe(2);
        with.Provider.IdToken = null;
        with.Council.Clock.Advance(Duration.FromSeconds(31));
        await with.Provider.Rotate(RealProvider.NewKey("third"));
        (await SignIn()).ShouldBe(HttpStatusCode.SeeOther);
        Asked().ShouldBe(3);
        // A key that the provider took back is none any more after an hour at the latest.
        var taken = with.Provider.Key;
        await with.Provider.Rotate(RealProvider.NewKey("fourth"));
        with.Council.Clock.Advance(Duration.FromMinutes(61));
        var now = with.Council.Clock.GetCurrentInstant().ToUnixTimeSeconds();
        using var provider = await with.Council.Client();
        async Task<HttpStatusCode> Tell(SigningCredentials key, string id)
        {
            var token = with.Provider.Sign(new JsonObject
            {
                ["iss"] = with.Provider.Issuer, ["aud"] = ProvidedCouncil.Client, ["iat"] = now, ["exp"] = now + 60, ["jti"] = id, ["sub"] = "p-amara",
                ["events"] = new JsonObject { ["http://schemas.openid.net/event/backchannel-logout"] = new JsonObject() },
            }, key, "logout+jwt");
            using var answer = await provider.PostAsync("/sign-in/council/signed-out", new FormUrlEncodedContent([KeyValuePair.Create("logout_token", token)]));
            return answer.StatusCode;
        }
        (await Tell(taken, "1")).ShouldBe(HttpStatusCode.BadRequest);
        (await Tell(with.Provider.Key, "2")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Our_keys_are_shown_without_what_is_secret_and_two_may_be_known_at_once()
    {
        var (old, next) = (ProvidedCouncil.NewPem(), ProvidedCouncil.NewPem());
        await using var with = await ProvidedCouncil.Start(Dialect.Sqlite, pem: old + "\n" + next);
        using var anyone = await with.Council.Client();
        using var answer = await anyone.GetAsync("/sign-in/council/keys.json");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/jwk-set+json");
        var keys = (await answer.Content.ReadFromJsonAsync<JsonObject>())!["keys"]!.AsArray();
        keys.Count.ShouldBe(2);
        foreach (var key in keys) key!.AsObject().Select(m => m.Key).ShouldBe(["kty", "use", "alg", "kid", "n", "e"]);
        keys.Select(k => k!["kid"]!.GetValue<string>()).Distinct().Count().ShouldBe(2);
        using var desk = await with.Council.Client();
        (await with.SignIn(desk, "p-amara")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await anyone.GetAsync("/sign-in/nobody/keys.json")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("", null, "there is no private key in it")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", null, "the key cannot be read")]
    [InlineData("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----", null, "the key is locked with a password")]
    [InlineData("1024", null, "the key has 1,024 bits, and 2,048 are the fewest that are safe")]
    [InlineData("2048", "ES256", "`signing` is ES256, and the key is an RSA key")]
    [InlineData("P-256", "RS256", "`signing` is RS256, and the key is an EC key")]
    [InlineData("P-384", null, "the key is on another curve than P-256")]
    public void A_key_that_cannot_be_used_is_refused_with_the_mend_and_not_repeated(string pem, string? signing, string why)
    {
        using var small = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var large = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        pem = pem switch { "1024" => ProvidedCouncil.NewPem(1024), "2048" => ProvidedCouncil.NewPem(), "P-256" => small.ExportPkcs8PrivateKeyPem(), "P-384" => large.ExportPkcs8PrivateKeyPem(), _ => pem };
        var (keys, wrong) = ClientKeys.Read(pem, signing);
        keys.ShouldBeNull();
        wrong.ShouldNotBeNull().ToString().ShouldStartWith(why);
        wrong.ToString().ShouldNotContain("BEGIN PRIVATE KEY-----\n");
    }

    [Fact]
    public void A_provider_that_knows_us_by_a_certificate_is_told_which()
    {
        using var rsa = RSA.Create(2048);
        var asked = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=moothall", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = asked.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var keys = ClientKeys.Read(rsa.ExportPkcs8PrivateKeyPem() + "\n" + certificate.ExportCertificatePem(), "PS256").Keys.ShouldNotBeNull();
        var header = JsonNode.Parse(Base64UrlEncoder.Decode(keys.Assertion("client", "https://login.example/token", SystemClock.Instance.GetCurrentInstant()).Split('.')[0]))!;
        header["x5t#S256"]!.GetValue<string>().ShouldBe(Base64UrlEncoder.Encode(SHA256.HashData(certificate.RawData)));
        header["alg"]!.GetValue<string>().ShouldBe("PS256");
        var (none, wrong) = ClientKeys.Read(ProvidedCouncil.NewPem() + "\n" + certificate.ExportCertificatePem(), null);
        none.ShouldBeNull();
        wrong!.ToString().ShouldStartWith("the certificate is not the one of the first key");
    }

    [Fact]
    public async Task Without_a_key_nobody_signs_in_by_the_provider_and_an_administrator_is_told_what_to_set()
    {
        await using var with = await ProvidedCouncil.Start(Dialect.Sqlite, pem: "");
        using var desk = await with.Council.Client();
        (await desk.GetAsync("/desk/sign-in/council")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var said = await with.Council.House.Providers!.Of(with.Council.House.Council.SignIn[0]).Check(default);
        said.ShouldNotBeNull().ToString().ShouldContain("MOOTHALL_SIGN_IN_COUNCIL_KEY_FILE");
        with.Provider.Asked.ShouldBeEmpty();
    }
}
