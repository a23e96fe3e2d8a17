using NodaTime;
using NodaTime.Text;

namespace Moothall.Web.Design;

/// <summary>Dates, times and codes as people read them: "Friday 6 March", "10:30am", "7F3K 92QX".</summary>
public static class Words
{
    static readonly System.Globalization.CultureInfo English = System.Globalization.CultureInfo.GetCultureInfo("en-GB");
    static readonly LocalDatePattern ThisYear = LocalDatePattern.Create("dddd d MMMM yyyy", English);
    static readonly LocalTimePattern Hour = LocalTimePattern.Create("h:mmtt", English);

    /// <summary>"Friday 6 March 2026".</summary>
    public static string Day(LocalDate day) => ThisYear.Format(day);

    /// <summary>"10:30am", "midday", "midnight", "2pm".</summary>
    public static string Time(LocalTime time)
    {
        if (time == LocalTime.Noon) return "midday";
        if (time == LocalTime.Midnight) return "midnight";
        return Hour.Format(time).ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal).Replace(":00", "", StringComparison.Ordinal);
    }

    /// <summary>"Friday 6 March 2026 at 10:30am".</summary>
    public static string At(Instant at, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var local = at.InZone(zone);
        return $"{Day(local.Date)} at {Time(local.TimeOfDay)}";
    }

    /// <summary>A code in groups of four, to read out and to type.</summary>
    public static string Code(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return string.Join(' ', code.Chunk(4).Select(part => new string(part)));
    }
}
