using NodaTime;

namespace Moothall.Definitions;

/// <summary>A charge that somebody's answers lead to, and its amount.</summary>
public sealed record ChargeDue(Charge Charge, long Pence);

/// <summary>What a charge can come to, for the start page: the least and the most of its rows.</summary>
/// <param name="Grows">Whether answers make it more, so that only the least is known before.</param>
public sealed record PriceRange(Charge Charge, long LeastPence, long MostPence, bool Grows);

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

    /// <summary>What each charge can come to before anything is answered.</summary>
    public static IReadOnlyList<PriceRange> Prices(ServiceDefinition definition, IReadOnlyDictionary<string, long> fees, LocalDate today)
    {
        var least = definition.Ask.Where(q => q.AtLeast?.Number is not null).Aggregate(Answers.None, (answers, q) => q.Type.Kind switch
        {
            ValueKind.Number => answers.With(q.Name, new NumberAnswer(q.AtLeast!.Number!.Value)),
            ValueKind.Money => answers.With(q.Name, new MoneyAnswer((long)q.AtLeast!.Number!.Value)),
            _ => answers,
        });
        var facts = new Facts(definition, least, new Dictionary<string, string>(), today) { Fees = fees };
        return [.. definition.Charges.Select(charge => new PriceRange(charge, charge.Amounts.Min(row => row.Amount.Pence(facts)), charge.Amounts.Max(row => row.Amount.Pence(facts)),
            charge.Amounts.Any(row => row.Amount.Names.Count > 0)))];
    }
}
