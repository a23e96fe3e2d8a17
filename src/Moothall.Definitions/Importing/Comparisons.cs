using System.Globalization;
using System.Text.RegularExpressions;

namespace Moothall.Definitions.Importing;

/// <summary>The comparisons that form builders offer, by the words that they use for them.</summary>
static partial class Comparisons
{
    /// <summary>What a comparison means; null where sentences have no word for it.</summary>
    /// <param name="value">The value as a text; of a time from today its parts stand in the node.</param>
    public static FormCondition? Of(string question, string how, string value, FormNode node, string fieldType)
    {
        if (node["timePeriod"].Exists || node["period"].Exists) return FromToday(question, how, node);
        if (Date().Match(value) is { Success: true } date && fieldType.Contains("Date", StringComparison.Ordinal)) value = date.Groups[1].Value;
        return how switch
        {
            "is" or "equals" or "==" => new AnswerTest(question, fieldType == "CheckboxesField" ? Compared.Has : Compared.Is, value),
            "is not" or "!=" => new NotHeld(new AnswerTest(question, fieldType == "CheckboxesField" ? Compared.Has : Compared.Is, value)),
            "contains" or "in" => fieldType is "TextField" or "MultilineTextField" ? null : new AnswerTest(question, Compared.Has, value),
            "does not contain" or "not in" => fieldType is "TextField" or "MultilineTextField" ? null : new NotHeld(new AnswerTest(question, Compared.Has, value)),
            "is at least" or ">=" => new AnswerTest(question, Compared.AtLeast, value),
            "is at most" or "<=" => new AnswerTest(question, Compared.AtMost, value),
            "is less than" or "is before" or "<" => new AnswerTest(question, Compared.Less, value),
            "is more than" or "is after" or ">" => new AnswerTest(question, Compared.More, value),
            _ => null,
        };
    }

    /// <summary>"Is at least 18 years in the past": the date is that day or an earlier one.</summary>
    static AnswerTest? FromToday(string question, string how, FormNode node)
    {
        var past = (node["direction"].Text ?? "").Contains("past", StringComparison.Ordinal);
        var unit = (node["timeUnit"].Text ?? node["unit"].Text ?? "").TrimEnd('s');
        if ((node["timePeriod"].Whole ?? node["period"].Whole) is not { } amount || amount > 10_000) return null;
        if (unit == "year" && past && amount <= 150)
        {
            var years = $"{amount.ToString(CultureInfo.InvariantCulture)} years";
            return how switch { "is at least" => new(question, Compared.AtLeast, years), "is less than" => new(question, Compared.Less, years), _ => null };
        }
        if (unit is "week") amount *= 7;
        else if (unit is not "day") return null;
        var day = amount == 0 ? "today" : $"today {(past ? "-" : "+")} {amount.ToString(CultureInfo.InvariantCulture)} {(amount == 1 ? "day" : "days")}";
        return how switch
        {
            "is at least" => new(question, past ? Compared.AtMost : Compared.AtLeast, day),
            "is at most" => new(question, past ? Compared.AtLeast : Compared.AtMost, day),
            "is less than" => new(question, past ? Compared.More : Compared.Less, day),
            "is more than" => new(question, past ? Compared.Less : Compared.More, day),
            _ => null,
        };
    }

    [GeneratedRegex(@"^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T.*)?$")]
    private static partial Regex Date();
}

/// <summary>The conditions that older forms write as a line of code: `checks.ukPassport == true and applicants.number > 1`.</summary>
sealed partial class ConditionText
{
    readonly Func<string, string> field;
    readonly List<string> tokens;
    int next, depth;

    ConditionText(string text, Func<string, string> field) => (tokens, this.field) = ([.. Piece().Matches(text).Select(m => m.Value)], field);

    public static FormCondition Read(string text, Func<string, string> field, string named, int line)
    {
        var reader = new ConditionText(text, field);
        return text.Length <= 4000 && reader.Either() is { } meaning && reader.next == reader.tokens.Count ? meaning : new Unsayable(new Message("the condition “{name}” (line {line})", ("name", named), ("line", line)));
    }

    string Here => next < tokens.Count ? tokens[next] : "";

    FormCondition? Either() => Joined(["or", "||"], Both, of => new OneHolds(of));
    FormCondition? Both() => Joined(["and", "&&"], One, of => new AllHold(of));

    FormCondition? Joined(string[] words, Func<FormCondition?> part, Func<IReadOnlyList<FormCondition>, FormCondition> join)
    {
        if (part() is not { } first) return null;
        var all = new List<FormCondition> { first };
        while (words.Contains(Here))
        {
            next++;
            if (part() is not { } more) return null;
            all.Add(more);
        }
        return all.Count == 1 ? first : join(all);
    }

    FormCondition? One()
    {
        if (depth > 20) return null;
        if (Here is "not" or "!")
        {
            next++;
            depth++;
            var of = One();
            depth--;
            return of is null ? null : new NotHeld(of);
        }
        if (Here == "(")
        {
            next++;
            depth++;
            var inside = Either();
            depth--;
            if (inside is null || Here != ")") return null;
            next++;
            return inside;
        }
        if (!Name().IsMatch(Here)) return null;
        var name = tokens[next++];
        if (Here is not ("==" or "!=" or "<" or "<=" or ">" or ">=")) return new AnswerTest(field(name), Compared.Is, "true");
        var how = tokens[next++];
        if (Here.Length == 0) return null;
        var value = tokens[next++].Trim('\'', '"');
        var test = new AnswerTest(field(name), how switch { "<" => Compared.Less, "<=" => Compared.AtMost, ">" => Compared.More, ">=" => Compared.AtLeast, _ => Compared.Is }, value);
        return how == "!=" ? new NotHeld(test) : test;
    }

    [GeneratedRegex("""==|!=|<=|>=|&&|\|\||[<>()!]|'[^']*'|"[^"]*"|[\w.-]+|\S""")]
    private static partial Regex Piece();
    [GeneratedRegex(@"^[A-Za-z_][\w.-]*$")]
    private static partial Regex Name();
}
