using System.Runtime.CompilerServices;
using Moothall.Council;
using Moothall.Store;
using NodaTime;

namespace Moothall.Performance;

/// <summary>
/// Asking for figures. Sums are read line by line in the order of the tables' keys, whole months from the month table; nothing is counted from
/// cases, and nothing reads more for a longer history.
/// </summary>
/// <param name="unitCosts">The default unit costs of a service's definition in pounds by channel; empty when it names none.</param>
/// <param name="rates">The council's rate cards.</param>
public sealed partial class PerformanceQueries(Func<string, IReadOnlyDictionary<string, decimal>> unitCosts, Func<IReadOnlyList<RateCard>> rates)
{
    /// <summary>The figures of a period for all services that ever had any, or one service or authority.</summary>
    /// <param name="offered">Services of authorities that are shown with noughts when nothing has happened yet.</param>
    public async Task<PerformanceReport> Read(Session session, string? service, string? authority, ReportingPeriod period,
        IEnumerable<(string Service, string Authority)>? offered = null)
    {
        var sums = await Sums(session, service, authority, period);
        var open = await OpenAt(session, service, authority, period.To);
        var cards = rates();
        var spans = await MeasuredSpans(session, service, authority, period, cards, sums);
        var pairs = open.Keys.Concat(offered ?? [])
            .Where(p => p.Service.Length > 0 && (service is null || p.Service == service) && (authority is null || p.Authority == authority))
            .Distinct().OrderBy(p => p.Service, StringComparer.Ordinal).ThenBy(p => p.Authority, StringComparer.Ordinal);

        var lines = new List<ServiceFigures>();
        foreach (var pair in pairs)
        {
            var byChannel = sums.GetValueOrDefault(pair) ?? [];
            var cost = (spans.TryGetValue(pair, out var measured) ? Costs.Measured(measured) : null)
                ?? Costs.ByDefault(Transactions(byChannel), unitCosts(pair.Service));
            lines.Add(Figures.Of(pair.Service, pair.Authority, byChannel, open.GetValueOrDefault(pair), cost));
        }
        return new PerformanceReport(period.From, period.To, lines);
    }

    /// <summary>The sums of a period as a row of points without gaps, for charts. All services or authorities together where none is named.</summary>
    public async Task<IReadOnlyList<TrendPoint>> Trend(Session session, string? service, string? authority, ReportingPeriod period, Bucket bucket)
    {
        var slices = bucket == Bucket.Month ? period.Slices() : [(DayFigures.DayTable, period.From, period.To)];
        var points = new Dictionary<LocalDate, Dictionary<string, Counts>>();
        foreach (var (table, from, to) in slices)
        {
            var rows = await session.Query(Sql($$"""
                select l.channel, d.day, {{SumColumns}} from {0} l
                join {1} d on d.service = l.service and d.authority = l.authority and d.channel = l.channel and d.day between {2} and {3}
                {{Where(service, authority)}} group by l.channel, d.day
                """, LineTable, new SqlName(table), from, to, service ?? "", authority ?? ""),
                row => (Channel: row.Text(0), Day: row.Date(1), Counts: CountsFrom(row, 2)));
            foreach (var (channel, day, counts) in rows)
            {
                var start = StartOf(day, bucket);
                if (!points.TryGetValue(start, out var byChannel))
                    points.Add(start, byChannel = []);
                byChannel[channel] = byChannel.TryGetValue(channel, out var sum) ? sum.Add(counts) : counts;
            }
        }
        var trend = new List<TrendPoint>();
        for (var start = StartOf(period.From, bucket); start <= period.To; start = NextOf(start, bucket))
            trend.Add(new TrendPoint(LocalDate.Max(start, period.From), LocalDate.Min(NextOf(start, bucket).PlusDays(-1), period.To),
                points.GetValueOrDefault(start) ?? []));
        return trend;
    }

    /// <summary>The services most often sent or finished at a designed end in the 30 days up to a day, most used first.</summary>
    public async Task<IReadOnlyList<string>> MostUsed(Session session, string? authority, LocalDate today, int most)
    {
        var from = today.PlusDays(-29);
        return await session.Query(Sql($$"""
            select l.service, sum(d.received + d.completed_exit) as used from {0} l
            join {1} d on d.service = l.service and d.authority = l.authority and d.channel = l.channel and d.day between {2} and {3}
            {{Where(null, authority)}} group by l.service having sum(d.received + d.completed_exit) > 0 order by used desc, l.service limit {6}
            """, LineTable, new SqlName(DayFigures.DayTable), from, today, "", authority ?? "", most), row => row.Text(0));
    }

