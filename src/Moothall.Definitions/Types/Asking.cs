using System.Text.Json.Nodes;

namespace Moothall.Definitions;

/// <summary>What every type does with a question: say what is wrong, pass over what is optional, give a schema its title.</summary>
static class Asking
{
    /// <summary>A reading with one fault at the question's own field.</summary>
    public static Reading Wrong(this Question question, string message) => Reading.Wrong(question.Fault(message));

    /// <summary>A reading with one fault at the field of a part.</summary>
    public static Reading Wrong(this Question question, string part, string message) => Reading.Wrong(question.Fault(part, message));

    /// <summary>A fault at the question's own field.</summary>
    public static Fault Fault(this Question question, string message) => new(question.Name, question.Name, message);

    /// <summary>A fault at the field of a part.</summary>
    public static Fault Fault(this Question question, string part, string message) => new(question.Name, question.Field(part), message);

    /// <summary>The form field of a part.</summary>
    public static string Field(this Question question, string part) => $"{question.Name}-{part}";

    /// <summary>Nothing was given: passed over where that is allowed, else wrong.</summary>
    public static Reading NotGiven(this Question question, string message) =>
        question.Optional ? Reading.Of(SkippedAnswer.Value) : question.Wrong(message);

    /// <summary>Nothing was given; the fault stands at the field of a part.</summary>
    public static Reading NotGiven(this Question question, string part, string message) =>
        question.Optional ? Reading.Of(SkippedAnswer.Value) : question.Wrong(part, message);

    /// <summary>A type's schema with the question's words before it; an optional question may also be null.</summary>
    public static JsonObject Titled(this Question question, string language, JsonObject shape)
    {
        var titled = new JsonObject { ["title"] = question.Text.In(language) };
        if (question.Hint is { } hint)
            titled["description"] = hint.In(language);
        foreach (var (name, value) in shape.ToList())
        {
            shape.Remove(name);
            titled[name] = value;
        }
        if (!question.Optional)
            return titled;
        if (titled["type"] is JsonValue type)
            titled["type"] = new JsonArray(type.DeepClone(), "null");
        if (titled["enum"] is JsonArray values)
            values.Add(null);
        if (titled["anyOf"] is JsonArray shapes)
            shapes.Add(new JsonObject { ["type"] = "null" });
        return titled;
    }
}

/// <summary>The fields of a form filled with an answer.</summary>
static class AnswerFields
{
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> None = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>One value for each field.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Of(params IReadOnlyList<(string Field, string Value)> values) =>
        values.ToDictionary(v => v.Field, v => (IReadOnlyList<string>)[v.Value], StringComparer.Ordinal);
}
