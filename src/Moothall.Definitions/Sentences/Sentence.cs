using NodaTime;

namespace Moothall.Definitions;

/// <summary>
/// A sentence of the definition language (`size is large and deep`), parsed and typed. Evaluation is total and two-valued:
/// of a question not asked or not answered, `is`, `has` and comparisons are false and `is not` is true.
/// </summary>
public sealed partial class Sentence
{
    /// <summary>The words as written.</summary>
    public string Text { get; }
    public SourcePlace Place { get; }
    /// <summary>Questions and decisions that the sentence looks at, in the order it names them, each once.</summary>
    public IReadOnlyList<string> Names { get; }
    internal Condition Meaning { get; }

    /// <summary>
    /// Whether the sentence holds for the answers, the decided values and the day. The answers must hold only questions on the
    /// path: an answer whose question is no longer asked does not count.
    /// </summary>
    public bool Holds(Facts facts) => Meaning.Holds(facts);

    /// <summary>
    /// Reads a sentence, or adds a finding at the exact column and gives null. The place is that of the text's first character.
    /// </summary>
    public static Sentence? Parse(string text, SourcePlace place, SentenceScope scope, List<Finding> findings)
    {
        var parser = new SentenceParser(text, scope);
        if (parser.Parse() is { } meaning)
            return new Sentence(text, place, meaning, parser.Names);
        findings.Add(new Finding(place with { Column = place.Column + parser.FaultAt }, Severity.Error, parser.Fault!));
        return null;
    }

    /// <summary>A question's own sentence together with that of the heading it stands under.</summary>
    internal static Sentence Both(Sentence heading, Sentence own)
    {
        static string Within(Sentence sentence) => sentence.Meaning is AnyOf ? $"({sentence.Text})" : sentence.Text;
        return new Sentence($"{Within(heading)} and {Within(own)}", own.Place, new AllOf(heading.Meaning, own.Meaning), [.. heading.Names.Union(own.Names)]) { Parts = (heading, own) };
    }

    /// <summary>The sentence of the heading and the question's own, where it is both.</summary>
    internal (Sentence Heading, Sentence Own)? Parts { get; private init; }

    public override string ToString() => Text;

    Sentence(string text, SourcePlace place, Condition meaning, IReadOnlyList<string> names) =>
        (Text, Place, Meaning, Names) = (text, place, meaning, names);
}

/// <summary>What a sentence may look at: the definition's questions, the answers so far, values decided so far, and the day.</summary>
/// <param name="Decided">Decision values by name.</param>
public sealed record Facts(ServiceDefinition Definition, Answers Answers, IReadOnlyDictionary<string, string> Decided, LocalDate Today)
{
    static readonly IReadOnlyDictionary<string, long> NoFees = new Dictionary<string, long>();

    /// <summary>The council's prices in pence by name, which amounts may look at.</summary>
    public IReadOnlyDictionary<string, long> Fees { get; init; } = NoFees;
}

/// <summary>What a sentence may name: the questions asked before it, the decisions made before it, and the tables of look-ups.</summary>
public sealed record SentenceScope(IReadOnlyList<Question> Earlier, IReadOnlyList<Decision> Decisions, ILookUps LookUps)
{
    /// <summary>Names of questions asked later, so that naming one is told apart from a slip of the pen.</summary>
    public IReadOnlyCollection<string> Later { get; init; } = [];

    /// <summary>Values worked out that may be named.</summary>
    public IReadOnlyList<WorkedOut> Worked { get; init; } = [];
}
