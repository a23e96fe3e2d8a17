using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>Who did something: a member of staff, a partner, a command, or the program by a rule.</summary>
/// <param name="Id">The id of a member or partner; one with # in front for what is no person.</param>
/// <param name="Acting">In which capacity: `team/highways` or `role/advisor`; null where there is none.</param>
/// <param name="Authority">The council they did it for, where it is one; empty where it is several or all.</param>
public sealed record AuditBy(string Id, string? Acting, string Authority)
{
    /// <summary>Moothall by itself, as a rule says.</summary>
    public static readonly AuditBy Rule = new("#rule", null, "");
    /// <summary>Whoever may run commands on the server.</summary>
    public static readonly AuditBy CommandLine = new("#command-line", null, "");
    /// <summary>A member of staff or a partner of whom only the id is at hand: who signs in, or their own passkeys.</summary>
    public static AuditBy Member(string id) => new(id, null, "");

    /// <summary>Somebody who is not known.</summary>
    public static readonly AuditBy Unknown = new("#unknown", null, "");

    /// <summary>A member of staff or a partner. Of several teams the one that has the thing counts, else the first by name; without a team their first role.</summary>
    /// <param name="team">The team that has what it is about.</param>
    public static AuditBy Of(Caller caller, string? team = null)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!caller.IsSignedIn) return Unknown;
        var acting = team is not null && caller.Teams.Contains(team) ? "team/" + team
            : caller.Teams.Count > 0 ? "team/" + caller.Teams.Min(StringComparer.Ordinal)
            : caller.Roles.Count > 0 ? "role/" + RoleNames.Of(caller.Roles.Min()) : null;
        return new AuditBy(caller.Id, acting, caller.Authorities.Count == 1 ? caller.Authorities.First() : "");
    }
}

/// <summary>One thing that must be provable. What is personal in it can be erased later; the chain keeps its hash.</summary>
/// <param name="About">What it is about: a case's reference, `staff/ID`, `team/ID`, `draft/ID`, a list's or hold's id; null where there is nothing.</param>
/// <param name="Why">The reason in the words of whoever gave it; null where what it is about says why.</param>
public sealed record AuditEntry(AuditKind Kind, AuditBy By, string? About = null, string? Why = null)
{
    /// <summary>The council whose case or person it is; where it is not said, that of whoever did it.</summary>
    public string? Authority { get; init; }
    /// <summary>What more there is to say, a line each.</summary>
    public IReadOnlyList<Message> Detail { get; init; } = [];
}

/// <summary>
/// What happened can be proved. An entry is written in the unit of what it says, so that what cannot be noted does not happen; it costs one row that nobody else writes
/// to. The chain over it is made later, by <see cref="AuditSeal"/>. Only the hash of what an entry says, with a salt of its own, goes into the chain: so what is personal can be erased.
/// </summary>
public static class Audit
{
    /// <summary>What an entry about a member of staff is about.</summary>
    public static string Staff(string member) => "staff/" + member;

    /// <summary>Notes something in the caller's unit.</summary>
    public static Task Note(Unit unit, Instant at, AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(entry);
        var detail = entry.Detail.Count == 0 ? null : string.Join('\n', entry.Detail.Select(d => d.ToText()));
        var content = new AuditContent(entry.By.Id, entry.By.Acting, entry.About, entry.Why, detail);
        var salt = AuditHash.NewSalt();
        return unit.Add($"""
            insert into audit_entry (at, kind, authority, who, acting, about, why, detail, salt, hash)
            values ({at}, {entry.Kind.Code}, {entry.Authority ?? entry.By.Authority}, {content.Who}, {content.Acting}, {content.About}, {content.Why}, {content.Detail}, {salt}, {AuditHash.OfContent(salt, content)})
            """);
    }

    /// <summary>Notes something in a unit of its own, where nothing else is written.</summary>
    public static Task Note(Database database, Instant at, AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(database);
        return database.Commit(unit => Note(unit, at, entry));
    }
}
