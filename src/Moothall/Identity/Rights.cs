namespace Moothall.Identity;

/// <summary>What somebody's job is. Rights are role x authority x team, and denied unless given.</summary>
public enum Role { Advisor, Worker, TeamLeader, Designer, Analyst, Administrator, Importer }

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
    /// <summary>Move cases between teams and services, work any team's cases of the authority.</summary>
    LeadTeam,
    Administer,
}

/// <summary>Who is asking: nobody, a member of staff, or a partner's program.</summary>
public sealed record Caller(string Id, string Name, IReadOnlySet<Role> Roles, IReadOnlySet<string> Authorities, IReadOnlySet<string> Teams, bool IsPartner)
{
    /// <summary>Somebody who is not signed in.</summary>
    public static readonly Caller Nobody = new("", "", new HashSet<Role>(), new HashSet<string>(), new HashSet<string>(), false);
    public bool IsSignedIn => Id.Length > 0;
}
