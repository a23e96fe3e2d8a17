using System.Net;
using System.Net.Sockets;
using System.Text;
using Moothall.Adapters.Outgoing;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Outgoing;

/// <summary>An address out of council data leads to nobody whom the council did not mean.</summary>
public sealed class OutgoingHttpTests
{
    static readonly OutgoingSettings Strict = new(), Demo = new() { ThisMachine = true, Patience = TimeSpan.FromSeconds(20), MostBytes = 1000 };

    [Theory]
    [InlineData("1.1.1.1"), InlineData("8.8.8.8"), InlineData("172.15.0.1"), InlineData("172.32.0.1"), InlineData("192.167.255.255"), InlineData("223.255.255.255"), InlineData("2606:4700::1111"), InlineData("2a00:1450::1"), InlineData("::ffff:8.8.8.8"), InlineData("64:ff9b::8.8.8.8"), InlineData("2002:808:808::1")]
    public void What_is_public_may_be_asked(string address) => PublicAddresses.MayBeAsked(IPAddress.Parse(address), Strict).ShouldBeTrue();

    [Theory]
    [InlineData("127.0.0.1"), InlineData("127.255.255.254"), InlineData("0.0.0.0"), InlineData("10.0.0.1"), InlineData("172.16.0.1"), InlineData("172.31.255.255"), InlineData("192.168.1.1"), InlineData("100.64.0.1"), InlineData("169.254.169.254"), InlineData("192.0.0.192")]
    [InlineData("198.18.0.1"), InlineData("224.0.0.1"), InlineData("240.0.0.1"), InlineData("255.255.255.255"), InlineData("203.0.113.9"), InlineData("::"), InlineData("::1"), InlineData("::ffff:127.0.0.1"), InlineData("::ffff:169.254.169.254"), InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::10.0.0.1"), InlineData("64:ff9b:1::1"), InlineData("2002:7f00:1::"), InlineData("2002:a9fe:a9fe::"), InlineData("2001::1"), InlineData("2001:db8::1"), InlineData("fc00::1"), InlineData("fd00:ec2::254"), InlineData("fe80::1"), InlineData("fec0::1"), InlineData("ff02::1"), InlineData("100::1")]
    public void What_is_private_or_of_this_machine_may_not(string address) => PublicAddresses.MayBeAsked(IPAddress.Parse(address), Strict).ShouldBeFalse();

    [Fact]
    public void A_network_of_the_councils_own_may_be_named_and_a_clouds_secrets_may_not()
    {
        var own = Strict with { Networks = [IPNetwork.Parse("10.20.0.0/16"), IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("fd00::/8")] };
        PublicAddresses.MayBeAsked(IPAddress.Parse("10.20.3.4"), own).ShouldBeTrue();
        PublicAddresses.MayBeAsked(IPAddress.Parse("::ffff:10.20.3.4"), own).ShouldBeTrue();
        PublicAddresses.MayBeAsked(IPAddress.Parse("10.21.3.4"), own).ShouldBeFalse();
        PublicAddresses.MayBeAsked(IPAddress.Parse("169.254.169.254"), own).ShouldBeFalse();
        PublicAddresses.MayBeAsked(IPAddress.Parse("fd00:ec2::254"), own).ShouldBeFalse();
        PublicAddresses.MayBeAsked(IPAddress.Parse("169.254.169.254"), Demo).ShouldBeFalse();
    }

    [Theory]
    [InlineData("http://example.org/"), InlineData("ftp://example.org/"), InlineData("file:///etc/passwd"), InlineData("gopher://127.0.0.1:11211/_stats"), InlineData("https://user:secret@example.org/"), InlineData("https://127.0.0.1/"), InlineData("https://2130706433/")]
    [InlineData("https://0x7f.1/"), InlineData("https://017700000001/"), InlineData("https://127.1/"), InlineData("https://[::1]/"), InlineData("https://[::ffff:169.254.169.254]/latest/meta-data"), InlineData("https://169.254.169.254/"), InlineData("https://10.0.0.1:8443/")]
    public async Task An_address_that_is_not_meant_is_refused_in_words_and_nobody_is_asked(string address)
    {
        var asked = 0;
        using var client = OutgoingHttp.Client(Strict, (_, _) => { asked++; return Task.FromResult(Array.Empty<IPAddress>()); });
        var refused = await Should.ThrowAsync<HttpRequestException>(client.GetAsync(new Uri(address)));
        (refused as OutgoingRefusedException).ShouldNotBeNull(refused.ToString()).Why.ToString().ShouldNotContain("secret");
        asked.ShouldBe(0);
    }

    [Fact]
    public async Task A_name_that_leads_to_this_machine_is_refused_though_it_leads_elsewhere_too()
    {
        await using var server = new Server("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        foreach (var address in new[] { "127.0.0.1", "::1", "::ffff:127.0.0.1" })
            foreach (var others in new[] { [], new[] { IPAddress.Parse("1.1.1.1") } })
            {
                using var client = OutgoingHttp.Client(Strict, (_, _) => Task.FromResult<IPAddress[]>([.. others, IPAddress.Parse(address)]));
                (await Should.ThrowAsync<HttpRequestException>(client.GetAsync(new Uri($"https://partner.example:{server.Port}/")))).ShouldBeOfType<OutgoingRefusedException>();
            }
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_connection_goes_to_the_address_that_was_looked_at_whatever_the_name_says_later()
    {
        await using var server = new Server("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
        var answers = new Queue<string>(["127.0.0.1", "169.254.169.254", "127.0.0.1"]);
        using var client = OutgoingHttp.Client(Demo, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(answers.Dequeue())]));
        var address = new Uri($"http://partner.localhost:{server.Port}/");
        (await client.GetStringAsync(address)).ShouldBe("ok");
        answers.Count.ShouldBe(2, "the name was asked for once, and the connection went there");
        (await Should.ThrowAsync<HttpRequestException>(client.GetAsync(address))).ShouldBeOfType<OutgoingRefusedException>();
        (await client.GetStringAsync(address)).ShouldBe("ok");
        server.Requests.ShouldAllBe(r => r.Contains($"Host: partner.localhost:{server.Port}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_an_answer_leads_to_is_not_followed_and_no_cookie_is_kept()
    {
        await using var server = new Server("HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest/meta-data\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n");
        using var client = OutgoingHttp.Client(Demo);
        for (var i = 0; i < 2; i++) (await client.GetAsync(new Uri($"http://127.0.0.1:{server.Port}/"))).StatusCode.ShouldBe(HttpStatusCode.Found);
        server.Requests.ShouldAllBe(r => !r.Contains("Cookie", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task An_answer_that_is_too_large_is_not_taken_whether_it_says_so_or_not_or_is_packed()
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.SmallestSize, leaveOpen: true)) gzip.Write(new byte[200_000]);
        packed.Length.ShouldBeLessThan(1000);
        foreach (var (head, body) in new[]
        {
            ("Content-Length: 2000\r\n", new byte[2000]), ("Connection: close\r\n", new byte[2000]), ($"Content-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n", packed.ToArray()),
        })
        {
            await using var server = new Server("HTTP/1.1 200 OK\r\n" + head + "\r\n", body);
            using var client = OutgoingHttp.Client(Demo);
            (await Should.ThrowAsync<HttpRequestException>(client.GetAsync(new Uri($"http://127.0.0.1:{server.Port}/"), HttpCompletionOption.ResponseHeadersRead))).ShouldBeOfType<OutgoingRefusedException>(head).Message.ShouldContain("127.0.0.1");
        }
    }

    [Fact]
    public async Task An_answer_that_never_ends_is_given_up()
    {
        await using var server = new Server("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nbegun", stays: true);
        using var client = OutgoingHttp.Client(Demo with { Patience = TimeSpan.FromMilliseconds(300) });
        await Should.ThrowAsync<TaskCanceledException>(client.GetAsync(new Uri($"http://127.0.0.1:{server.Port}/"), HttpCompletionOption.ResponseHeadersRead));
    }

    /// <summary>Says the same to everybody who asks, on this machine.</summary>
    sealed class Server : IAsyncDisposable
    {
        readonly TcpListener listener = new(IPAddress.Loopback, 0);
        readonly CancellationTokenSource over = new();
        readonly Task work;
        public List<string> Requests { get; } = [];
        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        public Server(string head, byte[]? body = null, bool stays = false)
        {
            listener.Start();
            work = Task.Run(async () =>
            {
                while (!over.IsCancellationRequested)
                {
                    using var client = await listener.AcceptTcpClientAsync(over.Token);
                    var stream = client.GetStream();
                    var read = new byte[8192];
                    while (await stream.ReadAsync(read, over.Token) is > 0 and var count)
                    {
                        lock (Requests) Requests.Add(Encoding.ASCII.GetString(read, 0, count));
                        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), over.Token);
                        await stream.WriteAsync(body ?? [], over.Token);
                        if (stays) await Task.Delay(Timeout.Infinite, over.Token);
                        if (head.Contains("close", StringComparison.Ordinal)) break;
                    }
                }
            });
        }

        public async ValueTask DisposeAsync()
        {
            await over.CancelAsync();
            await work.ContinueWith(_ => { }, TaskScheduler.Default);
            listener.Dispose();
            over.Dispose();
        }
    }
}
