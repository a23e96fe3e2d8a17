using Moothall.Definitions;
using Moothall.Store;

namespace Moothall.Notifications;

/// <summary>Takes in a mail that came back: the message is marked, and an address that does not exist gets no more.</summary>
public static class TakeBounce
{
    /// <summary>The longest report that is read, in characters; servers return the head of a message, not all of it.</summary>
    public const int LongestReport = 1_000_000;

    /// <summary>Reads a delivery report (RFC 3464) and writes what it means. A report that is taken in twice changes nothing the second time.</summary>
    /// <param name="authorities">Whose messages may be spoken of; null for all. Those of others are not here.</param>
    /// <returns>What it meant, as a sentence.</returns>
    public static async Task<Result<Message>> Take(Unit unit, House house, string text, IReadOnlySet<string>? authorities = null)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(house);
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > LongestReport) return Refusal.Invalid("This is too long for a delivery report.");
        if (BounceReport.Read(text) is not { } report) return Refusal.Invalid("This is not a delivery report: it has no lines “Action:” and “Status:” (RFC 3464). Nothing was changed.");
        if (report.Tokens.Count == 0) return Refusal.Invalid("This delivery report does not name a message of ours. Nothing was changed.");
        var now = house.Now;
        foreach (var token in report.Tokens)
        {
            var found = await unit.First($"select number, address, state, authority from message where token = {token}", row => (Number: row.Long(0), Address: row.TextOrNull(1), State: row.Text(2), Authority: row.Text(3)));
            if (found.Number == 0 || found.Address is null || authorities?.Contains(found.Authority) == false) continue;
            if (!report.HasFailed) return new Message("The message is still on its way. Nothing was changed.");
            var why = $"{report.Status} {report.Said}".Trim().Replace(found.Address, "the address", StringComparison.OrdinalIgnoreCase);
            why = why.Length <= 500 ? why : why[..500];
            if (found.State is not ("sent" or "doing" or "waiting")) return new Message("The message was marked already. Nothing was changed.");
            await unit.Execute($"update message set state = 'stuck', trouble = {Trouble.Bounced}, why = {why}, next_try = null, claimed_by = null, changed = {now} where number = {found.Number}");
            if (report.IsForGood) await DeadAddresses.Add(unit, found.Address, why, now);
            return report.IsForGood ? new Message("The message came back. Later messages to its address are not sent.") : new Message("The message came back. Later messages to its address are tried.");
        }
        return Refusal.Invalid("This delivery report names a message that is not here any more. Nothing was changed.");
    }
}
