using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moothall.Definitions;

/// <summary>
/// The type of a question that may be answered with "the same as before": all that its own type is, with a tick beside its fields. The tick is an answer of its own for as long as the
/// journey lasts, so that it follows the earlier answer when that is changed; what is sent is the earlier answer itself.
/// </summary>
public sealed class SameAsType : QuestionType
{
    /// <summary>Types that have no limits of their own, so that an answer to one question of the type is good for any other.</summary>
    public static readonly IReadOnlyList<string> Types = ["address", "email", "location", "organisation", "person", "phone", "postcode", "web"];

    static readonly Dictionary<string, SameAsType> Around = Types.ToDictionary(name => name, name => new SameAsType(QuestionTypes.Find(name)!), StringComparer.Ordinal);

    readonly QuestionType own;

    SameAsType(QuestionType own) => this.own = own;

    /// <summary>The type with the tick beside it.</summary>
    public static SameAsType Of(QuestionType own)
    {
        ArgumentNullException.ThrowIfNull(own);
        return Around[own.Name];
    }

    /// <summary>The field of the tick.</summary>
    public static string Field(Question question) => question.Field("same");

    public override string Name => own.Name;
    public override ValueKind Kind => own.Kind;
    public override bool Personal => own.Personal;

    public override IReadOnlyList<string> Fields(Question question) => [.. own.Fields(question), Field(question)];

    public override Reading Read(Question question, IFormFields typed, ReadingContext context)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(typed);
        return typed.Value(Field(question)) == "yes" ? Same(question) : own.Read(question, typed, context);
    }

    /// <summary>A program leaves the answer out where it is the same.</summary>
    public override Reading ReadJson(Question question, JsonElement value, ReadingContext context)
    {
        ArgumentNullException.ThrowIfNull(question);
        return value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? Same(question) : own.ReadJson(question, value, context);
    }

    static Reading Same(Question question) => Reading.Of(new SameAnswer(question.SameAs!.Question));

    /// <summary>Reads the fields alone, where there is no earlier answer that it could be the same as.</summary>
    public Reading ReadOwn(Question question, IFormFields typed, ReadingContext context) => own.Read(question, typed, context);

    /// <summary>Reads JSON without taking "left out" for "the same".</summary>
    public Reading ReadOwnJson(Question question, JsonElement value, ReadingContext context) => own.ReadJson(question, value, context);

    public override JsonNode? ToJson(Question question, Answer answer) => answer is SameAnswer same ? new JsonObject { [Key] = same.Question } : own.ToJson(question, answer);

    public override Answer FromStored(Question question, JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(Key, out var same) ? new SameAnswer(same.GetString()!) : own.FromStored(question, value);

    const string Key = "same-as";

    public override IReadOnlyDictionary<string, IReadOnlyList<string>> ToFields(Question question, Answer answer) =>
        answer is SameAnswer ? AnswerFields.Of((Field(question), "yes")) : own.ToFields(question, answer);

    public override IReadOnlyList<string> Show(Question question, Answer answer, string language)
    {
        ArgumentNullException.ThrowIfNull(question);
        return answer is SameAnswer ? [Wording.In(language).SameAs(question.SameAs!)] : own.Show(question, answer, language);
    }

    public override JsonObject Schema(Question question, string language) => own.Schema(question, language);

    public override IReadOnlyDictionary<string, ValueKind> Parts(Question question) => own.Parts(question);

    public override string? Part(Answer answer, string part) => own.Part(answer, part);
}
