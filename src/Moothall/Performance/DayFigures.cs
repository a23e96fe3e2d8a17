using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Moothall.Store;
using NodaTime;

namespace Moothall.Performance;

/// <summary>
/// The projection "performance": day sums of all that happened, and beside them month sums and the balance of today, so that no question about
/// figures reads more than a few rows a line, however long the history. May be dropped and replayed at any time.
/// </summary>
public sealed class DayFigures : IProjection
{
    /// <summary>Every line that has figures, with the cases open now.</summary>
    public const string LineTable = "performance_line";
    public const string DayTable = "performance_day";
    public const string MonthTable = "performance_month";
    public const string ContactTable = "performance_contact_day";
    public const string StopTable = "performance_stop_day";
    public const string TimeTable = "performance_journey_time";

    /// <summary>Goes up when anything counts in another way: a changed schema text has the projection built again.</summary>
    const int CountingRule = 1;

    static readonly int[] RowsAtOnce = [64, 8, 1];

    /// <summary>Each text is one object, by which a connection finds what it has prepared.</summary>
    static readonly ConcurrentDictionary<string, string> Statements = new(StringComparer.Ordinal);

    public string Name => "performance";

    public IReadOnlyList<string> Tables => [LineTable, DayTable, MonthTable, ContactTable, StopTable, TimeTable];

    public string Schema(Dialect dialect, TableNames tables)
    {
        var day = dialect == Dialect.Sqlite ? "text" : "date";
        var end = dialect == Dialect.Sqlite ? ") without rowid;" : ");";
        var counts = string.Join(",\n", Counts.Columns.Select(c => $"    {c} bigint not null"));
        return $"""
            -- counting rule {CountingRule}
            create table {tables[LineTable].Name} (service text not null, authority text not null, channel text not null, open bigint not null,
                primary key (service, authority, channel){end}
            create table {tables[DayTable].Name} (service text not null, authority text not null, channel text not null, day {day} not null,
            {counts},
                primary key (service, authority, channel, day){end}
            create table {tables[MonthTable].Name} (service text not null, authority text not null, channel text not null, day {day} not null,
            {counts},
                primary key (service, authority, channel, day){end}
            create table {tables[ContactTable].Name} (service text not null, authority text not null, channel text not null, day {day} not null, reason text not null,
                contacts bigint not null, seconds bigint not null, digital_offered bigint not null, digital_taken bigint not null,
                primary key (service, authority, channel, day, reason){end}
            create table {tables[StopTable].Name} (service text not null, authority text not null, day {day} not null, question text not null, stopped bigint not null,
                primary key (service, authority, day, question){end}
            create table {tables[TimeTable].Name} (service text not null, month {day} not null, class integer not null, journeys bigint not null,
                primary key (service, month, class){end}
            """;
    }

    public async Task Apply(Unit unit, TableNames tables, IReadOnlyList<LogEvent> events)
    {
        var tally = new Tally();
        foreach (var entry in events)
            tally.Add(entry);

        var lines = new SortedDictionary<string, (Line Line, long Open)>(StringComparer.Ordinal);
        var months = new Dictionary<(Line Line, LocalDate Month), Counts>();
        foreach (var ((line, day), counts) in tally.Days)
        {
            var month = (line, new LocalDate(day.Year, day.Month, 1));
            if (!months.TryGetValue(month, out var sum))
                months.Add(month, sum = new Counts());
            sum.Add(counts);
            Include(line, counts[Count.OpenChange]);
        }

        await Add(unit, tables[LineTable], ["service", "authority", "channel"], ["open"],
            lines.Values.Select(l => (Keys(l.Line), new[] { l.Open })));
        await Add(unit, tables[DayTable], ["service", "authority", "channel", "day"], Counts.Columns,
            tally.Days.Select(d => (Keys(d.Key.Line, d.Key.Day), Numbers(d.Value))));
        await Add(unit, tables[MonthTable], ["service", "authority", "channel", "day"], Counts.Columns,
            months.Select(m => (Keys(m.Key.Line, m.Key.Month), Numbers(m.Value))));
        await Add(unit, tables[ContactTable], ["service", "authority", "channel", "day", "reason"], ["contacts", "seconds", "digital_offered", "digital_taken"],
            tally.Contacts.Select(c => (Keys(c.Key.Line, c.Key.Day, c.Key.Reason),
                new[] { c.Value.Contacts, c.Value.Seconds, c.Value.DigitalOffered, c.Value.DigitalTaken })));
        await Add(unit, tables[StopTable], ["service", "authority", "day", "question"], ["stopped"],
            tally.Stops.Select(s => (new object[] { s.Key.Service, s.Key.Authority, s.Key.Day, s.Key.Question }, new[] { s.Value })));
        await Add(unit, tables[TimeTable], ["service", "month", "class"], ["journeys"],
            tally.Times.Select(j => (new object[] { j.Key.Service, j.Key.Month, j.Key.Class }, new[] { j.Value })));

        void Include(Line line, long open)
        {
            var key = $"{line.Service}/{line.Authority}/{line.Channel}";
            lines[key] = (line, lines.GetValueOrDefault(key).Open + open);
        }
    }

    static object[] Keys(Line line, params object[] rest) => [line.Service, line.Authority, line.Channel, .. rest];

    static long[] Numbers(Counts counts) => [.. Counts.All.Select(c => counts[c])];

    /// <summary>
    /// Adds sums to the rows of their keys, making rows that are not there yet. Several rows a statement, in a few sizes only: each size is one
    /// prepared statement.
    /// </summary>
    internal static async Task Add(Unit unit, SqlName table, IReadOnlyList<string> keys, IReadOnlyList<string> sums, IEnumerable<(object[] Keys, long[] Sums)> rows)
    {
        var all = rows.ToArray();
        var done = 0;
        foreach (var size in RowsAtOnce)
        {
            if (all.Length - done < size) continue;
            var statement = Statements.GetOrAdd($"{string.Join(',', keys)} {string.Join(',', sums)} {size}", _ => Statement(keys, sums, size));
            for (; all.Length - done >= size; done += size)
            {
                var arguments = new object[1 + size * (keys.Count + sums.Count)];
                arguments[0] = table;
                var place = 1;
                foreach (var row in all.AsSpan(done, size))
                {
                    foreach (var key in row.Keys) arguments[place++] = key;
                    foreach (var sum in row.Sums) arguments[place++] = sum;
                }
                await unit.Add(FormattableStringFactory.Create(statement, arguments));
            }
        }
    }

    static string Statement(IReadOnlyList<string> keys, IReadOnlyList<string> sums, int rows)
    {
        var columns = keys.Count + sums.Count;
        var values = Enumerable.Range(0, rows).Select(row => $"({string.Join(", ", Enumerable.Range(1 + row * columns, columns).Select(a => $"{{{a}}}"))})");
        return $"""
            insert into {"{0}"} as held ({string.Join(", ", keys.Concat(sums))}) values {string.Join(", ", values)}
            on conflict ({string.Join(", ", keys)}) do update set {string.Join(", ", sums.Select(s => $"{s} = held.{s} + excluded.{s}"))}
            """;
    }
}
