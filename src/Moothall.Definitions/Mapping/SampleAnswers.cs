using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Definitions;

/// <summary>
/// Good answers to try: to each question one that anybody might give, and those on either side of what the sentences compare it with. Whatever its type would not take from a person is left out.
/// </summary>
sealed class SampleAnswers
{
    const int MostOfOne = 40;
    const int DaysOfAYear = 366;

    readonly ReadingContext context;
    readonly LocalDate today;
    readonly Dictionary<string, List<JsonNode?>> compared = new(StringComparer.Ordinal);
    readonly Dictionary<string, List<Answer>> given = new(StringComparer.Ordinal);

    /// <param name="routes">Examples whose answers are tried first: they name places that the council's tables know.</param>
    public SampleAnswers(ServiceDefinition definition, IEnumerable<ExampleRoute> routes, ILookUps lookUps, LocalDate today)
    {
        this.today = today;
        context = new ReadingContext { Today = today, LookUps = lookUps, File = name => new KnownFile(name, name, name[(name.LastIndexOf('.') + 1)..], 1) };
        foreach (var sentence in SentencesOf(definition)) Look(sentence.Meaning);
        foreach (var (question, answer) in routes.SelectMany(r => definition.Ask.Given(r.Answers)))
            if (answer is not SkippedAnswer) Into(given, question.Name, answer);
    }

    /// <summary>Every sentence that decides which path somebody takes.</summary>
    public static IEnumerable<Sentence> SentencesOf(ServiceDefinition definition) =>
    [
        .. definition.Ask.SelectMany(QuestionTree.WithThoseInside).Select(q => q.When).OfType<Sentence>(),
        .. definition.Pages.Select(p => p.When).OfType<Sentence>(),
        .. definition.Exits.Select(e => e.When),
        .. definition.Alerts.Select(a => a.When),
        .. definition.Decide.SelectMany(d => d.Rows).Select(r => r.When).OfType<Sentence>(),
        .. definition.Charges.Select(c => c.When).OfType<Sentence>(),
        .. definition.Share.Select(s => s.When).OfType<Sentence>(),
    ];

    /// <summary>Answers to a question to try, the most usual first; an optional one may be passed over.</summary>
    public IReadOnlyList<Answer> Of(Question question)
    {
        var tried = new List<Answer>();
        if (question.IsGroup)
        {
            var rows = Math.Max(1, question.FewestRows);
            tried.Add(Rows(question, rows, row: null));
            if (rows < question.MostRows) tried.Add(Rows(question, rows + 1, row: null));
            foreach (var inside in question.Inside)
                tried.AddRange(Of(inside).Skip(1).Select(answer => Rows(question, rows, (inside, answer))));
        }
        else
        {
            tried.AddRange(given.GetValueOrDefault(question.Name) ?? []);
            foreach (var json in Usual(question).Concat(compared.GetValueOrDefault(question.Name) ?? []))
                if (question.Type.ReadJson(question, JsonSerializer.SerializeToElement(json), context) is { Answer: { } answer and not SkippedAnswer }) tried.Add(answer);
        }
        if (question.Optional) tried.Add(SkippedAnswer.Value);
        return [.. tried.Distinct().Take(MostOfOne)];
    }

    GroupAnswer Rows(Question group, int count, (Question Question, Answer Answer)? row)
    {
        var usual = group.Inside.Aggregate(Answers.None, (answers, q) => Of(q) is [var first, ..] ? answers.With(q.Name, first) : answers);
        var first = row is var (question, answer) ? usual.With(question.Name, answer) : usual;
        return new GroupAnswer([first, .. Enumerable.Repeat(usual, count - 1)]);
    }

    // What anybody might answer; several where one of them decides something.
    IEnumerable<JsonNode?> Usual(Question question) => question.Type.Name switch
    {
        "yes-no" => [true, false],
        "choice" => question.Options.Select(o => (JsonNode?)o.Name),
        "choices" => [.. question.Options.Select(o => (JsonNode?)new JsonArray(o.Name)), new JsonArray([.. question.Options.Where(o => !o.Alone).Select(o => (JsonNode?)o.Name)])],
        "number" or "money" => [.. Limits(question).Append(1).Append(0).Select(n => (JsonNode?)InPounds(question, n))],
        "date" => [.. new[] { question.AtLeast?.On(today), question.AtMost?.On(today), today, today.PlusDays(-1), today.PlusDays(1), today.PlusYears(-30) }.OfType<LocalDate>().Select(Date)],
        "month" => [LocalDatePattern.CreateWithInvariantCulture("uuuu-MM").Format(today)],
        "time" => ["10:30"],
        "file" => [.. question.Accept.DefaultIfEmpty("pdf").Take(1).Select(kind => (JsonNode?)new JsonArray($"example.{kind}"))],
        "email" => ["sam.taylor@mail.example"],
        "phone" => ["01632 960123"],
        "web" => ["https://www.example.org"],
        "address" => [new JsonObject { ["line1"] = "12 High Street", ["town"] = "Wallingford", ["postcode"] = "OX10 0BP" }],
        "location" => [new JsonObject { ["text"] = "Outside 12 High Street" }],
        "person" => [new JsonObject { ["name"] = "Sam Taylor", ["email"] = "sam.taylor@mail.example" }],
        "organisation" => [new JsonObject { ["name"] = "Friends of the Park" }],
        "postcode" => ["OX10 0BP"],
        // The last symbol is a check over the others, and only one fits.
        "reference" => CaseReference.Symbols.Select(check => (JsonNode?)$"ABC-7F3K-92Q{check}"),
        "declaration" => [true],
        _ => question.LooksLike is { } example ? [example] : ["Example"],
    };

