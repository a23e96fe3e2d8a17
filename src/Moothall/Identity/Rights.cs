using System.Collections.Frozen;

namespace Moothall.Identity;

/// <summary>What somebody's job is. Rights are role x authority x team, and denied unless given.</summary>
public enum Role { Advisor, Worker, TeamLeader, Designer, Analyst, Administrator, Importer, Postmaster, InformationOfficer, Directory }

/// <summary>What roles are called in the council's files: `team-leader`.</summary>
public static class RoleNames
{
    static readonly Dictionary<string, Role> ByName = new(StringComparer.Ordinal)
    {
        ["advisor"] = Role.Advisor, ["worker"] = Role.Worker, ["team-leader"] = Role.TeamLeader, ["designer"] = Role.Designer,
        ["analyst"] = Role.Analyst, ["administrator"] = Role.Administrator, ["importer"] = Role.Importer, ["postmaster"] = Role.Postmaster,
        ["information-officer"] = Role.InformationOfficer, ["directory"] = Role.Directory,
    };

    public static IReadOnlyCollection<string> All => ByName.Keys;

    /// <summary>The role of that name, or null.</summary>
    public static Role? Find(string name) => ByName.TryGetValue(name, out var role) ? role : null;

    /// <summary>What a role is called.</summary>
    public static string Of(Role role) => ByName.First(r => r.Value == role).Key;
}

/// <summary>Something that not everybody may do.</summary>
public enum Right
{
    /// <summary>See lists of cases and open a case.</summary>
    ReadCases,
    /// <summary>Take actions on a case.</summary>
    WorkCases,
    /// <summary>Send a service for somebody else, by phone, counter, e-mail or post.</summary>
    SubmitForOthers,
    RecordContacts,
    /// <summary>Give times of the past: cases and actions marked imported.</summary>
    ImportHistory,
    PublishServices,
    /// <summary>Move cases of the teams they lead to other teams and services.</summary>
    LeadTeam,
    /// <summary>See which of the staff read a case.</summary>
    SeeReadings,
    /// <summary>Manage staff and teams.</summary>
    Administer,
    /// <summary>See lists of what is to be erased, hold it, and answer a person's request for their data, whose cases they then read.</summary>
    LookAfterRecords,
    /// <summary>Hand in delivery reports of mails that came back.</summary>
    ReturnMail,
    /// <summary>Search the audit log and save parts of it.</summary>
    SeeAudit,
    /// <summary>Bring joiners, movers and leavers from the council's own directory.</summary>
    KeepPeople,
}

/// <summary>Where a right holds. The further the later: of several roles the one that reaches furthest counts.</summary>
public enum Reach
{
    Nowhere,
    /// <summary>For what their teams have, in their authorities.</summary>
    TheirTeams,
    /// <summary>For everything of their authorities.</summary>
    TheirAuthorities,
}

/// <summary>Which cases somebody may read, for lists: all of some councils, those of shared teams in others, of some services, without what is hidden.</summary>
/// <param name="Authorities">The councils of which they read all cases.</param>
/// <param name="Shared">Teams of theirs that also work for another council: of that council they read what the team has.</param>
/// <param name="Services">The services that they read; null for all.</param>
/// <param name="Hidden">Sensitive services, of which they read only what their teams have.</param>
public sealed record ReadingScope(IReadOnlySet<string> Authorities, IReadOnlyList<(string Authority, string Team)> Shared, IReadOnlySet<string>? Services, IReadOnlySet<string> Hidden, Caller Caller)
{
    /// <summary>The councils of which they read anything.</summary>
    public IReadOnlySet<string> AnyOf => Shared.Count == 0 ? Authorities : Authorities.Concat(Shared.Select(s => s.Authority)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Their teams that work for a council: of these they see what is hidden from others.</summary>
    public IReadOnlyList<string> TeamsIn(string authority) => [.. Caller.Teams.Where(team => Caller.WorksFor(authority, team))];
}

/// <summary>
/// The one place where rights are decided: by role, council, team, service and what is to be done. What is not in this table is denied, to partners as to staff:
/// <code>
///                   in their authorities                     only in their teams, for the councils that these work for
/// advisor           ReadCases SubmitForOthers RecordContacts
/// worker            ReadCases                                WorkCases, and ReadCases where a team is shared with a council that is not theirs
/// team-leader       ReadCases                                WorkCases LeadTeam SeeReadings, and ReadCases as above
/// designer          PublishServices
/// analyst           (the published figures, which need no right)
/// administrator     Administer SeeReadings LookAfterRecords (of what is in cases only what a person asks for)
/// importer          ImportHistory (in place of SubmitForOthers and WorkCases, for what happened in the past)
/// postmaster        ReturnMail (a mail server or provider, which hands in what came back)
/// information-officer  SeeAudit (and no case)
/// directory         KeepPeople (the directory of the council's staff; only by a token with the scope for it)
/// </code>
/// Somebody with several roles may do what any of them may; a role never takes a right away. A role may be for some services only. A token's scopes leave of all that what they name. Cases of a sensitive service are, for all but
/// those who were given it by name, there only in the team that has them. Pure, and without a search: some looks into sets of what one person has.
/// </summary>
public static class Rights
{
    static readonly Role[] Roles = Enum.GetValues<Role>();

