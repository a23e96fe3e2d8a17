using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using NodaTime;

namespace Moothall.StandIns;

/// <summary>How a stand-in mail server behaves towards every message.</summary>
public enum MailManners
{
    /// <summary>Takes everything, but refuses `nobody@`, asks to come back for `later@`, and takes `gone@` to send it back.</summary>
    Well,
    /// <summary>Answers nothing after it was connected to.</summary>
    Slow,
    /// <summary>Asks to come back later, for every address (451).</summary>
    RefusesForNow,
    /// <summary>Says that it is closing down as soon as it is connected to (421).</summary>
    Closing,
    /// <summary>Refuses every message when it has read it (554).</summary>
    RefusesMessages,
    /// <summary>Does not relay for us (550 5.7.1).</summary>
    RefusesToRelay,
    /// <summary>Takes the message and hangs up before it says so.</summary>
    HangsUpAfterTaking,
}

/// <summary>
/// A mail server for demo and tests: real SMTP on a port of loopback, no mail leaves the machine. What it took can be looked at; it misbehaves on demand.
/// Stopping it is how it is down.
/// </summary>
public sealed class MailServer : IAsyncDisposable
{
    const int MostKept = 500;
    readonly IClock clock;
    readonly ConcurrentQueue<TakenMail> taken = new();
    readonly ConcurrentDictionary<Task, bool> talks = new();
    CancellationTokenSource stop = new();
    TcpListener? listener;
    Task listening = Task.CompletedTask;
    int number;

    public MailServer(IClock clock) => this.clock = clock;

    /// <summary>The port that it listens on, the same after it was down.</summary>
    public int Port { get; private set; }
    public MailManners Manners { get; set; }
    /// <summary>The password it asks for, as `user:password`; null for none.</summary>
    public string? Wants { get; set; }
    /// <summary>Who is given a mail that comes back, in the form of RFC 3464.</summary>
    public Func<string, Task>? Bounced { get; set; }

    /// <summary>What it took, oldest first; two of one Message-ID both.</summary>
    public IReadOnlyList<TakenMail> Taken => [.. taken];

    /// <summary>Listens on loopback.</summary>
    public MailServer Start()
    {
        listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listening = Task.Run(() => Listen(listener, stop.Token));
        return this;
    }

    /// <summary>Stops listening, as a server that is down does.</summary>
    public async Task GoDown()
    {
        await stop.CancelAsync();
        listener?.Stop();
        await listening;
        await Task.WhenAll(talks.Keys);
        stop.Dispose();
        stop = new CancellationTokenSource();
    }

