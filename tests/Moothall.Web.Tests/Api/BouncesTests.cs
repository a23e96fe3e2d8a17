using System.Net;
using Moothall.Notifications;
using Moothall.StandIns;
using Moothall.Store;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Api;

public sealed class BouncesTests(Councils councils)
{
    // A mail of an authority that was sent, and the report of its coming back.
    static async Task<(string Key, string Report)> Sent(RunningCouncil council, string authority)
    {
        var key = $"bounce-{Guid.NewGuid():n}";
        await council.House.Database.Commit(unit => QueueMail.Queue(unit, council.House, new OutgoingMail { Key = key, Kind = "test", Authority = authority, To = $"{key}@mail.example", Subject = "Hello", Body = "Good day." }));
        await council.House.Database.Commit(unit => unit.Execute($"update message set state = 'sent', next_try = null where key = {key}"));
        var token = await council.House.Database.Read(s => s.First($"select token from message where key = {key}", row => row.Text(0)));
        return (key, MailServer.Report(new TakenMail(1, council.Clock.GetCurrentInstant(), $"bounces+{token}@council.example", $"{key}@mail.example", $"Message-ID: <moothall-{token}@council.example>\r\n\r\n")));
    }

    static Task<(string, string?)> State(RunningCouncil council, string key) =>
        council.House.Database.Read(s => s.First($"select state, trouble from message where key = {key}", row => (row.Text(0), row.TextOrNull(1))));

    [Theory, BothDatabases]
    public async Task A_mail_server_hands_in_what_came_back_and_twice_is_once(Dialect dialect)
    {
        var council = await councils.On(dialect);
        var (key, report) = await Sent(council, "wessex");
        using var server = await council.Client("mail-server");
        (await server.PostText("/api/v1/bounces", report, "message/rfc822").Json()).Text("outcome").ShouldBe("The message came back. Later messages to its address are not sent.");
        (await server.PostText("/api/v1/bounces", report, "multipart/report").Json()).Text("outcome").ShouldBe("The message was marked already. Nothing was changed.");
        (await State(council, key)).ShouldBe(("stuck", Trouble.Bounced));
    }

    [Fact]
    public async Task What_is_no_report_of_ours_changes_nothing()
    {
        var council = await councils.Sqlite;
        var (key, report) = await Sent(council, "mercia");
        using var nobody = await council.Client();
        await CleanAnswer.Problem(await nobody.PostText("/api/v1/bounces", report, "message/rfc822"), HttpStatusCode.Unauthorized);
        using var advisor = await council.Client("grace-adeyemi-clarke");
        await CleanAnswer.Problem(await advisor.PostText("/api/v1/bounces", report, "message/rfc822"), HttpStatusCode.Forbidden);

        using var server = await council.Client("mail-server");
        async Task<string> Refused(string text, HttpStatusCode status = HttpStatusCode.UnprocessableEntity) => (await CleanAnswer.Problem(await server.PostText("/api/v1/bounces", text, "message/rfc822"), status)).GetProperty("detail").GetString()!;
        (await Refused("")).ShouldContain("not a delivery report");
        (await Refused("Subject: Out of office\r\n\r\nI am away.\0")).ShouldContain("not a delivery report");
        (await Refused(report.Replace("moothall-", "", StringComparison.Ordinal).Replace("bounces+", "", StringComparison.Ordinal))).ShouldContain("does not name a message of ours");
        (await Refused(new string('x', TakeBounce.LongestReport + 1), HttpStatusCode.RequestEntityTooLarge)).ShouldContain("smaller than 1MB");
        (await State(council, key)).ShouldBe(("sent", null));
    }

    [Fact]
    public async Task A_report_without_a_length_that_never_ends_is_read_to_the_limit_only()
    {
        var council = await councils.Sqlite;
        using var server = await council.Client("mail-server");
        using var body = new StreamContent(new MemoryStream(new byte[TakeBounce.LongestReport + 100]));
        using var asked = new HttpRequestMessage(HttpMethod.Post, "/api/v1/bounces") { Content = body };
        asked.Headers.TransferEncodingChunked = true;
        await CleanAnswer.Problem(await server.SendAsync(asked), HttpStatusCode.RequestEntityTooLarge);
    }
}
