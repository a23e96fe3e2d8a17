namespace Moothall.Definitions;

/// <summary>What a sentence may name: the questions before it and the decisions above it.</summary>
public sealed record SentenceScope(IReadOnlyList<Question> Earlier, IReadOnlyList<Decision> Decisions, ILookUps LookUps);

public sealed partial class Sentence
{
    /// <summary>Takes any words as a sentence.</summary>
    public static Sentence? Parse(string text, SourcePlace place, SentenceScope scope, List<Finding> findings)
    {
        if (text.Length > 0 && scope is not null) return new(text, place);
        findings.Add(new(place, Severity.Error, "a sentence is missing here"));
        return null;
    }
}
