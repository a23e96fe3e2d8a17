using Moothall.Council;
using Moothall.Definitions;
using NodaTime;

namespace Moothall.Web.Resident;

/// <summary>When somebody is there to talk to, said of this moment: "Open now, until 5:30pm". On a bank holiday nobody is.</summary>
public sealed record OpeningHours(bool IsOpen, string Words)
{
    /// <summary>The hours of an authority as they are at a moment.</summary>
    public static OpeningHours Of(Authority authority, Instant now, Phrases phrases)
    {
        ArgumentNullException.ThrowIfNull(authority);
        ArgumentNullException.ThrowIfNull(phrases);
        var local = now.InZone(authority.Calendar.Zone);
        if (On(authority, local.Date) is { } today)
        {
            if (local.TimeOfDay >= today.Opens && local.TimeOfDay < today.Closes) return new(true, phrases.Say("Open now, until {time}", ("time", phrases.Time(today.Closes))));
            if (local.TimeOfDay < today.Opens) return new(false, phrases.Say("Opens today at {time}", ("time", phrases.Time(today.Opens))));
        }
        for (var ahead = 1; ahead <= 14; ahead++)
        {
            var day = local.Date.PlusDays(ahead);
            if (On(authority, day) is not { } hours) continue;
            var opens = phrases.Time(hours.Opens);
            return new(false, ahead == 1 ? phrases.Say("Closed now. Opens tomorrow at {time}", ("time", opens))
                : phrases.Say("Closed now. Opens on {day} at {time}", ("day", ahead < 7 ? phrases.Weekday(day.DayOfWeek) : phrases.Day(day)), ("time", opens)));
        }
        return new(false, phrases.Say("Closed now"));
    }

    /// <summary>The week as lines of Markdown: days with the same hours together.</summary>
    public static IEnumerable<string> Week(ContactDetails contact, Phrases phrases)
    {
        ArgumentNullException.ThrowIfNull(contact);
        ArgumentNullException.ThrowIfNull(phrases);
        var days = Enumerable.Range(1, 7).Select(d => (Day: phrases.Weekday((IsoDayOfWeek)d), Hours: contact.Hours.TryGetValue((IsoDayOfWeek)d, out var h)
            ? phrases.Say("{from} to {to}", ("from", phrases.Time(h.Opens)), ("to", phrases.Time(h.Closes))) : phrases.Say("closed"))).ToList();
        for (var first = 0; first < 7;)
        {
            var last = first;
            while (last + 1 < 7 && days[last + 1].Hours == days[first].Hours) last++;
            yield return last == first ? phrases.Say("{day}: {hours}", ("day", days[first].Day), ("hours", days[first].Hours))
                : last == first + 1 ? phrases.Say("{first} and {last}: {hours}", ("first", days[first].Day), ("last", days[last].Day), ("hours", days[first].Hours))
                : phrases.Say("{first} to {last}: {hours}", ("first", days[first].Day), ("last", days[last].Day), ("hours", days[first].Hours));
            first = last + 1;
        }
    }

    static (LocalTime Opens, LocalTime Closes)? On(Authority authority, LocalDate day) =>
        !authority.Calendar.IsHoliday(day) && authority.Contact.Hours.TryGetValue(day.DayOfWeek, out var hours) ? hours : null;

}
