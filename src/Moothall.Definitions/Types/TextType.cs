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
            : question.LooksLike is { } example && !IsLike(text, example) ? question.Wrong(words.LooksLike(question, example))
            : Reading.Of(new TextAnswer(text));

    // A letter stands for any letter and a figure for any figure; spaces and capitals do not matter, because people write them as they like.
    static bool IsLike(string text, string example)
    {
        var (given, like) = (text.Replace(" ", "", StringComparison.Ordinal), example.Replace(" ", "", StringComparison.Ordinal));
        return given.Length == like.Length && given.Zip(like).All(pair => char.IsAsciiLetter(pair.Second) ? char.IsAsciiLetter(pair.First) : char.IsAsciiDigit(pair.Second) ? char.IsAsciiDigit(pair.First) : pair.First == pair.Second);
    }

    static string Pattern(string example) =>
        $"^ *{string.Join(" *", example.Where(c => c != ' ').Select(c => char.IsAsciiLetter(c) ? "[A-Za-z]" : char.IsAsciiDigit(c) ? "[0-9]" : c is '.' or '/' ? "\\" + c : c.ToString()))} *$";

    private protected override JsonObject Shape(Question question)
    {
        var shape = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = question.MaxLength ?? Most };
        if (question.LooksLike is { } example) shape["pattern"] = Pattern(example);
        return shape;
    }
}
