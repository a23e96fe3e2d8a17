using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>How somebody signed in, as a code.</summary>
public static class SignInMethods
{
    public const string Email = "email", Passkey = "passkey", Provider = "provider";
}

/// <summary>A resident who is signed in, in one browser.</summary>
/// <param name="Method">How they signed in: one of <see cref="SignInMethods"/>.</param>
/// <param name="Device">`phone`, `tablet`, `computer`, or null.</param>
/// <param name="Acting">The agreement under which they act for somebody else at the moment; null while they act for themselves.</param>
public sealed record AccountSession(string Hash, string Account, Instant Started, Instant Seen, Instant? Ended, SignInLevel Level, string Method, string? Device, string? Acting)
{
    /// <summary>What pages call it: enough to tell one's own apart, and nothing that signs anybody in.</summary>
    public string Key => Hash[..16];

    /// <summary>When it ends if nothing more is done.</summary>
    public Instant EndsAt(SessionLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return limits.EndOf(Started, Seen);
    }

    /// <summary>Whether opening another page makes it longer.</summary>
    public bool CanGrow(SessionLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return limits.CanGrow(Started, Seen);
    }

    public bool IsOpen(SessionLimits limits, Instant now) => Ended is null && now < EndsAt(limits);
}

/// <summary>
/// Sessions of residents, as rows, so that they can be ended from elsewhere. The cookie holds a random code that is made when somebody signs in; only its hash
/// is kept. Looking one up reads one row by its key.
/// </summary>
public static class AccountSessions
{
    /// <summary>When a session of a resident ends: what they type in a form is kept whether or not they are signed in.</summary>
    public static readonly SessionLimits Usual = new(Duration.FromHours(1), Duration.FromHours(12));

    /// <summary>How old the time of the last page may be before it is written again, so that not every page writes.</summary>
    static readonly Duration Fineness = Duration.FromMinutes(1);

    /// <summary>A random code for a browser that asks for a link.</summary>
    public static string NewBrowser() => OneTimeCodes.Make();

    /// <summary>Begins a session; the code is for the cookie. A session that the browser had ends with it.</summary>
    public static async Task<string> Begin(Unit unit, string account, SignInLevel level, string method, string? device, string language, string? codeBefore, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (OneTimeCodes.HashOf(codeBefore) is { } before) await unit.Execute($"update account_session set ended = {now} where hash = {before} and ended is null");
        var code = OneTimeCodes.Make();
        await unit.Execute($"""
            insert into account_session (hash, account, started, seen, level, method, device) values ({OneTimeCodes.HashOf(code)}, {account}, {now}, {now}, {Said(level)}, {method}, {device})
            """);
        await Accounts.Seen(unit, account, language, now);
        await Audit.Note(unit, now, new AuditEntry(AuditKinds.SignedIn, AuditBy.Member(Accounts.HolderOf(account))) { Detail = [Way(method)] });
        return code;
    }

    // How a resident showed who they are, for the audit log.
    static Message Way(string method) => method switch
    {
        SignInMethods.Passkey => new Message("With a passkey."),
        SignInMethods.Email => new Message("By a link that came by e-mail."),
        _ => new Message("By a provider of sign-in."),
    };

    /// <summary>The session of a cookie, open or over; null when there is none.</summary>
    public static async Task<AccountSession?> Find(Session session, string? code)
    {
        ArgumentNullException.ThrowIfNull(session);
        return OneTimeCodes.HashOf(code) is { } hash
            ? await session.First($"select hash, account, started, seen, ended, level, method, device, acting from account_session where hash = {hash}", Read) : null;
    }

    /// <summary>Says that somebody opened a page. Written at most once a minute; the session as it is then.</summary>
    public static async Task<AccountSession> Touch(Database database, AccountSession session, Instant now)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(session);
        if (now - session.Seen < Fineness) return session;
        await database.Commit(unit => unit.Execute($"update account_session set seen = {now} where hash = {session.Hash} and ended is null and seen < {now}"));
        return session with { Seen = now };
    }

    /// <summary>Raises the level of a session after a step-up; it is never lowered.</summary>
    public static async Task Raise(Unit unit, AccountSession session, SignInLevel level)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(session);
        if (level > session.Level) await unit.Execute($"update account_session set level = {Said(level)} where hash = {session.Hash} and ended is null");
    }

    /// <summary>Ends one session.</summary>
    public static Task End(Unit unit, AccountSession session, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(session);
        return unit.Execute($"update account_session set ended = {now} where hash = {session.Hash} and ended is null");
    }

    /// <summary>Ends a session of an account by what pages call it; false when it is none of theirs.</summary>
    public static async Task<bool> End(Unit unit, string account, string key, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length != 16 || !key.All(char.IsAsciiHexDigitLower)) return false;
        var ending = key + "g";
        return await unit.Execute($"update account_session set ended = {now} where account = {account} and hash >= {key} and hash < {ending} and ended is null") == 1;
    }

    /// <summary>Signs somebody out everywhere; says how many sessions that were.</summary>
    public static Task<int> EndAllOf(Unit unit, string account, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return unit.Execute($"update account_session set ended = {now} where account = {account} and ended is null");
    }

    /// <summary>The sessions of an account that are open, the newest first.</summary>
    public static async Task<IReadOnlyList<AccountSession>> OpenOf(Session session, string account, SessionLimits limits, Instant now)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(limits);
        var rows = await session.Query($"""
            select hash, account, started, seen, ended, level, method, device, acting from account_session where account = {account} and ended is null and seen > {now - limits.Idle} order by seen desc limit 100
            """, Read);
        return [.. rows.Where(s => s.IsOpen(limits, now))];
    }

    static string Said(SignInLevel level) => level switch { SignInLevel.TwoFactor => "two-factor", SignInLevel.Medium => "medium", _ => "none" };

    static SignInLevel LevelOf(string said) => said switch { "two-factor" => SignInLevel.TwoFactor, "medium" => SignInLevel.Medium, _ => SignInLevel.None };

    static AccountSession Read(Row row) => new(row.Text(0), row.Text(1), row.Instant(2), row.Instant(3), row.InstantOrNull(4), LevelOf(row.Text(5)), row.Text(6), row.TextOrNull(7), row.TextOrNull(8));
}
