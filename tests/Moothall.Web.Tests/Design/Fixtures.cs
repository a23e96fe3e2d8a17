using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Moothall.Web.Design;

namespace Moothall.Web.Tests.Design;

/// <summary>
/// The Design System's own samples: options of a component and the HTML they are to give. Options are put into our
/// components by name, so an option we do not have shows itself.
/// </summary>
static partial class Fixtures
{
    public static readonly string Root = FindRoot();
    static readonly HtmlParser Parser = new();
    static readonly IElement Body = Parser.ParseDocument("<body></body>").Body!;

    public sealed record Fixture(string Component, string Name, JsonElement Options, string Html);

    public static IReadOnlyList<Fixture> Of(string component)
    {
        var file = Path.Combine(Root, "src/Moothall.Web/assets-src/node_modules/govuk-frontend/dist/govuk/components", component, "fixtures.json");
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        return [.. json.RootElement.GetProperty("fixtures").EnumerateArray().Select(f =>
            new Fixture(component, f.GetProperty("name").GetString()!, f.GetProperty("options").Clone(), f.GetProperty("html").GetString()!))];
    }

    /// <summary>The component with the options of a fixture.</summary>
    public static Part Make(Fixture fixture)
    {
        var type = typeof(Part).Assembly.GetType("Moothall.Web.Design." + string.Concat(fixture.Component.Split('-').Select(w => char.ToUpperInvariant(w[0]) + w[1..])))!;
        return (Part)Object(type, fixture.Options);
    }

    /// <summary>HTML with its attributes in order and its white space at rest.</summary>
    public static string Settled(string html)
    {
        var text = new StringBuilder();
        foreach (var node in Parser.ParseFragment(html, Body)) Settle(node, text, 0);
        return text.ToString();
    }

    static void Settle(INode node, StringBuilder text, int depth)
    {
        if (node is IText { Data: var data })
        {
            if (Spaces().Replace(data, " ").Trim() is { Length: > 0 } words) text.Append(' ', depth).AppendLine(words);
            return;
        }
        if (node is not IElement element) return;
        text.Append(' ', depth).Append('<').Append(element.LocalName);
        foreach (var attribute in element.Attributes.OrderBy(a => a.Name, StringComparer.Ordinal))
            text.Append(' ').Append(attribute.Name).Append("=\"").Append(Spaces().Replace(attribute.Value, " ").Trim()).Append('"');
        text.AppendLine(">");
        foreach (var child in node.ChildNodes) Settle(child, text, depth + 1);
    }

    static object Object(Type type, JsonElement options)
    {
        var made = Activator.CreateInstance(type)!;
        foreach (var option in options.EnumerateObject())
        {
            var name = char.ToUpperInvariant(option.Name[0]) + option.Name[1..];
            var property = type.GetProperty(name) ?? throw new NotSupportedException(option.Name);
            if (Value(property.PropertyType, option.Value, option.Name) is { } value) property.SetValue(made, value);
        }
        return made;
    }

    static object? Value(Type wanted, JsonElement json, string option)
    {
        var type = Nullable.GetUnderlyingType(wanted) ?? wanted;
        if (json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined) return null;
        if (type == typeof(string)) return json.ValueKind is JsonValueKind.False ? null : json.ToString();
        if (type == typeof(bool)) return json.ValueKind == JsonValueKind.True;
        if (type == typeof(int)) return int.Parse(json.ToString());
        if (json.ValueKind == JsonValueKind.False) return null;
        if (typeof(IDictionary).IsAssignableFrom(type) || type.Name.StartsWith("IReadOnlyDictionary", StringComparison.Ordinal)) return Dictionary(json);
        if (type.IsGenericType && type.Name.StartsWith("IReadOnlyList", StringComparison.Ordinal))
        {
            var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(type.GenericTypeArguments))!;
            foreach (var item in json.EnumerateArray())
                if (Value(type.GenericTypeArguments[0], item, option) is { } value && item.ToString().Length > 0) list.Add(value);
            return list;
        }
        if (json.ValueKind != JsonValueKind.Object) throw new NotSupportedException(option);
        return Object(type, json);
    }

    static Dictionary<string, string?> Dictionary(JsonElement json)
    {
        var made = new Dictionary<string, string?>();
        foreach (var entry in json.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.Object)
            {
                made[entry.Name] = entry.Value.ToString();
                continue;
            }
            var value = entry.Value.GetProperty("value");
            var optional = entry.Value.TryGetProperty("optional", out var o) && o.ValueKind == JsonValueKind.True;
            if (optional && value.ValueKind == JsonValueKind.True) made[entry.Name] = null;
            else if (!optional || value.ValueKind is not (JsonValueKind.False or JsonValueKind.Null)) made[entry.Name] = value.ToString();
        }
        return made;
    }

    static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Moothall.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
