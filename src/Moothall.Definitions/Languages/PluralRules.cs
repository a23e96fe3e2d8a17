using System.Globalization;

namespace Moothall.Definitions;

/// <summary>
/// Which plural form a number takes in a language, by rules as Unicode CLDR writes them (UTS 35, part 3): `one: i = 1 and v = 0; few: n % 10 = 2..4`.
/// Numbers here have no trailing zeros, so v, w, f and t speak of their significant decimals.
/// </summary>
public sealed class PluralRules
{
    static readonly string[] Categories = ["zero", "one", "two", "few", "many", "other"];
    readonly IReadOnlyList<(string Category, IReadOnlyList<IReadOnlyList<Relation>> Either)> rules;

    PluralRules(IReadOnlyList<(string, IReadOnlyList<IReadOnlyList<Relation>>)> rules) => this.rules = rules;

    /// <summary>English: one for 1, other for all else.</summary>
    public static readonly PluralRules English = Parse("one: i = 1 and v = 0");

    /// <summary>The forms that need a rule in this language, and `other`.</summary>
    public IEnumerable<string> Forms => rules.Select(r => r.Category).Append("other");

    /// <summary>Reads rules, divided by semicolons; none at all means that every number takes `other`.</summary>
    /// <exception cref="FormatException">A rule is not written as CLDR writes it.</exception>
    public static PluralRules Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var rules = new List<(string, IReadOnlyList<IReadOnlyList<Relation>>)>();
        foreach (var rule in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var colon = rule.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || !Categories.Contains(rule[..colon].Trim())) throw new LanguageFileException(new Message("“{rule}” is not a plural rule. Write it like “one: n = 1”, with one of {forms}.", ("rule", rule), ("forms", string.Join(", ", Categories))));
            var either = rule[(colon + 1)..].Split(" or ", StringSplitOptions.TrimEntries).Select(IReadOnlyList<Relation> (all) => [.. all.Split(" and ", StringSplitOptions.TrimEntries).Select(Relation.Parse)]);
            rules.Add((rule[..colon].Trim(), [.. either]));
        }
        return new PluralRules(rules);
    }

    /// <summary>The form of a number: zero, one, two, few, many or other.</summary>
    public string Of(decimal number)
    {
        number = Math.Abs(number);
        foreach (var (category, either) in rules)
            if (either.Any(all => all.All(r => r.Holds(number)))) return category;
        return "other";
    }

    sealed record Relation(char Operand, int? Modulo, bool Equal, IReadOnlyList<(int From, int To)> Ranges)
    {
        public static Relation Parse(string text)
        {
            var equal = !text.Contains("!=", StringComparison.Ordinal);
            var sides = text.Split(equal ? "=" : "!=", StringSplitOptions.TrimEntries);
            var left = sides[0].Split('%', StringSplitOptions.TrimEntries);
            if (sides.Length != 2 || left.Length > 2 || left[0].Length != 1 || !"nivwft".Contains(left[0][0], StringComparison.Ordinal))
                throw new LanguageFileException(new Message("“{condition}” is not a condition of a plural rule. Write it like “n % 10 = 2..4”.", ("condition", text)));
            var ranges = sides[1].Split(',', StringSplitOptions.TrimEntries).Select(range =>
            {
                var ends = range.Split("..");
                return (Number(ends[0], text), Number(ends[^1], text));
            });
            return new Relation(left[0][0], left.Length == 2 ? Number(left[1], text) : null, equal, [.. ranges]);
        }

        static int Number(string digits, string text) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw new LanguageFileException(new Message("“{condition}” needs whole numbers. Write it like “n % 10 = 2..4”.", ("condition", text)));

        public bool Holds(decimal number)
        {
            var decimals = number.ToString("0.############", CultureInfo.InvariantCulture).Split('.') is [_, var part] ? part : "";
            var value = Operand switch
            {
                'n' => number,
                'i' => Math.Truncate(number),
                'v' or 'w' => decimals.Length,
                _ => decimals.Length == 0 ? 0 : decimal.Parse(decimals, CultureInfo.InvariantCulture),
            };
            if (Modulo is { } modulo) value %= modulo;
            return Ranges.Any(r => value >= r.From && value <= r.To && value == Math.Truncate(value)) == Equal;
        }
    }
}