    /// <summary>How far a role carries a right: the table above.</summary>
    public static Reach ReachOf(Role role, Right right) => (role, right) switch
    {
        (Role.Advisor, Right.ReadCases or Right.SubmitForOthers or Right.RecordContacts) => Reach.TheirAuthorities,
        (Role.Worker, Right.ReadCases) => Reach.TheirAuthorities,
        (Role.Worker, Right.WorkCases) => Reach.TheirTeams,
        (Role.TeamLeader, Right.ReadCases) => Reach.TheirAuthorities,
        (Role.TeamLeader, Right.WorkCases or Right.LeadTeam or Right.SeeReadings) => Reach.TheirTeams,
        (Role.Designer, Right.PublishServices) => Reach.TheirAuthorities,
        (Role.Administrator, Right.Administer or Right.SeeReadings or Right.LookAfterRecords) => Reach.TheirAuthorities,
        (Role.Importer, Right.ImportHistory) => Reach.TheirAuthorities,
        (Role.Postmaster, Right.ReturnMail) => Reach.TheirAuthorities,
        (Role.InformationOfficer, Right.SeeAudit) => Reach.TheirAuthorities,
        (Role.Directory, Right.KeepPeople) => Reach.TheirAuthorities,
        _ => Reach.Nowhere,
    };

    /// <summary>Whether any role of theirs has this right anywhere. When not: 401 for somebody not signed in, else 403.</summary>
    public static bool HasRole(Caller caller, Right right)
    {
        if (caller.Hats is { } hats) return AnyHasRole(hats, right);
        if (!caller.IsSignedIn || !caller.IsWithinScopes(right)) return false;
        foreach (var role in Roles)
            if (ReachOf(role, right) != Reach.Nowhere && caller.Roles.Contains(role)) return true;
        foreach (var some in caller.ForServices)
            if (ReachOf(some.Role, right) != Reach.Nowhere) return true;
        return false;
    }

    /// <summary>Whether they may do it to a thing of this authority, team and service. When not, though <see cref="HasRole"/>: 404, as if it did not exist.</summary>
    /// <param name="team">The team that has the thing; null where it has none, which rights bound to a team do not reach.</param>
    /// <param name="service">The service that the thing is of; null for what is of none, which roles for some services do not reach.</param>
    public static bool May(Caller caller, Right right, string authority, string? team, string? service) =>
        caller.Hats is { } hats ? AnyMay(hats, right, authority, team, service) : !IsHidden(caller, right, authority, team, service) && WouldMay(caller, right, authority, team, service);

    /// <summary>Whether only that its service is sensitive stands between them and reading a case: who says why may open it all the same (<see cref="BreakGlass"/>).</summary>
    public static bool MayBreakGlass(Caller caller, string authority, string? team, string service) =>
        caller.Hats is { } hats ? !May(caller, Right.ReadCases, authority, team, service) && hats.Any(hat => MayBreakGlass(hat, authority, team, service))
            : IsHidden(caller, Right.ReadCases, authority, team, service) && WouldMay(caller, Right.ReadCases, authority, team, service);

    // By themselves, so that whoever wears no hats pays for no closure: these stand in the way of every request.
    static bool AnyHasRole(IReadOnlyList<Caller> hats, Right right) => hats.Any(hat => HasRole(hat, right));

    static bool AnyMay(IReadOnlyList<Caller> hats, Right right, string authority, string? team, string? service) => hats.Any(hat => May(hat, right, authority, team, service));

