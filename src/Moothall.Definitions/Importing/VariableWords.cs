using System.Globalization;
using System.Text.RegularExpressions;

namespace Moothall.Definitions.Importing;

/// <summary>
/// What a form's conditions tell apart in the answers to one question: the values that matter, which of them a comparison holds for, and the sentence that names some of them.
/// </summary>
abstract partial class VariableWords
{
    public abstract IReadOnlyList<string> Values { get; }

    /// <summary>Whether the first value is "no answer", so that a question that must be answered does not have it.</summary>
    public virtual bool HasNone => true;

    /// <summary>Whether the value says nothing of the question having been asked.</summary>
    public bool IsNone(int value) => value == 0;

    /// <summary>The values for which a comparison holds; null where this has no word for it.</summary>
    public abstract Func<int, bool>? Meaning(AnswerTest test);

    /// <summary>The sentence that holds for exactly these values; loose where an `and` beside it would cut it up.</summary>
    public abstract string Sentence(IReadOnlyList<int> values, out bool loose);

    /// <summary>The variables that are needed for the comparisons made of a question; none where none is made.</summary>
    public static IEnumerable<VariableWords> Of(ImportedQuestion question, IReadOnlyList<AnswerTest> tests)
    {
        if (tests.Count == 0) yield break;
        switch (question.Type)
        {
            case "yes-no": yield return new OfYesNo(question); break;
            case "choice" or "text" or "long-text" or "email" or "phone" or "postcode" or "reference" or "web": yield return new OfWords(question, tests); break;
            case "choices":
                foreach (var option in question.Options.Where(o => tests.Any(t => t.Value == o.Value))) yield return new OfOneOfSeveral(question, option);
                break;
            case "number" or "money":
                if (tests.Any(t => Number(t.Value) is not null)) yield return new OfNumber(question, [.. tests.Select(t => Number(t.Value)).OfType<decimal>().Distinct().Order()]);
                break;
            case "date" or "month" or "time":
                foreach (var value in tests.Select(t => t.Value).Distinct().Where(OfMoment.IsMoment)) yield return new OfMoment(question, value);
                break;
        }
        if (tests.Any(t => t.How == Compared.Answered) && question.Type is not ("yes-no" or "choice" or "text" or "long-text" or "email" or "phone" or "postcode" or "reference" or "web"))
            yield return new OfAnswered(question);
    }

    static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1_000_000_000_000m ? number : null;

    static bool Holds(Compared how, decimal left, decimal right) => how switch
    {
        Compared.Is => left == right,
        Compared.Less => left < right,
        Compared.AtMost => left <= right,
        Compared.More => left > right,
        Compared.AtLeast => left >= right,
        _ => false,
    };

    sealed class OfYesNo(ImportedQuestion question) : VariableWords
    {
        public override IReadOnlyList<string> Values { get; } = ["", "yes", "no"];

        public override Func<int, bool>? Meaning(AnswerTest test) => (test.How, test.Value.ToLowerInvariant()) switch
        {
            (Compared.Answered, _) => v => v != 0,
            (Compared.Is or Compared.Has, "true" or "yes") => v => v == 1,
            (Compared.Is or Compared.Has, "false" or "no") => v => v == 2,
            _ => null,
        };

        public override string Sentence(IReadOnlyList<int> values, out bool loose)
        {
            loose = false;
            var name = question.Name;
            return (values.Contains(0), values.Contains(1), values.Contains(2)) switch
            {
                (false, true, false) => name,
                (false, false, true) => $"{name} is no",
                (false, true, true) => $"{name} is answered",
                (true, false, false) => $"{name} is not answered",
                (true, false, true) => $"not {name}",
                _ => $"{name} is not no",
            };
        }
    }

    /// <summary>One of the options of a choice, or a text.</summary>
    sealed class OfWords : VariableWords
    {
        readonly ImportedQuestion question;
        readonly List<string> mentioned;
        readonly bool others;

        public OfWords(ImportedQuestion question, IReadOnlyList<AnswerTest> tests)
        {
            this.question = question;
            var choice = question.Type == "choice";
            mentioned = choice
                ? [.. question.Options.Select(o => o.Value).Where(v => tests.Any(t => t.Value == v || t.How is not (Compared.Is or Compared.Has or Compared.Answered))).Distinct()]
                : [.. tests.Where(t => t.How == Compared.Is && !t.Value.Contains('"', StringComparison.Ordinal)).Select(t => t.Value).Distinct(StringComparer.OrdinalIgnoreCase)];
            // Of few answers each is named: "is one of a or b" says more than "is not c".
            if (choice && (question.Options.Count <= 6 || question.Options.Count - mentioned.Count <= 2)) mentioned = [.. question.Options.Select(o => o.Value).Distinct()];
            others = !choice || mentioned.Count < question.Options.Select(o => o.Value).Distinct().Count();
            Values = ["", .. mentioned, .. others ? ["something else"] : Array.Empty<string>()];
        }

