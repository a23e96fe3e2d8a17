using System.Net;
using System.Security.Cryptography;
using Moothall.Identity;
using Moothall.Store;
using Moothall.Web.Tests.Api;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Desk;

/// <summary>Administrators make, change over and end the tokens and keys of programs.</summary>
public sealed class TokenTests
{
    const string Address = "/desk/tokens", Administrator = "fatima-al-sayed";

    static (string, string)[] Typed(string scope = "history", string days = "30") => [("member", "history-import"), ("name", "The old system"), ("scopes", scope), ("days", days)];

    static async Task<HttpStatusCode> Bring(RunningCouncil council, string token)
    {
        using var program = await council.Client();
        program.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var history = Calls.GoodPothole();
        (history["channel"], history["receivedAt"]) = ("phone", "2026-01-06T12:00:00+00:00");
        return (await program.PostJson(Calls.Pothole, history)).StatusCode;
    }

    [Theory, BothDatabases]
    public async Task A_token_is_shown_once_changed_over_and_ended(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        using var administrator = await DeskBrowser.SignIn(council, Administrator);
        using var sent = await administrator.Send(await administrator.Open(Address), Address, Typed());
        sent.StatusCode.ShouldBe(HttpStatusCode.OK);
        sent.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var token = (await DeskBrowser.Parse(sent)).QuerySelector(".once__link code")!.TextContent;
        (await Bring(council, token)).ShouldBe(HttpStatusCode.Created);
        var page = await administrator.Open(Address);
        page.Body!.TextContent.ShouldContain("The old system");
        page.Body.TextContent.ShouldNotContain(token);

        // Changed over: both work for a week, then only the new one.
        var rotate = page.QuerySelector("form[action$='/rotate']")!.GetAttribute("action")!;
        using var again = await administrator.Send(page, rotate);
        var second = (await DeskBrowser.Parse(again)).QuerySelector(".once__link code")!.TextContent;
        second.ShouldNotBe(token);
        (await Bring(council, token)).ShouldBe(HttpStatusCode.Created);
        council.Clock.Advance(Duration.FromDays(7));
        (await Bring(council, token)).ShouldBe(HttpStatusCode.Unauthorized);
        (await Bring(council, second)).ShouldBe(HttpStatusCode.Created);

        using var later = await DeskBrowser.SignIn(council, Administrator);
        var last = await later.Open(Address);
        using var ended = await later.Send(last, last.QuerySelector("form[action^='/desk/tokens/'][action$='/end']")!.GetAttribute("action")!);
        ended.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await Bring(council, second)).ShouldBe(HttpStatusCode.Unauthorized);
        (await council.House.Database.Read(s => s.Query($"select kind from audit_entry where about = 'staff/history-import' order by at", row => row.Text(0)))).ShouldBe(["token.made", "token.changed-over", "token.ended"]);
        (await later.Open(Address + "?done=yes")).Body!.TextContent.ShouldContain("No token counts at the moment");
    }

    [Fact]
    public async Task A_token_does_only_what_its_scopes_name()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        async Task<HttpStatusCode> Cases(string? scopes)
        {
            using var program = await council.Client();
            var made = await council.House.Database.Commit(unit => Tokens.Make(unit, new NewToken("amara-okafor", council.Clock.GetCurrentInstant()) { Scopes = scopes }));
            program.DefaultRequestHeaders.Authorization = new("Bearer", made.Token);
            using var answer = await program.GetAsync("/api/v1/desk/cases?limit=1");
            return answer.StatusCode;
        }
        (await Cases(null)).ShouldBe(HttpStatusCode.OK);
        (await Cases("cases.read")).ShouldBe(HttpStatusCode.OK);
        (await Cases("history mail")).ShouldBe(HttpStatusCode.Forbidden);
        (await Cases("")).ShouldBe(HttpStatusCode.Forbidden);
        (await Cases("a-scope-of-later")).ShouldBe(HttpStatusCode.Forbidden, "what is not known gives nothing");
    }

    [Fact]
    public async Task What_is_wrong_is_said_beside_what_was_typed()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        using var administrator = await DeskBrowser.SignIn(council, Administrator);
        using var sent = await administrator.Send(await administrator.Open(Address), Address, ("member", ""), ("name", ""), ("days", "0"));
        sent.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await DeskBrowser.Parse(sent)).QuerySelectorAll(".govuk-error-summary a").Select(a => a.GetAttribute("href")).ShouldBe(["#member", "#name", "#scopes", "#days"]);
        using var beyond = await administrator.Send(await administrator.Open(Address), Address, Typed("cases.read"));
        (await DeskBrowser.Parse(beyond)).QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("History import has no role for");
        using var staff = await administrator.Send(await administrator.Open(Address), Address, [("member", "amara-okafor"), .. Typed()[1..]]);
        staff.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await council.House.Database.Read(s => s.Number($"select count(*) from token where name = 'The old system'"))).ShouldBe(0);
        using var worker = await DeskBrowser.SignIn(council, "amara-okafor");
        await worker.Open(Address, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_key_is_registered_and_ended_and_a_private_one_is_not_sent_back()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        using var administrator = await DeskBrowser.SignIn(council, Administrator);
        using var rsa = RSA.Create(2048);
        using var secret = await administrator.Send(await administrator.Open(Address), Address + "/keys", ("key-member", "history-import"), ("key", rsa.ExportPkcs8PrivateKeyPem()));
        secret.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await secret.Content.ReadAsStringAsync()).ShouldNotContain("BEGIN PRIVATE KEY");
        using var added = await administrator.Send(await administrator.Open(Address), Address + "/keys", ("key-member", "history-import"), ("key", rsa.ExportSubjectPublicKeyInfoPem()));
        added.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var page = await administrator.Open(Address);
        page.QuerySelector(".token__id")!.TextContent.ShouldBe(PublicKey.Read(rsa.ExportSubjectPublicKeyInfoPem()).Key!.Thumbprint);
        using var ended = await administrator.Send(page, page.QuerySelector("form[action^='/desk/tokens/keys/']")!.GetAttribute("action")!);
        (await administrator.Open(Address)).QuerySelector(".token__id").ShouldBeNull();
    }
}
