using System.Globalization;
using Moothall.Definitions;
using Moothall.Notifications;
using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>A link that works: where it goes on, and whether it is opened in the browser that asked for it.</summary>
/// <param name="Purpose">`sign-in`, or `address`: to confirm another address.</param>
/// <param name="Account">Whose address is to be changed; null where somebody signs in.</param>
public sealed record AccountLink(string Hash, string Purpose, string Address, string? Account, string Back, bool IsSameBrowser, int Tries);

/// <summary>What using a link came to.</summary>
/// <param name="IsNew">The account was made by it.</param>
public sealed record UsedLink(string Account, string Back, bool IsNew);

/// <summary>
/// One-time links by e-mail. Asking says nothing of whether an address is known, because it is not looked up: whoever shows that a new address is theirs has an account from then on. Opening a link
/// changes nothing, for programs open the links in mails; in another browser than the one that asked, the person also says the address that it came to, so that nobody is signed in to
/// an account that is not theirs by a link that somebody else sent them on.
/// </summary>
public static class AccountLinks
{
    public static readonly Duration Lasts = Duration.FromMinutes(15);
    /// <summary>Most links to one address in an hour: nobody may have the council fill somebody's mailbox.</summary>
    public const int MostInAnHour = 5;
    /// <summary>After so many wrong addresses a link opens nothing any more.</summary>
    public const int MostTries = 10;
    public const string ToSignIn = "sign-in", ToConfirm = "address";
    static readonly Duration Kept = Duration.FromDays(1);

    /// <summary>Makes a link and queues the mail that brings it, in one and the same way for every address.</summary>
    /// <param name="browser">The random code of the browser that asks.</param>
    /// <param name="back">The page of ours where to go on; "" for the account's own.</param>
    public static Task Ask(Unit unit, House house, string authority, string email, string language, string browser, string back) => Make(unit, house, authority, email, language, browser, back, ToSignIn, null);

    /// <summary>Makes a link with which an account's other address is confirmed.</summary>
    public static Task AskToConfirm(Unit unit, House house, string authority, string email, string language, string browser, string account) => Make(unit, house, authority, email, language, browser, "", ToConfirm, account);

