using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Moothall.Definitions;

/// <summary>An amount in pounds: whole pence inside, decimal pounds in JSON, never floating point. Not below nought unless the question allows it.</summary>
public sealed partial class MoneyType : OneFieldType
{
    public override string Name => "money";
    public override ValueKind Kind => ValueKind.Money;

    private protected override string Cleaned(string typed) => Tidy.Plain(typed);

    private protected override string Missing(Question question, Wording words) => words.EnterAmount(question);

    private protected override string Unreadable(Question question, Wording words) => words.NotAmount(question);

    private protected override string? Typed(JsonElement value) => TypedJson.TextOrNumber(value);

    private protected override Reading ReadText(Question question, string text, ReadingContext context, Wording words)
    {
        if (text.Length > 60 || Written().Match(text) is not { Success: true } match)
            return question.Wrong(words.NotAmount(question));
        var places = match.Groups["places"].Value;
        if (places.TrimEnd('0').Length > 2)
            return question.Wrong(words.PartsOfPenny(question));
        var whole = match.Groups["whole"].Value.Replace(",", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).TrimStart('0');
        var single = match.Groups["pence"].Value.TrimStart('0');
        if (whole.Length > 12 || single.Length > 12)
            return question.Wrong(words.AmountTooLarge(question));
        var pence = match.Groups["pence"].Success ? Whole(single) : (Whole(whole) * 100) + Whole(places.PadRight(2, '0')[..2]);
        if (match.Groups["minus"].Success)
            pence = -pence;
        return Limits.Wrong(question, pence, question.AtLeast?.Number ?? 0, question.AtMost?.Number, words, limit => words.Money((long)limit)) is { } message
            ? question.Wrong(message)
            : Reading.Of(new MoneyAnswer(pence));
    }

    static long Whole(string digits) => digits.Length == 0 ? 0 : long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    public override JsonNode? ToJson(Question question, Answer answer) => answer is MoneyAnswer money ? JsonValue.Create(Pounds(money.Pence)) : null;

    public override Answer FromStored(Question question, JsonElement value) =>
        value.ValueKind == JsonValueKind.Null ? SkippedAnswer.Value : new MoneyAnswer((long)(value.GetDecimal() * 100));

    private protected override string Filled(Question question, Answer answer)
    {
        var pence = ((MoneyAnswer)answer).Pence;
        return Pounds(pence).ToString(pence % 100 == 0 ? "0" : "0.00", CultureInfo.InvariantCulture);
    }

    public override IReadOnlyList<string> Show(Question question, Answer answer, string language) =>
        [answer is MoneyAnswer money ? Wording.In(language).Money(money.Pence) : Wording.In(language).NotProvided];

    private protected override JsonObject Shape(Question question)
    {
        var shape = new JsonObject { ["type"] = "number", ["multipleOf"] = 0.01m, ["minimum"] = (question.AtLeast?.Number ?? 0) * 0.01m };
        if (question.AtMost?.Number is { } most)
            shape["maximum"] = most * 0.01m;
        return shape;
    }

    static decimal Pounds(long pence) => pence * 0.01m;

    [GeneratedRegex(@"^((?<minus>-) ?)?((£|GBP) ?)?((?<minus>-) ?)?((?<whole>[0-9]{1,3}([, ][0-9]{3})+|[0-9]+)(\.(?<places>[0-9]*))?|\.(?<places>[0-9]+))( ?(pounds?|GBP))?$|^(?<pence>[0-9]+) ?(p|pence)$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Written();
}
