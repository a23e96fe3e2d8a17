using System.Text.RegularExpressions;

namespace Moothall.Web.Scim;

/// <summary>
/// Where a change goes or a filter looks (RFC 7644, 3.5.2 and 3.4.2.2): an attribute, perhaps the elements of it that a condition chooses, perhaps a part of it. Of conditions this program
/// knows `eq`, which is what directories ask with.
/// </summary>
sealed partial record ScimPath(string Attribute, ScimCondition? Where, string? Part)
{
    static readonly string[] Known = ["schemas", "id", "externalId", "meta", "userName", "name", "displayName", "active", "emails", "roles", "groups", "members"];

    /// <summary>A name as resources write it; names are the same in capitals.</summary>
    public static string Canonical(string name) => Known.FirstOrDefault(k => string.Equals(k, name, StringComparison.OrdinalIgnoreCase)) ?? name;

    /// <summary>A name without the schema that may stand before it.</summary>
    public static string WithoutSchema(string path)
    {
        foreach (var schema in (string[])[ScimAnswers.User, ScimAnswers.Group])
            if (path.StartsWith(schema + ":", StringComparison.OrdinalIgnoreCase)) return path[(schema.Length + 1)..];
        return path;
    }

    /// <summary>Reads a path; null when it is none.</summary>
    public static ScimPath? Read(string text)
    {
        if (Form().Match(WithoutSchema(text.Trim())) is not { Success: true } path) return null;
        var where = path.Groups["where"].Success ? ScimCondition.Read(path.Groups["where"].Value) : null;
        if (path.Groups["where"].Success && where is null) return null;
        return new ScimPath(Canonical(path.Groups["name"].Value), where, path.Groups["part"].Success ? path.Groups["part"].Value : null);
    }

    [GeneratedRegex("""^(?<name>[A-Za-z][A-Za-z0-9$_:-]*)(\[(?<where>[^\]]+)\])?(\.(?<part>[A-Za-z][A-Za-z0-9_-]*))?$""", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}

/// <summary>What must be so: an attribute has a value.</summary>
sealed partial record ScimCondition(string Attribute, string Value)
{
    /// <summary>Reads a condition; null when it is another one than `eq`.</summary>
    public static ScimCondition? Read(string text)
    {
        if (Form().Match(ScimPath.WithoutSchema(text.Trim())) is not { Success: true } found) return null;
        var value = found.Groups["text"].Success ? Unescaped(found.Groups["text"].Value) : found.Groups["word"].Value.ToLowerInvariant();
        return new ScimCondition(found.Groups["name"].Value, value);
    }

    static string Unescaped(string text)
    {
        try { return System.Text.Json.JsonSerializer.Deserialize<string>($"\"{text}\"") ?? ""; }
        catch (System.Text.Json.JsonException) { return text; }
    }

    public bool IsOf(string attribute) => string.Equals(Attribute, attribute, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("""^(?<name>[A-Za-z][A-Za-z0-9.$_:-]*)\s+eq\s+("(?<text>(?:[^"\\]|\\.)*)"|(?<word>true|false))$""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Form();
}
