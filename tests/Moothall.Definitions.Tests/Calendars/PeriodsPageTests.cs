using NodaTime.Text;

namespace Moothall.Definitions.Tests.Calendars;

/// <summary>The worked examples of docs/reference/periods.md are what the calendar works out.</summary>
public class PeriodsPageTests
{
    static readonly LocalDateTimePattern Written = LocalDateTimePattern.Create("ddd d MMM uuuu HH:mm", System.Globalization.CultureInfo.GetCultureInfo("en-GB"));

    [Fact]
    public void Every_worked_example_of_the_reference_comes_out()
    {
        var rows = ReferencePage.Rows("periods.md", "received", "period", "due", "why");
        rows.Count.ShouldBeGreaterThanOrEqualTo(12);
        foreach (var row in rows)
        {
            var due = EnglandAndWales.Calendar.Add(At(row[0]), Period.Parse(row[1])!.Value);
            due.At.ShouldBe(At(row[2]), $"{row[0]} + {row[1]} came out as {(due.At is { } at ? EnglandAndWales.Local(at) : due.Refusal)}");
        }
    }

    [Fact]
    public void Every_stopped_clock_of_the_reference_comes_out()
    {
        var rows = ReferencePage.Rows("periods.md", "due", "period", "stopped", "resumed", "new due");
        rows.Count.ShouldBeGreaterThanOrEqualTo(4);
        foreach (var row in rows)
        {
            var due = EnglandAndWales.Calendar.Extend(At(row[0]), Period.Parse(row[1])!.Value.Unit, At(row[2]), At(row[3]));
            due.At.ShouldBe(At(row[4]), $"{row[0]} came out as {(due.At is { } at ? EnglandAndWales.Local(at) : due.Refusal)}");
        }
    }

    /// <summary>The weekday in the page must be right too: a pattern with a wrong weekday does not parse.</summary>
    static NodaTime.Instant At(string words) =>
        EnglandAndWales.Calendar.Zone.AtLeniently(Written.Parse(words.Replace("Sept ", "Sep ", StringComparison.Ordinal)).GetValueOrThrow()).ToInstant();
}
