using System.Net;
using System.Net.Sockets;

namespace Moothall.Adapters.Outgoing;

/// <summary>
/// Which addresses are on the public internet: what an address in council data or a definition may lead to. Everything that the registries of IANA reserve for another purpose (RFC 6890, RFC 8190) is not,
/// nor is an IPv6 address that carries such an IPv4 address within it.
/// </summary>
public static class PublicAddresses
{
    static readonly IPNetwork[] NotPublic4 =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.0.0.0/24"), IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("192.31.196.0/24"), IPNetwork.Parse("192.52.193.0/24"), IPNetwork.Parse("192.88.99.0/24"), IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("192.175.48.0/24"), IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("198.51.100.0/24"), IPNetwork.Parse("203.0.113.0/24"), IPNetwork.Parse("224.0.0.0/3"),
    ];

    /// <summary>All that IPv6 gives out for the internet; the rest is local, of one machine, or for many.</summary>
    static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");
    static readonly IPNetwork[] NotPublic6 = [IPNetwork.Parse("2001::/23"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("2620:4f:8000::/48"), IPNetwork.Parse("3fff::/20")];
    static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16"), Nat64 = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>Where clouds tell a machine its own secrets: never, whatever is allowed.</summary>
    static readonly IPNetwork[] Metadata = [IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("fd00:ec2::254/128"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("100.100.100.200/32"), IPNetwork.Parse("192.0.0.192/32")];

    public static bool IsPublic(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetwork) return !NotPublic4.Any(n => n.Contains(address));
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return false;
        var bytes = address.GetAddressBytes();
        if (Nat64.Contains(address)) return IsPublic(new IPAddress(bytes.AsSpan(12)));
        if (SixToFour.Contains(address)) return IsPublic(new IPAddress(bytes.AsSpan(2, 4)));
        return Global6.Contains(address) && !NotPublic6.Any(n => n.Contains(address));
    }

    /// <summary>Whether somebody may be spoken to at an address: it is public, or the council named its network, and it never is where a cloud keeps a machine's secrets.</summary>
    public static bool MayBeAsked(IPAddress address, OutgoingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(settings);
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (Metadata.Any(n => n.Contains(address))) return false;
        return IsPublic(address) || (settings.ThisMachine && IPAddress.IsLoopback(address)) || settings.Networks.Any(n => n.Contains(address));
    }
}
