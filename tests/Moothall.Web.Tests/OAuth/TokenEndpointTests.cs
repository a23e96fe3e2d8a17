using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Moothall.Identity;
using Moothall.Store;
using Moothall.Web.Tests.Api;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.OAuth;

/// <summary>A program fetches short tokens with its key, and nobody does without it.</summary>
public sealed class TokenEndpointTests(Councils councils)
{
    const string Client = "history-import";

    static string Part(JsonObject of) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(of.ToJsonString()));

    static string Signed(RSA key, JsonObject claims, string algorithm = "RS256", JsonObject? header = null)
    {
        var text = $"{Part(header ?? new() { ["alg"] = algorithm, ["typ"] = "JWT" })}.{Part(claims)}";
        var signature = algorithm == "none" ? [] : key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, algorithm == "PS256" ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    static JsonObject Claims(RunningCouncil council, string client = Client)
    {
        var now = council.Clock.GetCurrentInstant().ToUnixTimeSeconds();
        return new() { ["iss"] = client, ["sub"] = client, ["aud"] = council.House.Council.Authorities[0].PublicAddress + "/oauth/token", ["jti"] = Guid.NewGuid().ToString("n"), ["iat"] = now, ["exp"] = now + 120 };
    }

    static async Task<RSA> Registered(RunningCouncil council, string client = Client)
    {
        var key = RSA.Create(2048);
        var read = PublicKey.Read(key.ExportSubjectPublicKeyInfoPem()).Key.ShouldNotBeNull();
        (await council.House.Database.Commit(unit => ClientKeys.Add(unit, client, read, AuditBy.CommandLine, council.Clock.GetCurrentInstant()))).ShouldNotBeNull();
        return key;
    }

    static Task<HttpResponseMessage> Fetch(HttpClient client, string assertion, params (string, string)[] more) => client.PostAsync("/oauth/token", new FormUrlEncodedContent([
        new("grant_type", "client_credentials"), new("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), new("client_assertion", assertion),
        .. more.Select(m => KeyValuePair.Create(m.Item1, m.Item2))]));

    static async Task<JsonNode> Body(HttpResponseMessage answer, HttpStatusCode status)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            answer.StatusCode.ShouldBe(status, text);
            answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
            return JsonNode.Parse(text)!;
        }
    }

    [Theory, BothDatabases]
    public async Task A_program_fetches_a_token_with_its_key_and_uses_it_for_ten_minutes(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        using var key = await Registered(council);
        using var client = await council.Client();
        var body = await Body(await Fetch(client, Signed(key, Claims(council))), HttpStatusCode.OK);
        (body.Text("token_type"), body.Text("scope"), body["expires_in"]!.GetValue<int>()).ShouldBe(("Bearer", "history", 600));

        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", body.Text("access_token"));
        var history = Calls.GoodPothole();
        (history["channel"], history["receivedAt"]) = ("phone", "2026-01-06T12:00:00+00:00");
        await client.Make(history);
        council.Clock.Advance(Duration.FromMinutes(10));
        (await client.PostJson(Calls.Pothole, history)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await council.House.Database.Read(s => Tokens.All(s, council.Clock.GetCurrentInstant()))).ShouldAllBe(t => t.Member != Client, "short tokens are not listed");
    }

    [Theory, BothDatabases]
    public async Task A_statement_counts_once_on_all_nodes(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var key = await Registered(council);
        using var client = await council.Client();
        var assertion = Signed(key, Claims(council));
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Fetch(client, assertion)));
        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        (await Body(await Fetch(client, assertion), HttpStatusCode.Unauthorized)).Text("error").ShouldBe("invalid_client");
    }

    [Fact]
    public async Task Whatever_is_wrong_with_a_statement_gets_one_and_the_same_answer()
    {
        var council = await councils.Sqlite;
        using var key = await Registered(council);
        using var other = RSA.Create(2048);
        using var client = await council.Client();
        var now = council.Clock.GetCurrentInstant().ToUnixTimeSeconds();
        JsonObject With(string claim, JsonNode? value)
        {
            var claims = Claims(council);
            if (value is null) claims.Remove(claim);
            else claims[claim] = value;
            return claims;
        }
        var good = Signed(key, Claims(council));
        string[] wrong =
        [
            "", "a.b.c", good[..^6], good + "x", Signed(other, Claims(council)), Signed(key, Claims(council), "none"), Signed(key, Claims(council), header: new() { ["alg"] = "HS256" }),
            Signed(key, Claims(council), header: new() { ["alg"] = "RS256", ["crit"] = new JsonArray("x") }),
            Signed(key, With("aud", "https://elsewhere.example/oauth/token")), Signed(key, With("aud", null)), Signed(key, With("iss", "mail-server")), Signed(key, Claims(council, "mail-server")), Signed(key, Claims(council, "nobody")),
            Signed(key, Claims(council, "fatima-al-sayed")), Signed(key, With("sub", null)), Signed(key, With("jti", null)), Signed(key, With("jti", new string('j', 201))), Signed(key, With("exp", null)), Signed(key, With("exp", now - 61)),
            Signed(key, With("exp", now + 3600)), Signed(key, With("nbf", now + 300)), Signed(key, With("iat", now + 300)), Signed(key, With("exp", "soon")),
        ];
        var told = new HashSet<string>();
        foreach (var assertion in wrong) told.Add((await Body(await Fetch(client, assertion), HttpStatusCode.Unauthorized)).ToJsonString());
        told.ShouldHaveSingleItem().ShouldContain("invalid_client");
        (await Body(await Fetch(client, Signed(key, Claims(council)), ("client_id", "mail-server")), HttpStatusCode.Unauthorized)).Text("error").ShouldBe("invalid_client");
        (await Body(await Fetch(client, Signed(key, Claims(council)), ("scope", "cases.read")), HttpStatusCode.BadRequest)).Text("error").ShouldBe("invalid_scope");
        (await Body(await client.PostAsync("/oauth/token", new FormUrlEncodedContent([new("grant_type", "password")])), HttpStatusCode.BadRequest)).Text("error").ShouldBe("unsupported_grant_type");
        await Body(await Fetch(client, Signed(key, With("aud", new JsonArray("x", council.House.Council.Authorities[0].PublicAddress)))), HttpStatusCode.OK);
        await Body(await Fetch(client, Signed(key, Claims(council), "PS256")), HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_key_that_was_ended_fetches_nothing_more()
    {
        var council = await councils.Sqlite;
        using var key = await Registered(council);
        using var client = await council.Client();
        await Body(await Fetch(client, Signed(key, Claims(council))), HttpStatusCode.OK);
        var id = PublicKey.Read(key.ExportSubjectPublicKeyInfoPem()).Key!.Thumbprint;
        await council.House.Database.Commit(async unit => { await ClientKeys.End(unit, (await ClientKeys.Find(unit, id))!, AuditBy.CommandLine, council.Clock.GetCurrentInstant()); return true; });
        await Body(await Fetch(client, Signed(key, Claims(council))), HttpStatusCode.Unauthorized);
    }

    [Fact]
    public void Keys_are_read_as_jwk_and_pem_and_private_ones_are_refused()
    {
        using var rsa = RSA.Create(2048);
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var ofRsa = PublicKey.Read(rsa.ExportSubjectPublicKeyInfoPem()).Key!;
        PublicKey.Read(ofRsa.Jwk).Key.ShouldBe(ofRsa);
        PublicKey.Read($$"""{"keys":[{{ofRsa.Jwk}}]}""").Key.ShouldBe(ofRsa);
        var ofEc = PublicKey.Read(ec.ExportSubjectPublicKeyInfoPem()).Key!;
        PublicKey.Read(ofEc.Jwk).Key.ShouldBe(ofEc);
        ofEc.Signed("ES256", [1, 2, 3], ec.SignData([1, 2, 3], HashAlgorithmName.SHA256)).ShouldBeTrue();
        ofEc.Signed("RS256", [1, 2, 3], ec.SignData([1, 2, 3], HashAlgorithmName.SHA256)).ShouldBeFalse();
        PublicKey.Read(rsa.ExportPkcs8PrivateKeyPem()).Why!.ToString().ShouldContain("private key");
        PublicKey.Read(ofRsa.Jwk.Replace("{", "{\"d\":\"AQAB\",", StringComparison.Ordinal)).Why!.ToString().ShouldContain("private key");
        using var small = RSA.Create(1024);
        foreach (var wrong in (string[])["", "x", "{}", "{\"kty\":\"oct\"}", "[]", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", small.ExportSubjectPublicKeyInfoPem(), "{\"kty\":7}"])
            PublicKey.Read(wrong).Why.ShouldNotBeNull(wrong);
        // The example of RFC 7638, 3.1.
        PublicKey.Read("""{"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29"}""")
            .Key!.Thumbprint.ShouldBe("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    }

    [Fact]
    public async Task What_a_program_must_know_of_us_stands_in_the_metadata()
    {
        using var client = await (await councils.Sqlite).Client();
        var metadata = await client.GetAsync("/.well-known/oauth-authorization-server").Json();
        metadata.Text("token_endpoint").ShouldBe(metadata.Text("issuer") + "/oauth/token");
        metadata["token_endpoint_auth_methods_supported"]!.AsArray().Select(m => m!.GetValue<string>()).ShouldBe(["private_key_jwt"]);
    }
}
