using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Moothall.Definitions;
using NodaTime;
using NodaTime.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using YamlNode = YamlDotNet.RepresentationModel.YamlNode;

namespace Moothall.Web.Tests;

/// <summary>One example of a service's examples.yaml: what somebody answers, by which channel at which front door, and what must come of it.</summary>
public sealed partial record Example(string Service, string Name, string Channel, string? Host, YamlMappingNode Answers, YamlMappingNode Expect)
{
    public override string ToString() => $"{Service}: {Name}";

    /// <summary>Every example of every service.</summary>
    public static IReadOnlyList<Example> All { get; } = [.. Directory.GetDirectories(Path.Combine(RunningCouncil.Repository, "services"))
        .Where(folder => System.IO.File.Exists(Path.Combine(folder, "service.yaml"))).Order(StringComparer.Ordinal).SelectMany(Read)];

    static IEnumerable<Example> Read(string folder)
    {
        using var text = System.IO.File.OpenText(Path.Combine(folder, "examples.yaml"));
        var yaml = new YamlStream();
        yaml.Load(text);
        var examples = (YamlMappingNode)((YamlMappingNode)yaml.Documents[0].RootNode).Children["examples"];
        foreach (var (name, node) in examples.Children)
        {
            var map = (YamlMappingNode)node;
            yield return new Example(Path.GetFileName(folder), ((YamlScalarNode)name).Value!, Text(map, "channel")!, Text(map, "host"), (YamlMappingNode)map.Children["answers"],
                (YamlMappingNode)map.Children["expect"]);
        }
    }

    public string? Exit => Text(Expect, "exit");
    public string Authority => Text(Expect, "authority")!;
    public string Stage => Text(Expect, "stage")!;
    public string Team => Text(Expect, "team")!;
    public IReadOnlyList<string> Asked => [.. ((YamlSequenceNode)Expect.Children["asked"]).Select(q => ((YamlScalarNode)q).Value!)];
    public IReadOnlyDictionary<string, string> Decided => ((YamlMappingNode)Expect.Children["decided"]).ToDictionary(d => ((YamlScalarNode)d.Key).Value!, d => ((YamlScalarNode)d.Value).Value!);

    /// <summary>The dangers that the answers raise, in the order of asking.</summary>
    public IReadOnlyList<string> Alerts => Expect.Children.TryGetValue("alerts", out var alerts) ? [.. ((YamlSequenceNode)alerts).Select(a => ((YamlScalarNode)a).Value!)] : [];
    /// <summary>What is to be paid for the case at once, in pounds by charge.</summary>
    public string Pay => Expect.Children.TryGetValue("pay", out var pay) ? string.Join(", ", ((YamlMappingNode)pay).Select(p => $"{p.Key}: {p.Value}")) : "";

    /// <summary>The answers as the API takes them, days worked out; file answers still name files.</summary>
    public JsonObject Json(LocalDate today) => (JsonObject)ToJson(Answers, today)!;

    /// <summary>A file that an answer names.</summary>
    public Picked File(string name) => new(name, System.IO.File.ReadAllBytes(Path.Combine(RunningCouncil.Repository, "services", Service, "examples", name)));

    /// <summary>The fields of a form for an answer, by the names that pages give them; files are picked and not typed.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Fields(Question question, JsonNode? answer)
    {
        var name = question.Name;
        string[] Parts(string text, char between, params string[] names) => [.. text.Split(between)];
        return (question.Type.Name, answer) switch
        {
            (_, null) when question.SameAs is not null => Of((SameAsType.Field(question), "yes")),
            (_, null) or ("file", _) => new Dictionary<string, IReadOnlyList<string>>(),
            ("date", _) when Parts(answer.GetValue<string>(), '-') is [var y, var m, var d] => Of((name + "-day", d), (name + "-month", m), (name + "-year", y)),
            ("month", _) when Parts(answer.GetValue<string>(), '-') is [var y, var m] => Of((name + "-month", m), (name + "-year", y)),
            ("time", _) when Parts(answer.GetValue<string>(), ':') is [var h, var m] => Of((name + "-hour", h), (name + "-minute", m)),
            ("yes-no", _) => Of((name, answer.GetValue<bool>() ? "yes" : "no")),
            ("declaration", _) => Of((name, "yes")),
            ("choices", JsonArray several) => new Dictionary<string, IReadOnlyList<string>> { [name] = [.. several.Select(o => o!.GetValue<string>())] },
            ("location", JsonObject place) => Of([.. place.Select(p => (p.Key == "text" ? name : $"{name}-{p.Key}", p.Value!.ToString()))]),
            (_, JsonObject parts) => Of([.. parts.Select(p => ($"{name}-{p.Key}", p.Value!.ToString()))]),
            _ => Of((name, answer.ToString())),
        };
    }

    static Dictionary<string, IReadOnlyList<string>> Of(params IReadOnlyList<(string Field, string Value)> fields) => fields.ToDictionary(f => f.Field, f => (IReadOnlyList<string>)[f.Value]);

    static JsonNode? ToJson(YamlNode node, LocalDate today) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Select(e => KeyValuePair.Create(((YamlScalarNode)e.Key).Value!, ToJson(e.Value, today)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(item => ToJson(item, today))]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" } => true,
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "false" } => false,
        YamlScalarNode { Style: ScalarStyle.Plain, Value: { } number } when Numeric().IsMatch(number) => JsonValue.Create(decimal.Parse(number, CultureInfo.InvariantCulture)),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: { } day } when Today().Match(day) is { Success: true } match =>
            LocalDatePattern.Iso.Format(today.PlusDays(match.Groups[1].Success ? int.Parse(match.Groups[1].Value.Replace(" ", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) : 0)),
        YamlScalarNode scalar => scalar.Value,
        _ => throw new InvalidDataException($"An example holds {node.NodeType}."),
    };

    static string? Text(YamlMappingNode map, string key) => map.Children.TryGetValue(key, out var node) ? ((YamlScalarNode)node).Value : null;

    [GeneratedRegex(@"^-?(0|[1-9]\d*)(\.\d+)?$")]
    private static partial Regex Numeric();

    [GeneratedRegex(@"^today(?: ([+-] \d+) days?)?$")]
    private static partial Regex Today();
}
