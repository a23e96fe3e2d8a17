using Moothall.Adapters.Smtp;
using Moothall.Definitions;
using Moothall.Notifications;
using Moothall.StandIns;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Notifications;

/// <summary>Mail over TLS, with real handshakes on loopback: a message goes over a safe connection or waits, and the desk says why.</summary>
public sealed class EncryptedMailTests : IAsyncLifetime
{
    readonly MailCertificates certificates = new(SystemClock.Instance);
    MailHouse house = null!;

    public async ValueTask InitializeAsync()
    {
        house = await MailHouse.Open(Dialect.Sqlite);
        house.Server.Certificate = certificates.For("localhost");
    }

    public async ValueTask DisposeAsync()
    {
        await house.DisposeAsync();
        house.Server.Certificate?.Dispose();
        certificates.Dispose();
    }

    SmtpSettings Settings(SmtpTls tls) => new()
    {
        Host = "localhost", Port = house.Server.Port, Tls = tls, From = "no-reply@council.example", TrustedOnly = [certificates.Authority],
        Patience = TimeSpan.FromSeconds(20), PatienceAfterData = TimeSpan.FromSeconds(20),
    };

    // What the desk shows while it is so; then all is well again and the message is sent, once.
    async Task<string> WaitsThenArrivesOnce(SmtpSettings settings, string trouble = Trouble.RefusedUs, Action? mend = null, SmtpSettings? mended = null)
    {
        await house.Queue("one", "ann@mail.example");
        await using var outbox = new Outbox(house.House.House, new SmtpMailer(settings, house.Clock));
        await outbox.Round();
        var (state, found, why, attempts) = await house.Row("one");
        (state, found, attempts).ShouldBe(("waiting", trouble, 0));
        var said = outbox.Trouble.ShouldNotBeNull();
        why.ShouldBe(said.ToString());
        // Not one English word of ours is left in it for who reads Welsh.
        said.In(Phrases.In("cy")).ShouldNotContain("mail server");
        house.Server.Taken.ShouldBeEmpty();

        (house.Server.Manners, house.Server.Encryption) = (MailManners.Well, settings.Tls == SmtpTls.Implicit ? MailEncryption.FromTheStart : MailEncryption.Asked);
        mend?.Invoke();
        house.Clock.Now += Duration.FromMinutes(2);
        await using var later = new Outbox(house.House.House, new SmtpMailer(mended ?? settings, house.Clock));
        while (await later.Round() > 0) { }
        house.Server.Taken.ShouldHaveSingleItem();
        (await house.Row("one")).State.ShouldBe("sent");
        return why.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(SmtpTls.Required, MailEncryption.Asked, "PLAIN LOGIN", "PLAIN")]
    [InlineData(SmtpTls.IfOffered, MailEncryption.Asked, "LOGIN", "LOGIN")]
    [InlineData(SmtpTls.Implicit, MailEncryption.FromTheStart, "PLAIN", "PLAIN")]
    [InlineData(SmtpTls.Implicit, MailEncryption.FromTheStart, "LOGIN", "LOGIN")]
    public async Task A_message_and_the_password_go_over_an_encrypted_connection(SmtpTls tls, MailEncryption encryption, string offered, string used)
    {
        (house.Server.Wants, house.Server.Ways, house.Server.Encryption) = ("council:open sesame", offered, encryption);
        var mailer = new SmtpMailer(Settings(tls) with { User = "council", Password = "open sesame" }, house.Clock);
        (await mailer.Check(default)).ShouldBeNull();
        await using var outbox = new Outbox(house.House.House, mailer);
        await house.Queue("one", "ann@mail.example");
        while (await outbox.Round() > 0) { }
        house.Server.Taken.ShouldHaveSingleItem().Plain.ShouldBe("Good day.\n");
        house.Server.PasswordsHeard.ShouldBe([(used, true), (used, true)]);
        (await new SmtpMailer(Settings(tls) with { User = "council", Password = "wrong" }, house.Clock).Check(default)).ShouldNotBeNull().ToString().ShouldBe("The mail server does not know us (535). Check smtp-user and smtp-password.");
    }

    [Fact]
    public async Task A_certificate_of_an_authority_that_nobody_named_is_not_trusted() =>
        (await WaitsThenArrivesOnce(Settings(SmtpTls.Required) with { TrustedOnly = null }, mended: Settings(SmtpTls.Required)))
            .ShouldBe("The certificate of the mail server localhost is not from an authority that we trust. If it is your own, name its file in smtp-ca. Nothing was sent.");

    [Fact]
    public async Task A_certificate_for_another_name_is_not_taken()
    {
        house.Server.Certificate = certificates.For("mail.other.example");
        (await WaitsThenArrivesOnce(Settings(SmtpTls.Required), mend: () => house.Server.Certificate = certificates.For("localhost")))
            .ShouldBe("The certificate of the mail server is not for localhost but for mail.other.example. Set smtp-host to the name in the certificate. Nothing was sent.");
    }

    [Theory]
    [InlineData(SmtpTls.Required)]
    [InlineData(SmtpTls.Implicit)]
    public async Task A_certificate_that_is_over_is_not_taken(SmtpTls tls)
    {
        house.Server.Certificate = certificates.For("localhost", days: -1);
        if (tls == SmtpTls.Implicit) house.Server.Encryption = MailEncryption.FromTheStart;
        (await WaitsThenArrivesOnce(Settings(tls), mend: () => house.Server.Certificate = certificates.For("localhost")))
            .ShouldMatch(@"^The certificate of the mail server localhost is not valid now: it is for \d+ \w+ \d{4} to \d+ \w+ \d{4}\. Ask whoever looks after the mail server to renew it\.$");
    }

