using System.Collections.Immutable;
using Moothall.Council;

namespace Moothall.Identity;

/// <summary>Roles that somebody has in some authorities and teams. Several of somebody do not mix: a role of one is none in the authorities of another.</summary>
public sealed record Holding(IReadOnlySet<Role> Roles, IReadOnlySet<string> Authorities, IReadOnlySet<string> Teams);

/// <summary>What the groups of a provider gave when somebody signed in, as it is kept with the session: a line each of roles, authorities and teams.</summary>
public static class Holdings
{
    /// <summary>What groups give by the council's file.</summary>
    public static IReadOnlyList<Holding> Of(SignInProvider provider, IReadOnlyCollection<string> groups)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return [.. provider.Groups.Where(g => groups.Contains(g.Group)).Select(g => new Holding(g.Roles, g.Authorities, g.Teams))];
    }

    /// <summary>As text; null for none.</summary>
    public static string? Write(IReadOnlyList<Holding> holdings) =>
        holdings.Count == 0 ? null : string.Join('\n', holdings.Select(h => string.Join('|', Line(h.Roles.Select(RoleNames.Of)), Line(h.Authorities), Line(h.Teams))));

    /// <summary>From text, without what the council no longer has.</summary>
    public static IReadOnlyList<Holding> Read(string? text, CouncilFiles council)
    {
        ArgumentNullException.ThrowIfNull(council);
        return text is null ? [] : [.. text.Split('\n').Select(line => line.Split('|')).Where(parts => parts.Length == 3).Select(parts => new Holding(
            Words(parts[0]).Select(RoleNames.Find).OfType<Role>().ToImmutableHashSet(), Words(parts[1]).Where(a => council.FindAuthority(a) is not null).ToImmutableHashSet(), Words(parts[2]).Where(council.Teams.ContainsKey).ToImmutableHashSet()))];
    }

    static string Line(IEnumerable<string> words) => string.Join(' ', words.Order(StringComparer.Ordinal));
    static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
