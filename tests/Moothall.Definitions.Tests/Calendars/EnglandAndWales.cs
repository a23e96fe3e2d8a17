using NodaTime;
using NodaTime.Text;

namespace Moothall.Definitions.Tests.Calendars;

/// <summary>The calendar that the example council ships.</summary>
static class EnglandAndWales
{
    public static readonly HolidayList Holidays =
        HolidayList.Read("england-and-wales", File.ReadAllText(Path.Combine(ReferencePage.Root, "council", "calendars", "england-and-wales.csv")));

    public static readonly WorkingCalendar Calendar = WorkingCalendar.Usual(Holidays);

    /// <summary>A moment by the clock on the wall: "2025-04-17 12:00".</summary>
    public static Instant At(string local) =>
        Calendar.Zone.AtLeniently(LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm").Parse(local).Value).ToInstant();

    public static string Local(Instant at) => at.InZone(Calendar.Zone).ToString("uuuu-MM-dd HH:mm", null);
}
