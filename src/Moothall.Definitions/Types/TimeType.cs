using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Definitions;

/// <summary>
/// A time of day to the minute. Fields for hour and minute, or one free field named as the question: 14:30, 14.30, 1430, 2:30pm, 9am, midday.
/// A bare hour is refused, since 2 may be night or afternoon.
/// </summary>
public sealed partial class TimeType : QuestionType
{
    static readonly LocalTimePattern Pattern = LocalTimePattern.CreateWithInvariantCulture("HH':'mm");

    public override string Name => "time";
    public override ValueKind Kind => ValueKind.Time;

    public override IReadOnlyList<string> Fields(Question question) => [question.Field("hour"), question.Field("minute")];

    public override Reading Read(Question question, IFormFields typed, ReadingContext context)
    {
        var words = Wording.In(context.Language);
        var hour = Tidy.Plain(typed.Value(question.Field("hour")));
        var minute = Tidy.Plain(typed.Value(question.Field("minute")));
        if (minute.Length == 0)
            return ReadWhole(question, hour.Length > 0 ? hour : Tidy.Plain(typed.Value(question.Name)), context);
        if (hour.Length == 0)
            return question.Wrong("hour", words.HourMissing(question));
        var parts = Parts().Match($"{hour}:{minute}");
        if (parts.Success)
            return Made(question, parts, context);
        return Hour().IsMatch(hour) ? question.Wrong("minute", words.NotTime(question)) : question.Wrong("hour", words.NotTime(question));
    }

    public override Reading ReadJson(Question question, JsonElement value, ReadingContext context) =>
        TypedJson.Text(value) is { } text
            ? ReadWhole(question, Tidy.Plain(text), context)
            : question.Wrong("hour", Wording.In(context.Language).NotTime(question));

    static Reading ReadWhole(Question question, string text, ReadingContext context)
    {
        var words = Wording.In(context.Language);
        if (text.Length == 0)
            return question.NotGiven("hour", words.EnterTime(question));
        if (text.ToLowerInvariant() is "midday" or "noon" or "12 noon" or "12 midday" or "canol dydd" or "hanner dydd")
            return Reading.Of(new TimeAnswer(LocalTime.Noon));
        if (text.ToLowerInvariant() is "midnight" or "12 midnight" or "canol nos" or "hanner nos")
            return Reading.Of(new TimeAnswer(LocalTime.Midnight));
        if (Parts().Match(text) is { Success: true } parts)
            return Made(question, parts, context);
        return Hour().IsMatch(text) ? question.Wrong("minute", words.MinutesMissing(question)) : question.Wrong("hour", words.NotTime(question));
    }

    static Reading Made(Question question, Match parts, ReadingContext context)
    {
        var words = Wording.In(context.Language);
        var hour = int.Parse(parts.Groups["hour"].Value, CultureInfo.InvariantCulture);
        var minute = parts.Groups["minute"].Success ? int.Parse(parts.Groups["minute"].Value, CultureInfo.InvariantCulture) : 0;
        if (parts.Groups["half"] is { Success: true, Value: var half })
        {
            if (hour is 0 or > 12)
                return half[0] is 'p' or 'P' && hour is > 12 and < 24
                    ? Reading.Of(new TimeAnswer(new LocalTime(hour, minute)))
                    : question.Wrong("hour", words.NotTime(question));
            hour = (hour % 12) + (half[0] is 'p' or 'P' ? 12 : 0);
        }
        return Reading.Of(new TimeAnswer(new LocalTime(hour, minute)));
    }

    public override JsonNode? ToJson(Question question, Answer answer) =>
        answer is TimeAnswer time ? JsonValue.Create(Pattern.Format(time.Time)) : null;

    public override Answer FromStored(Question question, JsonElement value) =>
        value.ValueKind == JsonValueKind.Null ? SkippedAnswer.Value : new TimeAnswer(Pattern.Parse(value.GetString()!).Value);

    public override IReadOnlyDictionary<string, IReadOnlyList<string>> ToFields(Question question, Answer answer) => answer is TimeAnswer { Time: var time }
        ? AnswerFields.Of(
            (question.Field("hour"), time.Hour.ToString(CultureInfo.InvariantCulture)),
            (question.Field("minute"), time.Minute.ToString("00", CultureInfo.InvariantCulture)))
        : AnswerFields.None;

    public override IReadOnlyList<string> Show(Question question, Answer answer, string language) =>
        [answer is TimeAnswer time ? Wording.In(language).Time(time.Time) : Wording.In(language).NotProvided];

    public override JsonObject Schema(Question question, string language) =>
        question.Titled(language, new JsonObject { ["type"] = "string", ["pattern"] = "^([01][0-9]|2[0-3]):[0-5][0-9]$" });

    [GeneratedRegex(@"^((?<hour>[01]?[0-9]|2[0-3]) ?[:.h] ?(?<minute>[0-5]?[0-9])(:00)?( ?(?<half>[ap])\.?m?\.?)?|(?<hour>[01][0-9]|2[0-3])(?<minute>[0-5][0-9])( ?(hrs?|hours))?|(?<hour>[01]?[0-9]) ?(?<half>[ap])\.?m\.?)$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Parts();

    [GeneratedRegex("^([01]?[0-9]|2[0-3])$")]
    private static partial Regex Hour();
}