    /// <summary>How many minutes a journey takes that is sent: the median of the last twelve months, or null while fewer than five were sent.</summary>
    public async Task<int?> MedianMinutes(Session session, string service, LocalDate today)
    {
        var since = ReportingPeriod.FirstOfMonth(today).PlusMonths(-12);
        var classes = await session.Query(
            $"select class, sum(journeys) from {new SqlName(DayFigures.TimeTable)} where service = {service} and month >= {since} group by class",
            row => (Class: row.Int(0), Journeys: row.Long(1)));
        return JourneyTimes.MedianMinutes(classes.ToDictionary(c => c.Class, c => c.Journeys));
    }

    /// <summary>Why people got in contact about services in a period, with the avoidable reasons; numbers too small to show are null.</summary>
    public async Task<IReadOnlyList<ContactFigures>> Contacts(Session session, string? service, string? authority, ReportingPeriod period)
    {
        var rows = await session.Query(Sql($$"""
            select d.reason, sum(d.contacts) from {0} l
            join {1} d on d.service = l.service and d.authority = l.authority and d.channel = l.channel and d.day between {2} and {3}
            {{Where(service, authority)}} group by d.reason
            """, LineTable, new SqlName(DayFigures.ContactTable), period.From, period.To, service ?? "", authority ?? ""),
            row => (Kind: row.Text(0), Number: row.Long(1)));
        return [.. SmallNumbers.Show([.. rows.OrderByDescending(r => r.Number).ThenBy(r => r.Kind, StringComparer.Ordinal)])
            .Select(r => new ContactFigures(r.Kind, r.Number))];
    }

    /// <summary>At which questions people stopped, of drafts begun in a period and left; numbers too small to show are null.</summary>
    public async Task<IReadOnlyList<StopFigures>> Stops(Session session, string service, string? authority, ReportingPeriod period)
    {
        var rows = await session.Query(Sql($$"""
            select l.question, sum(l.stopped) from {0} l {{Where(service, authority)}} and l.day between {2} and {3} group by l.question
            """, new SqlName(DayFigures.StopTable), "", period.From, period.To, service, authority ?? ""),
            row => (Kind: row.Text(0), Number: row.Long(1)));
        return [.. SmallNumbers.Show([.. rows.OrderByDescending(r => r.Number).ThenBy(r => r.Kind, StringComparer.Ordinal)])
            .Select(r => new StopFigures(r.Kind, r.Number))];
    }

    static readonly SqlName LineTable = new(DayFigures.LineTable);

    static readonly string SumColumns = string.Join(", ", Counts.Columns.Select(c => $"sum(d.{c})"));

    static Counts CountsFrom(Row row, int first)
    {
        var counts = new Counts();
        foreach (var count in Counts.All)
            counts[count] = row.Long(first + (int)count);
        return counts;
    }

    /// <summary>The filter of lines; arguments 4 and 5 are the service and the authority.</summary>
    static string Where(string? service, string? authority) => (service, authority) switch
    {
        (null, null) => "where 1 = 1",
        (not null, null) => "where l.service = {4}",
        (null, not null) => "where l.authority = {5}",
        _ => "where l.service = {4} and l.authority = {5}",
    };

    static FormattableString Sql(string format, params object[] arguments) => FormattableStringFactory.Create(format, arguments);

    static LocalDate StartOf(LocalDate day, Bucket bucket) => bucket switch
    {
        Bucket.Week => day.DayOfWeek == IsoDayOfWeek.Monday ? day : day.Previous(IsoDayOfWeek.Monday),
        Bucket.Month => ReportingPeriod.FirstOfMonth(day),
        _ => day,
    };

    static LocalDate NextOf(LocalDate start, Bucket bucket) => bucket switch
    {
        Bucket.Week => start.PlusWeeks(1),
        Bucket.Month => start.PlusMonths(1),
        _ => start.PlusDays(1),
    };

    static Dictionary<string, long> Transactions(IReadOnlyDictionary<string, Counts> byChannel) =>
        byChannel.Where(c => c.Value[Count.Received] != 0).ToDictionary(c => c.Key, c => c.Value[Count.Received]);
}
