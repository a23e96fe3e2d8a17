using System.Globalization;

namespace Moothall.Benchmarks.Replaying;

/// <summary>
/// When things happened, in one past year. The rows know only month, weekday and hour: one of the month's such days and a minute are chosen by the
/// row's number. The duration is taken as hours, as its column is called; nought and less mean closed at once; what would end after the year is left open.
/// </summary>
internal sealed class Times(int year)
{
    public static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    public DateOnly First { get; } = new(year, 1, 1);
    public DateOnly Last { get; } = new(year, 12, 31);

    public DateTime Received(Request311 row)
    {
        var days = Enumerable.Range(1, DateTime.DaysInMonth(year, row.Month)).Select(d => new DateOnly(year, row.Month, d)).Where(d => d.DayOfWeek == row.Weekday).ToList();
        var place = row.Number / 8;
        var local = days[place % days.Count].ToDateTime(new TimeOnly(row.Hour, place * 37 % 60, place * 11 % 60));
        // The hour that is left out when summer time begins: people's clocks showed the next one.
        if (London.IsInvalidTime(local)) local = local.AddHours(1);
        return TimeZoneInfo.ConvertTimeToUtc(local, London);
    }

    /// <summary>When the row was closed, or null when the year was over by then.</summary>
    public DateTime? Closed(Request311 row)
    {
        var closed = Received(row).AddSeconds(Math.Round(Math.Max(0, row.DurationHours) * 3600));
        return DayOf(closed) <= Last ? closed : null;
    }

    public static DateOnly DayOf(DateTime utc) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, London));

    public static string Text(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
