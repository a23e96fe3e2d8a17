namespace Moothall;

/// <summary>The ways in which people reach the council, as the codes of the API and of every figure, in the order in which tables and charts show them.</summary>
public static class Channels
{
    public static readonly IReadOnlyList<string> All = ["web", "assisted", "phone", "chat", "email", "in-person", "post", "social", "api"];

    /// <summary>Digital as the Service Manual counts: with a person's own web draft finished with help.</summary>
    public static readonly IReadOnlySet<string> Digital = new HashSet<string> { "web", "assisted", "chat", "api" };

    /// <summary>Where a draft is a journey that can be left unfinished by the person.</summary>
    public static readonly IReadOnlySet<string> Journeys = new HashSet<string> { "web", "assisted", "chat" };

    public static bool IsKnown(string? channel) => channel is not null && All.Contains(channel);

    /// <summary>The given channels in the order of <see cref="All"/>; any others follow by name.</summary>
    public static IEnumerable<string> InOrder(IEnumerable<string> channels)
    {
        var given = channels.ToHashSet();
        return All.Where(given.Contains).Concat(given.Except(All).Order(StringComparer.Ordinal));
    }
}
