using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Definitions.Tests.Sentences;

/// <summary>The form that the examples of docs/reference/sentences.md are about, and its answers as that page writes them.</summary>
static class SentenceForm
{
    public static readonly SourcePlace Place = new("service.yaml", 10, 11);
    public static readonly LocalDate Today = new(2026, 11, 22);

    public static readonly IReadOnlyList<Question> Questions =
    [
        Of("where", "location") with { LookUps = new Dictionary<string, string> { ["road"] = "roads" } },
        Choice("size", "choice", "small", "large", "huge"),
        Of("deep", "yes-no"),
        Of("children", "number"),
        Of("adults", "number"),
        Of("fee", "money"),
        Of("born", "date"),
        Of("event", "date"),
        Of("moving", "month"),
        Of("start", "time"),
        Choice("needs", "choices", "large-print", "braille", "interpreter"),
        Of("photos", "file") with { MostFiles = 3 },
        Of("street", "text"),
        Of("you", "person"),
        new() { Name = "costs", Text = new Prose("costs"), One = new Prose("cost"), Type = GroupType.Instance, Inside = [Of("what", "text"), Of("amount", "money")], Place = Place },
    ];

    public static readonly Decision Priority = new("priority",
        [new("urgent", Read("size is huge or deep", Questions, []), Place), new("routine", null, Place)], Place);

    public static SentenceScope Scope => new(Questions, [Priority], Roads.Value) { Later = ["colour"] };

    public static Question Of(string name, string type) =>
        new() { Name = name, Text = new Prose(name), Type = QuestionTypes.Find(type)!, Place = Place };

    public static Question Choice(string name, string type, params string[] options) =>
        Of(name, type) with { Options = [.. options.Select(o => new Option(o, new Prose(o), null, Place))] };

    public static Sentence Read(string text, IReadOnlyList<Question> questions, IReadOnlyList<Decision> decisions)
    {
        var findings = new List<Finding>();
        return Sentence.Parse(text, Place, new SentenceScope(questions, decisions, Roads.Value), findings)
            ?? throw new InvalidOperationException($"{text}: {findings[0].Message}");
    }

    public static Sentence Read(string text) => Read(text, Questions, [Priority]);

    /// <summary>What is wrong with a sentence.</summary>
    public static Finding Wrong(string text)
    {
        var findings = new List<Finding>();
        Sentence.Parse(text, Place, Scope, findings).ShouldBeNull(text);
        return findings.Proved(text).ShouldHaveSingleItem();
    }

    /// <summary>Whether a sentence holds for answers like "size large, deep yes".</summary>
    public static bool Holds(string sentence, string answers) => Read(sentence).Holds(Given(answers));

    public static Facts Given(string written)
    {
        var answers = Answers.None;
        foreach (var part in written.Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (part[..part.IndexOf(' ')], part[(part.IndexOf(' ') + 1)..]);
            answers = answers.With(name, Answer(Questions.Single(q => q.Name == name), value));
        }
        var facts = new Facts(null!, answers, new Dictionary<string, string>(), Today);
        var priority = Priority.Rows.First(r => r.When?.Holds(facts) ?? true).Value;
        return facts with { Decided = new Dictionary<string, string> { ["priority"] = priority } };
    }

    static Answer Answer(Question question, string value) => value == "skipped" ? SkippedAnswer.Value : question.Type.Kind switch
    {
        ValueKind.Choice => new ChoiceAnswer(value),
        ValueKind.YesNo => new YesNoAnswer(value == "yes"),
        ValueKind.Number => new NumberAnswer(decimal.Parse(value, CultureInfo.InvariantCulture)),
        ValueKind.Money => new MoneyAnswer((long)(decimal.Parse(value.Trim('£'), CultureInfo.InvariantCulture) * 100)),
        ValueKind.Date => new DateAnswer(LocalDatePattern.Iso.Parse(value).Value),
        ValueKind.Month => new MonthAnswer(LocalDatePattern.Iso.Parse(value + "-01").Value.ToYearMonth()),
        ValueKind.Time => new TimeAnswer(LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(value).Value),
        ValueKind.Choices => new ChoicesAnswer([.. value.Split(" and ")]),
        ValueKind.Files => new FilesAnswer([.. value.Split(" and ")]),
        ValueKind.Text => new TextAnswer(value),
        ValueKind.Group => new GroupAnswer([.. value.Split(" and ").Select(amount => Answers.None.With("amount", new MoneyAnswer((long)(decimal.Parse(amount.Trim('£'), CultureInfo.InvariantCulture) * 100))))]),
        _ when question.Name == "you" => new PersonAnswer(value, null, null),
        _ => new LocationAnswer("here", null, null, value == "unknown"
            ? ImmutableSortedDictionary<string, string>.Empty
            : ImmutableSortedDictionary<string, string>.Empty.Add("road", value)),
    };
}

/// <summary>A table of roads.</summary>
sealed class Roads : ILookUps
{
    public static readonly Roads Value = new();
    public string? Find(string table, Answer answer) => null;
    public IReadOnlyList<string>? ValuesOf(string table) => table == "roads" ? ["motorway", "a-road", "b-road", "local"] : null;
}