    static IEnumerable<decimal> Limits(Question question)
    {
        if (question.AtLeast?.Number is { } least) yield return least;
        if (question.AtMost?.Number is { } most) yield return most;
    }

    // Money is compared in pence and written in pounds.
    static JsonNode InPounds(Question question, decimal number) => JsonValue.Create(question.Type.Kind == ValueKind.Money ? number / 100 : number);

    static JsonNode? Date(LocalDate date) => LocalDatePattern.Iso.Format(date);

    void Look(Condition condition)
    {
        switch (condition)
        {
            case AllOf both:
                Look(both.Left);
                Look(both.Right);
                break;
            case AnyOf either:
                Look(either.Left);
                Look(either.Right);
                break;
            case Contrary not:
                Look(not.Of);
                break;
            case IsOneOfWords { Of: AnswerWords words } one:
                foreach (var value in one.Values) Into(compared, words.Question.Name, value);
                break;
            case IsOneOfWords { Of: PartWords { Question: var question } part } one when question.LookUps.TryGetValue(part.Part, out var table):
                foreach (var words in one.Values.SelectMany(value => context.LookUps.WordsFor(table, value)))
                    Into(compared, question.Name, question.Type.Name == "location" ? new JsonObject { ["text"] = words } : words);
                break;
            case Compares compares:
                Look(compares.Left, compares.Right);
                Look(compares.Right, compares.Left);
                break;
        }
    }

    void Look(Quantity one, Quantity other)
    {
        if (other is not Written { Value: var value }) return;
        switch (one)
        {
            case AnswerQuantity { Question: var question }:
                foreach (var near in (decimal[])[value, value + 1, value - 1]) Into(compared, question.Name, Written(question, near));
                break;
            case AgeOf { Date: AnswerQuantity { Question: var question } } when value is >= 0 and < 200:
                foreach (var days in (int[])[0, 1, -1, -DaysOfAYear]) Into(compared, question.Name, Date(today.PlusYears(-(int)value).PlusDays(days)));
                break;
            case Sum { Sign: '-', Left: AnswerQuantity { Question: var question }, Right: TodayQuantity } when Math.Abs(value) < 100_000:
                foreach (var near in (int[])[0, 1, -1]) Into(compared, question.Name, Date(today.PlusDays((int)value + near)));
                break;
            case Sum { Sign: '-', Left: TodayQuantity, Right: AnswerQuantity { Question: var question } } when Math.Abs(value) < 100_000:
                foreach (var near in (int[])[0, 1, -1]) Into(compared, question.Name, Date(today.PlusDays(-(int)value + near)));
                break;
            case SumOf { Inside: var inside }:
                foreach (var near in (decimal[])[value, value + 1]) Into(compared, inside.Name, Written(inside, near));
                break;
            case WorkedQuantity worked:
                Look(worked.Of.Quantity, other);
                break;
        }
    }

    static JsonNode? Written(Question question, decimal value) => question.Type.Kind switch
    {
        ValueKind.Number or ValueKind.Money => InPounds(question, value),
        ValueKind.Date => Quantity.ToDate(value) is { } day ? Date(day) : null,
        ValueKind.Time when value is >= 0 and < 24 * 60 => string.Create(CultureInfo.InvariantCulture, $"{(int)value / 60:00}:{(int)value % 60:00}"),
        ValueKind.Month when value is > 12 and < 12 * 9999 => string.Create(CultureInfo.InvariantCulture, $"{(int)value / 12:0000}-{(int)value % 12 + 1:00}"),
        _ => null,
    };

    static void Into<T>(Dictionary<string, List<T>> lists, string name, T item)
    {
        if (!lists.TryGetValue(name, out var list)) lists[name] = list = [];
        list.Add(item);
    }
}
