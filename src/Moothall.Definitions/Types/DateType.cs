using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Definitions;

/// <summary>
/// A day. Three fields on the page, but a whole date typed into the day's field (or in JSON) is read in any usual British form.
/// A fault points to the part to mend.
/// </summary>
public sealed class DateType : QuestionType
{
    public override string Name => "date";
    public override ValueKind Kind => ValueKind.Date;

    public override IReadOnlyList<string> Fields(Question question) => [question.Field("day"), question.Field("month"), question.Field("year")];

    public override Reading Read(Question question, IFormFields typed, ReadingContext context)
    {
        var day = Tidy.Plain(typed.Value(question.Field("day")));
        var month = Tidy.Plain(typed.Value(question.Field("month")));
        var year = Tidy.Plain(typed.Value(question.Field("year")));
        return month.Length + year.Length > 0
            ? ReadParts(question, day, month, year, context)
            : ReadWhole(question, day.Length > 0 ? day : Tidy.Plain(typed.Value(question.Name)), context);
    }

    public override Reading ReadJson(Question question, JsonElement value, ReadingContext context) =>
        TypedJson.Text(value) is { } text
            ? ReadWhole(question, Tidy.Plain(text), context)
            : question.Wrong("day", Wording.In(context.Language).NotDate(question));

    static Reading ReadWhole(Question question, string text, ReadingContext context)
    {
        var words = Wording.In(context.Language);
        if (text.Length == 0)
            return question.NotGiven("day", words.EnterDate(question));
        return WrittenDate.Day(text, context.Today) is var (day, month, year)
            ? ReadParts(question, day, month, year, context)
            : question.Wrong("day", words.NotDate(question));
    }

    static Reading ReadParts(Question question, string day, string month, string year, ReadingContext context)
    {
        var words = Wording.In(context.Language);
        var lacking = new List<string>(3);
        if (day.Length == 0)
            lacking.Add("day");
        if (month.Length == 0)
            lacking.Add("month");
        if (year.Length == 0)
            lacking.Add("year");
        if (lacking.Count > 0)
            return question.Wrong(lacking[0], words.MustInclude(question, lacking));
        if (WrittenDate.DayNumber(day) is not { } d)
            return question.Wrong("day", words.NotDate(question));
        if (WrittenDate.MonthNumber(month) is not { } m)
            return question.Wrong("month", words.NotDate(question));
        if (WrittenDate.Year(year, question, context.Today) is not { } y)
            return question.Wrong("year", words.YearOfFour);
        if (d > CalendarSystem.Iso.GetDaysInMonth(y, m))
            return question.Wrong("day", words.NotDate(question));
        var date = new LocalDate(y, m, d);
        return Limits.Wrong(question, date, context.Today, words) is { } message
            ? question.Wrong("day", message)
            : Reading.Of(new DateAnswer(date));
    }

    public override JsonNode? ToJson(Question question, Answer answer) =>
        answer is DateAnswer date ? JsonValue.Create(LocalDatePattern.Iso.Format(date.Date)) : null;

    public override Answer FromStored(Question question, JsonElement value) =>
        value.ValueKind == JsonValueKind.Null ? SkippedAnswer.Value : new DateAnswer(LocalDatePattern.Iso.Parse(value.GetString()!).Value);

    public override IReadOnlyDictionary<string, IReadOnlyList<string>> ToFields(Question question, Answer answer) => answer is DateAnswer { Date: var date }
        ? AnswerFields.Of(
            (question.Field("day"), date.Day.ToString(CultureInfo.InvariantCulture)),
            (question.Field("month"), date.Month.ToString(CultureInfo.InvariantCulture)),
            (question.Field("year"), date.Year.ToString("0000", CultureInfo.InvariantCulture)))
        : AnswerFields.None;

    public override IReadOnlyList<string> Show(Question question, Answer answer, string language) =>
        [answer is DateAnswer date ? Wording.In(language).Date(date.Date) : Wording.In(language).NotProvided];

    public override JsonObject Schema(Question question, string language) =>
        question.Titled(language, new JsonObject { ["type"] = "string", ["format"] = "date" });
}
