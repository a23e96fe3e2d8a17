using System.Globalization;
using Moothall.Definitions;
using Moothall.Notifications;
using Moothall.Records;
using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>
/// An account ends: at once when its person closes it, or when it was not used for as long as the council says, of which they were told before. All that is known of the person by the account goes. Cases stay by
/// the rules of their services, and their codes open them as before; who sent one for whom stays with that case.
/// </summary>
public static class CloseAccount
{
    /// <summary>How long before an unused account goes its person is told.</summary>
    public static readonly Duration Warning = Duration.FromDays(30);
    const int MostANight = 500;
    const string Nobody = "-";

    /// <summary>Closes an account in the caller's unit.</summary>
    public static async Task Close(Unit unit, string account, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        await AccountLinks.EraseOf(unit, account, (await Accounts.EmailOf(unit, account))?.Address);
        await ActingAgreements.EraseOf(unit, account, now);
        await Passkeys.RemoveAllOf(unit, Accounts.HolderOf(account));
        await Journeys.Drafts.LetGo(unit, account);
        await unit.Execute($"delete from account_session where account = {account}");
        await unit.Execute($"delete from account_provider where account = {account}");
        await unit.Execute($"delete from account_detail where account = {account}");
        await unit.Execute($"delete from account_case where account = {account} and acting is null");
        await unit.Execute($"update account_case set account = {Nobody} where account = {account}");
        await unit.Execute($"delete from account_email where account = {account}");
        await unit.Execute($"delete from account where id = {account}");
    }

    /// <summary>Tells whoever has not used their account for so long that it goes, and closes those that were told and did not come. A hold on the person keeps it.</summary>
    /// <returns>How many were closed.</returns>
    public static async Task<int> Unused(Unit unit, House house, HeldNow held, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(house);
        ArgumentNullException.ThrowIfNull(held);
        var door = house.Council.Authorities[0];
        var zone = door.Calendar.Zone;
        var over = zone.AtStartOfDay(now.InZone(zone).Date.PlusMonths(-house.Council.AccountsUnusedMonths)).ToInstant();
        var soon = over + Warning;
        var lastDay = now + Warning;
        foreach (var (id, language, address) in await unit.Query($"""
            select a.id, a.language, e.address from account a left join account_email e on e.account = a.id where a.seen < {soon} and a.warned is null order by a.seen limit {MostANight}
            """, row => (row.Text(0), row.Text(1), row.TextOrNull(2))))
        {
            await unit.Execute($"update account set warned = {now} where id = {id}");
            if (address is not null)
                await QueueMail.Queue(unit, house, new OutgoingMail
                {
                    Key = string.Create(CultureInfo.InvariantCulture, $"account/{id}/unused/{now.ToUnixTimeTicks()}"), Kind = "account-unused", Authority = door.Id, To = address, Language = language, Template = "account-unused",
                    Fields = new Dictionary<string, string?> { ["until"] = Phrases.In(language).Day(lastDay.InZone(zone).Date), ["link"] = $"{door.PublicAddress}/account/sign-in" },
                });
        }
        var told = now - Warning;
        var gone = 0;
        foreach (var (id, address) in await unit.Query($"""
            select a.id, e.address from account a left join account_email e on e.account = a.id where a.seen < {over} and a.warned <= {told} order by a.seen limit {MostANight}
            """, row => (row.Text(0), row.TextOrNull(1))))
        {
            if (address is not null && held.People.Any(person => Accounts.Folded(person) == Accounts.Folded(address))) continue;
            await Close(unit, id, now);
            gone++;
        }
        return gone;
    }
}
