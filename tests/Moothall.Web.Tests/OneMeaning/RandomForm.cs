using System.Globalization;
using System.Text;

namespace Moothall.Testing;

/// <summary>
/// A service made at random from all that `ask`, `exit`, `alert` and `decide` may say: sections, pages of several questions and pages that are only read, groups and groups in them, files,
/// sentences that look back, and values worked out. The same seed makes the same text.
/// </summary>
sealed class RandomForm
{
    /// <summary>A question that later sentences may look at.</summary>
    /// <param name="Sums">Of a group: questions in its rows that can be added up.</param>
    sealed record Known(string Name, string Type, IReadOnlyList<string> Options, IReadOnlyList<Known> Sums);

    static readonly string[] Types =
    [
        "text", "text", "long-text", "number", "number", "money", "date", "month", "time", "yes-no", "yes-no", "yes-no", "choice", "choice", "choices", "file", "file", "email", "phone", "web", "address",
        "location", "person", "organisation", "postcode", "declaration",
    ];

    readonly Random random;
    readonly StringBuilder ask = new();
    readonly List<Known> asked = [];
    int names;

    RandomForm(int seed) => random = new Random(seed);

    /// <summary>The file.</summary>
    public static string Text(string service, string prefix, int seed)
    {
        var form = new RandomForm(seed);
        var tasks = form.random.Next(3) == 0;
        if (tasks || form.random.Next(3) == 0)
            for (var sections = form.random.Next(2, 4); sections > 0; sections--) form.Section();
        else form.Items(form.random.Next(3, 8));
        return $$"""
            service: {{service}}
            prefix: {{prefix}}
            title: Apply for anything
            summary: Ask us for whatever it is.
            kind: apply
            task-list: {{(tasks ? "yes" : "no")}}
            ask:
            {{form.ask.ToString().TrimEnd()}}
            {{form.Ends()}}
            decide:
            {{form.Decisions()}}
            work:
              start: check
              outcomes:
                granted: Granted
              stages:
                check:
                  actions:
                    grant:
                      close: granted
            keep:
              for: 6 years after closed
              because: public task
            measure:
              target: {closed-in-time: 90%}
            """.Replace("task-list: no\n", "", StringComparison.Ordinal);
    }

    bool One(int of) => random.Next(of) == 0;
    T Any<T>(params IReadOnlyList<T> of) => of[random.Next(of.Count)];
    string Name(string kind) => string.Create(CultureInfo.InvariantCulture, $"{kind}{++names}");
    void Line(string text) => ask.Append("  ").Append(text).Append('\n');

    void Section()
    {
        var name = Name("s");
        Line($"{name}:");
        Line($"  section: Part {name}");
        if (One(3) && Sentence(asked) is { } when) Line($"  when: {when}");
        Items(random.Next(1, 4));
    }

    void Items(int count)
    {
        for (; count > 0; count--)
            switch (random.Next(8))
            {
                case 0: ReadPage(); break;
                case 1 or 2: Page(); break;
                case 3 or 4: asked.Add(Group(asked, 1)); break;
                default: asked.Add(Question(Name("q"), asked, words: One(5))); break;
            }
    }

    void ReadPage()
    {
        var name = Name("r");
        Line($"{name}:");
        Line($"  page: Before you go on to {name}");
        Line("  text: Have your papers at hand.");
        if (One(3) && Sentence(asked) is { } when) Line($"  when: {when}");
        asked.Add(Question(Name("q"), asked));
    }

    void Page()
    {
        var (name, inside) = (Name("p"), Enumerable.Range(0, random.Next(2, 4)).Select(_ => Name("q")).ToList());
        Line($"{name}:");
        Line($"  page: All about {name}");
        Line($"  ask: [{string.Join(", ", inside)}]");
        if (One(4) && Sentence(asked) is { } when) Line($"  when: {when}");
        asked.AddRange(inside.Select(q => Question(q, asked)).ToList());
    }

    Known Group(IReadOnlyList<Known> before, int depth)
    {
        var name = Name("g");
        // The first of a row is always asked and answered, so that a row in which nothing stands is none.
        var inside = Enumerable.Range(0, random.Next(1, 4)).Select(number => Name(number > 0 && depth == 1 && One(3) ? "g" : "q")).ToList();
        Line($"{name}:");
        Line($"  group: What about each {name}?");
        Line("  one: thing");
        Line($"  ask: [{string.Join(", ", inside)}]");
        if (One(3)) Line("  optional: yes");
        if (One(3)) Line("  at-least: 2");
        Line($"  at-most: {random.Next(2, 4)}");
        if (depth == 1 && One(4) && Sentence(before) is { } when) Line($"  when: {when}");
        var row = new List<Known>();
        foreach (var question in inside)
        {
            List<Known> seen = [.. before, .. row];
            row.Add(question[0] == 'g' ? Nested(question, seen) : Question(question, seen, anchor: row.Count == 0));
        }
        return new Known(name, "group", [], [.. row.Where(q => q.Type is "number" or "money"), .. row.SelectMany(q => q.Sums)]);
    }

    Known Nested(string name, IReadOnlyList<Known> before)
    {
        var inside = Enumerable.Range(0, random.Next(1, 3)).Select(_ => Name("q")).ToList();
        Line($"{name}:");
        Line($"  group: Which parts has {name}?");
        Line("  one: part");
        Line($"  ask: [{string.Join(", ", inside)}]");
        if (One(2)) Line("  optional: yes");
        Line("  at-most: 2");
        if (One(4) && Sentence(before) is { } when) Line($"  when: {when}");
        var row = new List<Known>();
        foreach (var question in inside) row.Add(Question(question, [.. before, .. row], anchor: row.Count == 0));
        return new Known(name, "group", [], [.. row.Where(q => q.Type is "number" or "money")]);
    }

