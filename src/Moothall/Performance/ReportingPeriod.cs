using Moothall.Definitions;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Performance;

/// <summary>Days that figures are asked for, both included, in Europe/London.</summary>
public sealed record ReportingPeriod
{
    /// <summary>The first day that can be asked for; nothing of a council's digital services is older.</summary>
    public static readonly LocalDate Earliest = new(1990, 1, 1);

    public LocalDate From { get; }
    public LocalDate To { get; }

    public ReportingPeriod(LocalDate from, LocalDate to)
    {
        if (to < from)
            throw new ArgumentException("The last day of a period is not before its first.", nameof(to));
        (From, To) = (from, to);
    }

    /// <summary>
    /// The period somebody asked for, or in words why it is none. Without a last day it ends today; without a first day it is the year up to the
    /// last day.
    /// </summary>
    public static (ReportingPeriod? Period, Message? Refusal) Read(string? from, string? to, LocalDate today)
    {
        if (!TryDay(to, out var last))
            return (null, new Message("Enter the last day (to) as year, month and day, like {example}.", ("example", LocalDatePattern.Iso.Format(today))));
        if (!TryDay(from, out var first))
            return (null, new Message("Enter the first day (from) as year, month and day, like {example}.", ("example", LocalDatePattern.Iso.Format(today))));
        var end = last ?? today;
        var begin = first ?? end.PlusYears(-1).PlusDays(1);
        if (end < begin)
            return (null, new Message("The last day (to) is before the first day (from): swap them."));
        if (begin < Earliest || end > today.PlusYears(1))
            return (null, new Message("Ask for days from {first} to {last}.", ("first", LocalDatePattern.Iso.Format(Earliest)), ("last", LocalDatePattern.Iso.Format(today.PlusYears(1)))));
        return (new ReportingPeriod(begin, end), null);
    }

    static bool TryDay(string? text, out LocalDate? day)
    {
        day = null;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        var read = LocalDatePattern.Iso.Parse(text.Trim());
        day = read.Success ? read.Value : null;
        return read.Success;
    }

    /// <summary>
    /// The period as slices that the tables can sum cheaply: whole months from the month table, the days at both ends from the day table. For a
    /// slice of months From and To are the first days of its first and last month.
    /// </summary>
    internal IReadOnlyList<(string Table, LocalDate From, LocalDate To)> Slices()
    {
        var firstWhole = From.Day == 1 ? From : FirstOfMonth(From).PlusMonths(1);
        var afterLastWhole = FirstOfMonth(To.PlusDays(1));
        if (firstWhole >= afterLastWhole)
            return [(DayFigures.DayTable, From, To)];
        var slices = new List<(string, LocalDate, LocalDate)>();
        if (From < firstWhole)
            slices.Add((DayFigures.DayTable, From, firstWhole.PlusDays(-1)));
        slices.Add((DayFigures.MonthTable, firstWhole, afterLastWhole.PlusMonths(-1)));
        if (afterLastWhole <= To)
            slices.Add((DayFigures.DayTable, afterLastWhole, To));
        return slices;
    }

    internal static LocalDate FirstOfMonth(LocalDate day) => new(day.Year, day.Month, 1);
}

/// <summary>The width of a point in a chart of a trend. Weeks begin on Monday.</summary>
public enum Bucket { Day, Week, Month }
