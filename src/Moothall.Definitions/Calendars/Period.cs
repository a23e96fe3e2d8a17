using System.Globalization;

namespace Moothall.Definitions;

/// <summary>Units of a period. Hours and WorkingDays count only the authority's opening; the rest run on the clock and calendar.</summary>
public enum PeriodUnit { WorkingHours, ClockHours, WorkingDays, Days, Weeks, Months, Years }

/// <summary>A length of time as a definition writes it: "10 working days", "2 hours", "2 clock hours", "6 years".</summary>
public readonly record struct Period(int Amount, PeriodUnit Unit)
{
    public static Period? Parse(string text)
    {
        var words = text.Split(' ', 2);
        PeriodUnit? unit = words.Length < 2 ? null : words[1].TrimEnd('s') switch
        {
            "hour" => PeriodUnit.WorkingHours, "clock hour" => PeriodUnit.ClockHours, "working day" => PeriodUnit.WorkingDays, "day" => PeriodUnit.Days,
            "week" => PeriodUnit.Weeks, "month" => PeriodUnit.Months, "year" => PeriodUnit.Years, _ => null,
        };
        return unit is { } u && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var amount) && amount > 0 ? new(amount, u) : null;
    }
}