    /// <param name="anchor">Always asked and always answered.</param>
    /// <param name="words">With words above it, on a page of its own.</param>
    Known Question(string name, IReadOnlyList<Known> before, bool anchor = false, bool words = false)
    {
        var type = anchor ? Any("text", "number", "money", "email", "postcode") : Any(Types);
        IReadOnlyList<string> options = type is "choice" or "choices" ? [.. Enumerable.Range(1, type == "choice" && One(8) ? 41 : random.Next(2, 5)).Select(i => string.Create(CultureInfo.InvariantCulture, $"o{i}"))] : [];
        Line($"{name}:");
        Line($"  question: What is {name}?");
        Line($"  type: {type}");
        if (words) Line("  text: Read this first.");
        if (One(4)) Line("  hint: As well as you know.");
        if (!anchor && type != "declaration" && One(4)) Line("  optional: yes");
        if (!anchor && One(3) && Sentence(before) is { } when) Line($"  when: {when}");
        foreach (var line in Limits(type)) Line("  " + line);
        if (options.Count > 0) Line("  options:");
        foreach (var option in options) Line($"    {option}: Answer {option}");
        if (type == "choices" && One(2))
        {
            Line("    none:");
            Line("      label: None of these");
            Line("      alone: yes");
        }
        return new Known(name, type, options, []);
    }

    IEnumerable<string> Limits(string type)
    {
        switch (type)
        {
            case "text" when One(3): yield return One(2) ? "max-length: 12" : "looks-like: AB 12 C"; break;
            case "long-text" when One(2): yield return "max-words: 6"; break;
            case "number":
                if (One(2)) yield return "at-least: 0";
                if (One(2)) yield return "at-most: 20";
                if (One(2)) yield return "whole: yes";
                break;
            case "money":
                if (One(2)) yield return "at-least: £1";
                if (One(2)) yield return "at-most: £50";
                break;
            case "date": yield return Any("at-most: today", "at-least: today", "at-most: today + 400 days"); break;
            case "month" when One(2): yield return "at-most: today"; break;
            case "file":
                yield return One(2) ? "accept: [pdf]" : "accept: [pdf, txt]";
                if (One(2)) yield return "most-files: 2";
                break;
        }
    }

    string? Sentence(IReadOnlyList<Known> before) => before.Count == 0 ? null : Sentence(before, 2);

    string Sentence(IReadOnlyList<Known> before, int depth)
    {
        if (depth > 0 && One(4)) return Any($"({Sentence(before, depth - 1)} and {Sentence(before, depth - 1)})", $"({Sentence(before, depth - 1)} or {Sentence(before, depth - 1)})", $"not {Sentence(before, depth - 1)}");
        var of = before[random.Next(Math.Max(0, before.Count - 6), before.Count)];
        var name = of.Name;
        if (One(6)) return $"{name} is {Any("", "not ")}answered";
        return of.Type switch
        {
            "text" => $"{name} {Any("is", "is not")} {Any("red", "blue")}",
            "number" => $"{name} {Any(">", "<=", "is")} {random.Next(12)}",
            "money" => $"{name} {Any(">", "<=")} £{random.Next(1, 40)}",
            "yes-no" => Any(name, $"{name} is no", $"not {name}"),
            "choice" => Any($"{name} is {Any(of.Options)}", $"{name} is not {Any(of.Options)}", $"{name} is one of {of.Options[0]} or {of.Options[1]}"),
            "choices" => Any($"{name} has {Any(of.Options)}", $"count {name} > 1"),
            "file" => $"count {name} > {random.Next(2)}",
            "date" => $"{name} {Any("<", ">=")} today - {random.Next(100)} days",
            "group" when of.Sums.Count > 0 && Any(of.Sums) is var sum => $"sum of {sum.Name} {Any(">", "<")} {(sum.Type == "money" ? "£" : "")}{random.Next(1, 30)}",
            "group" => $"count of {name} > {random.Next(3)}",
            _ => $"{name} is {Any("", "not ")}answered",
        };
    }

    string Ends()
    {
        var ends = new StringBuilder();
        if (One(3) && Sentence(asked) is { } first && Sentence(asked) is { } second)
            ends.Append(CultureInfo.InvariantCulture, $"exit:\n  {Name("e")}:\n    when: ({first} and {second})\n    title: You need not ask us {names}\n    text: Ask elsewhere.\n");
        if (One(3) && Sentence(asked) is { } danger)
            ends.Append(CultureInfo.InvariantCulture, $"alert:\n  {Name("a")}:\n    when: {danger}\n    title: Ring us now {names}\n    text: It may be dangerous.\n    ring: council\n");
        return ends.ToString().TrimEnd();
    }

    string Decisions()
    {
        var sums = asked.SelectMany(q => q.Sums).ToList();
        var numbers = asked.Where(q => q.Type is "number" or "money").ToList();
        var decide = new StringBuilder();
        string? total = null;
        if (sums.Count + numbers.Count > 0 && Any<Known>([.. sums, .. numbers]) is var of)
        {
            total = Name("t");
            var money = of.Type == "money";
            decide.Append(CultureInfo.InvariantCulture, $"  {total}:\n    label: All together\n    is: {(sums.Contains(of) ? "sum of " : "")}{of.Name}{Any("", " * 2", money ? " + £3" : " + 3")}\n    shown: {Any("yes", "no")}\n");
            total = $"{total} > {(money ? "£" : "")}{random.Next(1, 30)}";
        }
        decide.Append(CultureInfo.InvariantCulture, $"  {Name("d")}:\n    first: {total ?? Sentence(asked)}\n    second: {Sentence(asked)}\n    rest: otherwise\n");
        return decide.ToString().TrimEnd();
    }
}
