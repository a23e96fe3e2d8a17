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

    /// <summary>Whether the sentence holds for the answers, the decided values and the day.</summary>
    public bool Holds(Facts facts) => throw new NotImplementedException();

    Sentence(string text, SourcePlace place) { Text = text; Place = place; }
}

/// <summary>What a sentence may look at: the definition's questions, the answers so far, values decided so far, and the day.</summary>
/// <param name="Decided">Decision values by name.</param>
public sealed record Facts(ServiceDefinition Definition, Answers Answers, IReadOnlyDictionary<string, string> Decided, LocalDate Today);