        public override IReadOnlyList<string> Values { get; }

        public override Func<int, bool>? Meaning(AnswerTest test)
        {
            if (test.How == Compared.Answered) return v => v != 0;
            if (test.How is Compared.Is or Compared.Has)
            {
                var at = mentioned.FindIndex(m => question.Type == "choice" ? m == test.Value : string.Equals(m, test.Value, StringComparison.OrdinalIgnoreCase));
                return at < 0 ? null : v => v == at + 1;
            }
            if (question.Type != "choice" || Number(test.Value) is not { } limit || mentioned.Any(m => Number(m) is null)) return null;
            return v => v > 0 && v <= mentioned.Count && Holds(test.How, Number(mentioned[v - 1])!.Value, limit);
        }

        public override string Sentence(IReadOnlyList<int> values, out bool loose)
        {
            loose = false;
            var named = Enumerable.Range(1, mentioned.Count).Where(values.Contains).ToList();
            var rest = Enumerable.Range(1, mentioned.Count).Where(v => !values.Contains(v)).ToList();
            var (none, more) = (values.Contains(0), !others || values.Contains(mentioned.Count + 1));
            if (none && !more && named.Count == 0 || none && !others && named.Count == 0) return $"{question.Name} is not answered";
            if (none && more) return Is(rest, "is not");
            if (!none && more && rest.Count == 0) return $"{question.Name} is answered";
            if (!none && (others && more || !others && 2 * rest.Count + 1 < named.Count)) return $"{question.Name} is answered and {Is(rest, "is not")}";
            if (!none) return Is(named, "is");
            loose = true;
            return $"{question.Name} is not answered or {Is(named, "is")}";
        }

        string Is(List<int> values, string how) =>
            values.Count == 1 ? $"{question.Name} {how} {Word(values[0])}"
            : values.Count == 2 ? $"{question.Name} {how} one of {Word(values[0])} or {Word(values[1])}"
            : $"{question.Name} {how} one of {string.Join(", ", values.SkipLast(1).Select(Word))} or {Word(values[^1])}";

        string Word(int value) => question.Type == "choice" ? question.Options.First(o => o.Value == mentioned[value - 1]).Name
            : Simple().IsMatch(mentioned[value - 1]) ? mentioned[value - 1] : $"\"{mentioned[value - 1]}\"";
    }

    /// <summary>Whether one option is among those chosen.</summary>
    sealed class OfOneOfSeveral(ImportedQuestion question, ImportedOption option) : VariableWords
    {
        public override IReadOnlyList<string> Values { get; } = ["", option.Value];
        public override bool HasNone => false;
        public override Func<int, bool>? Meaning(AnswerTest test) => test.How is Compared.Has or Compared.Is && test.Value == option.Value ? v => v == 1 : null;

        public override string Sentence(IReadOnlyList<int> values, out bool loose)
        {
            loose = false;
            return $"{(values.Contains(1) ? "" : "not ")}{question.Name} has {option.Name}";
        }
    }

    sealed class OfAnswered(ImportedQuestion question) : VariableWords
    {
        public override IReadOnlyList<string> Values { get; } = ["", "answered"];
        public override Func<int, bool>? Meaning(AnswerTest test) => test.How == Compared.Answered ? v => v == 1 : null;

        public override string Sentence(IReadOnlyList<int> values, out bool loose)
        {
            loose = false;
            return $"{question.Name} is {(values.Contains(1) ? "" : "not ")}answered";
        }
    }

    /// <summary>Between which of the numbers that conditions name it lies: no answer, below the first, the first, between it and the second, ...</summary>
    sealed class OfNumber(ImportedQuestion question, IReadOnlyList<decimal> limits) : VariableWords
    {
        public override IReadOnlyList<string> Values { get; } = [.. Enumerable.Range(0, 2 * limits.Count + 2).Select(v => v.ToString(CultureInfo.InvariantCulture))];

        public override Func<int, bool>? Meaning(AnswerTest test)
        {
            if (test.How == Compared.Answered) return v => v != 0;
            if (Number(test.Value) is not { } value || test.How == Compared.Has) return null;
            return v => v != 0 && Holds(test.How, Sample(v), value);
        }

