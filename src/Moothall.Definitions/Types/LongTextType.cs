using System.Text.Json.Nodes;

namespace Moothall.Definitions;

/// <summary>Text of several lines, at most 4,000 characters, or ten to a word where the most words are said; lines and tabs stay as typed.</summary>
public sealed class LongTextType : WrittenType
{
    /// <summary>The longest text where the question says nothing.</summary>
    public const int Most = 4000;

    public override string Name => "long-text";

    private protected override string Cleaned(string typed) => Tidy.Lines(typed);

    private protected override string Missing(Question question, Wording words) => words.EnterAnswer(question);

    private protected override Reading ReadText(Question question, string text, ReadingContext context, Wording words) =>
        question.MaxWords is { } most && WordsOf(text) > most ? question.Wrong(words.TooManyWords(question, most))
        : Tidy.Length(text) > MostOf(question) ? question.Wrong(words.TooLong(question, MostOf(question)))
        : Reading.Of(new TextAnswer(text));

    /// <summary>The longest text in characters. Of whom only words are counted nobody is stopped by long words.</summary>
    public static int MostOf(Question question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return question.MaxLength ?? Math.Max(Most, 10 * (question.MaxWords ?? 0));
    }

    // As people and word processors count: what stands between blanks.
    static int WordsOf(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    public override IReadOnlyList<string> Show(Question question, Answer answer, string language) =>
        answer is TextAnswer text ? text.Text.Split('\n') : [Wording.In(language).NotProvided];

    private protected override JsonObject Shape(Question question) =>
        new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = MostOf(question) };
}
