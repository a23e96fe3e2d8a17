using System.Globalization;
using System.Text.Json;

namespace Moothall.Benchmarks.Replaying;

/// <summary>A figure that the council publishes otherwise than the rows say.</summary>
internal sealed record Difference(string What, string Expected, string Published);

/// <summary>Reads what the council publishes, as JSON by period and as facts day by day, and holds it against what has to be. Every number must be equal.</summary>
internal sealed class Comparing(HttpClient server, Expected expected, Times times)
{
    readonly List<Difference> differences = [];

    /// <summary>How many figures were compared.</summary>
    public int Figures { get; private set; }

    public async Task<IReadOnlyList<Difference>> Run()
    {
        await Period(1, 12);
        for (var month = 1; month <= 12; month++) await Period(month, month);
        await Facts();
        return differences;
    }

    async Task Period(int from, int to)
    {
        var (first, last) = (new DateOnly(times.First.Year, from, 1), new DateOnly(times.First.Year, to, DateTime.DaysInMonth(times.First.Year, to)));
        using var report = JsonDocument.Parse(await server.GetStringAsync($"/api/v1/performance?from={Iso(first)}&to={Iso(last)}"));
        var published = report.RootElement.GetProperty("services").EnumerateArray()
            .ToDictionary(s => (Service: s.GetProperty("service").GetString()!, Authority: s.GetProperty("authority").GetString()!));
        var pairs = expected.Lines.Select(l => (l.Service, l.Authority)).Union(published.Keys).Order();
        foreach (var pair in pairs)
        {
            var what = $"{pair.Service} {pair.Authority} {(from == to ? Iso(first)[..7] : times.First.Year.ToString(CultureInfo.InvariantCulture))}";
            if (!published.TryGetValue(pair, out var figures)) Same(what, "a line", "none");
            else Service(what, figures, pair.Service, l => l.Service == pair.Service && l.Authority == pair.Authority, from, to);
        }
    }

    void Service(string what, JsonElement figures, string service, Func<Line, bool> wanted, int from, int to)
    {
        var sums = expected.Of(wanted, from, to);
        var cases = figures.GetProperty("cases");
        Same($"{what} received", sums.Received, cases.GetProperty("received").GetInt64());
        Same($"{what} closed", sums.Closed, cases.GetProperty("closed").GetInt64());
        Same($"{what} closed in time", sums.ClosedInTime, cases.GetProperty("closedInTime").GetInt64());
        Same($"{what} open at the end", sums.OpenAtEnd, cases.GetProperty("open").GetInt64());

        var byChannel = expected.Lines.Where(wanted).Select(l => (l.Channel, Number: expected.Of(o => o == l, from, to).Received)).Where(c => c.Number > 0).OrderBy(c => c.Channel).ToList();
        Same($"{what} by channel", InWords(byChannel), InWords(Map(figures.GetProperty("completedByChannel"))));
        Same($"{what} transactions by channel", InWords(byChannel), InWords(Map(figures.GetProperty("transactionsByChannel"))));
        Same($"{what} digital take-up", Part(byChannel.Where(c => Mapping.IsDigital(c.Channel)).Sum(c => c.Number), sums.Received), Rate(figures, "digitalTakeUp"));
        Same($"{what} take-up unassisted", Part(byChannel.Where(c => Mapping.IsDigital(c.Channel) && c.Channel != "assisted").Sum(c => c.Number), sums.Received), Rate(figures, "digitalTakeUpUnassisted"));

        var cost = figures.GetProperty("cost");
        var unit = expected.Promised.TryGetValue(service, out var promises) ? promises.CostPounds : new Dictionary<string, decimal>();
        var pounds = byChannel.Sum(c => c.Number * unit[c.Channel]);
        Same($"{what} basis of cost", "default", cost.GetProperty("basis").GetString()!);
        Same($"{what} cost", pounds, cost.GetProperty("total").GetDecimal());
        if (sums.Received > 0)
            Same($"{what} cost of one", Math.Round(pounds / sums.Received, 2, MidpointRounding.ToEven), cost.GetProperty("perTransaction").GetDecimal());
        Same($"{what} cost by channel", InWords(byChannel.Select(c => (c.Channel, c.Number * unit[c.Channel]))),
            InWords(cost.GetProperty("byChannel").EnumerateObject().Select(c => (c.Name, c.Value.GetDecimal())).OrderBy(c => c.Name)));
    }

    /// <summary>The facts say every day by service, authority and channel; here they are added up by month.</summary>
    async Task Facts()
    {
        var rows = (await server.GetStringAsync($"/api/v1/performance/facts.csv?from={Iso(times.First)}&to={Iso(times.Last)}")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(r => r.Split(',')).ToList();
        var head = rows[0].ToList();
        long Cell(string[] row, string name) => long.Parse(row[head.IndexOf(name)], CultureInfo.InvariantCulture);
        var months = rows.Skip(1).GroupBy(r => (Line: new Line(r[1], r[2], r[3]), Month: int.Parse(r[0].AsSpan(5, 2), CultureInfo.InvariantCulture)))
            .ToDictionary(g => g.Key, g => new Sums(g.Sum(r => Cell(r, "received")), g.Sum(r => Cell(r, "closed")), g.Sum(r => Cell(r, "closed_in_time")), g.Sum(r => Cell(r, "open_change"))));
        foreach (var line in expected.Lines.Union(months.Keys.Select(k => k.Line)))
        {
            var open = 0L;
            for (var month = 1; month <= 12; month++)
            {
                var (must, are) = (expected.Of(l => l == line, month, month), months.GetValueOrDefault((line, month)));
                Same($"facts {line.Service} {line.Authority} {line.Channel} month {month}", must, are with { OpenAtEnd = open += are.OpenAtEnd });
            }
        }
    }

    void Same<T>(string what, T must, T isSaid)
    {
        Figures++;
        if (!EqualityComparer<T>.Default.Equals(must, isSaid)) differences.Add(new Difference(what, $"{must}", $"{isSaid}"));
    }

    static IEnumerable<(string, long)> Map(JsonElement numbers) => numbers.EnumerateObject().Select(c => (c.Name, c.Value.GetInt64())).OrderBy(c => c.Name);
    static string InWords<T>(IEnumerable<(string Channel, T Number)> byChannel) => string.Join(", ", byChannel.Select(c => $"{c.Channel} {c.Number:0.00}"));
    static double? Part(long part, long whole) => whole == 0 ? null : (double)part / whole;
    static double? Rate(JsonElement figures, string name) => figures.GetProperty(name) is { ValueKind: JsonValueKind.Number } rate ? rate.GetDouble() : null;
    static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
