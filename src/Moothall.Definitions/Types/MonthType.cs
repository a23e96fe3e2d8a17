using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Definitions;

/// <summary>A month of a year. Two fields on the page; "nov 26", "11/2026" or "2026-11" typed into one of them is read too.</summary>
public sealed class MonthType : QuestionType
{
    static readonly YearMonthPattern Pattern = YearMonthPattern.Iso;

    public override string Name => "month";
    public override ValueKind Kind => ValueKind.Month;

    public override IReadOnlyList<string> Fields(Question question) => [question.Field("month"), question.Field("year")];

    public override Reading Read(Question question, IFormFields typed, ReadingContext context)
    {
        var month = Tidy.Plain(typed.Value(question.Field("month")));
        var year = Tidy.Plain(typed.Value(question.Field("year")));
        return year.Length > 0
            ? ReadParts(question, month, year, context)
            : ReadWhole(question, month.Length > 0 ? month : Tidy.Plain(typed.Value(question.Name)), context);
    }

    public override Reading ReadJson(Question question, JsonElement value, ReadingContext context) =>
        TypedJson.Text(value) is { } text
            ? ReadWhole(question, Tidy.Plain(text), context)
            : question.Wrong("month", Wording.In(context.Language).NotMonth(question));

    static Reading ReadWhole(Question question, string text, ReadingContext context)
    {
        var words = Wording.In(context.Language);
        if (text.Length == 0)
            return question.NotGiven("month", words.EnterMonth(question));
        return WrittenDate.Month(text, context.Today) is var (month, year)
            ? ReadParts(question, month, year, context)
            : question.Wrong("month", words.NotMonth(question));
    }

    static Reading ReadParts(Question question, string month, string year, ReadingContext context)
    {
        var words = Wording.In(context.Language);
        if (month.Length == 0)
            return question.Wrong("month", words.MustInclude(question, ["month"]));
        if (year.Length == 0)
            return question.Wrong("year", words.MustInclude(question, ["year"]));
        if (WrittenDate.MonthNumber(month) is not { } m)
            return question.Wrong("month", words.NotMonth(question));
        if (WrittenDate.Year(year, question, context.Today) is not { } y)
            return question.Wrong("year", words.YearOfFour);
        var whole = new YearMonth(y, m);
        return Limits.Wrong(question, whole, context.Today, words) is { } message
            ? question.Wrong("month", message)
            : Reading.Of(new MonthAnswer(whole));
    }

    public override JsonNode? ToJson(Question question, Answer answer) =>
        answer is MonthAnswer month ? JsonValue.Create(Pattern.Format(month.Month)) : null;

    public override Answer FromStored(Question question, JsonElement value) =>
        value.ValueKind == JsonValueKind.Null ? SkippedAnswer.Value : new MonthAnswer(Pattern.Parse(value.GetString()!).Value);

    public override IReadOnlyDictionary<string, IReadOnlyList<string>> ToFields(Question question, Answer answer) => answer is MonthAnswer { Month: var month }
        ? AnswerFields.Of(
            (question.Field("month"), month.Month.ToString(CultureInfo.InvariantCulture)),
            (question.Field("year"), month.Year.ToString("0000", CultureInfo.InvariantCulture)))
        : AnswerFields.None;

    public override IReadOnlyList<string> Show(Question question, Answer answer, string language) =>
        [answer is MonthAnswer month ? Wording.In(language).Month(month.Month) : Wording.In(language).NotProvided];

    public override JsonObject Schema(Question question, string language) =>
        question.Titled(language, new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9]{4}-(0[1-9]|1[0-2])$" });
}
