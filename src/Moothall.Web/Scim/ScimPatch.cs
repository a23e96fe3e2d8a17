using System.Text.Json.Nodes;
using Moothall.Definitions;

namespace Moothall.Web.Scim;

/// <summary>Why a change cannot be made: one of the kinds of RFC 7644, 3.12, and the reason in words.</summary>
sealed record ScimFault(string Type, Message Why);

/// <summary>
/// Changes of a resource (RFC 7644, 3.5.2), made on the resource as it is: add, replace and remove, with a path or without. What comes out is read as if it had been sent whole. Directories write
/// operations in capitals and truth as text; both are taken.
/// </summary>
static class ScimPatch
{
    const int MostOperations = 1_000;
    static readonly string[] ReadOnly = ["id", "meta", "groups", "schemas"], Several = ["emails", "roles", "members"];

    /// <summary>Makes all changes of a request on the resource, or says why one cannot be made.</summary>
    public static ScimFault? Apply(JsonObject resource, JsonObject body)
    {
        if (Member(body, "Operations") is not JsonArray { Count: > 0 and <= MostOperations } operations) return new("invalidSyntax", new Message("“Operations” must be a list of 1 to {most} changes", ("most", MostOperations)));
        foreach (var each in operations)
        {
            if (each is not JsonObject operation || Text(Member(operation, "op"))?.ToLowerInvariant() is not ("add" or "replace" or "remove")) return new("invalidSyntax", new Message("“op” must be add, replace or remove"));
            var op = Text(Member(operation, "op"))!.ToLowerInvariant();
            var (path, value) = (Member(operation, "path"), Member(operation, "value"));
            if (path is not null && Text(path) is null) return new("invalidPath", new Message("“path” must be a text"));
            if ((Text(path) is { } to ? One(resource, op, to, value) : Whole(resource, op, value)) is { } wrong) return wrong;
        }
        return null;
    }

    // Without a path the value holds attributes, whose names may be paths themselves.
    static ScimFault? Whole(JsonObject resource, string op, JsonNode? value)
    {
        if (op == "remove") return new("noTarget", new Message("“remove” needs a path"));
        if (value is not JsonObject attributes) return new("invalidValue", new Message("Without a path the value must be an object"));
        foreach (var (name, part) in attributes)
            if (!string.Equals(name, "schemas", StringComparison.OrdinalIgnoreCase) && !string.Equals(name, "id", StringComparison.OrdinalIgnoreCase) && One(resource, op, name, part) is { } fault) return fault;
        return null;
    }

    static ScimFault? One(JsonObject resource, string op, string text, JsonNode? value)
    {
        if (ScimPath.Read(text) is not { } path) return new("invalidPath", new Message("“{path}” is not a path that we know; conditions in it are written with eq", ("path", Shorten(text))));
        if (ReadOnly.Contains(path.Attribute)) return new("mutability", new Message("“{name}” cannot be changed", ("name", path.Attribute)));
        if (op != "remove" && value is null) return new("invalidValue", new Message("“value” is missing"));
        if (path.Where is { } where) return InElements(resource, op, path, where, value);
        if (path.Part is { } part) return InPart(resource, op, path.Attribute, part, value);
        if (op == "remove") return Remove(resource, path.Attribute, value);
        if (op == "add" && Several.Contains(path.Attribute))
        {
            var all = List(resource, path.Attribute);
            foreach (var element in Elements(value!))
                if (!all.Any(e => Value(e) == Value(element))) all.Add(element.DeepClone());
        }
        else if (op == "add" && value is JsonObject more && resource[path.Attribute] is JsonObject there)
            foreach (var (name, of) in more) there[name] = of?.DeepClone();
        else resource[path.Attribute] = Several.Contains(path.Attribute) ? new JsonArray([.. Elements(value!).Select(e => e.DeepClone())]) : value!.DeepClone();
        return null;
    }

    static ScimFault? Remove(JsonObject resource, string attribute, JsonNode? value)
    {
        // Some directories name what goes in the value.
        if (value is not null && resource[attribute] is JsonArray all)
        {
            var gone = Elements(value).Select(Value).ToHashSet();
            foreach (var element in all.Where(e => gone.Contains(Value(e))).ToList()) all.Remove(element);
        }
        else resource.Remove(attribute);
        return null;
    }

    static ScimFault? InPart(JsonObject resource, string op, string attribute, string part, JsonNode? value)
    {
        if (Several.Contains(attribute))
        {
            foreach (var element in List(resource, attribute).OfType<JsonObject>()) Set(element, op, part, value);
            return null;
        }
        if (resource[attribute] is not JsonObject owner) resource[attribute] = owner = [];
        Set(owner, op, part, value);
        return null;
    }

    static ScimFault? InElements(JsonObject resource, string op, ScimPath path, ScimCondition where, JsonNode? value)
    {
        var all = List(resource, path.Attribute);
        var chosen = all.Where(e => Matches(e, where)).ToList();
        if (chosen.Count == 0 && op == "remove") return null;
        if (chosen.Count == 0 && op == "replace" && path.Part is null) return new("noTarget", new Message("Nothing is chosen by “{path}”", ("path", $"{path.Attribute}[{where.Attribute} eq \"{Shorten(where.Value)}\"]")));
        if (chosen.Count == 0)
        {
            var added = new JsonObject { [where.Attribute] = where.Value };
            all.Add(added);
            chosen.Add(added);
        }
        foreach (var element in chosen)
            if (path.Part is { } part) Set((JsonObject)element!, op, part, value);
            else if (op == "remove") all.Remove(element);
            else if (value is JsonObject attributes)
                foreach (var (name, of) in attributes) ((JsonObject)element!)[name] = of?.DeepClone();
        return null;
    }

    static void Set(JsonObject owner, string op, string part, JsonNode? value)
    {
        var name = owner.Select(m => m.Key).FirstOrDefault(k => string.Equals(k, part, StringComparison.OrdinalIgnoreCase)) ?? part;
        if (op == "remove") owner.Remove(name);
        else owner[name] = value!.DeepClone();
    }

    static bool Matches(JsonNode? element, ScimCondition where) =>
        element is JsonObject of && Member(of, where.Attribute) is { } found && string.Equals(found.GetValueKind() is System.Text.Json.JsonValueKind.String ? Text(found) : found.ToJsonString(), where.Value, StringComparison.OrdinalIgnoreCase);

    static JsonArray List(JsonObject resource, string attribute)
    {
        if (resource[attribute] is JsonArray all) return all;
        var list = new JsonArray();
        resource[attribute] = list;
        return list;
    }

    static IEnumerable<JsonNode> Elements(JsonNode value) => value is JsonArray several ? several.OfType<JsonNode>() : [value];

    static string? Value(JsonNode? element) => element is JsonObject of ? Text(Member(of, "value")) : Text(element);

    /// <summary>A member whatever its capitals.</summary>
    public static JsonNode? Member(JsonObject of, string name) => of.FirstOrDefault(m => string.Equals(m.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>A text; null of anything else.</summary>
    public static string? Text(JsonNode? value) => value is JsonValue text && text.GetValueKind() == System.Text.Json.JsonValueKind.String && text.TryGetValue<string>(out var found) ? found : null;

    static string Shorten(string text) => text.Length > 80 ? text[..80] + "…" : text;
}
