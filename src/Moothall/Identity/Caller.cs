using System.Collections.Frozen;
using Moothall.Council;
using NodaTime;

namespace Moothall.Identity;

/// <summary>A role that somebody has for some services only.</summary>
public sealed record RoleForServices(Role Role, IReadOnlySet<string> Services);

/// <summary>Who is asking: nobody, a member of staff, or a partner's program; with all that <see cref="Rights"/> needs to decide, found out once a request.</summary>
public sealed record Caller(string Id, string Name, IReadOnlySet<Role> Roles, IReadOnlySet<string> Authorities, IReadOnlySet<string> Teams, bool IsPartner)
{
    /// <summary>Somebody who is not signed in.</summary>
    public static readonly Caller Nobody = new("", "", FrozenSet<Role>.Empty, FrozenSet<string>.Empty, FrozenSet<string>.Empty, false);
    public bool IsSignedIn => Id.Length > 0;

    /// <summary>The services that their roles are limited to; null for all.</summary>
    public IReadOnlySet<string>? Services { get; init; }
    /// <summary>Roles that they have for some services besides.</summary>
    public IReadOnlyList<RoleForServices> ForServices { get; init; } = [];
    /// <summary>The sensitive services that were not given to them by name: of these they see what their own teams work, and nothing else.</summary>
    public IReadOnlySet<string> Hidden { get; init; } = FrozenSet<string>.Empty;
    /// <summary>The rights that their token is limited to (<see cref="Scopes"/>); null where it is not.</summary>
    public IReadOnlySet<Right>? Only { get; init; }
    /// <summary>All teams of the council, for the councils that each works for: what two councils share.</summary>
    public IReadOnlyDictionary<string, Team>? AllTeams { get; init; }

    /// <summary>Where groups of a provider gave them more: what they are by themselves, and by each group. Each counts alone, so that a role in one council is none in another; roles, authorities and teams are those of all together, for pages. Null for everybody else.</summary>
    public IReadOnlyList<Caller>? Hats { get; init; }
    /// <summary>What those groups gave, as it is kept with the session.</summary>
    public IReadOnlyList<Holding> Granted { get; init; } = [];

    /// <summary>Whether they are in a team, and it works for this council: for one of theirs, or for another that shares the team with one of theirs.</summary>
    public bool WorksFor(string authority, string? team)
    {
        if (team is null || !Teams.Contains(team)) return false;
        if (AllTeams is null) return Authorities.Contains(authority);
        return AllTeams.TryGetValue(team, out var known) && known.Authorities.Contains(authority) && (Authorities.Contains(authority) || known.Authorities.Any(Authorities.Contains));
    }

    /// <summary>Whether what they came with carries a right. To change people takes a token with the scope for it by name.</summary>
    public bool IsWithinScopes(Right right) => Only is { } only ? only.Contains(right) : right != Right.KeepPeople;

    /// <summary>What a member of staff or a program may do on a day.</summary>
    /// <param name="day">The day, for what was given for a time; null counts nothing that was given for a time.</param>
    internal static Caller Of(CouncilFiles council, Member member, LocalDate? day)
    {
        var caller = new Caller(member.Id, member.Name, member.Roles, member.Authorities, member.Teams, member.IsPartner) { Services = member.Services, Hidden = council.Sensitive, AllTeams = council.Teams };
        return member.Grants.Count == 0 ? caller : With(caller, member.Grants, day);
    }

    static Caller With(Caller caller, IReadOnlyList<Grant> grants, LocalDate? day)
    {
        var (roles, some, named) = (new List<Role>(), new List<RoleForServices>(), new List<string>());
        foreach (var grant in grants)
        {
            if (!grant.HoldsOn(day)) continue;
            if (grant.Sensitive is { } service) named.Add(service);
            else if (grant.Services.Count > 0) some.Add(new RoleForServices(grant.Role!.Value, grant.Services));
            else roles.Add(grant.Role!.Value);
        }
        if (roles.Count > 0 && caller.Services is { } limit)
        {
            // What stands in the files is limited to services; what was given beside it is not.
            some.AddRange(caller.Roles.Select(r => new RoleForServices(r, limit)));
            caller = caller with { Roles = FrozenSet<Role>.Empty, Services = null };
        }
        return caller with
        {
            Roles = roles.Count > 0 ? Both(caller.Roles, roles) : caller.Roles, ForServices = some,
            Hidden = named.Count > 0 && caller.Hidden.Overlaps(named) ? caller.Hidden.Except(named).ToFrozenSet(StringComparer.Ordinal) : caller.Hidden,
        };
    }

    static IReadOnlySet<T> Both<T>(IReadOnlySet<T> these, IEnumerable<T> those) => these.Concat(those).ToHashSet();
}
