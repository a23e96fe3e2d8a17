using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Moothall.Adapters.Smtp;

/// <summary>How the connection to the mail server is kept from being read.</summary>
public enum SmtpTls
{
    /// <summary>STARTTLS where the server offers it; a password is never sent without.</summary>
    IfOffered,
    /// <summary>STARTTLS, or nothing is sent.</summary>
    Required,
    /// <summary>From the first byte, as on port 465 (RFC 8314).</summary>
    Implicit,
    /// <summary>None: for a server on the same machine.</summary>
    None,
}

/// <summary>Where the council's mail server is, and as whom messages are sent.</summary>
public sealed record SmtpSettings
{
    public required string Host { get; init; }
    public int Port { get; init; } = 587;
    public string? User { get; init; }
    public string? Password { get; init; }
    public SmtpTls Tls { get; init; } = SmtpTls.IfOffered;
    /// <summary>The certificates that the server's must be issued by, or be: for a server inside the council. Null: the authorities that this machine trusts.</summary>
    public X509Certificate2Collection? TrustedOnly { get; init; }
    /// <summary>The address in From.</summary>
    public required string From { get; init; }
    /// <summary>Where mails that cannot be delivered come back to: with `+NAME` before the @ for each message, so that each is known. Null: to From, as it is.</summary>
    public string? Bounces { get; init; }
    /// <summary>How long connecting and each answer may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);
    /// <summary>How long the server may take to say that it has the message. Short patience here sends messages twice (RFC 5321, 4.5.3.2.6 asks for ten minutes).</summary>
    public TimeSpan PatienceAfterData { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Nobody else can listen: the server is on this machine.</summary>
    internal bool IsOnThisMachine => Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));
}
