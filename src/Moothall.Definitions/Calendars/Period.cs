using System.Globalization;

namespace Moothall.Definitions;

/// <summary>Units of a period. Hours and WorkingDays count only the authority's opening; the rest run on the clock and calendar.</summary>
public enum PeriodUnit { WorkingHours, ClockHours, WorkingDays, Days, Weeks, Months, Years }

/// <summary>A length of time as a definition writes it: "10 working days", "2 hours", "2 clock hours", "6 years".</summary>
public readonly record struct Period(int Amount, PeriodUnit Unit)
{
    const int MostAmount = 10_000;

    /// <summary>What can be written, for messages: "10 working days", ...</summary>
    public const string Written = "2 hours, 2 clock hours, 10 working days, 3 days, 2 weeks, 1 month or 6 years";

    /// <summary>The period that words say, or null when they say none. Hours are working hours unless they are clock hours.</summary>
    public static Period? Parse(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length is not (2 or 3) || !int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var amount) || amount is < 1 or > MostAmount)
            return null;
        PeriodUnit? unit = string.Join(' ', words[1..]).ToLowerInvariant() switch
        {
            "hour" or "hours" or "working hour" or "working hours" => PeriodUnit.WorkingHours,
            "clock hour" or "clock hours" => PeriodUnit.ClockHours,
            "working day" or "working days" => PeriodUnit.WorkingDays,
            "day" or "days" or "calendar day" or "calendar days" => PeriodUnit.Days,
            "week" or "weeks" => PeriodUnit.Weeks,
            "month" or "months" => PeriodUnit.Months,
            "year" or "years" => PeriodUnit.Years,
            _ => null,
        };
        return unit is { } known ? new Period(amount, known) : null;
    }

    /// <summary>The period in words, as Parse reads them: "1 working day", "2 hours".</summary>
    public string ToWords()
    {
        var unit = Unit switch
        {
            PeriodUnit.WorkingHours => "hour",
            PeriodUnit.ClockHours => "clock hour",
            PeriodUnit.WorkingDays => "working day",
            PeriodUnit.Days => "day",
            PeriodUnit.Weeks => "week",
            PeriodUnit.Months => "month",
            _ => "year",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{Amount} {unit}{(Amount == 1 ? "" : "s")}");
    }

    public override string ToString() => ToWords();
}
