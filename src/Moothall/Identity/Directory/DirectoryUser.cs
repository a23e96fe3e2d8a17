using Moothall.Council;
using Moothall.Definitions;
using NodaTime;

namespace Moothall.Identity;

/// <summary>A member of staff as the council's directory sees them.</summary>
/// <param name="UserName">The name that they sign in with there; their e-mail address while the directory said nothing else.</param>
/// <param name="Teams">Teams that they are in; a directory changes those by its groups.</param>
/// <param name="Made">When the directory first spoke of them; null while it has not.</param>
public sealed record DirectoryUser(string Id, string UserName, string? ExternalId, string Name, string? GivenName, string? FamilyName, string? Email, bool IsActive,
    IReadOnlyList<string> Roles, IReadOnlyList<Team> Teams, string Version, Instant? Made, Instant? Changed);

/// <summary>What a directory says of somebody.</summary>
public sealed record DirectoryUserForm(string UserName, string? ExternalId, string Name, string? GivenName, string? FamilyName, string? Email, bool IsActive, IReadOnlyList<string> Roles);

/// <summary>A team as the council's directory sees it: a group.</summary>
public sealed record DirectoryTeam(Team Team, string? ExternalId, IReadOnlyList<Member> Members, int TeamVersion, string Version);

/// <summary>What a directory says of a group.</summary>
public sealed record DirectoryTeamForm(string Name, string? ExternalId, IReadOnlyList<string> Members);

/// <summary>Why a directory is refused, by the kinds that SCIM knows.</summary>
public enum DirectoryFault { NotFound, Taken, Changed, Invalid }

/// <summary>What a directory asked for as it is now, or why not.</summary>
public readonly record struct DirectoryResult<T>(T? Value, DirectoryFault Fault, Message? Why) : Store.IOutcome where T : class
{
    bool Store.IOutcome.RollsBack => Value is null;

    /// <summary>It was done.</summary>
    public static implicit operator DirectoryResult<T>(T value) => new(value, default, null);
}

/// <summary>Refusals that people and groups of a directory have in common.</summary>
static class DirectoryResult
{
    /// <summary>What the directory saw is not how it is any more.</summary>
    public static DirectoryResult<T> Changed<T>() where T : class => new(null, DirectoryFault.Changed, new Message("It was changed meanwhile. Read it again."));

    /// <summary>Why the people of the desk could not be changed, by the kinds that SCIM knows.</summary>
    public static DirectoryResult<T> Refused<T>(Refusal refusal) where T : class
    {
        var fault = refusal.Kind switch { RefusalKind.NotFound or RefusalKind.NotAllowed => DirectoryFault.NotFound, RefusalKind.Changed => DirectoryFault.Changed, _ => DirectoryFault.Invalid };
        return new(null, fault, refusal.Faults.Count > 0 ? refusal.Faults[0].Why : refusal.Message);
    }
}
