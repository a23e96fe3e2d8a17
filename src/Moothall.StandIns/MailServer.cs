using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
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
    /// <summary>Hangs up when it is asked to encrypt, in place of its certificate.</summary>
    HangsUpBeforeEncrypting,
    /// <summary>Says more with its yes to STARTTLS, as a man in the middle who puts words into its mouth.</summary>
    SpeaksAheadOfEncryption,
    /// <summary>Says after a yes to STARTTLS, under encryption, that it is closing down (421).</summary>
    ClosesUnderEncryption,
    /// <summary>Answers a message that it took with a thousand lines.</summary>
    Talkative,
}

/// <summary>When a stand-in mail server encrypts.</summary>
public enum MailEncryption
{
    /// <summary>When it is asked to, if it has a certificate: STARTTLS.</summary>
    Asked,
    /// <summary>From the first byte.</summary>
    FromTheStart,
    /// <summary>Never, though it has a certificate: a man in the middle took the offer out.</summary>
    Stripped,
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
    /// <summary>How passwords may be said, as EHLO offers it.</summary>
    public string Ways { get; set; } = "PLAIN LOGIN";
    /// <summary>With which certificate it encrypts; null for not at all.</summary>
    public X509Certificate2? Certificate { get; set; }
    public MailEncryption Encryption { get; set; }
    /// <summary>The passwords that were said to it, with whether they were encrypted on their way.</summary>
    public ConcurrentQueue<(string Way, bool Encrypted)> PasswordsHeard { get; } = new();
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
                using var conversation = new Conversation(this, client.GetStream(), cancel);
                await conversation.Run();
            }
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException or SocketException or AuthenticationException) { /* The other side hung up, or the server goes down. */ }
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
    sealed class Conversation(MailServer server, Stream stream, CancellationToken cancel) : IDisposable
    {
        Stream stream = stream;
        StreamReader reader = new(stream, new UTF8Encoding(false));
        string? from, to;
        bool known = server.Wants is null, encrypted;

        public async Task Run()
        {
            var manners = server.Manners;
            if (manners == MailManners.Slow) await Task.Delay(Timeout.Infinite, cancel);
            if (server.Encryption == MailEncryption.FromTheStart)
            {
                if (manners == MailManners.HangsUpBeforeEncrypting) return;
                await Encrypt();
            }
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
                        if (encrypted && manners == MailManners.ClosesUnderEncryption)
                        {
                            await Say("421 4.3.2 Closing down, come back later");
                            return;
                        }
                        await Say("250-stand-in" + (OffersEncryption ? "\r\n250-STARTTLS" : "") + (server.Wants is null ? "" : $"\r\n250-AUTH {server.Ways}") + "\r\n250 SMTPUTF8");
                        break;
                    case "STARTTLS" when OffersEncryption:
                        await Say(manners == MailManners.SpeaksAheadOfEncryption ? "220 2.0.0 Go on\r\n250-stand-in\r\n250 AUTH PLAIN" : "220 2.0.0 Go on");
                        if (manners == MailManners.HangsUpBeforeEncrypting) return;
                        await Encrypt();
                        (from, to) = (null, null);
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

        bool OffersEncryption => server is { Certificate: not null, Encryption: MailEncryption.Asked } && !encrypted;

        async Task Encrypt()
        {
            var secured = new SslStream(stream);
            await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = server.Certificate }, cancel);
            // What was said before the encryption and not read yet is forgotten with the old reader.
            (stream, reader, encrypted) = (secured, new StreamReader(secured, new UTF8Encoding(false)), true);
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
            await Say(manners == MailManners.Talkative ? string.Concat(Enumerable.Repeat("250-2.0.0 I took it, and I am glad that you sent it to me\r\n", 999)) + "250 2.0.0 Taken" : "250 2.0.0 Taken");
            return true;
        }

        async Task Authenticate(string line)
        {
            var words = line.Split(' ');
            server.PasswordsHeard.Enqueue((words.ElementAtOrDefault(1) ?? "", encrypted));
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

        public void Dispose() => reader.Dispose();

        Task Say(string line) => stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), cancel).AsTask();
    }
}
