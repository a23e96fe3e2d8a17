using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Moothall.Definitions;

/// <summary>
/// An email address: one @, a domain with a dot, at most 254 characters. Letters of any script are fine (RFC 6531);
/// quoted local parts are not, nobody uses them. The domain is kept in lower case.
/// </summary>
public sealed partial class EmailType : WrittenType
{
    const int Most = 254;

    public override string Name => "email";
    public override bool Personal => true;

    private protected override string Missing(Question question, Wording words) => words.EnterEmail;

    private protected override string Unreadable(Question question, Wording words) => words.NotEmail;

    private protected override Reading ReadText(Question question, string text, ReadingContext context, Wording words) =>
        Find(text) is { } email ? Reading.Of(new TextAnswer(email)) : question.Wrong(words.NotEmail);

    /// <summary>The address in a tidy line, or null when it is none.</summary>
    public static string? Find(string line)
    {
        var at = line.IndexOf('@', StringComparison.Ordinal);
        if (at < 1 || at > 64 || Tidy.Length(line) > Most || !Local().IsMatch(line[..at]))
            return null;
        var domain = line[(at + 1)..].ToLower(CultureInfo.InvariantCulture);
        return Domain().IsMatch(domain) ? $"{line[..at]}@{domain}".Normalize() : null;
    }

    private protected override JsonObject Shape(Question question) =>
        new() { ["type"] = "string", ["format"] = "idn-email", ["maxLength"] = Most };

    [GeneratedRegex(@"^(?!\.)(?!.*\.\.)(?!.*\.$)[^\s@""(),:;<>\[\]\\\p{C}]+$")]
    private static partial Regex Local();

    [GeneratedRegex(@"^([\p{L}\p{M}\p{N}]([\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.)+(xn--[a-z0-9-]{2,59}|[\p{L}\p{M}]{2,63})$")]
    private static partial Regex Domain();
}
