using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moothall.Definitions;

/// <summary>
/// A type whose answer has parts: fields `where-line1` ... on the page, members of an object in JSON. Both are gathered into the
/// same text by part, so that both get the same faults.
/// </summary>
public abstract class PartedType : QuestionType
{
    /// <summary>The parts JSON may have, in order.</summary>
    private protected abstract IReadOnlyList<string> Members { get; }

    /// <summary>Parts that stand in forms; usually all.</summary>
    private protected virtual IReadOnlyList<string> FormParts => Members;

    /// <summary>Parts that JSON may give as numbers.</summary>
    private protected virtual bool TakesNumber(string part) => false;

    /// <summary>Members that JSON may have and that are worked out again, never read.</summary>
    private protected virtual bool Ignores(string member) => false;

    /// <summary>The field of a part; `where-town` unless the type has it otherwise.</summary>
    private protected virtual string FieldOf(Question question, string part) => question.Field(part);

    /// <summary>The part that a JSON text alone stands for, or null when only objects are answers.</summary>
    private protected virtual string? WholePart => null;

    /// <summary>Reads tidy text by part; "" for one not given.</summary>
    private protected abstract Reading ReadParts(Question question, Func<string, string> part, ReadingContext context, Wording words);

    /// <summary>An answer's parts as the form shows them; empty ones are left out.</summary>
    private protected abstract IEnumerable<(string Part, string? Value)> Filled(Answer answer);

    public sealed override IReadOnlyList<string> Fields(Question question) => [.. FormParts.Select(p => FieldOf(question, p))];

    public sealed override Reading Read(Question question, IFormFields typed, ReadingContext context) =>
        ReadGathered(question, FormParts.ToDictionary(p => p, p => Tidy.Line(typed.Value(FieldOf(question, p)))), context);

    public sealed override Reading ReadJson(Question question, JsonElement value, ReadingContext context)
    {
        var words = Wording.In(context.Language);
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (value.ValueKind != JsonValueKind.Object)
        {
            if (TypedJson.Text(value) is not { } text || (Tidy.Line(text).Length > 0 && WholePart is null))
                return Reading.Wrong(FaultAt(question, Members[0], words.NotMembers(question, Members)));
            parts[WholePart ?? Members[0]] = Tidy.Line(text);
            return ReadGathered(question, parts, context);
        }
        var faults = new List<Fault>();
        foreach (var member in value.EnumerateObject())
        {
            var name = TypedJson.Name(member);
            if (!Members.Contains(name))
            {
                if (!Ignores(name))
                    faults.Add(FaultAt(question, Members[0], words.UnknownMember(question, name, DidYouMean.Among(name, Members))));
            }
            else if ((TakesNumber(name) ? TypedJson.TextOrNumber(member.Value) : TypedJson.Text(member.Value)) is { } text)
                parts[name] = Tidy.Line(text);
            else
                faults.Add(FaultAt(question, name, words.NotText(question, name)));
        }
        return faults.Count > 0 ? Reading.Wrong(faults) : ReadGathered(question, parts, context);
    }

    Reading ReadGathered(Question question, Dictionary<string, string> parts, ReadingContext context)
    {
        var words = Wording.In(context.Language);
        return question.Optional && parts.Values.All(v => v.Length == 0)
            ? Reading.Of(SkippedAnswer.Value)
            : ReadParts(question, part => parts.GetValueOrDefault(part, ""), context, words);
    }

    private protected Fault FaultAt(Question question, string part, string message) => new(question.Name, FieldOf(question, part), message);

    public sealed override IReadOnlyDictionary<string, IReadOnlyList<string>> ToFields(Question question, Answer answer) => answer is SkippedAnswer
        ? AnswerFields.None
        : AnswerFields.Of([.. Filled(answer)
            .Where(p => !string.IsNullOrEmpty(p.Value) && FormParts.Contains(p.Part))
            .Select(p => (FieldOf(question, p.Part), p.Value!))]);

    public override IReadOnlyDictionary<string, ValueKind> Parts(Question question) => Members.ToDictionary(p => p, _ => ValueKind.Text);

    public override string? Part(Answer answer, string part) =>
        answer is SkippedAnswer ? null : Filled(answer).FirstOrDefault(p => p.Part == part).Value;

    private protected static string? TextOf(JsonElement value, string member) =>
        value.TryGetProperty(member, out var found) && found.ValueKind == JsonValueKind.String ? found.GetString() : null;

    private protected static string? OrNull(string text) => text.Length == 0 ? null : text;

    private protected static JsonObject Written(params IReadOnlyList<(string Name, string? Value)> members)
    {
        var written = new JsonObject();
        foreach (var (name, value) in members)
            if (value is not null)
                written[name] = value;
        return written;
    }

    private protected static JsonObject ShapeOf(IReadOnlyList<string> required, params IReadOnlyList<(string Name, JsonObject Shape)> members)
    {
        var properties = new JsonObject();
        foreach (var (name, shape) in members)
            properties[name] = shape;
        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. required.Select(r => JsonValue.Create(r))]),
            ["additionalProperties"] = false,
        };
    }

    private protected static JsonObject TextShape(int most) => new() { ["type"] = new JsonArray("string", "null"), ["maxLength"] = most };

    private protected static JsonObject NeededText(int most) => new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = most };
}
