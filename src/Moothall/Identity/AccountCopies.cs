using Moothall.Store;

namespace Moothall.Identity;

/// <summary>All that an account holds of its person, for their own copy of it.</summary>
public sealed record AccountCopy(Account Account, AccountEmail? Email, IReadOnlyList<AccountDetail> Details, IReadOnlyList<Passkey> Passkeys, IReadOnlyList<AccountProvider> Providers, IReadOnlyList<ActingAgreement> Agreements,
    IReadOnlyList<AccountCase> Cases);

/// <summary>Copies of accounts.</summary>
public static class AccountCopies
{
    /// <summary>The account of a person; null when it is gone.</summary>
    public static async Task<AccountCopy?> Of(Session session, string account, NodaTime.Instant now) => await Accounts.Find(session, account) is { } found
        ? new AccountCopy(found, await Accounts.EmailOf(session, account), await AccountDetails.Of(session, account), await Passkeys.Of(session, found.Holder), await AccountProviders.Of(session, account),
            await ActingAgreements.Of(session, account, now), await AccountCases.Of(session, account))
        : null;

    /// <summary>The accounts whose own cases these are. A case that was only added with its code may be somebody else's, so it leads to none.</summary>
    public static async Task<IReadOnlyList<AccountCopy>> OfCases(Session session, IReadOnlyCollection<string> references, NodaTime.Instant now)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(references);
        if (references.Count == 0) return [];
        var copies = new List<AccountCopy>();
        foreach (var account in await session.Query($"select distinct account from account_case where reference in ({references}) and how <> {AccountCases.Added} order by account", row => row.Text(0)))
            if (await Of(session, account, now) is { } copy) copies.Add(copy);
        return copies;
    }
}
