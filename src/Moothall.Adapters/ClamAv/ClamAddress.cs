using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Moothall.Adapters.ClamAv;

/// <summary>Where clamd listens: `unix:/run/clamav/clamd.ctl`, or `tcp://host:3310`.</summary>
/// <param name="Socket">The file of its socket; null where it is asked over TCP.</param>
public sealed record ClamAddress(string? Socket, string Host, int Port)
{
    /// <summary>Reads an address; null when it is none.</summary>
    public static ClamAddress? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.Trim();
        if (text.StartsWith("unix:", StringComparison.Ordinal)) return text["unix:".Length..] is ['/', _, ..] and { Length: < 108 } path ? new ClamAddress(path, "", 0) : null;
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "tcp", PathAndQuery: "/" or "", UserInfo: "", Host.Length: > 0 } ? new ClamAddress(null, uri.Host.Trim('[', ']'), uri.Port > 0 ? uri.Port : 3310) : null;
    }

    /// <summary>Whether what people send stays on this machine on its way there: clamd knows no encryption.</summary>
    public bool IsOnThisMachine => Socket is not null || Host == "localhost" || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    internal EndPoint EndPoint => Socket is { } path ? new UnixDomainSocketEndPoint(path) : IPAddress.TryParse(Host, out var address) ? new IPEndPoint(address, Port) : new DnsEndPoint(Host, Port);

    public override string ToString() => Socket ?? string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}
