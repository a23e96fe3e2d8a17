using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime.Text;

namespace Moothall.Definitions;

enum TokenKind { Word, Quoted, Number, Money, Date, Month, Time, Sign, Odd, End }

/// <summary>A word, value or sign of a sentence, where it begins and how long it is.</summary>
readonly record struct Token(TokenKind Kind, string Text, decimal Value, int At, int Length)
{
    public bool IsWord(string word) => Kind == TokenKind.Word && Text == word;
    public bool IsSign(string sign) => Kind == TokenKind.Sign && Text == sign;
}

/// <summary>
/// Cuts a sentence into words, values and signs. Names hold hyphens, so a minus sign has spaces around it; what it does not know
/// it gives as an odd token, because bare text (`street is St. Mary's`) may hold anything.
/// </summary>
static partial class Lexer
{
    [GeneratedRegex("""
        (?<date>\d{4}-\d{2}-\d{2})(?![\w-]) |
        (?<month>\d{4}-\d{2})(?![\w-]) |
        (?<time>\d{1,2}:\d{2})(?![\w:]) |
        (?<money>-?£\d+(,\d{3})*(\.\d{1,2})?)(?![\w.]) |
        (?<number>-?\d+(,\d{3})*(\.\d+)?)(?![\w]) |
        (?<quoted>"[^"]*"|“[^”]*”|(?<![\w])'[^']*') |
        (?<word>[\p{L}\p{N}_][\p{L}\p{N}_'’-]*(\.[\p{L}_][\p{L}\p{N}_-]*)*) |
        (?<sign><=|>=|!=|==|[<>()+\-*/,=\[\]]) |
        (?<odd>\S)
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Piece();

    public static List<Token> Cut(string text)
    {
        var tokens = new List<Token>();
        foreach (Match match in Piece().Matches(text))
            tokens.Add(Read(match));
        tokens.Add(new Token(TokenKind.End, "", 0, text.TrimEnd().Length, 0));
        return tokens;
    }

    static Token Read(Match match)
    {
        Token Of(TokenKind kind, string text, decimal value = 0) => new(kind, text, value, match.Index, match.Length);
        var text = match.Value;
        if (match.Groups["date"].Success)
            return LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var date } ? Of(TokenKind.Date, text, Quantity.OfDate(date)) : Of(TokenKind.Odd, text);
        if (match.Groups["month"].Success)
            return LocalDatePattern.Iso.Parse(text + "-01") is { Success: true, Value: var first } ? Of(TokenKind.Month, text, Quantity.OfMonth(first.ToYearMonth())) : Of(TokenKind.Odd, text);
        if (match.Groups["time"].Success)
            return LocalTimePattern.CreateWithInvariantCulture("H:mm").Parse(text) is { Success: true, Value: var time } ? Of(TokenKind.Time, text, Quantity.OfTime(time)) : Of(TokenKind.Odd, text);
        if (match.Groups["money"].Success)
            return Number(text.Replace("£", "", StringComparison.Ordinal)) is { } pounds and > -1e15m and < 1e15m ? Of(TokenKind.Money, text, pounds * 100) : Of(TokenKind.Odd, text);
        if (match.Groups["number"].Success)
            return Number(text) is { } number ? Of(TokenKind.Number, text, number) : Of(TokenKind.Odd, text);
        if (match.Groups["quoted"].Success)
            return Of(TokenKind.Quoted, text[1..^1]);
        if (match.Groups["word"].Success)
            return Of(TokenKind.Word, text);
        return Of(match.Groups["sign"].Success ? TokenKind.Sign : TokenKind.Odd, text);
    }

    static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;
}
