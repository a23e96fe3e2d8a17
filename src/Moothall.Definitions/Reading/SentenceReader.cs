namespace Moothall.Definitions;

/// <summary>
/// Reads the sentences of one service file. What is wrong with them is kept apart: when a question or decision could not be
/// read, a sentence that names it would only be told off for the same slip again.
/// </summary>
sealed class SentenceReader(ILookUps lookUps)
{
    readonly List<Finding> findings = [];

    readonly List<WorkedOut> worked = [];

    /// <summary>Values that are worked out, as far as they are read: sentences after them may name them.</summary>
    public IReadOnlyList<WorkedOut> Worked => worked;

    /// <summary>What is wrong with the sentences and names read so far.</summary>
    public IReadOnlyList<Finding> Findings => findings;

    /// <summary>What is wrong with a name that stands outside of sentences, and is told with theirs.</summary>
    public void Add(Finding finding) => findings.Add(finding);

    /// <summary>A sentence from a text, which may name these questions and decisions; the shape of the text is reported into the other list.</summary>
    public Sentence? Read(YamlText text, Message label, IReadOnlyList<Question> questions, IReadOnlyList<Decision> decisions, List<Finding> shape, IReadOnlyCollection<string>? later = null)
    {
        if (!YamlProse.MayStandHere(text, label, shape)) return null;
        var scope = new SentenceScope(questions, decisions, lookUps) { Later = later ?? [], Worked = worked };
        return Sentence.Parse(text.Text.Trim(), text.FirstLetter, scope, findings);
    }

    /// <summary>An amount of money from the words at a place, which may name these questions.</summary>
    public Amount? ReadAmount(string words, SourcePlace place, IReadOnlyList<Question> questions) =>
        Amount.Parse(words.Trim(), place, new SentenceScope(questions, [], lookUps) { Worked = worked }, findings);

    /// <summary>A value that is worked out from the answers to these questions, which sentences after it may name.</summary>
    public void ReadWorkedOut(YamlEntry entry, YamlText text, Prose label, bool shown, IReadOnlyList<Question> questions, List<Finding> shape)
    {
        if (!YamlProse.MayStandHere(text, "`is`", shape)) return;
        var (words, place) = (text.Text.Trim(), text.FirstLetter);
        var parser = new SentenceParser(words, new SentenceScope(questions, [], lookUps) { Worked = worked });
        if (parser.ParseQuantity() is { } quantity) worked.Add(new WorkedOut(entry.Key, label, shown, words, quantity, parser.Names, parser.Sums, entry.Place));
        else findings.Add(new Finding(place with { Column = place.Column + parser.FaultAt }, Severity.Error, parser.Fault!));
    }
}
