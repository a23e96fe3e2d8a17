using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace Moothall.Definitions;

/// <summary>
/// Takes apart dates as people write them: 7/11/2026, 2026-11-07, 7 nov 26, Saturday 7th November 2026, today. Months in English and Welsh.
/// The day comes before the month, as in Britain. It finds the parts; whether they make a real date is for the type to say.
/// </summary>
static partial class WrittenDate
{
    static readonly string[][] Months =
    [
        ["january", "ionawr"], ["february", "chwefror"], ["march", "mawrth"], ["april", "ebrill"], ["may", "mai"], ["june", "mehefin"],
        ["july", "gorffennaf"], ["august", "awst"], ["september", "medi"], ["october", "hydref"], ["november", "tachwedd"], ["december", "rhagfyr"],
    ];

    static readonly HashSet<string> Fillers =
        ["st", "nd", "rd", "th", "of", "the", "mon", "monday", "tue", "tues", "tuesday", "wed", "wednesday", "thu", "thur", "thurs", "thursday",
         "fri", "friday", "sat", "saturday", "sun", "sunday"];

    /// <summary>Day, month and year as written, "" for those lacking; null when it is no date at all.</summary>
    public static (string Day, string Month, string Year)? Day(string text, LocalDate today)
    {
        if (Relative(text) is { } days)
        {
            var date = today.PlusDays(days);
            return (Figures(date.Day), Figures(date.Month), Figures(date.Year));
        }
        if (Words(text) is not { } words)
            return null;
        return words switch
        {
            [{ Length: 8 } all] when IsFigures(all) => (all[..2], all[2..4], all[4..]),
            [{ Length: 6 } all] when IsFigures(all) => (all[..2], all[2..4], all[4..]),
            [{ Length: 4 } year] when IsFigures(year) => ("", "", year),
            [var one] when IsFigures(one) => (one, "", ""),
            [var month] when MonthNumber(month) is not null => ("", month, ""),
            [{ Length: 4 } year, var month] when IsFigures(year) => ("", month, year),
            [var month, { Length: 4 } year] when IsFigures(year) => ("", month, year),
            [var month, var day] when !IsFigures(month) => (day, month, ""),
            [var day, var month] => (day, month, ""),
            [{ Length: 4 } year, var month, var day] when IsFigures(year) => (day, month, year),
            [var month, var day, var year] when !IsFigures(month) => (day, month, year),
            [var day, var month, var year] => (day, month, year),
            _ => null,
        };
    }

    /// <summary>Month and year as written, "" for those lacking; null when it is no month at all.</summary>
    public static (string Month, string Year)? Month(string text, LocalDate today)
    {
        if (Relative(text) is 0)
            return (Figures(today.Month), Figures(today.Year));
        return Words(text) switch
        {
            [{ Length: 6 } all] when IsFigures(all) => (all[..2], all[2..]),
            [{ Length: 4 } year] when IsFigures(year) => ("", year),
            [var month] => (month, ""),
            [{ Length: 4 } year, var month] when IsFigures(year) => (month, year),
            [var month, var year] => (month, year),
            _ => null,
        };
    }

    /// <summary>The number of a month, from figures or from its name, shortened or slightly misspelt.</summary>
    public static int? MonthNumber(string text)
    {
        if (IsFigures(text))
            return Number(text) is >= 1 and <= 12 and var number ? number : null;
        var word = text.TrimEnd('.').ToLowerInvariant();
        if (word.Length < 3)
            return null;
        for (var i = 0; i < 12; i++)
            if (Months[i].Any(name => name.StartsWith(word, StringComparison.Ordinal)))
                return i + 1;
        var meant = word.Length >= 5 ? DidYouMean.Among(word, Months.SelectMany(names => names).Where(name => name.Length > 4)) : null;
        return meant is null ? null : Array.FindIndex(Months, names => names.Contains(meant)) + 1;
    }

    /// <summary>The day of a month from figures ("7", "7th"), or null.</summary>
    public static int? DayNumber(string text) =>
        DayFigures().Match(text) is { Success: true } match && Number(match.Groups["day"].Value) is >= 1 and <= 31 and var day ? day : null;

    /// <summary>
    /// The year from four figures, or from two: in this century up to ten years past the question's latest year (or this year), else the last.
    /// </summary>
    public static int? Year(string text, Question question, LocalDate today)
    {
        if (!IsFigures(text))
            return null;
        if (text.Length == 4)
            return Number(text) is >= 1000 and var year ? year : null;
        if (text.Length != 2)
            return null;
        var latest = (question.AtMost?.On(today)?.Year ?? today.Year + 10) + 10;
        var here = (today.Year / 100 * 100) + Number(text)!.Value;
        return here <= latest ? here : here - 100;
    }

    static int? Relative(string text) => text.ToLowerInvariant() switch
    {
        "today" or "heddiw" => 0,
        "yesterday" or "ddoe" => -1,
        "tomorrow" or "yfory" => 1,
        _ => null,
    };

    static List<string>? Words(string text)
    {
        if (text.Length > 60 || !Allowed().IsMatch(text))
            return null;
        var words = Word().Matches(text).Select(m => m.Value).Where(w => !Fillers.Contains(w.ToLowerInvariant())).ToList();
        return words.Count is 0 or > 3 || words.Count(w => !IsFigures(w)) > 1 ? null : words;
    }

    static bool IsFigures(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    static int? Number(string figures) => int.TryParse(figures, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    static string Figures(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[0-9\p{L} ,./-]+$")]
    private static partial Regex Allowed();

    [GeneratedRegex(@"[0-9]+|\p{L}+")]
    private static partial Regex Word();

    [GeneratedRegex("^(?<day>[0-9]{1,2})(st|nd|rd|th)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DayFigures();
}
