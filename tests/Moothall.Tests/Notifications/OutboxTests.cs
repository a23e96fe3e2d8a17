using Moothall.Adapters.Smtp;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Notifications;
using Moothall.StandIns;
using Moothall.Store;
using Moothall.Tests.Council;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Notifications;

public class OutboxTests
{
    static readonly Caller Administrator = Caller(Role.Administrator);

    static Caller Caller(Role role) => ExampleCouncil.Files.Members.Values.Where(m => m.Roles.Contains(role) && m.Authorities.Contains("wessex")).Select(m => Tokens.CallerFor(ExampleCouncil.Files, m.Id)).First();

    [Theory, BothDatabases]
    public async Task The_same_key_is_sent_once(Dialect dialect)
    {
        await using var house = await MailHouse.Open(dialect);
        (await house.Queue("one", "ann@mail.example")).ShouldBeTrue();
        (await house.Queue("one", "ann@mail.example")).ShouldBeFalse();
        await house.Send();
        (await house.Queue("one", "ann@mail.example")).ShouldBeFalse();
        await house.Send();
        var mail = house.Server.Taken.ShouldHaveSingleItem();
        mail.From.ShouldMatch(@"^bounces\+[a-z0-9]{26}@council\.example$");
        mail.MessageId.ShouldMatch(@"^<moothall-[a-z0-9]{26}@council\.example>$");
        mail.Header("Auto-Submitted").ShouldBe("auto-generated");
        mail.Header("From").ShouldBe("Wessex Council <no-reply@council.example>");
        mail.Header("Reply-To").ShouldBe("<help@wessex.example>");
        mail.Plain.ShouldBe("Good day.\n");
        mail.Html.ShouldContain("<p>Good day.</p>");
    }

    [Theory, BothDatabases]
    public async Task While_the_server_is_down_everything_waits_and_nothing_is_lost(Dialect dialect)
    {
        await using var house = await MailHouse.Open(dialect);
        await house.Server.GoDown();
        for (var i = 0; i < 30; i++) await house.Queue($"m{i}", $"ann{i}@mail.example");
        await house.Send();
        house.Outbox.Trouble.ShouldNotBeNull().ToString().ShouldContain("cannot be reached");
        (await house.Database.Read(s => s.Number($"select count(*) from message where state = 'waiting' and attempts = 0"))).ShouldBe(30);
        (await house.Mailer.Check(default)).ShouldNotBeNull().ToString().ShouldContain("cannot be reached");

        house.Server.Start();
        await house.Send();
        house.Server.Taken.ShouldBeEmpty();
        house.Clock.Now += Duration.FromMinutes(2);
        await house.Send();
        house.Server.Taken.Count.ShouldBe(30);
        house.Outbox.Trouble.ShouldBeNull();
        (await house.Mailer.Check(default)).ShouldBeNull();
    }

    [Theory, BothDatabases]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Reliability", "CA2000", Justification = "Disposed with the test.")]
    public async Task A_server_that_does_not_answer_is_given_up_and_tried_later(Dialect dialect)
    {
        await using var house = await MailHouse.Open(dialect);
        house.Server.Manners = MailManners.Slow;
        var hasty = new SmtpMailer(new SmtpSettings { Host = "127.0.0.1", Port = house.Server.Port, Tls = SmtpTls.None, From = "no-reply@council.example", Patience = TimeSpan.FromMilliseconds(200) }, house.Clock);
        await using var outbox = new Outbox(house.House.House, hasty);
        await house.Queue("one", "ann@mail.example");
        await outbox.Round();
        (await house.Row("one")).ShouldSatisfyAllConditions(r => r.State.ShouldBe("waiting"), r => r.Trouble.ShouldBe(Trouble.Slow), r => r.Attempts.ShouldBe(0));
        house.Server.Manners = MailManners.Well;
        house.Clock.Now += Duration.FromMinutes(2);
        await house.Send();
        house.Server.Taken.ShouldHaveSingleItem();
    }

