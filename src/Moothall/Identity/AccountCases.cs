using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>A case that is an account's.</summary>
/// <param name="How">`sent` while signed in, `added` with its code, or `acting`: sent for the person by somebody who acts for them.</param>
/// <param name="Acting">The agreement under which it was sent; null where the person sent it themselves.</param>
public sealed record AccountCase(string Account, string Reference, Instant Since, string How, string? Acting);

/// <summary>Which cases are whose account's. Everything is looked up by the account, so that somebody else's is not there.</summary>
public static class AccountCases
{
    /// <summary>Most cases that are shown of an account.</summary>
    public const int Most = 200;
    public const string Sent = "sent", Added = "added", ForThem = "acting";

    /// <summary>Makes a case an account's, in the caller's unit; one that is already stays as it is.</summary>
    public static Task Add(Unit unit, AccountCase theirs)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(theirs);
        return unit.Execute($"""
            insert into account_case (account, reference, since, how, acting) values ({theirs.Account}, {theirs.Reference}, {theirs.Since}, {theirs.How}, {theirs.Acting})
            on conflict (account, reference) do nothing
            """);
    }

    /// <summary>The cases of an account, the newest first.</summary>
    public static Task<List<AccountCase>> Of(Session session, string account)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query($"select account, reference, since, how, acting from account_case where account = {account} order by since desc, reference limit {Most}", Read);
    }

    /// <summary>One case of an account; null where it is none of theirs.</summary>
    public static Task<AccountCase?> Find(Session session, string account, string reference)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.First($"select account, reference, since, how, acting from account_case where account = {account} and reference = {reference}", Read);
    }

    /// <summary>The cases that somebody sent under an agreement, the newest first.</summary>
    public static Task<List<AccountCase>> UnderAgreement(Session session, string acting)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query($"select account, reference, since, how, acting from account_case where acting = {acting} order by since desc, reference limit {Most}", Read);
    }

    /// <summary>The agreement under which a case was sent; null where the person sent it themselves.</summary>
    public static Task<string?> ActingOf(Session session, string reference)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.First($"select acting from account_case where reference = {reference} and acting is not null limit 1", row => row.TextOrNull(0));
    }

    /// <summary>Takes a case out of an account that was added to it; it stays with the council, and its code still opens it.</summary>
    public static async Task<bool> Remove(Unit unit, string account, string reference)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return await unit.Execute($"delete from account_case where account = {account} and reference = {reference} and how = {Added}") == 1;
    }

    /// <summary>Erases that a case is anybody's, and what was remembered from it, with the case's record.</summary>
    public static async Task<int> EraseOf(Unit unit, string reference)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return await unit.Execute($"delete from account_detail where reference = {reference}") + await unit.Execute($"delete from account_case where reference = {reference}");
    }

    static AccountCase Read(Row row) => new(row.Text(0), row.Text(1), row.Instant(2), row.Text(3), row.TextOrNull(4));
}