    static async Task Make(Unit unit, House house, string authority, string email, string language, string browser, string back, string purpose, string? account)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(house);
        ArgumentNullException.ThrowIfNull(email);
        var (now, folded) = (house.Now, Accounts.Folded(email));
        if (await unit.Number($"select count(*) from account_link where folded = {folded} and asked > {now - Duration.FromHours(1)}") >= MostInAnHour) return;
        var code = OneTimeCodes.Make();
        var hash = OneTimeCodes.HashOf(code)!;
        await unit.Execute($"""
            insert into account_link (hash, purpose, address, folded, account, back, browser, asked, expires, tries)
            values ({hash}, {purpose}, {email.Trim()}, {folded}, {account}, {back}, {OneTimeCodes.HashOf(browser) ?? ""}, {now}, {now + Lasts}, 0)
            """);
        var door = house.Council.FindAuthority(authority) ?? house.Council.Authorities[0];
        await QueueMail.Queue(unit, house, new OutgoingMail
        {
            Key = MailKey(hash), Kind = purpose == ToSignIn ? "account-link" : "account-address", Authority = door.Id, To = email, Language = language, Template = purpose == ToSignIn ? "account-link" : "account-address", AtOnce = true,
            Fields = new Dictionary<string, string?>
            {
                ["link"] = $"{door.PublicAddress}/account/link/{code}", ["until"] = Phrases.In(language).Time((now + Lasts).InZone(door.Calendar.Zone).TimeOfDay),
            },
        });
    }

    /// <summary>The link of a code, for a browser; null for one that is unknown, used, out of date or guessed at, which cannot be told apart.</summary>
    public static async Task<AccountLink?> Find(Session session, string? code, string? browser, Instant now)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (OneTimeCodes.HashOf(code) is not { } hash) return null;
        var mine = OneTimeCodes.HashOf(browser) ?? "-";
        return await session.First($"select hash, purpose, address, account, back, browser, tries from account_link where hash = {hash} and used is null and expires > {now} and tries < {MostTries}",
            row => new AccountLink(row.Text(0), row.Text(1), row.Text(2), row.TextOrNull(3), row.Text(4), row.Text(5) == mine, row.Int(6)));
    }

    /// <summary>Uses a link up, once: signs in to the account with its address, which is made where there is none. A wrong address is counted, so that refusal keeps its unit.</summary>
    /// <param name="typed">The address that somebody says the link came to; asked for in another browser only.</param>
    public static async Task<Result<UsedLink>> Use(Unit unit, string? code, string? browser, string? typed, string language, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (await Find(unit, code, browser, now) is not { Purpose: ToSignIn } link) return Refusal.NotFound;
        if (await NotTheirs(unit, link, typed) is { } no) return no;
        if (!await Take(unit, link, now)) return Refusal.NotFound;
        if (await Accounts.OfEmail(unit, link.Address) is { } account) return new UsedLink(account.Id, link.Back, false);
        return new UsedLink((await Accounts.Make(unit, link.Address, language, now)).Id, link.Back, true);
    }

    /// <summary>Uses a link up that confirms another address of the account that is signed in.</summary>
    public static async Task<Result<UsedLink>> Confirm(Unit unit, House house, string? code, string? browser, string? typed, string account, string authority, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(house);
        if (await Find(unit, code, browser, now) is not { Purpose: ToConfirm } link || link.Account != account) return Refusal.NotFound;
        if (await NotTheirs(unit, link, typed) is { } no) return no;
        if (await Accounts.OfEmail(unit, link.Address) is { } other && other.Id != account)
            return Refusal.Invalid("Another account has this address. Sign in with the address to use that account, or close it first");
        if (!await Take(unit, link, now)) return Refusal.NotFound;
        var before = await Accounts.EmailOf(unit, account);
        await Accounts.SetEmail(unit, account, link.Address, now);
        if (before is not null && Accounts.Folded(before.Address) != Accounts.Folded(link.Address) && await Accounts.Find(unit, account) is { } whose)
            await QueueMail.Queue(unit, house, new OutgoingMail
            {
                Key = string.Create(CultureInfo.InvariantCulture, $"account/{account}/address/{now.ToUnixTimeTicks()}"), Kind = "account-changed", Authority = authority, To = before.Address, Language = whose.Language, Template = "account-changed", AtOnce = true,
            });
        return new UsedLink(account, link.Back, false);
    }

    static async Task<Refusal?> NotTheirs(Unit unit, AccountLink link, string? typed)
    {
        if (link.IsSameBrowser || (typed is not null && Accounts.Folded(typed) == Accounts.Folded(link.Address))) return null;
        await unit.Execute($"update account_link set tries = tries + 1 where hash = {link.Hash}");
        return Refusal.Invalid("This is not the address that we sent the link to. Check it and try again") with { KeepsUnit = true };
    }

    static async Task<bool> Take(Unit unit, AccountLink link, Instant now) => await unit.Execute($"update account_link set used = {now} where hash = {link.Hash} and used is null and expires > {now}") == 1;

    /// <summary>Forgets links that are over, with the mails that brought them.</summary>
    internal static async Task Forget(Unit unit, Instant now)
    {
        var over = await unit.Query($"select hash from account_link where expires < {now - Kept} order by expires limit 1000", row => row.Text(0));
        if (over.Count == 0) return;
        await EraseMessages.EraseKeys(unit, [.. over.Select(MailKey)]);
        await unit.Execute($"delete from account_link where hash in ({over})");
    }

    /// <summary>Erases the links to an address and those of an account.</summary>
    internal static async Task EraseOf(Unit unit, string account, string? address)
    {
        var folded = address is null ? "" : Accounts.Folded(address);
        var links = await unit.Query($"select hash from account_link where folded = {folded} or account = {account}", row => row.Text(0));
        if (links.Count == 0) return;
        await EraseMessages.EraseKeys(unit, [.. links.Select(MailKey)]);
        await unit.Execute($"delete from account_link where hash in ({links})");
    }

    static string MailKey(string hash) => "account-link/" + hash;
}
