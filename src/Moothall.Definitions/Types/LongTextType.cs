using System.Text.Json.Nodes;

namespace Moothall.Definitions;

/// <summary>Text of several lines, at most 4,000 characters; lines and tabs stay as typed.</summary>
public sealed class LongTextType : WrittenType
{
    /// <summary>The longest text where the question says nothing.</summary>
    public const int Most = 4000;

    public override string Name => "long-text";

    private protected override string Cleaned(string typed) => Tidy.Lines(typed);

    private protected override string Missing(Question question, Wording words) => words.EnterAnswer(question);

    private protected override Reading ReadText(Question question, string text, ReadingContext context, Wording words) =>
        Tidy.Length(text) > (question.MaxLength ?? Most)
            ? question.Wrong(words.TooLong(question, question.MaxLength ?? Most))
            : Reading.Of(new TextAnswer(text));

    public override IReadOnlyList<string> Show(Question question, Answer answer, string language) =>
        answer is TextAnswer text ? text.Text.Split('\n') : [Wording.In(language).NotProvided];

    private protected override JsonObject Shape(Question question) =>
        new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = question.MaxLength ?? Most };
}
