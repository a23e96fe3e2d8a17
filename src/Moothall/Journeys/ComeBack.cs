using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Notifications;
using Moothall.Store;
using NodaTime;

namespace Moothall.Journeys;

/// <summary>
/// Save and come back: a link by e-mail that leads to a draft from any device. The link alone shows nothing, because mails are forwarded: whoever opens it
/// says the address it was sent to. It goes with the draft; asking again makes a new one and ends the old.
/// </summary>
public static class ComeBack
{
    /// <summary>Most links for one draft: nobody may make the council write without end.</summary>
    public const int MostLinks = 10;
    /// <summary>After so many wrong addresses a link opens nothing any more.</summary>
    public const int MostTries = 10;

    /// <summary>The last moment at which a draft is kept.</summary>
    public static Instant KeptUntil(Draft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return draft.Touched + Draft.Life;
    }

    static string LastDay(Draft draft, DateTimeZone zone, string language) =>
        KeptUntil(draft).InZone(zone).Date.ToString("dddd d MMMM yyyy", System.Globalization.CultureInfo.GetCultureInfo(language == "cy" ? "cy-GB" : "en-GB"));

    /// <summary>Whether there is something to go on with.</summary>
    public static bool MayGoOn(Draft draft, Instant now)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return draft.IsOpen && KeptUntil(draft) > now;
    }

    /// <summary>Makes a link and queues the mail that brings it.</summary>
    public static async Task<Result<Draft>> Ask(Unit unit, House house, string draftId, string email, string language)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(house);
        if (await DraftRows.Find(unit, draftId) is not { } draft || !MayGoOn(draft, house.Now)) return Refusal.NotFound;
        var number = (int)await unit.Number($"select number from draft_return where draft = {draftId}") + 1;
        if (number > MostLinks) return Refusal.Invalid("We have sent {links, plural, one {# link} other {# links}} for this form. Use the newest one, or go on in this browser", ("links", MostLinks));
        var (code, now) = (house.Codes.ForReturn(draftId, number), house.Now);
        await unit.Execute($"""
            insert into draft_return (draft, number, link, email, tries, asked) values ({draftId}, {number}, {TrackingCodes.HashOf(code)}, {email}, 0, {now})
            on conflict (draft) do update set number = excluded.number, link = excluded.link, email = excluded.email, tries = 0, asked = excluded.asked
            """);
        var authority = house.Council.FindAuthority(draft.Authority) ?? house.Council.Authorities[0];
        var definition = (await house.Services.Version(draft.Service, draft.Version)).Definition;
        await QueueMail.Queue(unit, house, new OutgoingMail
        {
            Key = KeyOf(draftId, number), Kind = "return-link", Authority = authority.Id, Service = draft.Service, To = email, Language = language, Template = "return-link", AtOnce = true,
            Fields = new Dictionary<string, string?>
            {
                ["title"] = definition.Title.In(language), ["link"] = $"{authority.PublicAddress}/return/{code}", ["until"] = LastDay(draft, authority.Calendar.Zone, language),
            },
        });
        return draft;
    }

    /// <summary>The draft that a link leads to; null for a link that is unknown, revoked, guessed or out of date, which cannot be told apart.</summary>
    public static async Task<Draft?> Open(Session session, string code, Instant now) => await Find(session, code, now) is { } found ? found.Draft : null;

    /// <summary>Opens the draft to whoever knows the address that the link was sent to. A wrong address is counted, so that refusal keeps its unit.</summary>
    public static async Task<Result<Draft>> Continue(Unit unit, string code, string email, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(email);
        if (await Find(unit, code, now) is not var (draft, address)) return Refusal.NotFound;
        if (string.Equals(address, Tidy.Line(email), StringComparison.OrdinalIgnoreCase)) return draft;
        await unit.Execute($"update draft_return set tries = tries + 1 where draft = {draft.Id}");
        return Refusal.Invalid("This is not the address that we sent the link to. Check it and try again") with { KeepsUnit = true };
    }

    /// <summary>Erases the link of a draft, with its address and the mails that brought it.</summary>
    internal static async Task Erase(Unit unit, string draftId)
    {
        var asked = (int)await unit.Number($"select number from draft_return where draft = {draftId}");
        if (asked == 0) return;
        await EraseMessages.EraseKeys(unit, [.. Enumerable.Range(1, asked).Select(number => KeyOf(draftId, number))]);
        await unit.Execute($"delete from draft_return where draft = {draftId}");
    }

    static string KeyOf(string draftId, int number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Draft.Stream(draftId)}/return/{number}");

    static async Task<(Draft Draft, string Email)?> Find(Session session, string code, Instant now)
    {
        var link = TrackingCodes.HashOf(TrackingCodes.Tidied(code));
        var found = await session.First($"select draft, email, tries from draft_return where link = {link}", row => (Draft: row.Text(0), Email: row.Text(1), Tries: row.Int(2)));
        if (found.Draft is null || found.Tries >= MostTries || await DraftRows.Find(session, found.Draft) is not { } draft || KeptUntil(draft) <= now) return null;
        return (draft, found.Email);
    }
}
