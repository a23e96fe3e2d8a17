using System.Text.Json.Nodes;

namespace Moothall.Definitions;

/// <summary>One line of text, at most 500 characters.</summary>
public sealed class TextType : WrittenType
{
    /// <summary>The longest text where the question says nothing.</summary>
    public const int Most = 500;

    public override string Name => "text";

    private protected override string Missing(Question question, Wording words) => words.EnterAnswer(question);

    private protected override Reading ReadText(Question question, string text, ReadingContext context, Wording words) =>
        Tidy.Length(text) > (question.MaxLength ?? Most)
            ? question.Wrong(words.TooLong(question, question.MaxLength ?? Most))
            : Reading.Of(new TextAnswer(text));

    private protected override JsonObject Shape(Question question) =>
        new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = question.MaxLength ?? Most };
}
