using Moothall.Council;
using Moothall.Definitions;
using Moothall.Identity;

namespace Moothall.Web.Desk.AuditLog;

/// <summary>Entries of the audit log in words.</summary>
public static class AuditWords
{
    /// <summary>What was done.</summary>
    public static string Kind(Phrases phrases, string code) => AuditKinds.Find(code)?.Words.In(phrases) ?? code;

    /// <summary>Who it was: a name where they are known, else the id.</summary>
    public static string Who(CouncilFiles council, Phrases phrases, string? who)
    {
        ArgumentNullException.ThrowIfNull(council);
        ArgumentNullException.ThrowIfNull(phrases);
        return who switch
        {
            null => phrases.Say("Erased"),
            "#rule" => phrases.Say("Moothall, by a rule"),
            "#command-line" => phrases.Say("A command on the server"),
            "#unknown" => phrases.Say("Somebody who is not known"),
            _ => (council.Members.GetValueOrDefault(who) ?? council.Away.GetValueOrDefault(who))?.Name ?? who,
        };
    }

    /// <summary>In which capacity: the team, or the role.</summary>
    public static string Acting(CouncilFiles council, Phrases phrases, string? acting)
    {
        ArgumentNullException.ThrowIfNull(council);
        ArgumentNullException.ThrowIfNull(phrases);
        return acting?.Split('/', 2) switch
        {
            ["team", var team] => council.Teams.GetValueOrDefault(team)?.Name ?? team,
            ["role", var role] => RoleNames.Find(role) is { } known ? RoleWords.Of(known).In(phrases) : role,
            _ => "",
        };
    }

    /// <summary>What more there is to say, a line each.</summary>
    public static IReadOnlyList<string> Detail(Phrases phrases, string? detail) => detail is null ? [] : [.. detail.Split('\n').Select(line => Message.FromText(line).In(phrases))];
}
