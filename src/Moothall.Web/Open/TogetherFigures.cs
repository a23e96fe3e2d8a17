using Moothall.Performance;

namespace Moothall.Web.Open;

/// <summary>The figures of one service at several councils as one: rates are counted anew from the sums, costs are added only where all count them alike.</summary>
static class TogetherFigures
{
    /// <param name="lines">A line for each council.</param>
    /// <param name="byChannel">The sums over all of them.</param>
    public static ServiceFigures Of(string service, IReadOnlyList<ServiceFigures> lines, IReadOnlyDictionary<string, Counts> byChannel) =>
        lines is [var only] ? only : Figures.Of(service, "", byChannel, lines.Sum(l => l.Cases.Open), CostOf([.. lines.Where(l => l.Cases.Received > 0).Select(l => l.Cost)], lines.Sum(l => l.Cases.Received)));

    /// <summary>The basis of costs that cannot be added up: one council measures, another has unit costs only.</summary>
    public const string DifferentBases = "";

    static Cost CostOf(IReadOnlyList<Cost> costs, long transactions)
    {
        if (costs.Select(c => c.Basis).Distinct().Count() > 1) return new Cost(DifferentBases, 0, null, new Dictionary<string, decimal>(), null);
        var total = costs.Sum(c => c.Total);
        var byChannel = costs.SelectMany(c => c.ByChannel).GroupBy(c => c.Key).ToDictionary(g => g.Key, g => g.Sum(c => c.Value));
        return new Cost(costs.Count == 0 ? Cost.Default : costs[0].Basis, total, transactions == 0 ? null : total / transactions, byChannel, costs.Count == 0 ? null : costs[0].UnitCosts);
    }
}
