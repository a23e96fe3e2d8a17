using System.Security.Cryptography.X509Certificates;

namespace Moothall.Adapters.Rabbit;

/// <summary>Where RabbitMQ is: amqp://user:password@host:port/virtual-host, or amqps:// for TLS. It holds a password, so no message shows it whole.</summary>
public sealed record RabbitAddress
{
    RabbitAddress(Uri uri) => Uri = uri;

    internal Uri Uri { get; }

    /// <summary>The machine that it leads to.</summary>
    public string Host => Uri.Host;

    /// <summary>Whether the connection is encrypted, and the server has to prove by its certificate that it has the name in the address.</summary>
    public bool IsEncrypted => Uri.Scheme == "amqps";

    /// <summary>The certificates that the server's must be issued by, or be: for a broker inside the council. Null: the authorities that this machine trusts.</summary>
    public X509Certificate2Collection? TrustedOnly { get; init; }

    /// <summary>The part that may be shown.</summary>
    public string Shown => $"{Uri.Host}:{(Uri.Port > 0 ? Uri.Port : IsEncrypted ? 5671 : 5672)}{(Uri.AbsolutePath.Length > 1 ? Uri.AbsolutePath : "")}";

    /// <summary>Reads an address; null when it is none.</summary>
    public static RabbitAddress? Read(string text) =>
        Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var uri) && uri.Scheme is "amqp" or "amqps" && uri!.Host.Length > 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0
            && uri.AbsolutePath.Trim('/').IndexOf('/', StringComparison.Ordinal) < 0 ? new RabbitAddress(uri) : null;
}
