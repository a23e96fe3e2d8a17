using NodaTime;

namespace Moothall.Definitions;

/// <summary>
/// Something to be paid for the service: how much, when it is due, and to which income code. What differs from council to council is a fee that
/// stands in its offer (`amount: fee first-bin`).
/// </summary>
public sealed record Charge
{
    public required string Name { get; init; }
    /// <summary>What people read beside the amount.</summary>
    public required Prose Label { get; init; }
    /// <summary>Rows of amounts as those of a decision; one row without a sentence where there is one amount.</summary>
    public required IReadOnlyList<ChargeRow> Amounts { get; init; }
    /// <summary>Charged only when this holds; always where null.</summary>
    public Sentence? When { get; init; }
    /// <summary>The stage whose beginning makes it due; null where it is due when the case is received.</summary>
    public string? Stage { get; init; }
    /// <summary>Where it is booked; a council may name its own in its offer.</summary>
    public required string IncomeCode { get; init; }
    /// <summary>How VAT treats it: standard, reduced, zero, exempt or outside-scope.</summary>
    public required string Vat { get; init; }
    public required SourcePlace Place { get; init; }

    /// <summary>The names of the fees that an offer must have.</summary>
    public IEnumerable<string> Fees => Amounts.SelectMany(row => row.Amount.Fees).Distinct();
}

/// <summary>One amount and when it holds; a null sentence holds always, or otherwise.</summary>
public sealed record ChargeRow(Amount Amount, Sentence? When, SourcePlace Place);

/// <summary>A danger that is told at once, on a page of its own, as soon as its sentence holds.</summary>
/// <param name="Ring">The number to ring: figures, or null for the council's own number for this service.</param>
public sealed record Alert(string Name, Sentence When, Prose Title, Prose Text, string? Ring, SourcePlace Place);

/// <summary>What runs out after a time and is asked for anew: the person is reminded before.</summary>
/// <param name="After">Outcomes that begin the time.</param>
/// <param name="Every">How long it runs: from the day that staff answered (<see cref="Begins"/>), or else from the day the case was closed.</param>
/// <param name="Remind">How long before its end the person is reminded.</param>
public sealed record Renewal(IReadOnlyList<string> After, Period Every, Period Remind, SourcePlace Place)
{
    /// <summary>The question of staff whose date is the first day; null where the time begins with the close.</summary>
    public string? Begins { get; init; }
    /// <summary>The question of staff whose date is the last day itself; null where the last day is counted.</summary>
    public string? Ends { get; init; }
    /// <summary>The question whose date counts; null where only the close does.</summary>
    public string? Question => Begins ?? Ends;

    /// <summary>The last day of a case that was closed on a day, with the date that staff answered, where they did.</summary>
    public LocalDate LastDay(LocalDate closed, LocalDate? answered) =>
        answered is not { } date ? LastDay(closed) : Ends is not null ? date : LastDay(Begins is not null ? date : closed);

    /// <summary>The last day of the time that began on a day.</summary>
    public LocalDate LastDay(LocalDate began) => Plus(began, Every, 1).PlusDays(-1);

    /// <summary>The day of the reminder.</summary>
    public LocalDate ReminderBefore(LocalDate last) => Plus(last, Remind, -1);

    internal static LocalDate Plus(LocalDate day, Period period, int times) => period.Unit switch
    {
        PeriodUnit.Years => day.PlusYears(times * period.Amount),
        PeriodUnit.Months => day.PlusMonths(times * period.Amount),
        PeriodUnit.Weeks => day.PlusWeeks(times * period.Amount),
        _ => day.PlusDays(times * period.Amount),
    };
}
