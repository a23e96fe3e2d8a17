using System.Text.Json.Nodes;

namespace Moothall.Definitions;

/// <summary>
/// The reference of a case, kept as `POT-7F3K-92QX`: a prefix of two to six letters, then eight of Crockford's 32 symbols.
/// Read as forgivingly as <see cref="CaseReference"/> does, and held to its check symbol. Whether such a case exists is not this type's to say.
/// </summary>
public sealed class ReferenceType : WrittenType
{
    public override string Name => "reference";

    private protected override string Cleaned(string typed) => Tidy.Plain(typed);

    private protected override string Missing(Question question, Wording words) => words.EnterReference;

    private protected override string Unreadable(Question question, Wording words) => words.NotReference;

    private protected override Reading ReadText(Question question, string text, ReadingContext context, Wording words) =>
        CaseReference.Tidy(text) is { } reference ? Reading.Of(new TextAnswer(reference)) : question.Wrong(words.NotReference);

    private protected override JsonObject Shape(Question question) =>
        new() { ["type"] = "string", ["maxLength"] = 40 };
}
