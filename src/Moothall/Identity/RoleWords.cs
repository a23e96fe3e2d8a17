using Moothall.Definitions;

namespace Moothall.Identity;

/// <summary>What roles are called in words.</summary>
public static class RoleWords
{
    /// <summary>A role as it stands in a line: "team leader".</summary>
    public static Message Of(Role role) => role switch
    {
        Role.Advisor => new Message("advisor"),
        Role.Worker => new Message("worker"),
        Role.TeamLeader => new Message("team leader"),
        Role.Designer => new Message("designer"),
        Role.Analyst => new Message("analyst"),
        Role.Administrator => new Message("administrator"),
        Role.InformationOfficer => new Message("information officer"),
        Role.Postmaster => new Message("postmaster"),
        Role.Directory => new Message("directory"),
        _ => new Message("importer"),
    };
}