    async Task Listen(TcpListener at, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                var client = await at.AcceptTcpClientAsync(cancel);
                var talk = Talk(client, cancel);
                talks[talk] = true;
                _ = talk.ContinueWith(done => talks.TryRemove(done, out _), TaskScheduler.Default);
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    async Task Talk(TcpClient client, CancellationToken cancel)
    {
        try
        {
            using (client)
            {
                var stream = client.GetStream();
                using var reader = new StreamReader(stream, new UTF8Encoding(false));
                await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
                await new Conversation(this, reader, writer, cancel).Run();
            }
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException or SocketException) { /* The other side hung up, or the server goes down. */ }
    }

    async Task Take(string from, string to, string raw)
    {
        var mail = new TakenMail(Interlocked.Increment(ref number), clock.GetCurrentInstant(), from, to, raw);
        taken.Enqueue(mail);
        while (taken.Count > MostKept) taken.TryDequeue(out _);
        if (Manners == MailManners.Well && to.StartsWith("gone@", StringComparison.OrdinalIgnoreCase) && Bounced is { } bounced) await bounced(Report(mail));
    }

    /// <summary>The report that a mail server sends when it could not deliver what it took (RFC 3464).</summary>
    public static string Report(TakenMail mail, string action = "failed", string status = "5.1.1", string said = "550 5.1.1 There is no such mailbox")
    {
        ArgumentNullException.ThrowIfNull(mail);
        return $"""
            From: MAILER-DAEMON@stand-in.invalid
            To: <{mail.From}>
            Subject: Undelivered mail returned to sender
            Auto-Submitted: auto-replied
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="report"

            --report
            Content-Type: text/plain

            Your message could not be delivered.

            --report
            Content-Type: message/delivery-status

            Reporting-MTA: dns; stand-in.invalid

            Final-Recipient: rfc822; {mail.To}
            Action: {action}
            Status: {status}
            Diagnostic-Code: smtp; {said}

            --report
            Content-Type: text/rfc822-headers

            Message-ID: {mail.MessageId}

            --report--
            """.ReplaceLineEndings("\r\n");
    }

    public async ValueTask DisposeAsync()
    {
        await GoDown();
        stop.Dispose();
    }

    /// <summary>One connection.</summary>
    sealed class Conversation(MailServer server, StreamReader reader, StreamWriter writer, CancellationToken cancel)
    {
        string? from, to;
        bool known = server.Wants is null;

        public async Task Run()
        {
            var manners = server.Manners;
            if (manners == MailManners.Slow) await Task.Delay(Timeout.Infinite, cancel);
            if (manners == MailManners.Closing)
            {
                await Say("421 4.3.2 Closing down, come back later");
                return;
            }
            await Say("220 stand-in ESMTP");
            while (await reader.ReadLineAsync(cancel) is { } line)
            {
                var verb = line.Split(' ', ':')[0].ToUpperInvariant();
                switch (verb)
                {
                    case "EHLO":
                        await Say(server.Wants is null ? "250-stand-in\r\n250 SMTPUTF8" : "250-stand-in\r\n250-AUTH PLAIN LOGIN\r\n250 SMTPUTF8");
                        break;
                    case "AUTH":
                        await Authenticate(line);
                        break;
                    case "MAIL" when !known:
                        await Say("530 5.7.0 Sign in first");
                        break;
                    case "MAIL":
                        from = Between(line);
                        await Say("250 2.1.0 Good");
                        break;
                    case "RCPT":
                        await Recipient(manners, Between(line));
                        break;
                    case "DATA" when from is null || to is null:
                        await Say("503 5.5.1 Say MAIL and RCPT first");
                        break;
                    case "DATA":
                        await Say("354 Go on");
                        if (!await Data(manners)) return;
                        break;
                    case "QUIT":
                        await Say("221 2.0.0 Goodbye");
                        return;
                    default:
                        await Say("500 5.5.2 Not understood");
                        break;
                }
            }
        }

        async Task Recipient(MailManners manners, string address)
        {
            var name = address.Split('@')[0].ToLowerInvariant();
            if (manners == MailManners.RefusesForNow || name == "later") await Say("451 4.7.1 Try again in a few minutes");
            else if (manners == MailManners.RefusesToRelay) await Say($"550 5.7.1 <{address}> relaying denied");
            else if (name == "nobody") await Say($"550 5.1.1 <{address}> there is no such mailbox");
            else
            {
                to = address;
                await Say("250 2.1.5 Good");
            }
        }

        async Task<bool> Data(MailManners manners)
        {
            var raw = new StringBuilder();
            while (await reader.ReadLineAsync(cancel) is { } line && line != ".")
                raw.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
            if (manners == MailManners.RefusesMessages)
            {
                await Say("554 5.6.0 We do not take this message");
                return true;
            }
            await server.Take(from!, to!, raw.ToString());
            if (manners == MailManners.HangsUpAfterTaking) return false;
            (from, to) = (null, null);
            await Say("250 2.0.0 Taken");
            return true;
        }

        async Task Authenticate(string line)
        {
            var words = line.Split(' ');
            string given;
            if (words is [_, "PLAIN", var secret])
                given = string.Join(':', Decoded(secret).Split('\0').Skip(1));
            else
            {
                await Say("334 VXNlcm5hbWU6");
                var user = Decoded(await reader.ReadLineAsync(cancel) ?? "");
                await Say("334 UGFzc3dvcmQ6");
                given = $"{user}:{Decoded(await reader.ReadLineAsync(cancel) ?? "")}";
            }
            known = given == server.Wants;
            await Say(known ? "235 2.7.0 Welcome" : "535 5.7.8 Not known here");
        }

        static string Decoded(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));

        static string Between(string line) => line.IndexOf('<', StringComparison.Ordinal) is >= 0 and var open && line.IndexOf('>', open) is > 0 and var close ? line[(open + 1)..close] : "";

        Task Say(string line) => writer.WriteLineAsync(line.AsMemory(), cancel);
    }
}
