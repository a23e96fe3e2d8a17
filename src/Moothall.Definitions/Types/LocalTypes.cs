using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moothall.Definitions;

sealed class LocalType(string name, ValueKind kind, bool personal) : QuestionType
{
    public override string Name => name;
    public override ValueKind Kind => kind;
    public override bool Personal => personal;
    public override IReadOnlyList<string> Fields(Question question) => [question.Name];
    public override Reading Read(Question question, IFormFields typed, ReadingContext context) => Reading.Of(new TextAnswer(typed.Value(question.Name)));
    public override Reading ReadJson(Question question, JsonElement value, ReadingContext context) => Reading.Of(new TextAnswer(value.ToString()));
    public override JsonNode? ToJson(Question question, Answer answer) => null;
    public override Answer FromStored(Question question, JsonElement value) => new TextAnswer(value.ToString());
    public override IReadOnlyDictionary<string, IReadOnlyList<string>> ToFields(Question question, Answer answer) => new Dictionary<string, IReadOnlyList<string>>();
    public override IReadOnlyList<string> Show(Question question, Answer answer, string language) => [];
    public override JsonObject Schema(Question question, string language) => [];
}
