using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Moothall.Testing;

/// <summary>A small reader of JSON Schema 2020-12: the words that answers and service files are described with, and no others. `format` is a remark, as the standard has it.</summary>
public static class SchemaCheck
{
    static readonly HashSet<string> Types = ["object", "array", "string", "number", "integer", "boolean", "null"];
    static readonly HashSet<string> Remarks = ["$schema", "title", "description", "examples", "format", "default", "$comment", "contentMediaType", "deprecated", "readOnly", "writeOnly", "patternErrorMessage"];
    static readonly HashSet<string> Words = ["type", "properties", "required", "additionalProperties", "items", "minItems", "maxItems", "uniqueItems", "enum", "const", "anyOf", "oneOf",
        "allOf", "pattern", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minProperties", "$ref", "$defs", "if", "then", "else", "not", "patternProperties", "propertyNames"];

    /// <summary>What is wrong with a schema: words that 2020-12 does not have in these places, or that this reader does not know.</summary>
    public static IReadOnlyList<string> IsSchema(JsonNode? node, string place = "schema")
    {
        if (node is JsonValue flag && flag.GetValueKind() is JsonValueKind.True or JsonValueKind.False) return [];
        if (node is not JsonObject schema) return [$"{place} is no schema"];
        var faults = new List<string>();
        faults.AddRange(schema.Where(m => !Words.Contains(m.Key) && !Remarks.Contains(m.Key)).Select(m => $"{place} has {m.Key}"));
        foreach (var type in OneOrMore(schema["type"]))
            if (!Types.Contains(type.GetValue<string>())) faults.Add($"{place} has the type {type}");
        foreach (var word in new[] { "properties", "patternProperties", "$defs" })
            foreach (var (name, property) in schema[word] as JsonObject ?? []) faults.AddRange(IsSchema(property, $"{place}.{name}"));
        foreach (var word in new[] { "if", "then", "else", "not", "propertyNames" })
            if (schema[word] is { } part) faults.AddRange(IsSchema(part, $"{place}.{word}"));
        foreach (var word in new[] { "anyOf", "oneOf", "allOf" })
            foreach (var part in schema[word] as JsonArray ?? []) faults.AddRange(IsSchema(part, $"{place}.{word}"));
        if (schema["items"] is { } items) faults.AddRange(IsSchema(items, place + "[]"));
        if (schema["additionalProperties"] is { } others) faults.AddRange(IsSchema(others, place + ".*"));
        return faults;
    }

    /// <summary>Where a value does not fit a schema.</summary>
    public static IReadOnlyList<string> Faults(JsonNode? schema, JsonNode? value, string place)
    {
        if (schema is JsonValue flag) return flag.GetValueKind() == JsonValueKind.True ? [] : [$"{place} may not be here"];
        var (rules, faults) = (schema!.AsObject(), new List<string>());
        if (rules["$ref"] is { } named) faults.AddRange(Faults(Named(rules.Root, named.GetValue<string>()), value, place));
        if (rules["if"] is { } condition && rules[Faults(condition, value, place).Count == 0 ? "then" : "else"] is { } follows) faults.AddRange(Faults(follows, value, place));
        if (rules["not"] is { } contrary && Faults(contrary, value, place).Count == 0) faults.Add($"{place} is what it must not be");
        if (rules["type"] is { } type && !OneOrMore(type).Any(t => Is(t.GetValue<string>(), value))) return [.. faults, $"{place} is no {type.ToJsonString()}"];
        if (rules["enum"] is JsonArray allowed && !allowed.Any(a => JsonNode.DeepEquals(a, value))) faults.Add($"{place} is not one of {allowed.ToJsonString()}");
        if (rules.ContainsKey("const") && !JsonNode.DeepEquals(rules["const"], value)) faults.Add($"{place} is not {rules["const"]}");
        if (rules["anyOf"] is JsonArray any && any.All(part => Faults(part, value, place).Count > 0)) faults.Add($"{place} fits none of anyOf");
        if (rules["oneOf"] is JsonArray one && one.Count(part => Faults(part, value, place).Count == 0) != 1) faults.Add($"{place} fits not one of oneOf");
        foreach (var part in rules["allOf"] as JsonArray ?? []) faults.AddRange(Faults(part, value, place));
        switch (value)
        {
            case JsonObject members:
                faults.AddRange((rules["required"] as JsonArray ?? []).Where(r => !members.ContainsKey(r!.GetValue<string>())).Select(r => $"{place}.{r} is missing"));
                foreach (var (name, member) in members)
                {
                    var known = (rules["patternProperties"] as JsonObject ?? []).Where(p => Regex.IsMatch(name, p.Key)).Select(p => p.Value).ToList();
                    if (rules["properties"]?[name] is { } property) known.Add(property);
                    if (known.Count == 0 && rules["additionalProperties"] is { } others) known.Add(others);
                    faults.AddRange(known.SelectMany(k => Faults(k, member, $"{place}.{name}")));
                    if (rules["propertyNames"] is { } names) faults.AddRange(Faults(names, name, $"the name {place}.{name}"));
                }
                break;
            case JsonArray items:
                if (items.Count < Number(rules, "minItems", 0) || items.Count > Number(rules, "maxItems", int.MaxValue)) faults.Add($"{place} has {items.Count} items");
                if (rules["uniqueItems"] is not null && items.Any(i => items.Count(other => JsonNode.DeepEquals(i, other)) > 1)) faults.Add($"{place} has an item twice");
                foreach (var item in items) if (rules["items"] is { } each) faults.AddRange(Faults(each, item, place + "[]"));
                break;
            case JsonValue text when text.GetValueKind() == JsonValueKind.String:
                var words = text.GetValue<string>();
                var length = new StringInfo(words).LengthInTextElements;
                if (length < Number(rules, "minLength", 0) || words.EnumerateRunes().Count() > Number(rules, "maxLength", int.MaxValue)) faults.Add($"{place} is {length} long");
                if (rules["pattern"] is { } pattern && !Regex.IsMatch(words, pattern.GetValue<string>())) faults.Add($"{place} does not match {pattern}");
                break;
            case JsonValue number when number.GetValueKind() == JsonValueKind.Number:
                var amount = decimal.Parse(number.ToJsonString(), CultureInfo.InvariantCulture);
                if (amount < Number(rules, "minimum", decimal.MinValue) || amount > Number(rules, "maximum", decimal.MaxValue)) faults.Add($"{place} is {amount}");
                break;
        }
        return faults;
    }

    /// <summary>The part of a whole schema that a reference within it names.</summary>
    static JsonNode? Named(JsonNode root, string reference) => reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate((JsonNode?)root, (node, step) => node![step]);

    static IEnumerable<JsonNode> OneOrMore(JsonNode? node) => node switch { null => [], JsonArray several => several.Select(n => n!), _ => [node] };

    static decimal Number(JsonObject rules, string name, decimal otherwise) => rules[name] is { } given ? decimal.Parse(given.ToJsonString(), CultureInfo.InvariantCulture) : otherwise;

    static bool Is(string type, JsonNode? value) => (type, value?.GetValueKind() ?? JsonValueKind.Null) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) or ("null", JsonValueKind.Null)
            or ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => decimal.Parse(value!.ToJsonString(), CultureInfo.InvariantCulture) % 1 == 0,
        _ => false,
    };
}