    [Theory, BothDatabases]
    public async Task A_refusal_for_now_is_tried_again_ever_more_slowly_and_then_a_person_looks(Dialect dialect)
    {
        await using var house = await MailHouse.Open(dialect);
        await house.Queue("one", "later@mail.example");
        await house.Queue("two", "ann@mail.example");
        await house.Send();
        house.Server.Taken.ShouldHaveSingleItem().To.ShouldBe("ann@mail.example");
        (await house.Row("one")).ShouldSatisfyAllConditions(r => r.State.ShouldBe("waiting"), r => r.Trouble.ShouldBe(Trouble.Busy), r => r.Attempts.ShouldBe(1));
        for (var i = 0; i < 400 && (await house.Row("one")).State == "waiting"; i++)
        {
            house.Clock.Now += Duration.FromHours(1);
            await house.Send();
        }
        (await house.Row("one")).ShouldSatisfyAllConditions(r => r.State.ShouldBe("stuck"), r => r.Attempts.ShouldBe(18));
    }

    [Theory, BothDatabases]
    public async Task An_address_that_does_not_exist_gets_no_more(Dialect dialect)
    {
        await using var house = await MailHouse.Open(dialect);
        await house.Queue("one", "nobody@mail.example");
        await house.Send();
        var row = await house.Row("one");
        row.State.ShouldBe("stuck");
        row.Trouble.ShouldBe(Trouble.RefusedAddress);
        row.Why.ShouldBe("The mail server refused the address: 550 5.1.1 <the address> there is no such mailbox");
        await house.Queue("two", "Nobody@mail.example");
        (await house.Row("two")).ShouldSatisfyAllConditions(r => r.State.ShouldBe("not-sent"), r => r.Trouble.ShouldBe(Trouble.DeadAddress));
    }

    [Theory, BothDatabases]
    public async Task A_server_that_does_not_relay_says_nothing_about_the_address(Dialect dialect)
    {
        await using var house = await MailHouse.Open(dialect);
        house.Server.Manners = MailManners.RefusesToRelay;
        await house.Queue("one", "ann@mail.example");
        await house.Send();
        (await house.Row("one")).Trouble.ShouldBe(Trouble.RefusedMessage);
        (await house.House.Count("dead_address")).ShouldBe(0);
        house.Server.Manners = MailManners.RefusesMessages;
        await house.Queue("two", "ann@mail.example");
        await house.Send();
        (await house.Row("two")).ShouldSatisfyAllConditions(r => r.State.ShouldBe("stuck"), r => r.Why.ShouldBe("The mail server refused the message: 554 5.6.0 We do not take this message"));
    }

