using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Moothall.Definitions;

/// <summary>A number, whole or decimal (six places; only whole where the question says so), without unit. Commas or spaces between thousands are read.</summary>
public sealed partial class NumberType : OneFieldType
{
    const int MostDecimals = 6;

    public override string Name => "number";
    public override ValueKind Kind => ValueKind.Number;

    private protected override string Cleaned(string typed) => Tidy.Plain(typed);

    private protected override string Missing(Question question, Wording words) => words.EnterNumber(question);

    private protected override string Unreadable(Question question, Wording words) => words.NotNumber(question);

    private protected override string? Typed(JsonElement value) => TypedJson.TextOrNumber(value);

    private protected override Reading ReadText(Question question, string text, ReadingContext context, Wording words)
    {
        if (text.Length > 60 || Written().Match(text) is not { Success: true } match)
            return question.Wrong(words.NotNumber(question));
        var whole = match.Groups["whole"].Value.Replace(",", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        if (whole.TrimStart('0').Length > 15)
            return question.Wrong(words.NumberTooLarge(question));
        var places = match.Groups["places"].Value.TrimEnd('0');
        if (question.Whole && places.Length > 0)
            return question.Wrong(words.NotWhole(question));
        if (places.Length > MostDecimals)
            return question.Wrong(words.TooManyDecimals(question, MostDecimals));
        var number = decimal.Parse($"0{whole}.{places}0", CultureInfo.InvariantCulture) / 1.0000000000000000000000000000m;
        if (match.Groups["minus"].Success && number != 0)
            number = -number;
        return Limits.Wrong(question, number, question.AtLeast?.Number, question.AtMost?.Number, words, words.Number) is { } message
            ? question.Wrong(message)
            : Reading.Of(new NumberAnswer(number));
    }

    public override JsonNode? ToJson(Question question, Answer answer) => answer is NumberAnswer number ? JsonValue.Create(number.Number) : null;

    public override Answer FromStored(Question question, JsonElement value) =>
        value.ValueKind == JsonValueKind.Null ? SkippedAnswer.Value : new NumberAnswer(value.GetDecimal());

    private protected override string Filled(Question question, Answer answer) =>
        ((NumberAnswer)answer).Number.ToString("0.######", CultureInfo.InvariantCulture);

    public override IReadOnlyList<string> Show(Question question, Answer answer, string language) =>
        [answer is NumberAnswer number ? Wording.In(language).Number(number.Number) : Wording.In(language).NotProvided];

    private protected override JsonObject Shape(Question question)
    {
        var shape = new JsonObject { ["type"] = question.Whole ? "integer" : "number" };
        if (question.AtLeast?.Number is { } least)
            shape["minimum"] = least;
        if (question.AtMost?.Number is { } most)
            shape["maximum"] = most;
        return shape;
    }

    [GeneratedRegex(@"^((?<minus>-) ?|\+ ?)?((?<whole>[0-9]{1,3}([, ][0-9]{3})+|[0-9]+)(\.(?<places>[0-9]*))?|\.(?<places>[0-9]+))$", RegexOptions.ExplicitCapture)]
    private static partial Regex Written();
}
