using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Definitions;

/// <summary>The days that are holidays, from a dated list, with the first and last year it covers.</summary>
public sealed record HolidayList(string Name, IReadOnlySet<LocalDate> Holidays, int FirstYear, int LastYear)
{
    /// <summary>The file that a list of this name is read from.</summary>
    public static string FileOf(string name) => $"council/calendars/{name}.csv";

    /// <summary>
    /// Reads a list in CSV: columns date, title, substitute; lines that begin with `#` are remarks. The list covers the years from
    /// its first date to its last; a year between without a holiday is a slip. Rows that cannot be read are left out with a finding.
    /// </summary>
    public static HolidayList Read(string name, string csvText, List<Finding>? findings = null)
    {
        var days = new HashSet<LocalDate>();
        var lines = csvText.ReplaceLineEndings("\n").TrimStart('\uFEFF').Split('\n');
        var headed = false;
        void Wrong(int line, Message message) => findings?.Add(new Finding(new SourcePlace(FileOf(name), line, 1), Severity.Error, message));

        for (var line = 1; line <= lines.Length; line++)
        {
            var text = lines[line - 1].Trim();
            if (text.Length == 0 || text.StartsWith('#'))
                continue;
            var cells = text.Split(',', StringSplitOptions.TrimEntries);
            if (!headed)
            {
                headed = true;
                if (cells is ["date", "title", "substitute"])
                    continue;
                Wrong(line, new Message("the first row of a list of holidays must be `date,title,substitute`"));
            }
            if (LocalDatePattern.Iso.Parse(cells[0]) is not { Success: true, Value: var date })
                Wrong(line, new Message("`{date}` is not a date; write it as 2026-12-25", ("date", cells[0])));
            else if (cells.Length != 3 || cells[1].Length == 0 || cells[2] is not ("yes" or "no"))
                Wrong(line, new Message("a row of this list is a date, a title, and yes or no for a substitute day: `2026-12-28,Boxing Day,yes`"));
            else if (!days.Add(date))
                Wrong(line, new Message("{date} is in this list twice", ("date", cells[0])));
        }
        if (days.Count == 0)
        {
            Wrong(1, new Message("this list of holidays is empty, so no working days can be worked out"));
            return new HolidayList(name, days, 1, 0);
        }
        var (first, last) = (days.Min().Year, days.Max().Year);
        for (var year = first; year <= last; year++)
            if (!days.Any(d => d.Year == year))
                Wrong(1, new Message("this list goes from {first} to {last}, but has no holidays in {year}", ("first", Figures(first)), ("last", Figures(last)), ("year", Figures(year))));
        return new HolidayList(name, days, first, last);
    }

    static string Figures(int year) => year.ToString(CultureInfo.InvariantCulture);
}
