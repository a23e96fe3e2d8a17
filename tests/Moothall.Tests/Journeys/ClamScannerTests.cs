using System.Net;
using System.Net.Sockets;
using System.Text;
using Moothall.Adapters.ClamAv;
using Moothall.Journeys;
using Moothall.Testing;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Journeys;

/// <summary>What ClamAV's daemon is asked, and what is made of what it says.</summary>
public sealed class ClamScannerTests
{
    sealed class Clock : IClock
    {
        public Instant Now { get; set; } = Instant.FromUtc(2026, 11, 18, 10, 30);
        public Instant GetCurrentInstant() => Now;
    }

    static ClamScanner At(string address, IClock? clock = null) => new(ClamAddress.Read(address)!, clock ?? new Clock());

    [Fact]
    public async Task A_virus_is_found_wherever_it_stands_and_by_both_ways()
    {
        await using var clamd = await Clamd.Make();
        await clamd.Start();
        foreach (var address in new[] { clamd.Socket, clamd.Tcp })
        {
            var scanner = At(address);
            (await scanner.Check(CancellationToken.None)).ShouldBeNull();
            (await scanner.Look("a letter"u8.ToArray(), CancellationToken.None)).ShouldBe(Scan.Clean);
            (await scanner.Look(Encoding.ASCII.GetBytes(Clamd.Virus), CancellationToken.None)).ShouldBe(Scan.Infected);
            (await scanner.Look(Encoding.ASCII.GetBytes(new string('x', 200_000) + Clamd.Virus + new string('y', 200_000)), CancellationToken.None)).ShouldBe(Scan.Infected);
            (await scanner.Look(new byte[2 * 1024 * 1024], CancellationToken.None)).ShouldBe(Scan.Unknown, "it does not take so much, and what it did not look at is not clean");
            (await scanner.Look("a letter"u8.ToArray(), CancellationToken.None)).ShouldBe(Scan.Clean);
        }
    }

    [Fact]
    public async Task One_that_is_down_is_said_and_left_alone_for_a_while()
    {
        await using var clamd = await Clamd.Make();
        var clock = new Clock();
        var scanner = At(clamd.Socket, clock);
        (await scanner.Look("a letter"u8.ToArray(), CancellationToken.None)).ShouldBe(Scan.Unknown);
        (await scanner.Check(CancellationToken.None)).ShouldNotBeNull().ToString().ShouldStartWith("ClamAV cannot be reached at /");
        await clamd.Start();
        (await scanner.Look("a letter"u8.ToArray(), CancellationToken.None)).ShouldBe(Scan.Unknown, "nobody waits for it with each file");
        clock.Now += Duration.FromSeconds(31);
        (await scanner.Look("a letter"u8.ToArray(), CancellationToken.None)).ShouldBe(Scan.Clean);
        await clamd.Stop();
        (await scanner.Look("a letter"u8.ToArray(), CancellationToken.None)).ShouldBe(Scan.Unknown);
        await clamd.Start();
        (await scanner.Check(CancellationToken.None)).ShouldBeNull();
        (await scanner.Look("a letter"u8.ToArray(), CancellationToken.None)).ShouldBe(Scan.Clean, "a check that finds it again ends the waiting");
    }

    [Theory]
    [InlineData("stream: OK\0", Scan.Clean)]
    [InlineData("stream: Eicar-Test-Signature FOUND\0", Scan.Infected)]
    [InlineData("stream: OK FOUND\0", Scan.Infected)]
    [InlineData("INSTREAM size limit exceeded. ERROR\0", Scan.Unknown)]
    [InlineData("UNKNOWN COMMAND\0", Scan.Unknown)]
    [InlineData("HTTP/1.1 200 OK\r\n", Scan.Unknown)]
    [InlineData("", Scan.Unknown)]
    public async Task Nothing_is_clean_but_what_it_calls_clean(string said, Scan found) => (await Answering(said, scanner => scanner.Look("x"u8.ToArray(), CancellationToken.None))).ShouldBe(found);

    [Theory]
    [InlineData("ClamAV 1.4.6/27300/Tue Nov 17 08:35:28 2026\0", null)]
    [InlineData("ClamAV 1.4.6/27300/Sat Nov  7 08:35:28 2026\0", "ClamAV’s list of viruses is of 7 November 2026 and finds nothing that came later. See that freshclam runs.")]
    [InlineData("ClamAV 1.4.6\0", null)]
    [InlineData("220 mail.example ESMTP\r\n", "What answers at 127.0.0.1:PORT is not ClamAV. Look at the setting scanner.")]
    public async Task A_list_that_is_old_or_another_program_is_said(string said, string? words) =>
        (await Answering(said, async scanner => (await scanner.Check(CancellationToken.None))?.ToString())).ShouldBe(words, words);

    static async Task<T> Answering<T>(string said, Func<ClamScanner, Task<T>> ask)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var served = Task.Run(async () =>
        {
            using var caller = await listener.AcceptTcpClientAsync();
            var stream = caller.GetStream();
            await stream.ReadExactlyAsync(new byte[9]);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(said));
            caller.Client.Shutdown(SocketShutdown.Send);
            var rest = new byte[1024];
            while (await stream.ReadAsync(rest) > 0) { }
        });
        var found = await ask(At($"tcp://127.0.0.1:{port}"));
        await served.ContinueWith(_ => { }, TaskScheduler.Default);
        return found is string text ? (T)(object)text.Replace($":{port}", ":PORT", StringComparison.Ordinal) : found;
    }

    [Theory]
    [InlineData("unix:/run/clamav/clamd.ctl", "/run/clamav/clamd.ctl", true)]
    [InlineData("tcp://127.0.0.1:3310", "127.0.0.1:3310", true)]
    [InlineData("tcp://[::1]:3310", "::1:3310", true)]
    [InlineData("tcp://scanner.council.example", "scanner.council.example:3310", false)]
    public void An_address_is_a_socket_or_a_host(string text, string shown, bool here)
    {
        var address = ClamAddress.Read(text).ShouldNotBeNull();
        (address.ToString(), address.IsOnThisMachine).ShouldBe((shown, here));
    }

    [Theory]
    [InlineData(""), InlineData("unix:"), InlineData("unix:relative"), InlineData("http://127.0.0.1:3310"), InlineData("127.0.0.1:3310"), InlineData("tcp://host/path"), InlineData("tcp://user@host:3310")]
    public void What_is_no_address_is_not_taken_for_one(string text) => ClamAddress.Read(text).ShouldBeNull();
}
