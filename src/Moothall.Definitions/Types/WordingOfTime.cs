using System.Globalization;
using NodaTime;

namespace Moothall.Definitions;

/// <summary>The sentences about dates, months and times, and how they and other answers are shown.</summary>
public sealed partial class Wording
{
    // date and month
    public string EnterDate(Question q) => Say("Enter a date for “{question}”", ("question", Label(q)));
    public string EnterMonth(Question q) => Say("Enter a month and year for “{question}”", ("question", Label(q)));
    public string NotDate(Question q) => Say("{subject} must be a real date, like 27 3 2026", ("subject", Subject(q)));
    public string NotMonth(Question q) => Say("{subject} must be a real month and year, like 3 2026", ("subject", Subject(q)));
    public string YearOfFour => Say("Year must include 4 numbers");

    /// <summary>Which parts of a date are lacking, of `day`, `month`, `year`.</summary>
    public string MustInclude(Question q, IReadOnlyList<string> parts) => parts switch
    {
        ["day"] => Say("{subject} must include a day", ("subject", Subject(q))),
        ["month"] => Say("{subject} must include a month", ("subject", Subject(q))),
        ["year"] => Say("{subject} must include a year", ("subject", Subject(q))),
        ["day", "month"] => Say("{subject} must include a day and month", ("subject", Subject(q))),
        ["day", "year"] => Say("{subject} must include a day and year", ("subject", Subject(q))),
        _ => Say("{subject} must include a month and year", ("subject", Subject(q))),
    };

    public string TodayOrPast(Question q) => Say("{subject} must be today or in the past", ("subject", Subject(q)));
    public string InPast(Question q) => Say("{subject} must be in the past", ("subject", Subject(q)));
    public string TodayOrFuture(Question q) => Say("{subject} must be today or in the future", ("subject", Subject(q)));
    public string InFuture(Question q) => Say("{subject} must be in the future", ("subject", Subject(q)));
    public string ThisMonthOrPast(Question q) => Say("{subject} must be this month or in the past", ("subject", Subject(q)));
    public string ThisMonthOrFuture(Question q) => Say("{subject} must be this month or in the future", ("subject", Subject(q)));
    public string OnOrAfter(Question q, string date) => Say("{subject} must be the same as or after {date}", ("subject", Subject(q)), ("date", date));
    public string OnOrBefore(Question q, string date) => Say("{subject} must be the same as or before {date}", ("subject", Subject(q)), ("date", date));

    // time
    public string EnterTime(Question q) => Say("Enter a time for “{question}”, like 9:30am", ("question", Label(q)));
    public string NotTime(Question q) => Say("{subject} must be a real time, like 9:30am or 14:30", ("subject", Subject(q)));
    public string MinutesMissing(Question q) => Say("{subject} must include minutes, like 14:30, or am or pm, like 9am", ("subject", Subject(q)));
    public string HourMissing(Question q) => Say("{subject} must include an hour", ("subject", Subject(q)));

    // answers as they are shown
    public string NotProvided => Say("Not provided");
    public string Yes => Say("Yes");
    public string No => Say("No");
    public string Agreed => Say("Agreed");
    public string Files(int count) => Say("{count, plural, one {# file} other {# files}}", ("count", count));
    public string Date(LocalDate date) => phrases.Date(date);
    public string Month(YearMonth month) => phrases.Month(month);

    /// <summary>A time as GOV.UK writes it: 10:30am, 9am, midday, midnight.</summary>
    public string Time(LocalTime time) => phrases.Time(time);

    /// <summary>A number with commas between thousands.</summary>
    public string Number(decimal number) => number.ToString("#,##0.######", CultureInfo.InvariantCulture);

    /// <summary>An amount: £1,200 or £1,200.50.</summary>
    public string Money(long pence)
    {
        var pounds = Math.Abs(pence) * 0.01m;
        var written = pence % 100 == 0 ? pounds.ToString("#,##0", CultureInfo.InvariantCulture) : pounds.ToString("#,##0.00", CultureInfo.InvariantCulture);
        return pence < 0 ? $"-£{written}" : $"£{written}";
    }
}
