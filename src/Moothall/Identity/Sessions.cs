using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>When a session at the desk ends: after so long without a page, and in any case after so long.</summary>
public sealed record SessionLimits(Duration Idle, Duration Whole)
{
    public static readonly SessionLimits Usual = new(Duration.FromMinutes(30), Duration.FromHours(12));

    /// <summary>Roles whose sessions end otherwise.</summary>
    public IReadOnlyDictionary<Role, SessionLimits> ByRole { get; init; } = new Dictionary<Role, SessionLimits>();

    /// <summary>When a session ends if nothing more is done.</summary>
    /// <param name="seen">The time of its last page.</param>
    public Instant EndOf(Instant started, Instant seen) => Instant.Min(seen + Idle, started + Whole);

    /// <summary>Whether opening another page makes a session longer.</summary>
    public bool CanGrow(Instant started, Instant seen) => seen + Idle < started + Whole;

    /// <summary>The limits of somebody with some roles: of all that hold for one of them, the shortest.</summary>
    public SessionLimits For(IReadOnlyCollection<Role> roles)
    {
        ArgumentNullException.ThrowIfNull(roles);
        if (ByRole.Count == 0 || roles.Count == 0) return this;
        var all = roles.Select(role => ByRole.GetValueOrDefault(role) ?? this).ToList();
        return new SessionLimits(all.Min(l => l.Idle), all.Min(l => l.Whole));
    }
}

/// <summary>Somebody signed in at the desk, in one browser.</summary>
public sealed record StaffSession(string Hash, string Member, Instant Started, Instant Seen, Instant? Ended)
{
    /// <summary>When it ends if nothing more is done.</summary>
    public Instant EndsAt(SessionLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return limits.EndOf(Started, Seen);
    }

    /// <summary>What it has by the groups that they were in when they signed in by a provider (<see cref="Holdings"/>).</summary>
    public string? Granted { get; init; }

    /// <summary>Whether opening another page makes it longer.</summary>
    public bool CanGrow(SessionLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return limits.CanGrow(Started, Seen);
    }

    public bool IsOpen(SessionLimits limits, Instant now) => Ended is null && now < EndsAt(limits);
}

/// <summary>
/// Sessions at the desk, as rows, so that they can be ended from elsewhere. The cookie holds a random code; only its hash is kept. What somebody may do is
/// not in the session: it is read anew each time.
/// </summary>
public static class Sessions
{
    /// <summary>How old the time of the last page may be before it is written again, so that not every page writes.</summary>
    static readonly Duration Fineness = Duration.FromMinutes(1);

    /// <summary>Begins a session; the code is for the cookie.</summary>
    /// <param name="how">How they showed who they are, for the audit log.</param>
    public static async Task<string> Begin(Unit unit, string member, Instant now, Message? how = null)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var code = OneTimeCodes.Make();
        await unit.Execute($"insert into staff_session (hash, member, started, seen) values ({OneTimeCodes.HashOf(code)}, {member}, {now}, {now})");
        await Audit.Note(unit, now, new AuditEntry(AuditKinds.SignedIn, AuditBy.Member(member)) { Detail = how is null ? [] : [how] });
        return code;
    }

    /// <summary>Keeps with a session that the caller's unit has just begun what groups gave.</summary>
    public static Task Grant(Unit unit, string code, IReadOnlyList<Holding> granted)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return unit.Execute($"update staff_session set granted = {Holdings.Write(granted)} where hash = {OneTimeCodes.HashOf(code)}");
    }

    /// <summary>The session of a cookie, open or over; null when there is none.</summary>
    public static async Task<StaffSession?> Find(Session session, string? code)
    {
        ArgumentNullException.ThrowIfNull(session);
        return OneTimeCodes.HashOf(code) is { } hash ? await session.First($"select hash, member, started, seen, ended, granted from staff_session where hash = {hash}", Read) : null;
    }

    /// <summary>Says that somebody opened a page. Written at most once a minute; the session as it is then.</summary>
    public static async Task<StaffSession> Touch(Database database, StaffSession session, Instant now)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(session);
        if (now - session.Seen < Fineness) return session;
        await database.Commit(unit => unit.Execute($"update staff_session set seen = {now} where hash = {session.Hash} and ended is null and seen < {now}"));
        return session with { Seen = now };
    }

    /// <summary>Ends one session.</summary>
    public static async Task End(Unit unit, StaffSession session, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(session);
        if (await unit.Execute($"update staff_session set ended = {now} where hash = {session.Hash} and ended is null") > 0)
            await Audit.Note(unit, now, new AuditEntry(AuditKinds.SignedOut, AuditBy.Member(session.Member)));
    }

    /// <summary>Signs somebody out everywhere; says how many sessions that were.</summary>
    public static Task<int> EndAllOf(Unit unit, string member, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return unit.Execute($"update staff_session set ended = {now} where member = {member} and ended is null");
    }

    /// <summary>Somebody's sessions that are open, the newest first.</summary>
    public static async Task<IReadOnlyList<StaffSession>> OpenOf(Session session, string member, SessionLimits limits, Instant now)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(limits);
        var rows = await session.Query($"select hash, member, started, seen, ended, granted from staff_session where member = {member} and ended is null and seen > {now - limits.Idle} order by seen desc limit 100", Read);
        return [.. rows.Where(s => s.IsOpen(limits, now))];
    }

    static StaffSession Read(Row row) => new(row.Text(0), row.Text(1), row.Instant(2), row.Instant(3), row.InstantOrNull(4)) { Granted = row.TextOrNull(5) };
}

/// <summary>Forgets sessions, links, challenges and kept forms that are long over.</summary>
public static class TidyIdentity
{
    static readonly Duration Sessions = Duration.FromDays(30), Links = Duration.FromDays(90);

    public static async Task Tidy(Unit unit, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        await unit.Execute($"delete from staff_session where seen < {now - Sessions}");
        await unit.Execute($"delete from invitation where expires < {now - Links}");
        await unit.Execute($"delete from answered_challenge where until < {now}");
        await Tokens.Tidy(unit, now);
        await unit.Execute($"delete from kept_form where at < {now - KeptForms.Kept}");
        await unit.Execute($"delete from account_session where seen < {now - Sessions}");
        await AccountLinks.Forget(unit, now);
        await ActingAgreements.Forget(unit, now);
        await ProviderSessions.Forget(unit, now);
    }
}
