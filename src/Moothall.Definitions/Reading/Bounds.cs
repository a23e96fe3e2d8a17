using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime.Text;

namespace Moothall.Definitions;

/// <summary>Reads the limits of a question: a number, an amount (£30, kept in pence), a date, or today with days added.</summary>
static partial class Bounds
{
    public static Bound? Read(YamlMap map, string key, QuestionType? type, List<Finding> findings)
    {
        if (map.TextOf(key, findings) is not { } text || type is null) return null;
        (Bound? bound, Message? example) = type.Name switch
        {
            "number" => (Number(text.Text, 1), new Message("a number, such as 1 or 2.5")),
            "money" => (Number(text.Text.TrimStart('£'), 100), new Message("an amount, such as £30 or £2.50")),
            "date" or "month" => (Date(text.Text), new Message("a date such as 2026-03-31, or `today`, `today + 30 days` or `today - 30 days`")),
            _ => (new Bound(null, null, false, 0), null),
        };
        if (bound is null) findings.Add(new(text.Place, Severity.Error, new Message("`{key}` of a question of type `{type}` is {example}, but {shape} stands here", ("key", key), ("type", type.Name), ("example", example), ("shape", text.Shape))));
        return bound;
    }

    /// <summary>Refuses limits that no answer can keep.</summary>
    public static void CheckOrder(YamlMap map, Bound? least, Bound? most, List<Finding> findings)
    {
        var crossed = least?.Number > most?.Number || least?.Date > most?.Date || least is { IsToday: true } && most is { IsToday: true } && least.Days > most.Days;
        if (crossed) findings.Add(new(map.Find("at-least")!.Place, Severity.Error, new Message("`at-least` is greater than `at-most`, so that no answer would do; change one of them")));
    }

    static Bound? Number(string text, int times) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1_000_000_000_000m
            ? new(number * times, null, false, 0) : null;

    static Bound? Date(string text)
    {
        if (LocalDatePattern.Iso.Parse(text) is { Success: true } date) return new(null, date.Value, false, 0);
        if (Today().Match(text) is not { Success: true } today) return null;
        if (!today.Groups["days"].Success) return new(null, null, true, 0);
        var days = int.Parse(today.Groups["days"].Value, CultureInfo.InvariantCulture);
        return new(null, null, true, today.Groups["sign"].Value == "-" ? -days : days);
    }

    [GeneratedRegex("^today(?: (?<sign>[+-]) (?<days>[0-9]{1,5}) days?)?$")]
    private static partial Regex Today();
}
