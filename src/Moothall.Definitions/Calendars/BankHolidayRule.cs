using NodaTime;

namespace Moothall.Definitions;

/// <summary>A bank holiday: its day, what it is called, and whether it stands in for one that fell on a weekend.</summary>
public readonly record struct BankHoliday(LocalDate Day, string Title, bool Substitute);

/// <summary>
/// The bank and public holidays of England and Wales as the law lays them down (Banking and Financial Dealings Act 1971,
/// schedule 1, the royal proclamations of early May and New Year, and common law for Good Friday and Christmas Day). Single
/// holidays by proclamation, as for a coronation, are not in the rule.
/// </summary>
public static class BankHolidayRule
{
    /// <summary>Easter Sunday of a year by the Gregorian computus (Meeus, Jones and Butcher).</summary>
    public static LocalDate EasterSunday(int year)
    {
        var golden = year % 19;
        var (century, inCentury) = (year / 100, year % 100);
        var moon = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
        var weekday = (32 + 2 * (century % 4) + 2 * (inCentury / 4) - moon - inCentury % 4) % 7;
        var correction = (golden + 11 * moon + 22 * weekday) / 451;
        var number = moon + weekday - 7 * correction + 114;
        return new LocalDate(year, number / 31, number % 31 + 1);
    }

    /// <summary>The eight holidays of a year, in order of their days.</summary>
    public static IReadOnlyList<BankHoliday> Year(int year)
    {
        var easter = EasterSunday(year);
        var days = new List<BankHoliday>
        {
            new(easter.PlusDays(-2), "Good Friday", false),
            new(easter.PlusDays(1), "Easter Monday", false),
            new(FirstMonday(year, 5), "Early May bank holiday", false),
            new(LastMonday(year, 5), "Spring bank holiday", false),
            new(LastMonday(year, 8), "Summer bank holiday", false),
        };
        var newYear = new LocalDate(year, 1, 1);
        days.Add(new(Weekend(newYear) ? newYear.Next(IsoDayOfWeek.Monday) : newYear, "New Year’s Day", Weekend(newYear)));
        var (christmas, boxing) = (new LocalDate(year, 12, 25), new LocalDate(year, 12, 26));
        days.Add(new(Weekend(christmas) ? new LocalDate(year, 12, 27) : christmas, "Christmas Day", Weekend(christmas)));
        days.Add(new(Weekend(boxing) ? new LocalDate(year, 12, 28) : boxing, "Boxing Day", Weekend(boxing)));
        return [.. days.OrderBy(d => d.Day)];
    }

    static bool Weekend(LocalDate day) => day.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday;
    static LocalDate FirstMonday(int year, int month) => new LocalDate(year, month, 1).PlusDays(-1).Next(IsoDayOfWeek.Monday);
    static LocalDate LastMonday(int year, int month) => new LocalDate(year, month, 1).PlusMonths(1).Previous(IsoDayOfWeek.Monday);
}
