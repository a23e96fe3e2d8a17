namespace Moothall.Definitions;

/// <summary>
/// The meaning of a sentence: a small tree that is true or false. `is not` is the contrary of `is`, so that it is true of a
/// question nobody answered.
/// </summary>
abstract record Condition
{
    /// <summary>Whether it is true. Never throws.</summary>
    public abstract bool Holds(Facts facts);
}

/// <summary>All parts hold (`and`).</summary>
sealed record AllOf(Condition Left, Condition Right) : Condition
{
    public override bool Holds(Facts facts) => Left.Holds(facts) && Right.Holds(facts);
}

/// <summary>At least one part holds (`or`).</summary>
sealed record AnyOf(Condition Left, Condition Right) : Condition
{
    public override bool Holds(Facts facts) => Left.Holds(facts) || Right.Holds(facts);
}

/// <summary>The contrary (`not`, `is not`).</summary>
sealed record Contrary(Condition Of) : Condition
{
    public override bool Holds(Facts facts) => !Of.Holds(facts);
}

/// <summary>A question has an answer, or a part of it is known.</summary>
sealed record IsAnswered(Question Question, string? Part) : Condition
{
    public override bool Holds(Facts facts) => Holds(facts.Answers[Question.Name]);

    public bool Holds(Answer? answer) =>
        answer is not (null or SkippedAnswer) && (Part is null || !string.IsNullOrEmpty(Question.Type.Part(answer, Part)));
}

/// <summary>Words are one of those written; capitals do not matter.</summary>
sealed record IsOneOfWords(Words Of, IReadOnlyList<string> Values) : Condition
{
    public override bool Holds(Facts facts) => Of.In(facts) is { } text && Holds(text);

    public bool Holds(string text)
    {
        foreach (var value in Values)
            if (string.Equals(value, text, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }
}

/// <summary>An answer of several options holds this one.</summary>
sealed record HasOption(Question Question, string Option) : Condition
{
    public override bool Holds(Facts facts) => facts.Answers[Question.Name] is ChoicesAnswer choices && choices.Options.Contains(Option);
}

enum Comparison { Is, Less, AtMost, More, AtLeast }

/// <summary>Two quantities compared. False when either is not known, or cannot be worked out (too large, divided by nothing).</summary>
sealed record Compares(Quantity Left, Comparison How, Quantity Right) : Condition
{
    public override bool Holds(Facts facts) => Left.In(facts) is { } left && Right.In(facts) is { } right && Holds(left, right);

    bool Holds(decimal left, decimal right) => How switch
    {
        Comparison.Is => left == right,
        Comparison.Less => left < right,
        Comparison.AtMost => left <= right,
        Comparison.More => left > right,
        _ => left >= right,
    };
}
