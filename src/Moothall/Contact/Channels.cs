using System.Collections.Frozen;

namespace Moothall.Contact;

/// <summary>The ways in which people reach the council, as the codes of the API and of every figure. Kept stable.</summary>
public static class Channels
{
    /// <summary>All codes, in the order in which figures show them.</summary>
    public static readonly IReadOnlyList<string> All = ["web", "assisted", "phone", "chat", "email", "in-person", "post", "social", "api"];

    static readonly FrozenSet<string> Known = All.ToFrozenSet(StringComparer.Ordinal);

    public static bool IsKnown(string? channel) => channel is not null && Known.Contains(channel);
}
