using Moothall.Definitions;
using NodaTime;

namespace Moothall.Web.Design;

/// <summary>Dates, times and codes as people read them: "Friday 6 March 2026", "10:30am", "7F3K 92QX". In English where no language is named.</summary>
public static class Words
{
    /// <summary>"Friday 6 March 2026".</summary>
    public static string Day(LocalDate day, Phrases? phrases = null) => (phrases ?? Phrases.English).Day(day);

    /// <summary>"10:30am", "midday", "midnight", "2pm".</summary>
    public static string Time(LocalTime time, Phrases? phrases = null) => (phrases ?? Phrases.English).Time(time);

    /// <summary>"Friday 6 March 2026 at 10:30am".</summary>
    public static string At(Instant at, DateTimeZone zone, Phrases? phrases = null)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return (phrases ?? Phrases.English).At(at, zone);
    }

    /// <summary>A code in groups of four, to read out and to type.</summary>
    public static string Code(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return string.Join(' ', code.Chunk(4).Select(part => new string(part)));
    }
}
