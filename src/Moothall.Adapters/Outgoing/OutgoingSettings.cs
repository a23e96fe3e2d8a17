using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Moothall.Adapters.Outgoing;

/// <summary>What an address that stands in council data or a definition may lead to, and how much of its answer is taken.</summary>
public sealed record OutgoingSettings
{
    /// <summary>Loopback, and without TLS: the demo and the tests only, where others' systems are stand-ins on this machine.</summary>
    public bool ThisMachine { get; init; }
    /// <summary>Networks of the council's own that may be asked though they are not public: `outgoing-networks`.</summary>
    public IReadOnlyList<IPNetwork> Networks { get; init; } = [];
    /// <summary>How long an answer may take, with all of its body.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);
    /// <summary>The largest body of an answer, in bytes, as it is after it was unpacked.</summary>
    public long MostBytes { get; init; } = 1024 * 1024;
    /// <summary>The authorities whose certificates are taken; null for those that this machine trusts.</summary>
    public X509Certificate2Collection? TrustedOnly { get; init; }
}
