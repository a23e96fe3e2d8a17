using Moothall.Store;
using NodaTime;

namespace Moothall.Performance;

public sealed partial class PerformanceQueries
{
    /// <summary>The facts of a period, row by row in the order of day, service, authority, channel. Read a month at a time, so a long period takes no more memory.</summary>
    public async IAsyncEnumerable<FactsRow> Facts(Session session, ReportingPeriod period, string? service = null, string? authority = null)
    {
        for (var from = period.From; from <= period.To; from = ReportingPeriod.FirstOfMonth(from).PlusMonths(1))
        {
            var to = LocalDate.Min(ReportingPeriod.FirstOfMonth(from).PlusMonths(1).PlusDays(-1), period.To);
            var contacts = (await ContactDays(session, service, authority, from, to)).ToLookup(c => (c.Day, c.Line));
            var days = await session.Query(Sql($$"""
                select d.day, l.service, l.authority, l.channel, {{string.Join(", ", Counts.Columns.Select(c => $"d.{c}"))}} from {0} l
                join {1} d on d.service = l.service and d.authority = l.authority and d.channel = l.channel and d.day between {2} and {3}
                {{Where(service, authority)}}
                """, LineTable, new SqlName(DayFigures.DayTable), from, to, service ?? "", authority ?? ""),
                row => (Day: row.Date(0), Line: new Line(row.Text(1), row.Text(2), row.Text(3)), Counts: CountsFrom(row, 4)));
            foreach (var (day, line, counts) in days.OrderBy(d => d.Day).ThenBy(d => d.Line.Service, StringComparer.Ordinal)
                .ThenBy(d => d.Line.Authority, StringComparer.Ordinal).ThenBy(d => d.Line.Channel, StringComparer.Ordinal))
                yield return new FactsRow(day, line, counts, contacts[(day, line)].ToDictionary(c => c.Reason, c => c.Counts));
        }
    }

    static Task<List<(LocalDate Day, Line Line, string Reason, ContactCounts Counts)>> ContactDays(Session session, string? service, string? authority,
        LocalDate from, LocalDate to) =>
        session.Query(Sql($$"""
            select d.day, l.service, l.authority, l.channel, d.reason, d.contacts, d.seconds, d.digital_offered, d.digital_taken from {0} l
            join {1} d on d.service = l.service and d.authority = l.authority and d.channel = l.channel and d.day between {2} and {3}
            {{Where(service, authority)}}
            """, LineTable, new SqlName(DayFigures.ContactTable), from, to, service ?? "", authority ?? ""),
            row => (row.Date(0), new Line(row.Text(1), row.Text(2), row.Text(3)), row.Text(4),
                new ContactCounts(row.Long(5), row.Long(6), row.Long(7), row.Long(8))));
}
