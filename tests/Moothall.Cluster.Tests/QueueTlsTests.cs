using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Moothall.Adapters.Rabbit;
using Moothall.Exchange;
using Moothall.Host.Tests;
using Moothall.StandIns;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Cluster.Tests;

/// <summary>The queue over TLS: a broker that proves who it is is spoken to, any other is refused in words and is told neither user nor password.</summary>
public sealed class QueueTlsTests
{
    static RabbitAddress Address(string text, X509Certificate2Collection? trusted) => RabbitAddress.Read(text)! with { TrustedOnly = trusted };

    static X509Certificate2Collection Authority()
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(Broker.Authority);
        return certificates;
    }

    static async Task<string> Refused(RabbitAddress address)
    {
        await using var queue = new RabbitQueue(address, "x", "test");
        return (await Should.ThrowAsync<QueueRefusedException>(queue.Check(CancellationToken.None))).Message;
    }

    [Fact]
    public async Task Events_leave_over_an_encrypted_connection_to_a_broker_that_proves_who_it_is()
    {
        await using var broker = await Broker.Clean();
        await using var store = await QueuedStore.Create(Dialect.Sqlite);
        var queue = await Broker.Subscribe("#");
        var rabbit = await store.Relay(Address(Broker.Encrypted, Authority()));
        rabbit.Trouble.ShouldBeNull();
        await store.Append("case/C", 0, 3);
        (await Broker.Take(queue, 3)).Select(g => g.Id).ShouldBe(["case/C/1", "case/C/2", "case/C/3"]);
        rabbit.Trouble.ShouldBeNull();
    }

    [Fact]
    public async Task A_certificate_that_does_not_hold_is_refused_in_words()
    {
        await using var broker = await Broker.Clean();
        var at = $"localhost:{new Uri(Broker.Encrypted).Port}";
        using var others = new MailCertificates(SystemClock.Instance);
        foreach (var trusted in new X509Certificate2Collection?[] { null, [others.Authority] })
            (await Refused(Address(Broker.Encrypted, trusted))).ShouldBe($"The certificate of RabbitMQ at {at} is not from an authority that we trust. If it is your own, name its file in --queue-ca.");
        (await Refused(Address(Broker.Encrypted.Replace("localhost", "127.0.0.1", StringComparison.Ordinal), Authority())))
            .ShouldBe("The certificate of RabbitMQ is not for 127.0.0.1 but for localhost. Put the name in the certificate into --queue.");
        (await Refused(Address(Broker.Address.Replace("amqp://", "amqps://", StringComparison.Ordinal), Authority()))).ShouldContain("does not speak TLS on that port");
    }

    [Fact]
    public async Task A_certificate_whose_time_is_over_is_refused_before_the_password_is_sent()
    {
        using var certificates = new MailCertificates(SystemClock.Instance);
        using var over = certificates.For("localhost", days: -1);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var heard = Task.Run(async () =>
        {
            using var caller = await listener.AcceptTcpClientAsync();
            await using var secured = new SslStream(caller.GetStream());
            try
            {
                await secured.AuthenticateAsServerAsync(over);
                return await secured.ReadAsync(new byte[1]);
            }
            catch (Exception gone) when (gone is IOException or System.Security.Authentication.AuthenticationException)
            {
                return 0;
            }
        });
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var refused = await Refused(Address($"amqps://guest:s3cret@localhost:{port}/", [certificates.Authority]));
        refused.ShouldStartWith($"The certificate of RabbitMQ at localhost:{port} is not valid now: it is for ");
        refused.ShouldNotContain("s3cret");
        (await heard).ShouldBe(0);
    }

    [Fact]
    public async Task The_program_serves_with_the_authority_named_and_refuses_without()
    {
        await using var broker = await Broker.Clean();
        using var program = new CommandLineProgram();
        var ended = await program.Run("serve", "--demo", "--urls", "http://127.0.0.1:0", "--queue", Broker.Encrypted);
        ended.Code.ShouldBe(1, ended.Complained);
        ended.Complained.Trim().ShouldEndWith("is not from an authority that we trust. If it is your own, name its file in --queue-ca.");
        using var server = await program.Serve("--demo", "--queue", Broker.Encrypted, "--queue-ca", Broker.Authority);
        using var http = new HttpClient { BaseAddress = server.Address };
        (await http.GetFromJsonAsync<JsonElement>("/health/ready")).GetProperty("warnings").GetArrayLength().ShouldBe(0);
    }
}
