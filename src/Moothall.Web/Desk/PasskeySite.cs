using System.Net;
using Microsoft.AspNetCore.Http;
using Moothall.Council;

namespace Moothall.Web.Desk;

/// <summary>
/// Where a council's passkeys work: the host of its public address, and pages of that address only. The Host header only chooses among the councils'
/// front doors; it never becomes the name that a passkey is bound to.
/// </summary>
/// <param name="Host">The host name that passkeys are made for (the RP ID of WebAuthn).</param>
/// <param name="Address">Where the desk is to be opened, without a slash at the end.</param>
/// <param name="IsHere">Whether the request came to that host.</param>
public sealed record PasskeySite(string Host, string Address, bool IsHere)
{
    /// <summary>The site of a request's front door.</summary>
    public static PasskeySite Of(HttpContext context, CouncilFiles council)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(council);
        var asked = context.Request.Host;
        var address = new Uri(council.ForHost(asked.Host).PublicAddress);
        var here = string.Equals(asked.Host, address.Host, StringComparison.OrdinalIgnoreCase);
        // On this machine alone the port is whichever the program was started with.
        var shown = IsThisMachine(address.Host) && asked.Port is { } port ? new UriBuilder(address) { Port = port }.Uri : address;
        return new PasskeySite(address.Host, shown.GetLeftPart(UriPartial.Authority), here);
    }

    /// <summary>Whether browsers make passkeys for this address at all: a name, not a number, and with TLS outside this machine.</summary>
    public bool CanHavePasskeys => !IPAddress.TryParse(Host.Trim('[', ']'), out _) && (IsThisMachine(Host) || Address.StartsWith("https://", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether an answer of a browser comes from a page of this site.</summary>
    public bool Allows(string? origin) => Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https")
        && (IsThisMachine(Host) ? string.Equals(uri.Host, Host, StringComparison.OrdinalIgnoreCase) : string.Equals(uri.GetLeftPart(UriPartial.Authority), Address, StringComparison.OrdinalIgnoreCase));

    static bool IsThisMachine(string host) => host == "localhost" || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
