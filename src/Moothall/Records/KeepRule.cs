using Moothall.Cases;
using Moothall.Definitions;
using NodaTime;

namespace Moothall.Records;

/// <summary>
/// How long a service's records are kept, as its newest published definition says: duties change, and the law of today holds for old cases too. Days are
/// those of the authority's zone; a record is over on the day on which the whole time has passed.
/// </summary>
public sealed record KeepRule(Definitions.Period For, string After, string Because)
{
    public static KeepRule Of(ServiceDefinition definition) => new(definition.Keep.For, definition.Keep.After, definition.Keep.Because);

    /// <summary>"6 years after closed, public task", as certificates say it.</summary>
    public string Words => $"{For.ToWords()} after {After}, {Because}";

    /// <summary>Whether the time runs from receipt and not from closing.</summary>
    public bool ByReceipt => After == "received";

    /// <summary>The first day on which a record is no longer kept.</summary>
    public LocalDate Until(LocalDate since) => For.Unit switch
    {
        PeriodUnit.Days => since.PlusDays(For.Amount),
        PeriodUnit.Weeks => since.PlusWeeks(For.Amount),
        PeriodUnit.Months => since.PlusMonths(For.Amount),
        PeriodUnit.Years => since.PlusYears(For.Amount),
        _ => throw new InvalidOperationException($"Records cannot be kept for {For}."),
    };

    /// <summary>Whether what began on a day is over.</summary>
    public bool IsOver(LocalDate since, LocalDate today) => Until(since) <= today;

    /// <summary>The day that a case's time runs from.</summary>
    public LocalDate Since(Instant received, Instant closed, DateTimeZone zone) => (ByReceipt ? received : closed).InZone(zone).Date;

    /// <summary>A day no earlier than the last one that is over: months differ in length, so a few days are added and each case is looked at.</summary>
    public LocalDate Latest(LocalDate today) => (For.Unit switch
    {
        PeriodUnit.Days => today.PlusDays(-For.Amount),
        PeriodUnit.Weeks => today.PlusWeeks(-For.Amount),
        PeriodUnit.Months => today.PlusMonths(-For.Amount),
        _ => today.PlusYears(-For.Amount),
    }).PlusDays(4);
}