    [Theory, BothDatabases]
    public async Task Whoever_sends_again_sends_nothing_twice(Dialect dialect)
    {
        await using var house = await MailHouse.Open(dialect);
        await house.Queue("sent", "ann@mail.example");
        await house.Queue("gone", "nobody@mail.example");
        await house.Send();
        house.Server.Manners = MailManners.RefusesMessages;
        await house.Queue("odd", "ben@mail.example");
        await house.Send();
        house.Server.Manners = MailManners.Well;
        var groups = await house.Database.Read(s => MessageQueries.Groups(s, MessageQueries.AuthoritiesOf(Administrator)));
        groups.Select(g => (g.Trouble, g.Count)).ShouldBe([(Trouble.RefusedAddress, 1), (Trouble.RefusedMessage, 1)]);

        foreach (var trouble in new[] { Trouble.RefusedMessage, Trouble.RefusedAddress })
            (await house.Database.Commit(unit => RetryMessages.RetryAll(unit, Administrator, trouble, house.Clock.Now))).Value.ShouldBe(1);
        (await house.Database.Commit(unit => RetryMessages.RetryAll(unit, Administrator, Trouble.RefusedMessage, house.Clock.Now))).Value.ShouldBe(0);
        await house.Send();
        house.Server.Taken.Select(m => m.To).Order().ShouldBe(["ann@mail.example", "ben@mail.example"]);

        var still = (await house.Database.Read(s => MessageQueries.Stuck(s, MessageQueries.AuthoritiesOf(Administrator), Trouble.RefusedAddress))).ShouldHaveSingleItem();
        (await house.Database.Commit(unit => RetryMessages.PutAside(unit, Administrator, still.Number, house.Clock.Now))).Value.ShouldBe(1);
        (await house.Row("gone")).State.ShouldBe("not-sent");
        (await house.Database.Read(s => MessageQueries.Groups(s, MessageQueries.AuthoritiesOf(Administrator)))).ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task A_worker_sends_nobody_s_messages_again(Dialect dialect)
    {
        await using var house = await MailHouse.Open(dialect);
        await house.Queue("gone", "nobody@mail.example");
        await house.Send();
        (await house.Database.Commit(unit => RetryMessages.RetryAll(unit, Caller(Role.Worker), Trouble.RefusedAddress, house.Clock.Now))).Refusal!.Kind.ShouldBe(RefusalKind.NotAllowed);
        var elsewhere = Administrator with { Authorities = new HashSet<string> { "mercia" } };
        (await house.Database.Commit(unit => RetryMessages.RetryAll(unit, elsewhere, Trouble.RefusedAddress, house.Clock.Now))).Value.ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task A_node_that_dies_between_sending_and_writing_it_down_sends_the_same_message_again(Dialect dialect)
    {
        await using var house = await MailHouse.Open(dialect);
        await house.Queue("one", "ann@mail.example");
        await house.Send();
        await house.Database.Commit(unit => unit.Execute($"update message set state = 'doing', attempts = 1, next_try = {house.Clock.Now + Duration.FromMinutes(10)} where key = 'one'"));
        await house.Database.Commit(unit => unit.Execute($"delete from event where type = 'message.sent'"));
        await house.Send();
        house.Server.Taken.Count.ShouldBe(1);
        house.Clock.Now += Duration.FromMinutes(11);
        await house.Send();
        house.Server.Taken.Count.ShouldBe(2);
        house.Server.Taken.Select(m => m.MessageId).Distinct().Count().ShouldBe(1);
        (await house.Row("one")).State.ShouldBe("sent");
    }

    [Theory, BothDatabases]
    public async Task What_a_node_had_begun_to_send_is_free_as_soon_as_that_node_is_dead(Dialect dialect)
    {
        await using var house = await MailHouse.Open(dialect);
        await Nodes.Enter(house.Database, new Node("dying", "run-of-dying", "0.1.0", "schema", "files", default, default, true));
        await Nodes.Enter(house.Database, new Node("living", "run-of-living", "0.1.0", "schema", "files", default, default, true));
        await house.Queue("one", "ann@mail.example");
        await house.Queue("two", "bob@mail.example");
        await house.Queue("aside", "cat@mail.example");
        foreach (var (key, run, state) in new[] { ("one", "run-of-dying", "doing"), ("two", "run-of-living", "doing"), ("aside", "run-of-dying", "not-sent") })
            await house.Database.Commit(unit => unit.Execute($"update message set state = {state}, attempts = 1, next_try = {(state == "doing" ? house.Clock.Now + Duration.FromMinutes(10) : (Instant?)null)}, claimed_by = {run} where key = {key}"));
        house.Outbox.NodeRun = "run-of-this";
        await Nodes.Enter(house.Database, new Node("this", "run-of-this", "0.1.0", "schema", "files", default, default, true));
        await house.Send();
        house.Server.Taken.ShouldBeEmpty();

        await house.Database.Commit(async unit => { var gone = await unit.Now() - Nodes.Lease; await unit.Execute($"update node set seen = {gone} where name = 'dying'"); });
        await house.Send();
        house.Server.Taken.ShouldHaveSingleItem().To.ShouldBe("ann@mail.example");
        (await house.Row("one")).ShouldSatisfyAllConditions(r => r.State.ShouldBe("sent"), r => r.Attempts.ShouldBe(2));
        (await house.Row("two")).State.ShouldBe("doing");
        (await house.Row("aside")).State.ShouldBe("not-sent");
        (await house.Database.Read(s => s.Number($"select count(*) from message where claimed_by = 'run-of-this'"))).ShouldBe(0);

        // What it began itself and could not write down, because the database was away at that moment.
        await house.Database.Commit(unit => unit.Execute($"update message set claimed_by = 'run-of-this' where key = 'two'"));
        await house.Send();
        (await house.Row("two")).State.ShouldBe("sent");
    }

    [Theory, BothDatabases]
    public async Task A_server_that_hangs_up_before_it_says_yes_gets_the_same_message_again(Dialect dialect)
    {
        await using var house = await MailHouse.Open(dialect);
        house.Server.Manners = MailManners.HangsUpAfterTaking;
        await house.Queue("one", "ann@mail.example");
        await house.Send();
        (await house.Row("one")).State.ShouldBe("waiting");
        house.Server.Manners = MailManners.Well;
        house.Clock.Now += Duration.FromMinutes(2);
        await house.Send();
        house.Server.Taken.Select(m => m.MessageId).Distinct().ShouldHaveSingleItem();
        (await house.Row("one")).State.ShouldBe("sent");
    }

    [Theory, BothDatabases]
    public async Task At_night_only_what_somebody_waits_for_is_sent(Dialect dialect)
    {
        await using var house = await MailHouse.Open(dialect);
        house.Clock.Now = Instant.FromUtc(2026, 3, 2, 22, 0);
        await house.Queue("news", "ann@mail.example");
        await house.Queue("link", "ben@mail.example", m => m with { AtOnce = true });
        await house.Send();
        house.Server.Taken.ShouldHaveSingleItem().To.ShouldBe("ben@mail.example");
        house.Clock.Now = Instant.FromUtc(2026, 3, 3, 7, 59);
        await house.Send();
        house.Server.Taken.Count.ShouldBe(1);
        house.Clock.Now = Instant.FromUtc(2026, 3, 3, 8, 0);
        await house.Send();
        house.Server.Taken.Count.ShouldBe(2);
    }

    [Theory, BothDatabases]
    public async Task Without_a_mail_server_messages_wait_and_say_so(Dialect dialect)
    {
        await using var house = await MailHouse.Open(dialect);
        await using var outbox = new Outbox(house.House.House, null);
        await house.Queue("one", "ann@mail.example");
        (await outbox.Round()).ShouldBe(0);
        outbox.Trouble.ShouldNotBeNull().ToString().ShouldContain("smtp-host");
        (await house.Row("one")).State.ShouldBe("waiting");
        (await house.Database.Read(s => MessageQueries.Due(s, house.Clock.Now))).ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task A_mail_that_comes_back_is_marked_and_its_address_gets_no_more(Dialect dialect)
    {
        await using var house = await MailHouse.Open(dialect);
        var reports = new List<string>();
        house.Server.Bounced = report => { reports.Add(report); return Task.CompletedTask; };
        await house.Queue("one", "gone@mail.example");
        await house.Send();
        (await house.Row("one")).State.ShouldBe("sent");
        var report = reports.ShouldHaveSingleItem();
        Task<Result<Message>> Take(string text) => house.Database.Commit(unit => TakeBounce.Take(unit, house.House.House, text));
        (await Take(report.Replace("Action: failed", "Action: delayed", StringComparison.Ordinal))).Value!.ToString().ShouldBe("The message is still on its way. Nothing was changed.");
        (await Take(report)).Value!.ToString().ShouldBe("The message came back. Later messages to its address are not sent.");
        (await Take(report)).Value!.ToString().ShouldBe("The message was marked already. Nothing was changed.");
        (await house.Row("one")).ShouldSatisfyAllConditions(r => r.State.ShouldBe("stuck"), r => r.Trouble.ShouldBe(Trouble.Bounced), r => r.Why.ShouldBe("5.1.1 550 5.1.1 There is no such mailbox"));
        await house.Queue("two", "gone@mail.example");
        (await house.Row("two")).Trouble.ShouldBe(Trouble.DeadAddress);
    }

    [Theory, BothDatabases]
    public async Task A_mail_that_came_back_before_its_sending_was_noted_is_nobodys_claim_any_more(Dialect dialect)
    {
        await using var house = await MailHouse.Open(dialect);
        await house.Queue("one", "ann@mail.example");
        await house.Send();
        var mail = house.Server.Taken.ShouldHaveSingleItem();
        await house.Database.Commit(unit => unit.Execute($"update message set state = 'doing', next_try = {house.Clock.Now + Duration.FromMinutes(10)}, claimed_by = 'run-of-this' where key = 'one'"));
        (await house.Database.Commit(unit => TakeBounce.Take(unit, house.House.House, MailServer.Report(mail)))).IsDone.ShouldBeTrue();
        (await house.Row("one")).State.ShouldBe("stuck");
        (await house.Database.Read(s => s.Number($"select count(*) from message where key = 'one' and claimed_by is null and next_try is null"))).ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task A_full_mailbox_and_a_forged_report_end_nobodys_messages(Dialect dialect)
    {
        await using var house = await MailHouse.Open(dialect);
        await house.Queue("one", "ann@mail.example");
        await house.Send();
        var mail = house.Server.Taken.ShouldHaveSingleItem();
        Task<Result<Message>> Take(string text) => house.Database.Commit(unit => TakeBounce.Take(unit, house.House.House, text));
        var forged = MailServer.Report(mail with { From = "bounces+aaaaaaaaaaaaaaaaaaaaaaaaaa@council.example", Raw = "Message-ID: <moothall-aaaaaaaaaaaaaaaaaaaaaaaaaa@council.example>\r\n\r\n" });
        (await Take(forged)).Refusal!.Why.ShouldContain("not here any more");
        (await Take("Out of office: I am away.")).Refusal!.Why.ShouldContain("not a delivery report");
        (await house.Row("one")).State.ShouldBe("sent");
        (await Take(MailServer.Report(mail, status: "5.2.2", said: "552 5.2.2 <ann@mail.example> mailbox is full"))).Value!.ToString().ShouldBe("The message came back. Later messages to its address are tried.");
        (await house.Row("one")).Why.ShouldBe("5.2.2 552 5.2.2 <the address> mailbox is full");
        (await house.House.Count("dead_address")).ShouldBe(0);
    }

    [Fact]
    public async Task A_password_is_asked_for_and_a_wrong_one_is_said()
    {
        await using var house = await MailHouse.Open(Dialect.Sqlite);
        house.Server.Wants = "council:open sesame";
        var settings = new SmtpSettings { Host = "127.0.0.1", Port = house.Server.Port, Tls = SmtpTls.None, From = "no-reply@council.example", User = "council", Password = "open sesame" };
        (await new SmtpMailer(settings, house.Clock).Check(default)).ShouldBeNull();
        (await new SmtpMailer(settings with { Password = "wrong" }, house.Clock).Check(default)).ShouldNotBeNull().ToString().ShouldBe("The mail server does not know us (535). Check smtp-user and smtp-password.");
        // A password is never sent in the clear by accident, and TLS that is wanted is not done without.
        (await new SmtpMailer(settings with { Tls = SmtpTls.IfOffered }, house.Clock).Check(default)).ShouldNotBeNull().ToString().ShouldContain("the password was not sent");
        (await new SmtpMailer(settings with { Tls = SmtpTls.Required }, house.Clock).Check(default)).ShouldNotBeNull().ToString().ShouldContain("does not offer to encrypt");
    }

    [Theory]
    [InlineData("ann@mail.example\r\nRCPT TO:<eve@evil.example>")]
    [InlineData("ann@mail.example> SIZE=1")]
    [InlineData("ann")]
    [InlineData("ann@@mail.example")]
    public async Task What_is_no_address_reaches_no_mail_server(string address)
    {
        await using var house = await MailHouse.Open(Dialect.Sqlite);
        await house.Queue("one", address);
        await house.Send();
        house.Server.Taken.ShouldBeEmpty();
        (await house.Row("one")).Why.ShouldBe("It is not written like an e-mail address.");
    }

    [Fact]
    public async Task A_file_goes_with_a_message()
    {
        await using var house = await MailHouse.Open(Dialect.Sqlite);
        await house.Queue("one", "ann@mail.example", m => m with { Subject = "Ŵythnos newydd: ((title))", Fields = new Dictionary<string, string?> { ["title"] = new('ŵ', 90) }, Attachment = new MailAttachment("cases £.csv", "text/csv", [.. "a,b\r\n"u8]) });
        await house.Send();
        var mail = house.Server.Taken.ShouldHaveSingleItem();
        mail.Subject.ShouldBe("Ŵythnos newydd: " + new string('ŵ', 90));
        mail.Raw.Split("\r\n").ShouldAllBe(line => line.Length < 200);
        mail.Raw.ShouldContain("filename*=UTF-8''cases%20%C2%A3.csv");
        mail.Raw.ShouldContain(Convert.ToBase64String("a,b\r\n"u8));
    }
}
