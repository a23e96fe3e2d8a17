namespace Moothall.Definitions;

/// <summary>
/// Reads the sentences of one service file. What is wrong with them is kept apart: when a question or decision could not be
/// read, a sentence that names it would only be told off for the same slip again.
/// </summary>
sealed class SentenceReader(ILookUps lookUps)
{
    readonly List<Finding> findings = [];

    /// <summary>What is wrong with the sentences read so far.</summary>
    public IReadOnlyList<Finding> Findings => findings;

    /// <summary>A sentence from a text, which may name these questions and decisions; the shape of the text is reported into the other list.</summary>
    public Sentence? Read(YamlText text, Message label, IReadOnlyList<Question> questions, IReadOnlyList<Decision> decisions, List<Finding> shape, IReadOnlyCollection<string>? later = null)
    {
        if (!YamlProse.MayStandHere(text, label, shape)) return null;
        var scope = new SentenceScope(questions, decisions, lookUps) { Later = later ?? [] };
        return Sentence.Parse(text.Text.Trim(), text.FirstLetter, scope, findings);
    }

    /// <summary>An amount of money from the words at a place, which may name these questions.</summary>
    public Amount? ReadAmount(string words, SourcePlace place, IReadOnlyList<Question> questions) =>
        Amount.Parse(words.Trim(), place, new SentenceScope(questions, [], lookUps), findings);
}