    static bool WouldMay(Caller caller, Right right, string authority, string? team, string? service)
    {
        if (!caller.IsSignedIn || !caller.IsWithinScopes(right)) return false;
        if (caller.Services is not { } limit || (service is not null && limit.Contains(service)))
            foreach (var role in Roles)
                if (ReachOf(role, right) is var reach and not Reach.Nowhere && caller.Roles.Contains(role) && Reaches(caller, right, reach, authority, team)) return true;
        foreach (var some in caller.ForServices)
            if (ReachOf(some.Role, right) is var reach and not Reach.Nowhere && service is not null && some.Services.Contains(service) && Reaches(caller, right, reach, authority, team)) return true;
        return false;
    }

    static bool Reaches(Caller caller, Right right, Reach reach, string authority, string? team) =>
        reach == Reach.TheirTeams ? caller.WorksFor(authority, team) : caller.Authorities.Contains(authority) || (right == Right.ReadCases && caller.WorksFor(authority, team));

    // What is done to a case that is there already; whoever takes one down or brings one in sees no more than they typed.
    static bool IsHidden(Caller caller, Right right, string authority, string? team, string? service) =>
        service is not null && caller.Hidden.Contains(service) && right is not (Right.SubmitForOthers or Right.ImportHistory) && !caller.WorksFor(authority, team);

    /// <summary>Whether they lead a team of somebody with these authorities and teams.</summary>
    public static bool LeadsWith(Caller caller, IReadOnlySet<string> authorities, IReadOnlySet<string> teams)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Hats is { } hats) return hats.Any(hat => LeadsWith(hat, authorities, teams));
        return HasRole(caller, Right.LeadTeam) && authorities.Any(authority => teams.Any(team => caller.WorksFor(authority, team)));
    }

    /// <summary>The authorities in which they may do it at all, for lists; empty when they have no such right. What cases they may read is a <see cref="ReadingScope"/>.</summary>
    public static IReadOnlySet<string> AuthoritiesFor(Caller caller, Right right) =>
        caller.Hats is { } hats ? hats.SelectMany(hat => AuthoritiesFor(hat, right)).ToFrozenSet(StringComparer.Ordinal) : HasRole(caller, right) ? caller.Authorities : FrozenSet<string>.Empty;

    /// <summary>Which cases they may read: exactly those of which <see cref="May"/> says so.</summary>
    public static ReadingScope ReadingOf(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Hats is { } hats) return Together(caller, [.. hats.Where(hat => HasRole(hat, Right.ReadCases)).Select(ReadingOf)]);
        if (!HasRole(caller, Right.ReadCases)) return new(FrozenSet<string>.Empty, [], null, FrozenSet<string>.Empty, caller);
        List<(string, string)> shared = caller.AllTeams is not { } teams ? []
            : [.. from team in caller.Teams where teams.ContainsKey(team) from authority in teams[team].Authorities where !caller.Authorities.Contains(authority) && caller.WorksFor(authority, team) orderby authority, team select (authority, team)];
        var reads = Roles.Any(r => caller.Roles.Contains(r) && ReachOf(r, Right.ReadCases) != Reach.Nowhere);
        var services = reads && caller.Services is null ? null
            : (reads ? caller.Services! : FrozenSet<string>.Empty).Concat(caller.ForServices.Where(s => ReachOf(s.Role, Right.ReadCases) != Reach.Nowhere).SelectMany(s => s.Services)).ToHashSet(StringComparer.Ordinal);
        return new(caller.Authorities, shared, services, caller.Hidden, caller);
    }

    // A list shows rather too little than too much: what only one of them reads by its service, or without its being hidden, is opened by its reference.
    static ReadingScope Together(Caller caller, IReadOnlyList<ReadingScope> scopes)
    {
        if (scopes.Count == 0) return new(FrozenSet<string>.Empty, [], null, FrozenSet<string>.Empty, caller);
        var authorities = scopes.SelectMany(s => s.Authorities).ToFrozenSet(StringComparer.Ordinal);
        var limits = scopes.Select(s => s.Services).OfType<IReadOnlySet<string>>().ToList();
        return new(authorities, [.. scopes.SelectMany(s => s.Shared).Where(s => !authorities.Contains(s.Authority)).Distinct().Order()],
            limits.Count == 0 ? null : limits.Skip(1).Aggregate(limits[0].AsEnumerable(), (both, one) => both.Where(one.Contains)).ToHashSet(StringComparer.Ordinal), scopes.SelectMany(s => s.Hidden).ToFrozenSet(StringComparer.Ordinal), caller);
    }
}
