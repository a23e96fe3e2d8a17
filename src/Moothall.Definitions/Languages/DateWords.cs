using System.Globalization;
using NodaTime;

namespace Moothall.Definitions;

/// <summary>Dates and times as people read them in a language: "Friday 6 March 2026", "10:30am". The names and the order of the parts are messages like any other.</summary>
public static class DateWords
{
    /// <summary>"Friday 6 March 2026".</summary>
    public static string Day(this Phrases phrases, LocalDate day)
    {
        ArgumentNullException.ThrowIfNull(phrases);
        return phrases.Say("{weekday} {day} {month} {year}", ("weekday", phrases.Weekday(day.DayOfWeek)), ("day", Figures(day.Day)), ("month", phrases.MonthName(day.Month)), ("year", Figures(day.Year)));
    }

    /// <summary>"6 March 2026".</summary>
    public static string Date(this Phrases phrases, LocalDate day)
    {
        ArgumentNullException.ThrowIfNull(phrases);
        return phrases.Say("{day} {month} {year}", ("day", Figures(day.Day)), ("month", phrases.MonthName(day.Month)), ("year", Figures(day.Year)));
    }

    /// <summary>"March 2026".</summary>
    public static string Month(this Phrases phrases, YearMonth month)
    {
        ArgumentNullException.ThrowIfNull(phrases);
        return phrases.Say("{month} {year}", ("month", phrases.MonthName(month.Month)), ("year", Figures(month.Year)));
    }

    /// <summary>"Mar 2026", for tables and charts.</summary>
    public static string ShortMonth(this Phrases phrases, LocalDate day)
    {
        ArgumentNullException.ThrowIfNull(phrases);
        return phrases.Say("{month} {year}", ("month", phrases.ShortMonthName(day.Month)), ("year", Figures(day.Year)));
    }

    /// <summary>"10:30am", "2pm", "midday", "midnight".</summary>
    public static string Time(this Phrases phrases, LocalTime time)
    {
        ArgumentNullException.ThrowIfNull(phrases);
        var (hour, minute) = (Figures(time.ClockHourOfHalfDay), time.Minute.ToString("00", CultureInfo.InvariantCulture));
        return (time.Hour, time.Minute) switch
        {
            (0, 0) => phrases.Say("midnight"),
            (12, 0) => phrases.Say("midday"),
            ( < 12, 0) => phrases.Say("{hour}am", ("hour", hour)),
            ( < 12, _) => phrases.Say("{hour}:{minute}am", ("hour", hour), ("minute", minute)),
            (_, 0) => phrases.Say("{hour}pm", ("hour", hour)),
            _ => phrases.Say("{hour}:{minute}pm", ("hour", hour), ("minute", minute)),
        };
    }

    /// <summary>"Friday 6 March 2026 at 10:30am".</summary>
    public static string At(this Phrases phrases, Instant at, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(phrases);
        var local = at.InZone(zone);
        return phrases.Say("{day} at {time}", ("day", phrases.Day(local.Date)), ("time", phrases.Time(local.TimeOfDay)));
    }

    /// <summary>"6 years", "28 days".</summary>
    public static string Length(this Phrases phrases, Period period)
    {
        ArgumentNullException.ThrowIfNull(phrases);
        return period.Unit switch
        {
            PeriodUnit.WorkingHours => phrases.Say("{count, plural, one {# hour} other {# hours}}", ("count", period.Amount)),
            PeriodUnit.ClockHours => phrases.Say("{count, plural, one {# clock hour} other {# clock hours}}", ("count", period.Amount)),
            PeriodUnit.WorkingDays => phrases.Say("{count, plural, one {# working day} other {# working days}}", ("count", period.Amount)),
            PeriodUnit.Days => phrases.Say("{count, plural, one {# day} other {# days}}", ("count", period.Amount)),
            PeriodUnit.Weeks => phrases.Say("{count, plural, one {# week} other {# weeks}}", ("count", period.Amount)),
            PeriodUnit.Months => phrases.Say("{count, plural, one {# month} other {# months}}", ("count", period.Amount)),
            _ => phrases.Say("{count, plural, one {# year} other {# years}}", ("count", period.Amount)),
        };
    }

    /// <summary>"Friday".</summary>
    public static string Weekday(this Phrases phrases, IsoDayOfWeek day)
    {
        ArgumentNullException.ThrowIfNull(phrases);
        return day switch
        {
            IsoDayOfWeek.Monday => phrases.Say("Monday"),
            IsoDayOfWeek.Tuesday => phrases.Say("Tuesday"),
            IsoDayOfWeek.Wednesday => phrases.Say("Wednesday"),
            IsoDayOfWeek.Thursday => phrases.Say("Thursday"),
            IsoDayOfWeek.Friday => phrases.Say("Friday"),
            IsoDayOfWeek.Saturday => phrases.Say("Saturday"),
            _ => phrases.Say("Sunday"),
        };
    }

    static string MonthName(this Phrases phrases, int month) => month switch
    {
        1 => phrases.Say("January"),
        2 => phrases.Say("February"),
        3 => phrases.Say("March"),
        4 => phrases.Say("April"),
        5 => phrases.Say("May"),
        6 => phrases.Say("June"),
        7 => phrases.Say("July"),
        8 => phrases.Say("August"),
        9 => phrases.Say("September"),
        10 => phrases.Say("October"),
        11 => phrases.Say("November"),
        _ => phrases.Say("December"),
    };

    static string ShortMonthName(this Phrases phrases, int month) => month switch
    {
        1 => phrases.Say("Jan"),
        2 => phrases.Say("Feb"),
        3 => phrases.Say("Mar"),
        4 => phrases.Say("Apr"),
        5 => phrases.Say("May"),
        6 => phrases.Say("Jun"),
        7 => phrases.Say("Jul"),
        8 => phrases.Say("Aug"),
        9 => phrases.Say("Sep"),
        10 => phrases.Say("Oct"),
        11 => phrases.Say("Nov"),
        _ => phrases.Say("Dec"),
    };

    static string Figures(int number) => number.ToString(CultureInfo.InvariantCulture);
}