        // Even places are the limits themselves; odd ones lie between, where any number stands for all.
        decimal Sample(int place) => place % 2 == 0 ? limits[place / 2 - 1] : place == 1 ? limits[0] - 1 : place / 2 == limits.Count ? limits[^1] + 1 : (limits[place / 2 - 1] + limits[place / 2]) / 2;

        public override string Sentence(IReadOnlyList<int> values, out bool loose)
        {
            loose = false;
            var all = Enumerable.Range(1, Values.Count - 1).ToList();
            if (values.Contains(0))
            {
                var rest = all.Where(v => !values.Contains(v)).ToList();
                if (rest.Count == all.Count) return $"{question.Name} is not answered";
                return Runs(rest) is [var one] && !one.Contains(" and ", StringComparison.Ordinal) ? $"not {one}" : $"not ({string.Join(" or ", Runs(rest))})";
            }
            if (values.Count == all.Count) return $"{question.Name} is answered";
            var runs = Runs([.. values]);
            loose = runs.Count > 1;
            return string.Join(" or ", runs);
        }

        List<string> Runs(List<int> places)
        {
            var said = new List<string>();
            for (var i = 0; i < places.Count; i++)
            {
                var (first, last) = (places[i], places[i]);
                while (i + 1 < places.Count && places[i + 1] == last + 1) last = places[++i];
                if (first == last && first % 2 == 0)
                {
                    said.Add($"{question.Name} is {Word(first / 2 - 1)}");
                    continue;
                }
                var parts = new List<string>();
                if (first > 1) parts.Add(first % 2 == 0 ? $"{question.Name} >= {Word(first / 2 - 1)}" : $"{question.Name} > {Word(first / 2 - 1)}");
                if (last < Values.Count - 1) parts.Add(last % 2 == 0 ? $"{question.Name} <= {Word(last / 2 - 1)}" : $"{question.Name} < {Word(last / 2)}");
                said.Add(string.Join(" and ", parts));
            }
            return said;
        }

        string Word(int limit) => (limits[limit] < 0 ? "-" : "") + (question.Type == "money" ? "£" : "") + Math.Abs(limits[limit]).ToString("0.############", CultureInfo.InvariantCulture);
    }

    /// <summary>Before, on or after a date, month or time; or, with `18 years`, whether the age is that at least.</summary>
    sealed partial class OfMoment(ImportedQuestion question, string moment) : VariableWords
    {
        bool IsAge => moment.EndsWith(" years", StringComparison.Ordinal);

        public static bool IsMoment(string value) => Moment().IsMatch(value);

        public override IReadOnlyList<string> Values { get; } = ["", "before", "on", "after"];

        public override Func<int, bool>? Meaning(AnswerTest test)
        {
            if (test.How == Compared.Answered) return v => v != 0;
            if (test.Value != moment || test.How == Compared.Has) return null;
            // Of an age only "at least" and its contrary are known: on the birthday itself somebody is that old.
            if (IsAge) return test.How switch { Compared.AtLeast => v => v >= 2, Compared.Less => v => v == 1, _ => null };
            return v => v != 0 && Holds(test.How, v, 2);
        }

        public override string Sentence(IReadOnlyList<int> values, out bool loose)
        {
            loose = false;
            var name = IsAge ? $"age of {question.Name}" : question.Name;
            var to = IsAge ? moment[..^6] : moment;
            var rest = new[] { 1, 2, 3 }.Where(v => !values.Contains(v)).ToList();
            if (values.Contains(0)) return rest.Count == 3 ? $"{question.Name} is not answered" : $"not {(rest is [1, 3] ? $"({Of(rest)})" : Of(rest))}";
            if (rest.Count == 0) return $"{question.Name} is answered";
            loose = values is [1, 3];
            return Of(values);

            string Of(IReadOnlyList<int> of) => of switch
            {
                [1] => $"{name} < {to}",
                [1, 2] => $"{name} <= {to}",
                [2] => $"{name} is {to}",
                [2, 3] => $"{name} >= {to}",
                [3] => $"{name} > {to}",
                _ => $"{name} < {to} or {name} > {to}",
            };
        }

        [GeneratedRegex(@"^([0-9]{4}-[0-9]{2}(-[0-9]{2})?|[0-9]{2}:[0-9]{2}|today( [+-] [0-9]{1,5} days?)?|[0-9]{1,3} years)$")]
        private static partial Regex Moment();
    }

    [GeneratedRegex("^[a-z0-9]+$", RegexOptions.IgnoreCase)]
    private static partial Regex Simple();
}
