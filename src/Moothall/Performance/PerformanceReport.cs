using NodaTime;

namespace Moothall.Performance;

/// <summary>The published figures of a period, a line for each service of each authority.</summary>
public sealed record PerformanceReport(LocalDate From, LocalDate To, IReadOnlyList<ServiceFigures> Services);

/// <summary>The figures of one service at one authority. docs/reference/figures.md says how each one counts.</summary>
public sealed record ServiceFigures
{
    public required string Service { get; init; }
    public required string Authority { get; init; }
    public required long Started { get; init; }
    public required long Completed { get; init; }
    /// <summary>Only channels with a number; the others are 0.</summary>
    public required IReadOnlyDictionary<string, long> CompletedByChannel { get; init; }
    /// <summary>Cases received by channel: what take-up and cost are counted of.</summary>
    public required IReadOnlyDictionary<string, long> TransactionsByChannel { get; init; }
    /// <summary>Journeys that came to a designed end, and those settled either way: what the completion rate divides.</summary>
    public required (long Completed, long Settled) Journeys { get; init; }
    public required CaseFigures Cases { get; init; }
    public required double? DigitalTakeUp { get; init; }
    public required double? DigitalTakeUpUnassisted { get; init; }
    public required double? CompletionRate { get; init; }
    public required double? ClosedInTimeRate { get; init; }
    public required Satisfaction Satisfaction { get; init; }
    public required Cost Cost { get; init; }
}

/// <summary>Cases received and closed in the period, closed in time, and open at its end.</summary>
public sealed record CaseFigures(long Received, long Closed, long ClosedInTime, long Open);

/// <summary>What people said, with the weighted formula (4, 3, 2, 1, 0) and the plain one (satisfied of all); each 0 to 1.</summary>
public sealed record Satisfaction(long Responses, SatisfactionCounts Counts, double? Weighted, double? Plain);

/// <summary>How many chose each of the five points.</summary>
public sealed record SatisfactionCounts(long VerySatisfied, long Satisfied, long Neither, long Dissatisfied, long VeryDissatisfied);

/// <summary>What the transactions cost, in pounds, exact; where it is shown it is rounded to pence, halves to even.</summary>
/// <param name="Basis">`default`: unit costs of the definition; `measured`: time of staff and a rate card. Never a mixture.</param>
/// <param name="UnitCosts">The unit costs used, by channel; null when measured.</param>
public sealed record Cost(string Basis, decimal Total, decimal? PerTransaction, IReadOnlyDictionary<string, decimal> ByChannel, IReadOnlyDictionary<string, decimal>? UnitCosts)
{
    public const string Currency = "GBP";
    public const string Default = "default";
    public const string Measured = "measured";

    /// <summary>Pounds with two places, halves to even, as money is published.</summary>
    public static decimal Pence(decimal pounds) => decimal.Round(pounds, 2, MidpointRounding.ToEven) + 0.00m;
}

/// <summary>One point of a trend: a day, a week from its Monday or a month from its first, cut to the period, with the sums by channel.</summary>
public sealed record TrendPoint(LocalDate From, LocalDate To, IReadOnlyDictionary<string, Counts> ByChannel)
{
    /// <summary>All channels together.</summary>
    public Counts All => Counts.Sum(ByChannel.Values);
}

/// <summary>A row of facts: what was counted on a day, and the contacts by reason.</summary>
public sealed record FactsRow(LocalDate Day, Line Line, Counts Counts, IReadOnlyDictionary<string, ContactCounts> Contacts);

/// <summary>Contacts of a period for one reason; null where the number is too small to show.</summary>
public sealed record ContactFigures(string Reason, long? Contacts);

/// <summary>Where people stopped: the question, and how many left there; null where the number is too small to show.</summary>
public sealed record StopFigures(string Question, long? Stopped);