    [Fact]
    public async Task A_server_whose_offer_to_encrypt_is_taken_out_gets_nothing()
    {
        (house.Server.Encryption, house.Server.Wants) = (MailEncryption.Stripped, "council:open sesame");
        var known = Settings(SmtpTls.Required) with { User = "council", Password = "open sesame" };
        (await WaitsThenArrivesOnce(known)).ShouldBe("The mail server localhost does not offer to encrypt the connection (STARTTLS). Set smtp-tls to none only where it is on this machine.");

        house.Server.Encryption = MailEncryption.Stripped;
        (await new SmtpMailer(known with { Tls = SmtpTls.IfOffered }, house.Clock).Check(default)).ShouldNotBeNull().ToString().ShouldBe("The mail server localhost does not offer to encrypt the connection, so the password was not sent.");
        house.Server.PasswordsHeard.ShouldBe([("PLAIN", true)]);
    }

    [Fact]
    public async Task A_password_never_leaves_this_machine_unencrypted()
    {
        house.Server.Wants = "council:open sesame";
        var known = Settings(SmtpTls.None) with { User = "council", Password = "open sesame" };
        (await new SmtpMailer(known, house.Clock).Check(default)).ShouldBeNull();
        (await new SmtpMailer(known with { Host = "mail.council.example" }, house.Clock).Check(default)).ShouldNotBeNull().ToString()
            .ShouldBe("smtp-tls is none and the mail server mail.council.example is not on this machine, so the password was not sent. Set smtp-tls to required.");
        house.Server.PasswordsHeard.ShouldBe([("PLAIN", false)]);
    }

    [Fact]
    public async Task What_is_said_before_the_encryption_does_not_count_under_it()
    {
        house.Server.Manners = MailManners.SpeaksAheadOfEncryption;
        (await WaitsThenArrivesOnce(Settings(SmtpTls.Required)))
            .ShouldBe("The mail server localhost said more than it was asked before the connection was encrypted, so nothing was sent. Somebody may be changing what it says.");
    }

    [Theory]
    [InlineData(SmtpTls.Required, MailEncryption.Asked)]
    [InlineData(SmtpTls.Implicit, MailEncryption.FromTheStart)]
    public async Task A_server_that_hangs_up_in_place_of_its_certificate_gets_the_message_later(SmtpTls tls, MailEncryption encryption)
    {
        (house.Server.Manners, house.Server.Encryption) = (MailManners.HangsUpBeforeEncrypting, encryption);
        (await WaitsThenArrivesOnce(Settings(tls))).ShouldBe("The mail server localhost hung up while the connection was being encrypted. Nothing was sent.");
    }

    [Fact]
    public async Task A_server_that_closes_down_under_encryption_gets_the_message_later()
    {
        house.Server.Manners = MailManners.ClosesUnderEncryption;
        (await WaitsThenArrivesOnce(Settings(SmtpTls.Required), Trouble.Busy)).ShouldBe("The mail server asks to come back later: 421 4.3.2 Closing down, come back later");
    }

    [Fact]
    public async Task A_server_that_does_not_encrypt_from_the_start_is_not_taken_for_one_that_does() =>
        (await WaitsThenArrivesOnce(Settings(SmtpTls.Implicit), mend: () => house.Server.Encryption = MailEncryption.FromTheStart))
            .ShouldBe($"The mail server localhost does not speak TLS on port {house.Server.Port}. Set smtp-tls to required for port 587 and to implicit for port 465.");

    [Theory]
    [InlineData(SmtpTls.Required, MailEncryption.Asked, MailManners.Slow)]
    [InlineData(SmtpTls.Implicit, MailEncryption.FromTheStart, MailManners.Slow)]
    [InlineData(SmtpTls.Required, MailEncryption.FromTheStart, MailManners.Well)]
    public async Task A_server_that_says_nothing_gets_the_message_later(SmtpTls tls, MailEncryption encryption, MailManners manners)
    {
        (house.Server.Manners, house.Server.Encryption) = (manners, encryption);
        (await WaitsThenArrivesOnce(Settings(tls) with { Patience = TimeSpan.FromMilliseconds(200) }, Trouble.Slow, mended: Settings(tls)))
            .ShouldStartWith("The mail server localhost did not answer within");
    }

    [Fact]
    public async Task An_answer_of_a_thousand_lines_is_heard_to_its_end_and_nothing_is_sent_twice()
    {
        house.Server.Manners = MailManners.Talkative;
        await using var outbox = new Outbox(house.House.House, new SmtpMailer(Settings(SmtpTls.Required), house.Clock));
        await house.Queue("one", "ann@mail.example");
        while (await outbox.Round() > 0) { }
        house.Clock.Now += Duration.FromHours(5);
        while (await outbox.Round() > 0) { }
        house.Server.Taken.ShouldHaveSingleItem();
        (await house.Row("one")).State.ShouldBe("sent");
    }

    [Fact]
    public async Task Refusals_are_told_apart_under_encryption_as_without()
    {
        await using var outbox = new Outbox(house.House.House, new SmtpMailer(Settings(SmtpTls.Required), house.Clock));
        foreach (var name in new[] { "ann", "later", "nobody" }) await house.Queue(name, $"{name}@mail.example");
        while (await outbox.Round() > 0) { }
        (await house.Row("ann")).State.ShouldBe("sent");
        (await house.Row("later")).ShouldBe(("waiting", Trouble.Busy, "The mail server asks to come back later: 451 4.7.1 Try again in a few minutes", 1));
        (await house.Row("nobody")).ShouldBe(("stuck", Trouble.RefusedAddress, "The mail server refused the address: 550 5.1.1 <the address> there is no such mailbox", 1));
    }
}
