using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Moothall.Definitions;

/// <summary>
/// A phone number, kept as digits: British ones from their 0 (01632960001), others from their + (+33123456789), with ` ext 12` where given.
/// British numbers have 10 or 11 digits with the 0; others at most 15 (E.164).
/// </summary>
public sealed partial class PhoneType : WrittenType
{
    public override string Name => "phone";
    public override bool Personal => true;

    private protected override string Cleaned(string typed) => Tidy.Plain(typed);

    private protected override string Missing(Question question, Wording words) => words.EnterPhone;

    private protected override Reading ReadText(Question question, string text, ReadingContext context, Wording words) =>
        Find(text) is { } phone ? Reading.Of(new TextAnswer(phone)) : question.Wrong(words.EnterPhone);

    /// <summary>The number in a plain line as it is kept, or null when it is none.</summary>
    internal static string? Find(string line)
    {
        if (line.Length > 60 || Number().Match(line) is not { Success: true } match)
            return null;
        var number = match.Groups["number"].Value;
        if (number.Contains('+', StringComparison.Ordinal) || number.StartsWith("00", StringComparison.Ordinal))
            number = number.Replace("(0)", "", StringComparison.Ordinal);
        var digits = Regex.Replace(number, "[^0-9]", "");
        var extension = match.Groups["extension"] is { Success: true, Value: var e } ? $" ext {e}" : "";
        var abroad = number.Contains('+', StringComparison.Ordinal);
        if (!abroad && digits.StartsWith("00", StringComparison.Ordinal))
            (abroad, digits) = (true, digits[2..]);
        if (abroad && digits.StartsWith("44", StringComparison.Ordinal))
            (abroad, digits) = (false, $"0{digits[2..].TrimStart('0')}");
        if (abroad)
            return Abroad().IsMatch(digits) ? $"+{digits}{extension}" : null;
        return British().IsMatch(digits) ? $"{digits}{extension}" : null;
    }

    private protected override string Shown(string text) => Grouped(text);

    /// <summary>A kept number with light spaces: 020 7946 0000, 0117 496 0000, 01632 960001, 07700 900982.</summary>
    internal static string Grouped(string kept)
    {
        if (kept.StartsWith('+'))
            return kept;
        var end = kept.IndexOf(' ', StringComparison.Ordinal);
        var (digits, rest) = end < 0 ? (kept, "") : (kept[..end], kept[end..]);
        return digits.Length != 11
            ? $"{digits[..5]} {digits[5..]}{rest}"
            : digits switch
            {
                ['0', '2', ..] => $"{digits[..3]} {digits[3..7]} {digits[7..]}{rest}",
                ['0', '3' or '8' or '9', ..] or ['0', '1', '1', ..] or ['0', '1', _, '1', ..] => $"{digits[..4]} {digits[4..7]} {digits[7..]}{rest}",
                _ => $"{digits[..5]} {digits[5..]}{rest}",
            };
    }

    private protected override JsonObject Shape(Question question) =>
        new() { ["type"] = "string", ["maxLength"] = 60 };

    [GeneratedRegex(@"^(tel:)? ?(?<number>[+(]{0,2}[0-9][0-9 ().\-/]*)(,? ?(ext|extn|extension|x|#)[.:]? ?(?<extension>[0-9]{1,6}))?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex("^0[1235789][0-9]{8,9}$")]
    private static partial Regex British();

    [GeneratedRegex("^[1-9][0-9]{6,14}$")]
    private static partial Regex Abroad();
}
