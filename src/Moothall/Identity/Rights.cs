using System.Collections.Immutable;

namespace Moothall.Identity;

/// <summary>What somebody's job is. Rights are role x authority x team, and denied unless given.</summary>
public enum Role { Advisor, Worker, TeamLeader, Designer, Analyst, Administrator, Importer, Postmaster, InformationOfficer }

/// <summary>What roles are called in the council's files: `team-leader`.</summary>
public static class RoleNames
{
    static readonly Dictionary<string, Role> ByName = new(StringComparer.Ordinal)
    {
        ["advisor"] = Role.Advisor, ["worker"] = Role.Worker, ["team-leader"] = Role.TeamLeader, ["designer"] = Role.Designer,
        ["analyst"] = Role.Analyst, ["administrator"] = Role.Administrator, ["importer"] = Role.Importer, ["postmaster"] = Role.Postmaster,
        ["information-officer"] = Role.InformationOfficer,
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

/// <summary>Who is asking: nobody, a member of staff, or a partner's program.</summary>
public sealed record Caller(string Id, string Name, IReadOnlySet<Role> Roles, IReadOnlySet<string> Authorities, IReadOnlySet<string> Teams, bool IsPartner)
{
    /// <summary>Somebody who is not signed in.</summary>
    public static readonly Caller Nobody = new("", "", ImmutableHashSet<Role>.Empty, ImmutableHashSet<string>.Empty, ImmutableHashSet<string>.Empty, false);
    public bool IsSignedIn => Id.Length > 0;
}

/// <summary>
/// The one place where rights are decided. What is not in this table is denied, to partners as to staff:
/// <code>
///                   in their authorities                     only in their teams of these authorities
/// advisor           ReadCases SubmitForOthers RecordContacts
/// worker            ReadCases                                WorkCases
/// team-leader       ReadCases                                WorkCases LeadTeam SeeReadings
/// designer          PublishServices
/// analyst           (the published figures, which need no right)
/// administrator     Administer SeeReadings LookAfterRecords (of what is in cases only what a person asks for)
/// importer          ImportHistory (in place of SubmitForOthers and WorkCases, for what happened in the past)
/// postmaster        ReturnMail (a mail server or provider, which hands in what came back)
/// information-officer  SeeAudit (and no case)
/// </code>
/// Somebody with several roles may do what any of them may; a role never takes a right away.
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
        _ => Reach.Nowhere,
    };

    /// <summary>Whether any role of theirs has this right anywhere. When not: 401 for somebody not signed in, else 403.</summary>
    public static bool HasRole(Caller caller, Right right) => WidestReach(caller, right) != Reach.Nowhere;

    /// <summary>Whether they may do it to a thing of this authority and team. When not, though <see cref="HasRole"/>: 404, as if it did not exist.</summary>
    /// <param name="team">The team that has the thing; null where it has none, which rights bound to a team do not reach.</param>
    public static bool May(Caller caller, Right right, string authority, string? team) => WidestReach(caller, right) switch
    {
        Reach.TheirAuthorities => caller.Authorities.Contains(authority),
        Reach.TheirTeams => caller.Authorities.Contains(authority) && team is not null && caller.Teams.Contains(team),
        _ => false,
    };

    /// <summary>Whether they lead a team of somebody with these authorities and teams.</summary>
    public static bool LeadsWith(Caller caller, IReadOnlySet<string> authorities, IReadOnlySet<string> teams) =>
        authorities.Any(authority => teams.Any(team => May(caller, Right.LeadTeam, authority, team)));

    /// <summary>The authorities in which they may do it at all, for lists; empty when they have no such right.</summary>
    public static IReadOnlySet<string> AuthoritiesFor(Caller caller, Right right) =>
        HasRole(caller, right) ? caller.Authorities : ImmutableHashSet<string>.Empty;

    static Reach WidestReach(Caller caller, Right right)
    {
        if (!caller.IsSignedIn)
            return Reach.Nowhere;
        var widest = Reach.Nowhere;
        foreach (var role in Roles)
            if (caller.Roles.Contains(role) && ReachOf(role, right) is var reach && reach > widest)
                widest = reach;
        return widest;
    }
}
