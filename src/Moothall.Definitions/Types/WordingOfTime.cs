using System.Globalization;
using NodaTime;

namespace Moothall.Definitions;

/// <summary>The sentences about dates, months and times, and how they and other answers are shown.</summary>
public partial class Wording
{
    // date and month
    public virtual string EnterDate(Question q) => $"Enter a date for “{Label(q)}”";
    public virtual string EnterMonth(Question q) => $"Enter a month and year for “{Label(q)}”";
    public virtual string NotDate(Question q) => $"{Subject(q)} must be a real date, like 27 3 2026";
    public virtual string NotMonth(Question q) => $"{Subject(q)} must be a real month and year, like 3 2026";
    public virtual string YearOfFour => "Year must include 4 numbers";

    /// <summary>Which parts of a date are lacking, of `day`, `month`, `year`.</summary>
    public virtual string MustInclude(Question q, IReadOnlyList<string> parts) => parts switch
    {
        ["day"] => $"{Subject(q)} must include a day",
        ["month"] => $"{Subject(q)} must include a month",
        ["year"] => $"{Subject(q)} must include a year",
        ["day", "month"] => $"{Subject(q)} must include a day and month",
        ["day", "year"] => $"{Subject(q)} must include a day and year",
        _ => $"{Subject(q)} must include a month and year",
    };

    public virtual string TodayOrPast(Question q) => $"{Subject(q)} must be today or in the past";
    public virtual string ThisMonthOrPast(Question q) => $"{Subject(q)} must be this month or in the past";
    public virtual string ThisMonthOrFuture(Question q) => $"{Subject(q)} must be this month or in the future";
    public virtual string InPast(Question q) => $"{Subject(q)} must be in the past";
    public virtual string TodayOrFuture(Question q) => $"{Subject(q)} must be today or in the future";
    public virtual string InFuture(Question q) => $"{Subject(q)} must be in the future";
    public virtual string OnOrAfter(Question q, string date) => $"{Subject(q)} must be the same as or after {date}";
    public virtual string OnOrBefore(Question q, string date) => $"{Subject(q)} must be the same as or before {date}";

    // time
    public virtual string EnterTime(Question q) => $"Enter a time for “{Label(q)}”, like 9:30am";
    public virtual string NotTime(Question q) => $"{Subject(q)} must be a real time, like 9:30am or 14:30";
    public virtual string MinutesMissing(Question q) => $"{Subject(q)} must include minutes, like 14:30, or am or pm, like 9am";
    public virtual string HourMissing(Question q) => $"{Subject(q)} must include an hour";

    // answers as they are shown
    public virtual string NotProvided => "Not provided";
    public virtual string Yes => "Yes";
    public virtual string No => "No";
    public virtual string Agreed => "Agreed";
    public virtual string Files(int count) => count == 1 ? "1 file" : $"{Count(count)} files";
    public virtual string Date(LocalDate date) => $"{date.Day} {MonthName(date.Month)} {date.Year}";
    public virtual string Month(YearMonth month) => $"{MonthName(month.Month)} {month.Year}";

    /// <summary>A time as GOV.UK writes it: 10:30am, 9am, midday, midnight.</summary>
    public virtual string Time(LocalTime time)
    {
        if (time.Minute == 0 && time.Hour is (0 or 12))
            return time.Hour == 0 ? "midnight" : "midday";
        var half = time.Hour < 12 ? "am" : "pm";
        return time.Minute == 0 ? $"{time.ClockHourOfHalfDay}{half}" : $"{time.ClockHourOfHalfDay}:{time.Minute:00}{half}";
    }

    /// <summary>A number with commas between thousands.</summary>
    public virtual string Number(decimal number) => number.ToString("#,##0.######", CultureInfo.InvariantCulture);

    /// <summary>An amount: £1,200 or £1,200.50.</summary>
    public virtual string Money(long pence)
    {
        var pounds = Math.Abs(pence) * 0.01m;
        var written = pence % 100 == 0 ? pounds.ToString("#,##0", CultureInfo.InvariantCulture) : pounds.ToString("#,##0.00", CultureInfo.InvariantCulture);
        return pence < 0 ? $"-£{written}" : $"£{written}";
    }

    private protected virtual string MonthName(int month) => CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month);
}
