using System.Security.Cryptography;
using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>How sure we are who is signed in. The order is that of sureness.</summary>
public enum SignInLevel
{
    /// <summary>A provider that said nothing of how.</summary>
    None,
    /// <summary>One proof: a link that came to their mailbox, or what their provider calls medium.</summary>
    Medium,
    /// <summary>Two proofs: a passkey with a fingerprint, face or PIN, or a provider that asked for two.</summary>
    TwoFactor,
}

/// <summary>What a resident may have with the council, and need not have: nothing is asked for with an account that is not asked for without one.</summary>
/// <param name="Id">Random: it says nothing of the person, so that a log may hold it.</param>
/// <param name="Seen">When they last signed in.</param>
/// <param name="Language">The language of mails to them.</param>
/// <param name="Warned">When they were told that it goes unless they sign in; null where they were not.</param>
public sealed record Account(string Id, Instant Made, Instant Seen, string Language, Instant? Warned)
{
    /// <summary>What the rows of passkeys call whoever holds it; no member of staff has a name with a slash.</summary>
    public string Holder => Accounts.HolderOf(Id);
}

/// <summary>The address of an account, confirmed by a link that came to it.</summary>
public sealed record AccountEmail(string Address, Instant Confirmed);

/// <summary>The rows of accounts.</summary>
public static class Accounts
{
    const string HolderPrefix = "account/";

    /// <summary>A new random id.</summary>
    internal static string NewId() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>What the rows of passkeys call the holder of an account.</summary>
    public static string HolderOf(string account) => HolderPrefix + account;

    /// <summary>The account of a holder of passkeys; null for a member of staff.</summary>
    public static string? OfHolder(string holder)
    {
        ArgumentNullException.ThrowIfNull(holder);
        return holder.StartsWith(HolderPrefix, StringComparison.Ordinal) ? holder[HolderPrefix.Length..] : null;
    }

    /// <summary>Addresses are compared without capitals, as every mail system in use does.</summary>
    internal static string Folded(string address) => address.Trim().ToLowerInvariant();

    public static Task<Account?> Find(Session session, string id)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.First($"select id, made, seen, language, warned from account where id = {id}", Read);
    }

    /// <summary>The account with an address, or null. Never asked before somebody has shown that the address is theirs.</summary>
    internal static async Task<Account?> OfEmail(Session session, string address) =>
        await session.First($"select account from account_email where folded = {Folded(address)}", row => row.Text(0)) is { } id ? await Find(session, id) : null;

    /// <summary>The address of an account; null for one that has none, as a provider may keep it to itself.</summary>
    public static Task<AccountEmail?> EmailOf(Session session, string account)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.First($"select address, confirmed from account_email where account = {account}", row => new AccountEmail(row.Text(0), row.Instant(1)));
    }

    /// <summary>Makes an account, with the address that was confirmed where there is one.</summary>
    internal static async Task<Account> Make(Unit unit, string? address, string language, Instant now)
    {
        var account = new Account(NewId(), now, now, language, null);
        await unit.Execute($"insert into account (id, made, seen, language, warned) values ({account.Id}, {account.Made}, {account.Seen}, {account.Language}, {account.Warned})");
        if (address is not null) await SetEmail(unit, account.Id, address, now);
        return account;
    }

    /// <summary>Sets the address that was confirmed.</summary>
    internal static Task SetEmail(Unit unit, string account, string address, Instant now) => unit.Execute($"""
        insert into account_email (account, address, folded, confirmed) values ({account}, {address.Trim()}, {Folded(address)}, {now})
        on conflict (account) do update set address = excluded.address, folded = excluded.folded, confirmed = excluded.confirmed
        """);

    /// <summary>Somebody signed in: the account is in use, and mails come in the language that they read.</summary>
    internal static Task Seen(Unit unit, string account, string language, Instant now) =>
        unit.Execute($"update account set seen = {now}, language = {language}, warned = null where id = {account}");

    static Account Read(Row row) => new(row.Text(0), row.Instant(1), row.Instant(2), row.Text(3), row.InstantOrNull(4));
}
