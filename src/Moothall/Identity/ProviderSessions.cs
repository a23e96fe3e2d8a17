using System.Security.Cryptography;
using System.Text;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>The provider behind a session, and what is needed to sign out there too.</summary>
/// <param name="IdToken">Sealed by the web layer; null where it was not kept.</param>
public sealed record ProviderSession(string Provider, string? IdToken);

/// <summary>
/// Which sessions a provider stands behind, so that it can end them: somebody who is no longer there, or signed out there, is signed out here. What ends a session is the same for
/// staff and residents.
/// </summary>
public static class ProviderSessions
{
    /// <summary>How long a sign-out is remembered, so that it does not come twice: longer than its token is taken.</summary>
    static readonly Duration Heard = Duration.FromMinutes(30);
    /// <summary>Longer than the longest session, and no longer: what stands here is personal.</summary>
    static readonly Duration Kept = Duration.FromHours(25);

    /// <summary>Says that a provider stands behind a session that the caller's unit has just begun.</summary>
    /// <param name="code">The code of its cookie.</param>
    /// <param name="sealedToken">The ID token, sealed.</param>
    public static Task Note(Unit unit, string code, SignInProvider provider, ProvidedPerson person, string? sealedToken, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(person);
        return unit.Execute($"""
            insert into provider_session (session, whose, provider, issuer, subject, theirs, id_token, at)
            values ({OneTimeCodes.HashOf(code)}, {Whose(provider.For)}, {provider.Id}, {person.Issuer}, {person.Subject}, {person.ProviderSession}, {sealedToken}, {now})
            """);
    }

    /// <summary>The provider behind the session of a cookie; null where there is none.</summary>
    public static async Task<ProviderSession?> Find(Session session, string? code)
    {
        ArgumentNullException.ThrowIfNull(session);
        return OneTimeCodes.HashOf(code) is { } hash ? await session.First($"select provider, id_token from provider_session where session = {hash}", row => new ProviderSession(row.Text(0), row.TextOrNull(1))) : null;
    }

    /// <summary>Ends what a provider says is over: one session of somebody, or all that it stands behind. The same said twice is refused.</summary>
    /// <returns>How many sessions ended.</returns>
    public static async Task<Result<int>> End(Unit unit, SignInFor whom, ProviderSignOut told, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(told);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(told.Issuer + "\n" + told.Id)));
        if (await unit.Number($"select count(*) from heard_sign_out where hash = {hash}") > 0) return Refusal.Invalid("This sign-out was told before.");
        await unit.Execute($"insert into heard_sign_out (hash, until) values ({hash}, {now + Heard})");
        var over = (told.ProviderSession, told.Subject) switch
        {
            ({ } session, { } subject) => await unit.Query($"select session from provider_session where issuer = {told.Issuer} and theirs = {session} and subject = {subject} and whose = {Whose(whom)}", row => row.Text(0)),
            ({ } session, null) => await unit.Query($"select session from provider_session where issuer = {told.Issuer} and theirs = {session} and whose = {Whose(whom)}", row => row.Text(0)),
            _ => await unit.Query($"select session from provider_session where issuer = {told.Issuer} and subject = {told.Subject} and whose = {Whose(whom)}", row => row.Text(0)),
        };
        if (over.Count == 0) return 0;
        if (whom == SignInFor.Residents) return await unit.Execute($"update account_session set ended = {now} where hash in ({over}) and ended is null");
        var members = await unit.Query($"select distinct member from staff_session where hash in ({over}) and ended is null", row => row.Text(0));
        var ended = await unit.Execute($"update staff_session set ended = {now} where hash in ({over}) and ended is null");
        foreach (var member in members) await Audit.Note(unit, now, new AuditEntry(AuditKinds.SignedOut, AuditBy.Member(member)) { Detail = [new Message("Their account’s provider said so.")] });
        return ended;
    }

    /// <summary>Forgets what is long over.</summary>
    internal static async Task Forget(Unit unit, Instant now)
    {
        await unit.Execute($"delete from provider_session where at < {now - Kept}");
        await unit.Execute($"delete from heard_sign_out where until < {now}");
    }

    static string Whose(SignInFor whom) => whom == SignInFor.Staff ? "staff" : "resident";
}
