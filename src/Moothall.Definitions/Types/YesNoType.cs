using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moothall.Definitions;

/// <summary>Yes or no; true or false in JSON.</summary>
public sealed class YesNoType : OneFieldType
{
    public override string Name => "yes-no";
    public override ValueKind Kind => ValueKind.YesNo;

    private protected override string Missing(Question question, Wording words) => words.SelectYes(question);

    private protected override string? Typed(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        _ => TypedJson.Text(value),
    };

    private protected override Reading ReadText(Question question, string text, ReadingContext context, Wording words) => text.ToLowerInvariant() switch
    {
        "yes" or "y" or "true" => Reading.Of(new YesNoAnswer(true)),
        "no" or "n" or "false" => Reading.Of(new YesNoAnswer(false)),
        _ => question.Wrong(words.SelectYes(question)),
    };

    public override JsonNode? ToJson(Question question, Answer answer) => answer is YesNoAnswer yesNo ? JsonValue.Create(yesNo.Yes) : null;

    public override Answer FromStored(Question question, JsonElement value) =>
        value.ValueKind == JsonValueKind.Null ? SkippedAnswer.Value : new YesNoAnswer(value.GetBoolean());

    private protected override string Filled(Question question, Answer answer) => ((YesNoAnswer)answer).Yes ? "yes" : "no";

    public override IReadOnlyList<string> Show(Question question, Answer answer, string language)
    {
        var words = Wording.In(language);
        return [answer is YesNoAnswer yesNo ? yesNo.Yes ? words.Yes : words.No : words.NotProvided];
    }

    private protected override JsonObject Shape(Question question) => new() { ["type"] = "boolean" };
}
