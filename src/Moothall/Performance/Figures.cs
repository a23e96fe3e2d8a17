namespace Moothall.Performance;

/// <summary>
/// From sums to figures, and nothing else: no database, no clock. A rate is a number from 0 to 1, the quotient as it is, or null where there is
/// nothing to divide by; pages round, figures do not.
/// </summary>
public static class Figures
{
    /// <summary>The figures of one service and authority.</summary>
    /// <param name="byChannel">The sums of the period by channel.</param>
    /// <param name="open">Cases open at the end of the period.</param>
    public static ServiceFigures Of(string service, string authority, IReadOnlyDictionary<string, Counts> byChannel, long open, Cost cost)
    {
        var all = Counts.Sum(byChannel.Values);
        return new ServiceFigures
        {
            Service = service,
            Authority = authority,
            Started = all[Count.Started],
            Completed = all.Completed,
            CompletedByChannel = ByChannel(byChannel, c => c.Completed),
            TransactionsByChannel = ByChannel(byChannel, c => c[Count.Received]),
            Journeys = Journeys(byChannel),
            Cases = new CaseFigures(all[Count.Received], all[Count.Closed], all[Count.ClosedInTime], open),
            DigitalTakeUp = DigitalTakeUp(byChannel, withAssisted: true),
            DigitalTakeUpUnassisted = DigitalTakeUp(byChannel, withAssisted: false),
            CompletionRate = CompletionRate(byChannel),
            ClosedInTimeRate = ClosedInTimeRate(all),
            Satisfaction = SatisfactionOf(all),
            Cost = cost,
        };
    }

    /// <summary>Transactions by web, chat, API and, unless left out, assisted, of all transactions. A transaction is a case received.</summary>
    public static double? DigitalTakeUp(IReadOnlyDictionary<string, Counts> byChannel, bool withAssisted)
    {
        var digital = byChannel.Where(c => Channels.Digital.Contains(c.Key) && (withAssisted || c.Key != "assisted"));
        return Rate(digital.Sum(c => c.Value[Count.Received]), byChannel.Values.Sum(c => c[Count.Received]));
    }

    /// <summary>Journeys that reached a designed end, of those settled. Drafts still under way, the desk and the API are left out.</summary>
    public static double? CompletionRate(IReadOnlyDictionary<string, Counts> byChannel)
    {
        var (completed, settled) = Journeys(byChannel);
        return Rate(completed, settled);
    }

    /// <summary>Journeys that reached a designed end, and those settled: with the ones that were left.</summary>
    public static (long Completed, long Settled) Journeys(IReadOnlyDictionary<string, Counts> byChannel)
    {
        var journeys = Counts.Sum(byChannel.Where(c => Channels.Journeys.Contains(c.Key)).Select(c => c.Value));
        var completed = journeys[Count.CompletedSubmitted] + journeys[Count.CompletedExit];
        return (completed, completed + journeys[Count.Abandoned]);
    }

    /// <summary>Cases closed at or before the time promised, of those closed.</summary>
    public static double? ClosedInTimeRate(Counts counts) => Rate(counts[Count.ClosedInTime], counts[Count.Closed]);

    /// <summary>How satisfied people said they were, by both formulas in use.</summary>
    public static Satisfaction SatisfactionOf(Counts counts)
    {
        var responses = counts.Responses;
        var weighted = 4 * counts[Count.VerySatisfied] + 3 * counts[Count.Satisfied] + 2 * counts[Count.Neither] + counts[Count.Dissatisfied];
        return new Satisfaction(responses,
            new SatisfactionCounts(counts[Count.VerySatisfied], counts[Count.Satisfied], counts[Count.Neither], counts[Count.Dissatisfied], counts[Count.VeryDissatisfied]),
            Rate(weighted, 4 * responses),
            Rate(counts[Count.VerySatisfied] + counts[Count.Satisfied], responses));
    }

    /// <summary>A part of a whole, or null when there is no whole.</summary>
    public static double? Rate(long part, long whole) => whole == 0 ? null : (double)part / whole;

    static Dictionary<string, long> ByChannel(IReadOnlyDictionary<string, Counts> byChannel, Func<Counts, long> number) =>
        Channels.InOrder(byChannel.Keys).Select(c => (Channel: c, Number: number(byChannel[c])))
            .Where(c => c.Number != 0).ToDictionary(c => c.Channel, c => c.Number);
}
