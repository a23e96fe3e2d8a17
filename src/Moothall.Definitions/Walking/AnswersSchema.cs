using System.Text.Json.Nodes;

namespace Moothall.Definitions;

/// <summary>
/// JSON Schema 2020-12 of a whole `answers` object, for programs. Only questions that are always asked are required, but those that are the same as
/// an earlier one where they are left out; which others must be answered depends on the answers, and the service says so when they are sent.
/// </summary>
public static class AnswersSchema
{
    /// <summary>The schema of a service's answers.</summary>
    public static JsonObject Of(ServiceDefinition definition, string language)
    {
        var schema = Of(definition.Ask, language);
        schema.Insert(1, "title", definition.Title.In(language));
        return schema;
    }

    /// <summary>The schema of the answers to some questions, as those of an action.</summary>
    public static JsonObject Of(IReadOnlyList<Question> questions, string language)
    {
        var properties = new JsonObject();
        foreach (var question in questions)
            properties[question.Name] = question.Type.Schema(question, language);
        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. questions.Where(q => q is { When: null, Optional: false, SameAs: null }).Select(q => JsonValue.Create(q.Name))]),
            ["additionalProperties"] = false,
        };
    }
}
