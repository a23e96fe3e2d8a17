using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Moothall.Definitions;

/// <summary>A UK postcode, kept as `OX11 0AA`. The letter O typed for the nought after the gap is forgiven.</summary>
public sealed partial class PostcodeType : WrittenType
{
    public override string Name => "postcode";
    public override bool Personal => true;

    private protected override string Cleaned(string typed) => Tidy.Plain(typed);

    private protected override string Missing(Question question, Wording words) => words.EnterPostcode;

    private protected override string Unreadable(Question question, Wording words) => words.NotPostcode;

    private protected override Reading ReadText(Question question, string text, ReadingContext context, Wording words) =>
        Find(text) is { } postcode ? Reading.Of(new TextAnswer(postcode)) : question.Wrong(words.NotPostcode);

    /// <summary>The postcode in a plain line, or null when it is none.</summary>
    internal static string? Find(string line)
    {
        if (line.Length > 20)
            return null;
        var letters = Between().Replace(line, "").ToUpperInvariant();
        if (letters.Length is < 5 or > 7)
            return null;
        var (outward, inward) = (letters[..^3], letters[^3..]);
        if (inward[0] == 'O')
            inward = $"0{inward[1..]}";
        return Whole().IsMatch(outward + inward) ? $"{outward} {inward}" : null;
    }

    private protected override JsonObject Shape(Question question) =>
        new() { ["type"] = "string", ["maxLength"] = 20 };

    [GeneratedRegex("[ .,'-]")]
    private static partial Regex Between();

    // The forms of BS 7666 and Royal Mail's programmers' guide: A9, A99, AA9, AA99, A9A, AA9A before the gap, and GIR.
    [GeneratedRegex("^(GIR0AA|([A-PR-UWYZ][0-9]{1,2}|[A-PR-UWYZ][A-HK-Y][0-9]{1,2}|[A-PR-UWYZ][0-9][A-HJKPSTUW]|[A-PR-UWYZ][A-HK-Y][0-9][ABEHMNPRVWXY])[0-9][ABD-HJLNP-UW-Z]{2})$")]
    private static partial Regex Whole();
}
