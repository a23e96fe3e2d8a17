using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Moothall.Definitions;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Council;

/// <summary>One line of a council's CSV file; fields are asked for by the name of their column, and a fault is told at its line and column.</summary>
sealed class CsvRow(IReadOnlyDictionary<string, int> columns, string[] fields, SourcePlace start, string raw, FindingList findings)
{
    /// <summary>The text of a field without spaces around it; "" where the line or the file does not have it.</summary>
    public string Text(string column) => columns.TryGetValue(column, out var at) && at < fields.Length ? fields[at].Trim() : "";

    /// <summary>The text of a field that must be filled in; null, with a finding, when it is not.</summary>
    public string? Needed(string column)
    {
        var text = Text(column);
        if (text.Length > 0)
            return text;
        findings.Error(PlaceOf(column), new Message("`{column}` is empty here; fill it in, or take the line out", ("column", column)));
        return null;
    }

    /// <summary>A date like 2026-12-25; null, with a finding, when it is none.</summary>
    public LocalDate? Date(string column)
    {
        if (Needed(column) is not { } text)
            return null;
        if (LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var date })
            return date;
        findings.Error(PlaceOf(column), new Message("`{date}` is not a date; write it like 2026-12-25", ("date", text)));
        return null;
    }

    /// <summary>A number between two bounds; null where it is empty, and with a finding when it is none.</summary>
    public double? Number(string column, double least, double most)
    {
        var text = Text(column);
        if (text.Length == 0)
            return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        findings.Error(PlaceOf(column), new Message("`{number}` is not a {column}; write a number from {least} to {most}", ("number", text), ("column", column), ("least", least), ("most", most)));
        return null;
    }

    /// <summary>The place of a field in its file.</summary>
    public SourcePlace PlaceOf(string column)
    {
        if (!columns.TryGetValue(column, out var wanted))
            return start;
        var field = 0;
        var quoted = false;
        for (var i = 0; i < raw.Length; i++)
        {
            if (field == wanted)
                return start with { Column = i + 1 };
            if (raw[i] == '"')
                quoted = !quoted;
            else if (raw[i] == ',' && !quoted)
                field++;
        }
        return start with { Column = raw.Length + 1 };
    }
}

/// <summary>
/// Reads the CSV files of a council: a line of column names, then a line each; lines that begin with `#` are remarks (where the data is from).
/// </summary>
static class CsvRows
{
    /// <summary>A county has about 100,000 streets, of 100 bytes each.</summary>
    const int MostBytes = 200_000_000;

    /// <summary>The lines of a file; empty where the file cannot be read or lacks a column, which is then a finding.</summary>
    public static List<CsvRow> Read(string file, string shownAs, string[] needed, string[] possible, FindingList findings)
    {
        var top = new SourcePlace(shownAs, 1, 1);
        var rows = new List<CsvRow>();
        var (text, why) = TextFile.Read(file, shownAs, MostBytes);
        if (text is null)
        {
            findings.Add(why!);
            return rows;
        }
        using var csv = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            AllowComments = true,
            IgnoreBlankLines = true,
            BadDataFound = bad => findings.Error(top with { Line = bad.Context.Parser?.RawRow ?? 1 }, new Message("there is a quote inside a field here; put the whole field in quotes, and write each quote in it twice")),
        });
        if (!csv.Read() || csv.Record is not { } header)
        {
            findings.Error(top, new Message("this file is empty; its first line must be {columns}", ("columns", string.Join(',', needed))));
            return rows;
        }
        var headerPlace = top with { Line = csv.RawRow };
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < header.Length; i++)
        {
            var name = header[i].Trim().ToLowerInvariant();
            if (!columns.TryAdd(name, i))
                findings.Error(headerPlace, new Message("there are two columns `{name}`; rename or remove one", ("name", name)));
            else if (!needed.Contains(name) && !possible.Contains(name))
                findings.Warn(headerPlace, new Message("column `{name}` is not read", ("name", name)).With(DidYouMean.Ending(name, [.. needed, .. possible])));
        }
        var missing = needed.Where(n => !columns.ContainsKey(n)).ToList();
        if (missing.Count > 0)
        {
            findings.Error(headerPlace, new Message("there is no column {missing}; the first line must name the columns: {columns}", ("missing", DidYouMean.List(missing)), ("columns", string.Join(',', needed))));
            return rows;
        }
        while (csv.Read())
            if (csv.Record is { } fields && fields.Any(f => !string.IsNullOrWhiteSpace(f)))
                rows.Add(new(columns, fields, top with { Line = csv.RawRow }, csv.RawRecord.TrimEnd('\r', '\n'), findings));
        return rows;
    }
}
