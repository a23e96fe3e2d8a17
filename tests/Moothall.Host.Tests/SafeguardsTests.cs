using Moothall.Adapters.ClamAv;
using Moothall.Adapters.Rabbit;
using Moothall.Adapters.Smtp;
using Shouldly;
using Xunit;

namespace Moothall.Host.Tests;

/// <summary>What of a council is not guarded is named, each with its mend; what is, and what stays on this machine, is not.</summary>
public sealed class SafeguardsTests
{
    static readonly Settings Guarded = new() { Scanner = ClamAddress.Read("unix:/run/clamav/clamd.ctl"), KeyRing = Web.KeyRing.Read(Convert.ToBase64String(new byte[32]))! };

    static string Missing(Settings settings) => string.Join('\n', Safeguards.Missing(settings).Select(m => m.ToString()));

    [Fact]
    public void A_council_that_is_guarded_hears_nothing() => Missing(Guarded).ShouldBe("");

    [Theory]
    [InlineData("Host=localhost;Database=m", ""), InlineData("Host=127.0.0.1,::1;Database=m", ""), InlineData("Host=/run/postgresql;Database=m", ""), InlineData("Host=db.example;Database=m;SSL Mode=VerifyFull", "")]
    [InlineData("Host=db.example;Database=m", "may be without encryption"), InlineData("Host=db.example;Database=m;SSL Mode=Disable", "may be without encryption"), InlineData("Host=db.example;SSL Mode=Require", "nobody proves who answers"), InlineData("Host=db.example;SSL Mode=VerifyCA", "does not prove that it is that very machine")]
    [InlineData("Host=localhost,db.example;Database=m", "may be without encryption")]
    public void The_way_to_the_store(string connection, string said)
    {
        var missing = Missing(Guarded with { Database = connection + ";Password=s3cret" });
        if (said.Length == 0) missing.ShouldBe("");
        else missing.ShouldContain(said);
        missing.ShouldNotContain("s3cret");
    }

    [Theory]
    [InlineData("amqp://u:s3cret@localhost:5672/", ""), InlineData("amqps://u:s3cret@queue.example/", ""), InlineData("amqp://u:s3cret@queue.example/", "RabbitMQ at queue.example is not encrypted")]
    public void The_way_to_the_queue(string address, string said) => Missing(Guarded with { Queue = RabbitAddress.Read(address) }).ShouldBe(said.Length == 0 ? "" : $"The connection to {said}, and anybody on the way reads events and the password. Write amqps:// in --queue.");

    [Theory]
    [InlineData("mail.example", SmtpTls.Required, false), InlineData("mail.example", SmtpTls.Implicit, false), InlineData("localhost", SmtpTls.None, false), InlineData("mail.example", SmtpTls.IfOffered, true), InlineData("mail.example", SmtpTls.None, true)]
    public void The_way_to_the_mail_server(string host, SmtpTls tls, bool said) => Missing(Guarded with { Smtp = new SmtpSettings { Host = host, Tls = tls, From = "a@b.example" } }).Contains("smtp-tls", StringComparison.Ordinal).ShouldBe(said);

    [Fact]
    public void The_scanner_the_collector_the_pages_and_what_is_not_set()
    {
        Missing(Guarded with { Scanner = ClamAddress.Read("tcp://scan.example") }).ShouldContain("Files go to ClamAV at scan.example without encryption");
        Missing(Guarded with { Telemetry = new Uri("http://collect.example:4318") }).ShouldContain("Traces and measures go to collect.example");
        Missing(Guarded with { Telemetry = new Uri("http://127.0.0.1:4318") }).ShouldBe("");
        Missing(Guarded with { Urls = "http://127.0.0.1:8080;http://0.0.0.0:80;https://0.0.0.0:443" }).ShouldBe("Pages are served at http://0.0.0.0:80 without encryption. Let the server that ends TLS run on this machine and listen on 127.0.0.1 only, or give this one a certificate and an address with https.");
        Missing(new Settings()).ShouldContain("key-ring-key");
        Missing(new Settings()).ShouldContain("viruses");
        Missing(new Settings { Environment = "Demo", Database = "Host=db.example" }).ShouldBe("", "the demo is nobody's council");
    }
}
