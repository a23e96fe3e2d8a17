using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Moothall.Definitions;

/// <summary>
/// The reference of a case, kept as `POT-7F3K-92QX`: a prefix of two to six letters, then eight of Crockford's 32 symbols.
/// Letters read wrongly off paper are forgiven after the prefix: O is 0, I and L are 1. Whether such a case exists is not this type's to say.
/// </summary>
public sealed partial class ReferenceType : WrittenType
{
    public override string Name => "reference";

    private protected override string Cleaned(string typed) => Tidy.Plain(typed);

    private protected override string Missing(Question question, Wording words) => words.EnterReference;

    private protected override string Unreadable(Question question, Wording words) => words.NotReference;

    private protected override Reading ReadText(Question question, string text, ReadingContext context, Wording words) =>
        Find(text) is { } reference ? Reading.Of(new TextAnswer(reference)) : question.Wrong(words.NotReference);

    /// <summary>The reference in a plain line, or null when it is none.</summary>
    internal static string? Find(string line)
    {
        if (line.Length > 40)
            return null;
        var letters = Between().Replace(line, "").ToUpperInvariant();
        if (letters.Length is < 10 or > 14)
            return null;
        var code = letters[^8..].Replace('O', '0').Replace('I', '1').Replace('L', '1');
        var whole = $"{letters[..^8]}-{code[..4]}-{code[4..]}";
        return Whole().IsMatch(whole) ? whole : null;
    }

    private protected override JsonObject Shape(Question question) =>
        new() { ["type"] = "string", ["maxLength"] = 40 };

    [GeneratedRegex("[ .-]")]
    private static partial Regex Between();

    [GeneratedRegex("^[A-Z]{2,6}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$")]
    private static partial Regex Whole();
}
