using System.Net;
using System.Text.Json.Nodes;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.SignIn;

/// <summary>Sign-outs that somebody tells in the provider's name: only good ones end a session, and each but once.</summary>
public sealed class ForgedSignOutTests
{
    static JsonObject Claims(ProvidedCouncil with, string id) => new()
    {
        ["iss"] = with.Provider.Issuer, ["aud"] = ProvidedCouncil.Client, ["iat"] = Now, ["exp"] = Now + 120, ["jti"] = id, ["sub"] = "p-amara",
        ["events"] = new JsonObject { ["http://schemas.openid.net/event/backchannel-logout"] = new JsonObject() },
    };

    static long Now => SystemClock.Instance.GetCurrentInstant().ToUnixTimeSeconds();

    static async Task<HttpStatusCode> Tell(HttpClient provider, string? token)
    {
        using var answer = await provider.PostAsync("/sign-in/council/signed-out", new FormUrlEncodedContent(token is null ? [] : [KeyValuePair.Create("logout_token", token)]));
        (answer.Headers.CacheControl?.NoStore).ShouldBe(true);
        return answer.StatusCode;
    }

    [Theory, BothDatabases]
    public async Task Only_a_sign_out_of_the_provider_ends_sessions_and_each_counts_once(Dialect dialect)
    {
        await using var with = await ProvidedCouncil.Start(dialect);
        using var desk = await with.Council.Client();
        (await with.SignIn(desk, "p-amara")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        using var other = await with.Council.Client();
        (await with.SignIn(other, "p-tomasz")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        using var provider = await with.Council.Client();
        string Sign(Action<JsonObject> change, Microsoft.IdentityModel.Tokens.SigningCredentials? key = null, string? type = "logout+jwt")
        {
            var claims = Claims(with, Guid.NewGuid().ToString());
            change(claims);
            return with.Provider.Sign(claims, key, type);
        }
        var forged = new Dictionary<string, string?>
        {
            ["nothing"] = null, ["no token"] = "x.y.z", ["signed by somebody"] = Sign(_ => { }, RealProvider.NewKey("first")), ["another issuer"] = Sign(c => c["iss"] = "https://elsewhere.example"), ["another program"] = Sign(c => c["aud"] = "another"),
            ["a nonce"] = Sign(c => c["nonce"] = "x"), ["no event"] = Sign(c => c.Remove("events")), ["another event"] = Sign(c => c["events"] = new JsonObject { ["http://schemas.openid.net/event/other"] = new JsonObject() }),
            ["of nobody"] = Sign(c => c.Remove("sub")), ["no name"] = Sign(c => c.Remove("jti")), ["over"] = Sign(c => c["exp"] = Now - 120), ["of yesterday"] = Sign(c => c["iat"] = Now - 86400), ["another kind"] = Sign(_ => { }, type: "at+jwt"),
            ["unsigned"] = Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Encode("""{"alg":"none","typ":"logout+jwt"}""") + "." + Sign(_ => { }).Split('.')[1] + ".",
        };
        foreach (var (lie, token) in forged)
        {
            (await Tell(provider, token)).ShouldBe(HttpStatusCode.BadRequest, lie);
            (await desk.GetAsync("/desk/you")).StatusCode.ShouldBe(HttpStatusCode.OK, lie);
        }
        (await with.Database.Read(s => s.Number($"select count(*) from heard_sign_out"))).ShouldBe(0);
        var good = Sign(_ => { });
        (await Tell(provider, good)).ShouldBe(HttpStatusCode.OK);
        (await desk.GetAsync("/desk/you")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await other.GetAsync("/desk/you")).StatusCode.ShouldBe(HttpStatusCode.OK, "somebody else goes on");
        // Signed in again, they are not signed out by the same word.
        (await with.SignIn(desk, "p-amara")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await Tell(provider, good)).ShouldBe(HttpStatusCode.BadRequest);
        (await desk.GetAsync("/desk/you")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_provider_whose_keys_cannot_be_asked_for_is_to_tell_again()
    {
        await using var with = await ProvidedCouncil.Start(Dialect.Sqlite);
        using var provider = await with.Council.Client();
        with.Provider.IsDown = true;
        (await Tell(provider, with.Provider.Sign(Claims(with, "1"), type: "logout+jwt"))).ShouldBe(HttpStatusCode.ServiceUnavailable);
        with.Provider.IsDown = false;
        with.Council.Clock.Advance(Duration.FromSeconds(6));
        (await Tell(provider, with.Provider.Sign(Claims(with, "1"), type: "logout+jwt"))).ShouldBe(HttpStatusCode.OK);
    }
}
