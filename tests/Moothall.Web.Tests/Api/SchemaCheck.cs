using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Moothall.Web.Tests.Api;

/// <summary>A small reader of JSON Schema 2020-12: the words that answers are described with, and no others. `format` is a remark, as the standard has it.</summary>
public static class SchemaCheck
{
    static readonly HashSet<string> Types = ["object", "array", "string", "number", "integer", "boolean", "null"];
    static readonly HashSet<string> Remarks = ["$schema", "title", "description", "examples", "format", "default", "$comment", "contentMediaType", "deprecated", "readOnly", "writeOnly"];
    static readonly HashSet<string> Words = ["type", "properties", "required", "additionalProperties", "items", "minItems", "maxItems", "uniqueItems", "enum", "const", "anyOf", "oneOf",
        "allOf", "pattern", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minProperties"];

    /// <summary>What is wrong with a schema: words that 2020-12 does not have in these places, or that this reader does not know.</summary>
    public static IReadOnlyList<string> IsSchema(JsonNode? node, string place = "schema")
    {
        if (node is JsonValue flag && flag.GetValueKind() is JsonValueKind.True or JsonValueKind.False) return [];
        if (node is not JsonObject schema) return [$"{place} is no schema"];
        var faults = new List<string>();
        faults.AddRange(schema.Where(m => !Words.Contains(m.Key) && !Remarks.Contains(m.Key)).Select(m => $"{place} has {m.Key}"));
        foreach (var type in OneOrMore(schema["type"]))
            if (!Types.Contains(type.GetValue<string>())) faults.Add($"{place} has the type {type}");
        foreach (var (name, property) in schema["properties"] as JsonObject ?? []) faults.AddRange(IsSchema(property, $"{place}.{name}"));
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
        if (rules["type"] is { } type && !OneOrMore(type).Any(t => Is(t.GetValue<string>(), value))) return [$"{place} is no {type.ToJsonString()}"];
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
                    faults.AddRange(rules["properties"]?[name] is { } known ? Faults(known, member, $"{place}.{name}")
                        : rules["additionalProperties"] is { } others ? Faults(others, member, $"{place}.{name}") : []);
                break;
            case JsonArray items:
                if (items.Count < Number(rules, "minItems", 0) || items.Count > Number(rules, "maxItems", int.MaxValue)) faults.Add($"{place} has {items.Count} items");
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
