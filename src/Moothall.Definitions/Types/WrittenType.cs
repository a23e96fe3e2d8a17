using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moothall.Definitions;

/// <summary>A type whose answer is text: text, long-text, email, phone, web, postcode, reference.</summary>
public abstract class WrittenType : OneFieldType
{
    public override ValueKind Kind => ValueKind.Text;

    public override JsonNode? ToJson(Question question, Answer answer) => answer is TextAnswer text ? JsonValue.Create(text.Text) : null;

    public override Answer FromStored(Question question, JsonElement value) =>
        value.ValueKind == JsonValueKind.Null ? SkippedAnswer.Value : new TextAnswer(value.GetString()!);

    public override IReadOnlyList<string> Show(Question question, Answer answer, string language) =>
        answer is TextAnswer text ? [Shown(text.Text)] : [Wording.In(language).NotProvided];

    private protected virtual string Shown(string text) => text;

    private protected override string Filled(Question question, Answer answer) => Shown(((TextAnswer)answer).Text);
}
