using System.Globalization;
using System.Text;
using NodaTime.Text;

namespace Moothall.Performance;

/// <summary>
/// Figures and facts as CSV by RFC 4180: UTF-8, lines end with CR LF, first line the names. Text that a spreadsheet would run as a formula gets an
/// apostrophe in front; numbers stay numbers. An empty cell is "there is none" or "too small to show".
/// </summary>
public static class PerformanceCsv
{
    static readonly IReadOnlyList<(string Name, Func<ServiceFigures, object?> Value)> Columns =
    [
        ("started", f => f.Started),
        ("completed", f => f.Completed),
        .. Channels.All.Select(c => ($"completedByChannel.{c}", (Func<ServiceFigures, object?>)(f => f.CompletedByChannel.GetValueOrDefault(c)))),
        .. Channels.All.Select(c => ($"transactionsByChannel.{c}", (Func<ServiceFigures, object?>)(f => f.TransactionsByChannel.GetValueOrDefault(c)))),
        ("cases.received", f => f.Cases.Received),
        ("cases.closed", f => f.Cases.Closed),
        ("cases.closedInTime", f => f.Cases.ClosedInTime),
        ("cases.open", f => f.Cases.Open),
        ("digitalTakeUp", f => f.DigitalTakeUp),
        ("digitalTakeUpUnassisted", f => f.DigitalTakeUpUnassisted),
        ("completionRate", f => f.CompletionRate),
        ("closedInTimeRate", f => f.ClosedInTimeRate),
        ("satisfaction.responses", f => f.Satisfaction.Responses),
        ("satisfaction.counts.verySatisfied", f => f.Satisfaction.Counts.VerySatisfied),
        ("satisfaction.counts.satisfied", f => f.Satisfaction.Counts.Satisfied),
        ("satisfaction.counts.neither", f => f.Satisfaction.Counts.Neither),
        ("satisfaction.counts.dissatisfied", f => f.Satisfaction.Counts.Dissatisfied),
        ("satisfaction.counts.veryDissatisfied", f => f.Satisfaction.Counts.VeryDissatisfied),
        ("satisfaction.weighted", f => f.Satisfaction.Weighted),
        ("satisfaction.plain", f => f.Satisfaction.Plain),
        ("cost.basis", f => f.Cost.Basis),
        ("cost.currency", _ => Cost.Currency),
        ("cost.total", f => Cost.Pence(f.Cost.Total)),
        ("cost.perTransaction", f => f.Cost.PerTransaction is { } each ? Cost.Pence(each) : null),
        .. Channels.All.Select(c => ($"cost.byChannel.{c}",
            (Func<ServiceFigures, object?>)(f => Cost.Pence(f.Cost.ByChannel.GetValueOrDefault(c))))),
    ];

    /// <summary>Reasons of contacts, in the order of the columns of the facts.</summary>
    public static readonly IReadOnlyList<string> Reasons = ["new", "chasing", "correcting", "complaining", "question"];

    static readonly IReadOnlySet<Count> Points = new HashSet<Count>
        { Count.VerySatisfied, Count.Satisfied, Count.Neither, Count.Dissatisfied, Count.VeryDissatisfied };

    /// <summary>The report, a line for each service of each authority, the columns named by their path in the JSON.</summary>
    public static string Write(PerformanceReport report)
    {
        var csv = new StringBuilder();
        Row(csv, ["from", "to", "service", "authority", .. Columns.Select(c => c.Name)]);
        foreach (var figures in report.Services)
            Row(csv, [LocalDatePattern.Iso.Format(report.From), LocalDatePattern.Iso.Format(report.To), figures.Service, figures.Authority,
                .. Columns.Select(c => c.Value(figures))]);
        return csv.ToString();
    }

    /// <summary>The first line of the facts.</summary>
    public static string FactsHead()
    {
        var csv = new StringBuilder();
        Row(csv, ["day", "service", "authority", "channel", .. Counts.Columns, .. Reasons.Select(r => $"contacts_{r}"), "contacts"]);
        return csv.ToString();
    }

    /// <summary>
    /// A line of facts. The five points of satisfaction are left empty where fewer than five people answered that day, contacts where there were fewer
    /// than five, and a reason that fewer than five gave: on one day and one channel they could be laid at somebody's door.
    /// </summary>
    public static string Facts(FactsRow row)
    {
        var tooFewAnswers = SmallNumbers.Show(row.Counts.Responses) is null;
        var contacts = SmallNumbers.Show(row.Contacts.Values.Sum(c => c.Contacts));
        var reasons = SmallNumbers.Show([.. Reasons.Select(r => (r, row.Contacts.GetValueOrDefault(r).Contacts))]);
        var csv = new StringBuilder();
        Row(csv, [LocalDatePattern.Iso.Format(row.Day), row.Line.Service, row.Line.Authority, row.Line.Channel,
            .. Counts.All.Select(c => tooFewAnswers && Points.Contains(c) ? null : (object?)row.Counts[c]),
            .. reasons.Select(r => contacts is null ? null : (object?)r.Number),
            contacts]);
        return csv.ToString();
    }

    static void Row(StringBuilder csv, IReadOnlyList<object?> cells) => csv.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    /// <summary>One cell, quoted where it must be.</summary>
    public static string Cell(object? value)
    {
        if (value is not string text)
            return Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n')
            text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
