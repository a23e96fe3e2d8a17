using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>Who somebody is at a provider of sign-in, as its ID token says after it was checked.</summary>
/// <param name="Issuer">The provider.</param>
/// <param name="Subject">What it calls the person towards us.</param>
/// <param name="VerifiedEmail">Their address, only where the provider says that it has verified it; else null.</param>
public sealed record ProviderIdentity(string Issuer, string Subject, string? VerifiedEmail);

/// <summary>A provider that somebody signs in with.</summary>
public sealed record AccountProvider(string Issuer, string Subject, Instant Added, Instant Used);

/// <summary>
/// Signing in by a provider (OpenID Connect). The provider has been asked and its answer checked before anything here is called: this says only whose account that is.
/// </summary>
public static class AccountProviders
{
    /// <summary>
    /// The account of somebody at a provider, in the caller's unit: the one they signed in to before; else the one with the address that the provider has verified, which gets
    /// the provider as a way to sign in; else a new one.
    /// </summary>
    public static async Task<string> SignIn(Unit unit, ProviderIdentity identity, string language, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(identity);
        if (await Of(unit, identity) is { } known)
        {
            await unit.Execute($"update account_provider set used = {now} where issuer = {identity.Issuer} and subject = {identity.Subject}");
            return known;
        }
        var account = identity.VerifiedEmail is { } email ? (await Accounts.OfEmail(unit, email))?.Id : null;
        account ??= (await Accounts.Make(unit, identity.VerifiedEmail, language, now)).Id;
        await Insert(unit, account, identity, now);
        return account;
    }

    /// <summary>Adds a provider to the account that is signed in; refused where it signs in to another one.</summary>
    public static async Task<Result<bool>> Add(Unit unit, string account, ProviderIdentity identity, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(identity);
        if (await Of(unit, identity) is { } known) return known == account ? true : Refusal.Invalid("You sign in to another account that way. Sign in to that one and remove it there first.");
        await Insert(unit, account, identity, now);
        return true;
    }

    /// <summary>The providers of an account, the oldest first.</summary>
    public static Task<List<AccountProvider>> Of(Session session, string account)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query($"select issuer, subject, added, used from account_provider where account = {account} order by added, issuer", row => new AccountProvider(row.Text(0), row.Text(1), row.Instant(2), row.Instant(3)));
    }

    /// <summary>Removes a provider from an account; false when it is none of theirs.</summary>
    public static async Task<bool> Remove(Unit unit, string account, string issuer)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return await unit.Execute($"delete from account_provider where account = {account} and issuer = {issuer}") > 0;
    }

    static Task<string?> Of(Session session, ProviderIdentity identity) =>
        session.First($"select account from account_provider where issuer = {identity.Issuer} and subject = {identity.Subject}", row => row.Text(0));

    static Task Insert(Unit unit, string account, ProviderIdentity identity, Instant now) => unit.Execute($"""
        insert into account_provider (issuer, subject, account, added, used) values ({identity.Issuer}, {identity.Subject}, {account}, {now}, {now})
        """);
}
