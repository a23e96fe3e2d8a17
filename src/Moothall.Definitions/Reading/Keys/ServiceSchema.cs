using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moothall.Definitions;

/// <summary>
/// The JSON Schema (2020-12) of service files and fragments, so that ordinary editors of YAML complete keys and underline slips. It is made of <see cref="ServiceKeys"/> and refuses
/// nothing that the reader takes; what it cannot say, `moothall check` does.
/// </summary>
public static class ServiceSchema
{
    static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>The name of its file, in the folder that holds those of the services.</summary>
    public const string FileName = "schema.json";

    /// <summary>The first line of a service file or fragment, by which editors find it.</summary>
    public const string FirstLine = "# yaml-language-server: $schema=../" + FileName;

    /// <summary>The schema as its file holds it.</summary>
    public static string Text { get; } = Whole().ToJsonString(Written) + "\n";

    static JsonObject Whole()
    {
        var definitions = new JsonObject();
        foreach (var (name, schema) in KeyValue.SharedSchemas) definitions[name] = schema();
        foreach (var block in ServiceKeys.Blocks) definitions[block.Name] = Of(block, block.Keys);
        definitions[StaffQuestion] = Of(ServiceKeys.Question, [.. ServiceKeys.Question.Keys.Where(k => !k.OfResidents)]);
        return new()
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "A council service",
            ["description"] = "A service file, or a fragment that several services share. Made by the program; docs/reference/keys.md says the same in words.",
            ["if"] = new JsonObject { ["required"] = KeyValue.Array("fragment") },
            ["then"] = KeyValue.Shared(ServiceKeys.Fragment.Name),
            ["else"] = KeyValue.Shared(ServiceKeys.Service.Name),
            ["$defs"] = definitions,
        };
    }

    const string StaffQuestion = "question-of-staff";

    static JsonObject Of(FileBlock block, IReadOnlyList<FileKey> keys)
    {
        var (properties, patterns) = (new JsonObject(), new JsonObject());
        foreach (var key in keys)
        {
            if (key.Pattern is { } pattern) patterns[pattern] = Of(key);
            if (!key.Name.Contains("NAME", StringComparison.Ordinal)) properties[key.Name] = Of(key);
        }
        if (block == ServiceKeys.Work) properties["questions"]!["additionalProperties"] = KeyValue.Shared(StaffQuestion);
        var schema = new JsonObject { ["type"] = "object", ["description"] = block.Says, ["properties"] = properties };
        if (patterns.Count > 0) schema["patternProperties"] = patterns;
        schema["additionalProperties"] = block.Others is { } others ? others.Schema() : (JsonNode)false;
        if (block.Others is not null) schema["propertyNames"] = KeyValue.Shared("name");
        if (keys.Any(k => k.Needed && k.Types.Count == 0)) schema["required"] = KeyValue.Array(keys.Where(k => k.Needed && k.Types.Count == 0).Select(k => k.Name));
        if (block.OneOf.Count > 0) schema["anyOf"] = new JsonArray([.. block.OneOf.Select(k => new JsonObject { ["required"] = KeyValue.Array(k) })]);
        var byType = keys.Where(k => k.Types.Count > 0).GroupBy(k => string.Join(' ', k.Types)).SelectMany(g => ForTypes([.. g])).ToArray();
        if (byType.Length > 0) schema["allOf"] = new JsonArray(byType);
        return schema;
    }

    static JsonObject Of(FileKey key)
    {
        var schema = key.Takes.Schema();
        schema["description"] = key.Says;
        if (!key.Example.Contains('\n', StringComparison.Ordinal)) schema["examples"] = KeyValue.Array(key.Example[(key.Example.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
        return schema;
    }

    /// <summary>Keys that questions of some types have, or need, and others do not have.</summary>
    static IEnumerable<JsonNode> ForTypes(IReadOnlyList<FileKey> keys)
    {
        var others = new JsonObject();
        foreach (var key in keys) others[key.Name] = false;
        JsonObject IsOfThem() => new() { ["type"] = new JsonObject { ["enum"] = KeyValue.Array(keys[0].Types) } };
        yield return new JsonObject { ["if"] = new JsonObject { ["properties"] = IsOfThem() }, ["else"] = new JsonObject { ["properties"] = others } };
        if (keys.Where(k => k.Needed).Select(k => k.Name).ToList() is { Count: > 0 } needed)
            yield return new JsonObject { ["if"] = new JsonObject { ["required"] = KeyValue.Array("type"), ["properties"] = IsOfThem() }, ["then"] = new JsonObject { ["required"] = KeyValue.Array(needed) } };
    }
}
