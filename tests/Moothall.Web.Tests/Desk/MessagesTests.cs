using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Moothall.Host;
using Moothall.Notifications;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Desk;

public sealed class MessagesTests
{
    static readonly Pace Quick = new(new ReaderSettings { Undo = Duration.Zero, DuePoll = TimeSpan.FromMilliseconds(10) }, new OutboxSettings { Poll = TimeSpan.FromMilliseconds(10) });

    static async Task<string> Pothole(RunningCouncil council, string email)
    {
        using var resident = await council.Client();
        using var made = await resident.PostAsJsonAsync("/api/v1/services/report-a-pothole/cases", new
        {
            channel = "web",
            answers = new Dictionary<string, object?> { ["where"] = new { text = "Market Place, Wallingford" }, ["size"] = "small", ["you"] = new { name = "Ann Lee", email } },
        });
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reference").GetString()!;
    }

    // The outbox works by itself; a state is waited for, not a time.
    static async Task<CaseMessage> Until(RunningCouncil council, string reference, Func<CaseMessage, bool> wanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            if ((await council.House.Database.Read(s => MessageQueries.About(s, reference), limit.Token)).FirstOrDefault(wanted) is { } found) return found;
            await Task.Delay(10, limit.Token);
        }
    }

    [Theory, BothDatabases]
    public async Task What_did_not_arrive_stands_on_the_desk_and_is_sent_again_by_a_button(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect, pace: Quick);
        var (good, wrong, gone) = (await Pothole(council, "ann@mail.example"), await Pothole(council, "nobody@mail.example"), await Pothole(council, "gone@mail.example"));
        await Until(council, good, m => m.State == "sent");
        await Until(council, wrong, m => m.State == "stuck");
        await Until(council, gone, m => m.Trouble == Trouble.Bounced);

        using var worker = await DeskBrowser.SignIn(council, "amara-okafor");
        (await worker.Open($"/desk/cases/{good}")).Body!.TextContent.ShouldContain("Sent");
        var missed = (await worker.Open($"/desk/cases/{wrong}")).Body!.TextContent;
        missed.ShouldContain("The mail did not arrive. The mail server refused the address.");
        missed.ShouldNotContain("550 5.1.1 <nobody@");
        (await worker.Open($"/desk/cases/{gone}")).Body!.TextContent.ShouldContain("The mail did not arrive. The mail was sent and came back.");
        (await worker.Open("/desk/messages", HttpStatusCode.Forbidden)).Body!.TextContent.ShouldContain("Administrators and team leaders look after messages");

        using var administrator = await DeskBrowser.SignIn(council, "fatima-al-sayed");
        var page = await administrator.Open("/desk/messages");
        page.Body!.TextContent.ShouldContain("The mail server refused the address: 1");
        page.Body.TextContent.ShouldContain(wrong);
        page.Body.TextContent.ShouldNotContain(good);
        page.Body.TextContent.ShouldNotContain("@mail.example");
        page.QuerySelector("a[href='/stand-ins/mail']").ShouldNotBeNull();
        using var again = await administrator.Send(page, "/desk/messages/again");
        again.Headers.Location!.OriginalString.ShouldBe("/desk/messages?sent=1");
        (await administrator.Open("/desk/messages?sent=1")).Body!.TextContent.ShouldContain("1 message is being sent again.");
        await Until(council, wrong, m => m.State == "stuck");

        var list = await administrator.Open("/desk/messages");
        var number = list.QuerySelector("input[name=message]")!.GetAttribute("value")!;
        using var aside = await administrator.Post("/desk/messages/aside", [new("__RequestVerificationToken", list.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!), new("message", number)]);
        aside.Headers.Location!.OriginalString.ShouldBe("/desk/messages?aside=1");
        using var check = await administrator.Send(list, "/desk/messages/check");
        (await check.Content.ReadAsStringAsync()).ShouldContain("The mail server answers and knows us.");

        var mails = await administrator.Open("/stand-ins/mail");
        mails.Body!.TextContent.ShouldContain("ann@mail.example");
        mails.Body.TextContent.ShouldNotContain("It is night");
        council.Clock.Advance(NodaTime.Duration.FromHours(12));
        using var late = await DeskBrowser.SignIn(council, "fatima-al-sayed");
        (await late.Open("/stand-ins/mail")).Body!.TextContent.ShouldContain("mails about cases wait until");
        (await administrator.Open("/stand-ins/mail/1")).Body!.TextContent.ShouldContain("Your reference is");
    }

    [Fact]
    public async Task A_message_leads_to_the_choice_of_messages_and_can_be_stopped_with_one_click()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite, pace: Quick);
        var reference = await Pothole(council, "ann@mail.example");
        await Until(council, reference, m => m.State == "sent");
        var mail = council.Serving.Mail.StandIn!.Taken.ShouldHaveSingleItem();
        mail.Header("List-Unsubscribe-Post").ShouldBe("List-Unsubscribe=One-Click");
        var stop = new Uri(mail.Header("List-Unsubscribe")!.Trim('<', '>')).PathAndQuery;
        using var resident = await council.Client();
        using var entered = await resident.GetAsync(stop);
        entered.Headers.Location!.OriginalString.ShouldBe($"/track/{reference}/messages");
        (await resident.GetAsync(entered.Headers.Location)).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var program = await council.Client();
        using var stopped = await program.PostAsync(stop, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]));
        stopped.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await council.House.Database.Read(s => MessageChoice.Of(s, reference))).NoMail.ShouldBeTrue();
        using var guessed = await program.PostAsync($"/track/messages?reference={reference}&code=0000000000000000", null);
        guessed.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_mail_server_that_is_not_to_be_trusted_is_named_on_the_desk_and_messages_wait()
    {
        using var certificates = new StandIns.MailCertificates(NodaTime.SystemClock.Instance);
        using var certificate = certificates.For("localhost");
        await using var server = new StandIns.MailServer(NodaTime.SystemClock.Instance) { Certificate = certificate }.Start();
        await using var council = await RunningCouncil.Start(Dialect.Sqlite, pace: Quick, change: settings => settings with
        {
            Smtp = new() { Host = "localhost", Port = server.Port, Tls = Adapters.Smtp.SmtpTls.Required, From = "no-reply@council.example" },
        });
        const string why = "The certificate of the mail server localhost is not from an authority that we trust. If it is your own, name its file in smtp-ca. Nothing was sent.";
        var reference = await Pothole(council, "ann@mail.example");
        await Until(council, reference, m => m.Trouble == Trouble.RefusedUs);
        using var administrator = await DeskBrowser.SignIn(council, "fatima-al-sayed");
        var page = await administrator.Open("/desk/messages");
        page.Body!.TextContent.ShouldContain("The mail server does not take mail from us: 1");
        page.Body.TextContent.ShouldContain(why);
        using var check = await administrator.Send(page, "/desk/messages/check");
        (await check.Content.ReadAsStringAsync()).ShouldContain(why);
        server.Taken.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_mail_server_the_council_serves_and_says_that_messages_wait()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite, pace: Quick);
        await council.Serving.Mail.StandIn!.GoDown();
        var reference = await Pothole(council, "ann@mail.example");
        await Until(council, reference, m => m.Trouble == Trouble.Down);
        using var anybody = await council.Client();
        using var ready = await anybody.GetAsync("/health/ready");
        ready.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ready.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("warnings")[0].GetString().ShouldNotBeNull().ShouldContain("cannot be reached");
        using var administrator = await DeskBrowser.SignIn(council, "fatima-al-sayed");
        (await administrator.Open("/desk/messages")).Body!.TextContent.ShouldContain("The mail server cannot be reached: 1");
        council.Serving.Mail.StandIn.Start();
        council.Clock.Advance(Duration.FromMinutes(2));
        await Until(council, reference, m => m.State == "sent");
    }
}
