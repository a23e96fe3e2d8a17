using NodaTime;

namespace Moothall.Definitions;

/// <summary>A charge that somebody's answers lead to, and its amount.</summary>
public sealed record ChargeDue(Charge Charge, long Pence);

/// <summary>Works out what is to be paid: for the page before sending, and for the case.</summary>
public static class Charges
{
    /// <summary>Charges that apply to answers on the path, in order; what comes to nothing is left out.</summary>
    /// <param name="fees">The council's prices in pence by name.</param>
    public static IReadOnlyList<ChargeDue> Of(ServiceDefinition definition, Answers kept, IReadOnlyDictionary<string, long> fees, LocalDate today)
    {
        if (definition.Charges.Count == 0) return [];
        var facts = new Facts(definition, kept, Journey.Decide(definition, kept, today), today) { Fees = fees };
        return [.. definition.Charges.Where(charge => charge.When is null || charge.When.Holds(facts))
            .Select(charge => new ChargeDue(charge, charge.Amounts.FirstOrDefault(row => row.When is null || row.When.Holds(facts))?.Amount.Pence(facts) ?? 0))
            .Where(due => due.Pence > 0)];
    }
}
