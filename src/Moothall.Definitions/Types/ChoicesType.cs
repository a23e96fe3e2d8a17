using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moothall.Definitions;

/// <summary>Any of the question's options, at least one; kept in the order of the question, each once.</summary>
public sealed class ChoicesType : QuestionType
{
    public override string Name => "choices";
    public override ValueKind Kind => ValueKind.Choices;

    public override IReadOnlyList<string> Fields(Question question) => [question.Name];

    public override Reading Read(Question question, IFormFields typed, ReadingContext context) =>
        ReadList(question, typed.Values(question.Name), context);

    public override Reading ReadJson(Question question, JsonElement value, ReadingContext context)
    {
        if (value.ValueKind != JsonValueKind.Array)
            return TypedJson.Text(value) is { } one ? ReadList(question, [one], context) : question.Wrong(Wording.In(context.Language).SelectAny(question));
        var several = new List<string>();
        foreach (var item in value.EnumerateArray())
        {
            if (TypedJson.Text(item) is not { } text)
                return question.Wrong(Wording.In(context.Language).SelectAny(question));
            several.Add(text);
        }
        return ReadList(question, several, context);
    }

    static Reading ReadList(Question question, IReadOnlyList<string> typed, ReadingContext context)
    {
        var words = Wording.In(context.Language);
        var chosen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in typed.Select(Tidy.Line).Where(t => t.Length > 0))
        {
            if (ChoiceType.Find(question, text) is not { } option)
                return question.Wrong(words.NotOneOf(question, text));
            chosen.Add(option);
        }
        if (chosen.Count > 1 && question.Options.FirstOrDefault(o => o.Alone && chosen.Contains(o.Name)) is { } alone)
            return question.Wrong(words.ChosenBeside(question, alone));
        return chosen.Count == 0
            ? question.NotGiven(words.SelectAny(question))
            : Reading.Of(new ChoicesAnswer([.. question.Options.Select(o => o.Name).Where(chosen.Contains)]));
    }

    public override JsonNode? ToJson(Question question, Answer answer) =>
        answer is ChoicesAnswer choices ? new JsonArray([.. choices.Options.Select(o => JsonValue.Create(o))]) : null;

    public override Answer FromStored(Question question, JsonElement value) => value.ValueKind == JsonValueKind.Null
        ? SkippedAnswer.Value
        : new ChoicesAnswer([.. value.EnumerateArray().Select(o => o.GetString()!)]);

    public override IReadOnlyDictionary<string, IReadOnlyList<string>> ToFields(Question question, Answer answer) => answer is ChoicesAnswer choices
        ? new Dictionary<string, IReadOnlyList<string>> { [question.Name] = choices.Options }
        : AnswerFields.None;

    public override IReadOnlyList<string> Show(Question question, Answer answer, string language) => answer is ChoicesAnswer choices
        ? choices.Options.Select(o => ChoiceType.Label(question, o, language)).ToImmutableArray()
        : [Wording.In(language).NotProvided];

    public override JsonObject Schema(Question question, string language) => question.Titled(language, new JsonObject
    {
        ["type"] = "array",
        ["items"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. question.Options.Select(o => JsonValue.Create(o.Name))]) },
        ["minItems"] = question.Optional ? 0 : 1,
        ["uniqueItems"] = true,
    });
}
