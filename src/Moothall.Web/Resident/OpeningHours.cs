using Moothall.Council;
using Moothall.Web.Design;
using NodaTime;

namespace Moothall.Web.Resident;

/// <summary>When somebody is there to talk to, said of this moment: "Open now, until 5:30pm". On a bank holiday nobody is.</summary>
public sealed record OpeningHours(bool IsOpen, string English, string Welsh)
{
    /// <summary>The hours of an authority as they are at a moment.</summary>
    public static OpeningHours Of(Authority authority, Instant now)
    {
        ArgumentNullException.ThrowIfNull(authority);
        var local = now.InZone(authority.Calendar.Zone);
        if (On(authority, local.Date) is { } today)
        {
            if (local.TimeOfDay >= today.Opens && local.TimeOfDay < today.Closes)
                return new(true, $"Open now, until {Words.Time(today.Closes)}", $"Ar agor nawr, tan {Words.Time(today.Closes)}");
            if (local.TimeOfDay < today.Opens)
                return new(false, $"Opens today at {Words.Time(today.Opens)}", $"Yn agor heddiw am {Words.Time(today.Opens)}");
        }
        for (var ahead = 1; ahead <= 14; ahead++)
        {
            var day = local.Date.PlusDays(ahead);
            if (On(authority, day) is not { } hours) continue;
            var when = ahead == 1 ? ("tomorrow", "yfory") : ahead < 7 ? ($"on {Weekdays[(int)day.DayOfWeek]}", $"ddydd {WelshWeekdays[(int)day.DayOfWeek]}") : ($"on {Words.Day(day)}", $"ar {Words.Day(day)}");
            return new(false, $"Closed now. Opens {when.Item1} at {Words.Time(hours.Opens)}", $"Ar gau nawr. Yn agor {when.Item2} am {Words.Time(hours.Opens)}");
        }
        return new(false, "Closed now", "Ar gau nawr");
    }

    /// <summary>The week as lines of Markdown: days with the same hours together.</summary>
    public static IEnumerable<string> Week(ContactDetails contact)
    {
        ArgumentNullException.ThrowIfNull(contact);
        var days = Enumerable.Range(1, 7).Select(d => (Day: d, Hours: contact.Hours.TryGetValue((IsoDayOfWeek)d, out var h) ? $"{Words.Time(h.Opens)} to {Words.Time(h.Closes)}" : "closed")).ToList();
        for (var first = 0; first < 7;)
        {
            var last = first;
            while (last + 1 < 7 && days[last + 1].Hours == days[first].Hours) last++;
            yield return $"{Weekdays[first + 1]}{(last == first ? "" : last == first + 1 ? $" and {Weekdays[last + 1]}" : $" to {Weekdays[last + 1]}")}: {days[first].Hours}";
            first = last + 1;
        }
    }

    static (LocalTime Opens, LocalTime Closes)? On(Authority authority, LocalDate day) =>
        !authority.Calendar.IsHoliday(day) && authority.Contact.Hours.TryGetValue(day.DayOfWeek, out var hours) ? hours : null;

    static readonly string[] Weekdays = ["", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    static readonly string[] WelshWeekdays = ["", "Llun", "Mawrth", "Mercher", "Iau", "Gwener", "Sadwrn", "Sul"];
}
