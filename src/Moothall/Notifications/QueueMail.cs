using System.Security.Cryptography;
using Moothall.Store;
using NodaTime;

namespace Moothall.Notifications;

/// <summary>
/// Puts a message into the outbox, in the unit of whoever has something to tell: it is there when the unit is, and the outbox sends it with retries.
/// The same key queues once.
/// </summary>
public static class QueueMail
{
    /// <summary>Joins the caller's unit.</summary>
    /// <returns>Whether it is new; false when that key was queued before.</returns>
    public static async Task<bool> Queue(Unit unit, House house, OutgoingMail mail)
    {
        var row = await Decide(unit, house, mail);
        var isNew = await unit.Execute(row) == 1;
        if (!isNew || mail.Cases.Count == 0) return isNew;
        var number = await unit.Number($"select number from message where key = {mail.Key}");
        foreach (var reference in mail.Cases.Distinct(StringComparer.Ordinal)) await unit.Execute($"insert into message_case (reference, number) values ({reference}, {number})");
        return true;
    }

    /// <summary>The same of a message about one case at most, for who does not ask whether it is new: it goes to the database with the unit's other writes.</summary>
    public static async Task Add(Unit unit, House house, OutgoingMail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        if (mail.Cases.Count > 0) throw new ArgumentException("A message about several cases needs its number: queue it.", nameof(mail));
        await unit.Add(await Decide(unit, house, mail));
    }

    static async Task<FormattableString> Decide(Unit unit, House house, OutgoingMail mail)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(house);
        ArgumentNullException.ThrowIfNull(mail);
        var now = house.Now;
        var address = string.IsNullOrWhiteSpace(mail.To) ? null : mail.To.Trim();
        var authority = house.Council.FindAuthority(mail.Authority) ?? house.Council.Authorities[0];
        if (address is null) return Row(mail, now, null, MailText.Nothing, "not-sent", Trouble.NoAddress, null);
        if (mail is { IsForApplicant: true, About: { } about } && (mail.Audience?.Choice ?? await MessageChoice.Of(unit, about)).NoMail) return Row(mail, now, null, MailText.Nothing, "not-sent", Trouble.AskedForNone, null);
        if ((mail.Audience is { } known ? known.Dead : await DeadAddresses.Why(unit, address)) is { } dead)
            return Row(mail, now, address, MailText.Nothing, "not-sent", Trouble.DeadAddress, dead);
        var text = MailText.Write(mail, authority, house.Council);
        var earliest = mail.NotBefore is { } notBefore && notBefore > now ? notBefore : now;
        return Row(mail, now, address, text, "waiting", null, null, mail.AtOnce ? earliest : authority.QuietHours.After(earliest));
    }

    /// <summary>Takes a message back that was not brought to the mail server yet, as if it had never been queued.</summary>
    /// <returns>Whether it was there still.</returns>
    internal static async Task<bool> TakeBack(Unit unit, string key)
    {
        await unit.Execute($"delete from message_case where number in (select number from message where key = {key} and (state = 'not-sent' or (state = 'waiting' and attempts = 0)))");
        return await unit.Execute($"delete from message where key = {key} and (state = 'not-sent' or (state = 'waiting' and attempts = 0))") > 0;
    }

    /// <summary>Records that somebody was not told, and why, without an address or words.</summary>
    internal static Task NotSent(Unit unit, House house, OutgoingMail mail, string trouble) =>
        unit.Add(Row(mail, house.Now, null, MailText.Nothing, "not-sent", trouble, null));

    /// <summary>Addresses are compared without capitals, as every mail system in use does.</summary>
    internal static string Folded(string address) => address.ToLowerInvariant();

    static FormattableString Row(OutgoingMail mail, Instant now, string? address, MailText text, string state, string? trouble, string? why, Instant? nextTry = null) => $"""
        insert into message (key, token, kind, authority, service, about, version, language, address, subject, plain, html, stop_link, attachment_name, attachment_kind, attachment,
            at_once, state, trouble, why, attempts, next_try, queued, changed, trace)
        values ({mail.Key}, {NewToken()}, {mail.Kind}, {mail.Authority}, {mail.Service}, {mail.About}, {mail.Version}, {mail.Language}, {address}, {text.Subject}, {text.Plain}, {text.Html},
            {mail.StopLink}, {mail.Attachment?.Name}, {mail.Attachment?.Kind}, {mail.Attachment?.Content}, {mail.AtOnce}, {state}, {trouble}, {why}, 0, {nextTry}, {now}, {now}, {Signals.Trace})
        on conflict (key) do nothing
        """;

    // 130 bits that nobody guesses: who sends a bounce back must have had the message.
    static string NewToken() => RandomNumberGenerator.GetString("abcdefghjkmnpqrstvwxyz0123456789", 26);
}
