using Moothall.Council;
using Moothall.Store;
using NodaTime;

namespace Moothall.Performance;

using ByPair = Dictionary<(string Service, string Authority), Dictionary<string, Counts>>;

public sealed partial class PerformanceQueries
{
    /// <summary>The sums of a period by service, authority and channel.</summary>
    static async Task<ByPair> Sums(Session session, string? service, string? authority, ReportingPeriod period)
    {
        var sums = new ByPair();
        foreach (var (table, from, to) in period.Slices())
        {
            var rows = await session.Query(Sql($$"""
                select l.service, l.authority, l.channel, {{SumColumns}} from {0} l
                join {1} d on d.service = l.service and d.authority = l.authority and d.channel = l.channel and d.day between {2} and {3}
                {{Where(service, authority)}} group by l.service, l.authority, l.channel
                """, LineTable, new SqlName(table), from, to, service ?? "", authority ?? ""),
                row => (Pair: (row.Text(0), row.Text(1)), Channel: row.Text(2), Counts: CountsFrom(row, 3)));
            foreach (var (pair, channel, counts) in rows)
            {
                if (!sums.TryGetValue(pair, out var byChannel))
                    sums.Add(pair, byChannel = []);
                byChannel[channel] = byChannel.TryGetValue(channel, out var sum) ? sum.Add(counts) : counts;
            }
        }
        return sums;
    }

    /// <summary>
    /// Cases open at the end of a day: those open now, less what changed since. So a question about yesterday is as quick in the tenth year as in
    /// the first.
    /// </summary>
    static async Task<Dictionary<(string Service, string Authority), long>> OpenAt(Session session, string? service, string? authority, LocalDate to)
    {
        var nextMonth = ReportingPeriod.FirstOfMonth(to).PlusMonths(1);
        var rows = await session.Query(Sql($$"""
            select l.service, l.authority, sum(l.open
                - (select coalesce(sum(m.open_change), 0) from {1} m
                    where m.service = l.service and m.authority = l.authority and m.channel = l.channel and m.day >= {2})
                - (select coalesce(sum(d.open_change), 0) from {6} d
                    where d.service = l.service and d.authority = l.authority and d.channel = l.channel and d.day > {3} and d.day < {2}))
            from {0} l {{Where(service, authority)}} group by l.service, l.authority
            """, LineTable, new SqlName(DayFigures.MonthTable), nextMonth, to, service ?? "", authority ?? "", new SqlName(DayFigures.DayTable)),
            row => (Pair: (row.Text(0), row.Text(1)), Open: row.Long(2)));
        return rows.ToDictionary(r => r.Pair, r => r.Open);
    }

    /// <summary>The period cut where rate cards change, for each service of an authority that had a card on its first day.</summary>
    static async Task<Dictionary<(string Service, string Authority), List<MeasuredSpan>>> MeasuredSpans(Session session, string? service, string? authority,
        ReportingPeriod period, IReadOnlyList<RateCard> cards, ByPair whole)
    {
        var spans = new Dictionary<(string Service, string Authority), List<MeasuredSpan>>();
        var timed = whole.Where(p => CardOn(cards, p.Key.Authority, period.From) is not null
            && p.Value.Values.Any(c => c[Count.HandlingSeconds] > 0)).Select(p => p.Key).ToList();
        if (timed.Count == 0)
            return spans;
        var authorities = timed.Select(p => p.Authority).ToHashSet();
        var starts = cards.Where(c => authorities.Contains(c.Authority) && c.From > period.From && c.From <= period.To)
            .Select(c => c.From).Prepend(period.From).Distinct().Order().ToList();
        for (var i = 0; i < starts.Count; i++)
        {
            var part = new ReportingPeriod(starts[i], i + 1 < starts.Count ? starts[i + 1].PlusDays(-1) : period.To);
            var sums = starts.Count == 1 ? whole : await Sums(session, service, authority, part);
            foreach (var pair in timed)
            {
                if (!spans.TryGetValue(pair, out var list))
                    spans.Add(pair, list = []);
                list.Add(new MeasuredSpan(CardOn(cards, pair.Authority, part.From), sums.GetValueOrDefault(pair) ?? []));
            }
        }
        return spans;
    }

    static RateCard? CardOn(IReadOnlyList<RateCard> cards, string authority, LocalDate day) =>
        cards.Where(c => c.Authority == authority && c.From <= day).MaxBy(c => c.From);
}
