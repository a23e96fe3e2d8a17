using NodaTime;

namespace Moothall.Definitions;

/// <summary>The days that are holidays, from a dated list, with the first and last year it covers.</summary>
public sealed record HolidayList(string Name, IReadOnlySet<LocalDate> Holidays, int FirstYear, int LastYear);

/// <summary>What adding a period gave: the moment, or why it cannot be worked out (the list of holidays ends before it).</summary>
public readonly record struct Due(Instant? At, string? Refusal);

/// <summary>
/// When an authority works: its opening hours by weekday, less holidays, in Europe/London. Adds periods and moves deadlines
/// when a clock stood still. Pure.
/// </summary>
public sealed partial class WorkingCalendar
{
    /// <param name="opens">Opening and closing time by weekday; a day that is missing is closed.</param>
    public WorkingCalendar(HolidayList holidays, IReadOnlyDictionary<IsoDayOfWeek, (LocalTime Opens, LocalTime Closes)> opens, DateTimeZone zone) => throw new NotImplementedException();

    /// <summary>Monday to Friday, 9 to 5, Europe/London.</summary>
    public static WorkingCalendar Usual(HolidayList holidays) => throw new NotImplementedException();

    public DateTimeZone Zone => throw new NotImplementedException();

    /// <summary>When a period that starts at a moment ends.</summary>
    public Due Add(Instant start, Period period) => throw new NotImplementedException();

    /// <summary>The new deadline when a clock of this unit stood still from stopped to resumed (working units: the working time between).</summary>
    public Due Extend(Instant due, PeriodUnit unit, Instant stopped, Instant resumed) => throw new NotImplementedException();

    /// <summary>Whether a moment lies in opening hours.</summary>
    public bool IsOpen(Instant at) => throw new NotImplementedException();

    /// <summary>The calendar day of a moment in this zone.</summary>
    public LocalDate DayOf(Instant at) => throw new NotImplementedException();
}
