using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moothall.Definitions;

/// <summary>A statement to agree to; the question is the statement. There is no answer "no": without agreement there is none.</summary>
public sealed class DeclarationType : OneFieldType
{
    public override string Name => "declaration";
    public override ValueKind Kind => ValueKind.YesNo;

    private protected override string Missing(Question question, Wording words) => words.Agree(question);

    private protected override string? Typed(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "yes",
        JsonValueKind.False => "",
        _ => TypedJson.Text(value),
    };

    private protected override Reading ReadText(Question question, string text, ReadingContext context, Wording words) => text.ToLowerInvariant() switch
    {
        "yes" or "y" or "true" or "on" => Reading.Of(DeclarationAnswer.Value),
        _ => question.Wrong(words.Agree(question)),
    };

    public override JsonNode? ToJson(Question question, Answer answer) => answer is DeclarationAnswer ? JsonValue.Create(true) : null;

    public override Answer FromStored(Question question, JsonElement value) =>
        value.ValueKind == JsonValueKind.Null ? SkippedAnswer.Value : DeclarationAnswer.Value;

    private protected override string Filled(Question question, Answer answer) => "yes";

    public override IReadOnlyList<string> Show(Question question, Answer answer, string language) =>
        [answer is DeclarationAnswer ? Wording.In(language).Agreed : Wording.In(language).NotProvided];

    private protected override JsonObject Shape(Question question) => new() { ["type"] = "boolean", ["enum"] = new JsonArray(true) };
}
