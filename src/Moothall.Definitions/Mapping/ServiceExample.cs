using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Definitions;

/// <summary>One example of a service's examples.yaml: what somebody answers, by which channel at which front door, and what staff then do.</summary>
/// <param name="Answers">The answers as the API takes them, days worked out; answers to questions for files name files of the folder `examples`.</param>
/// <param name="Work">The actions that staff then take, in order.</param>
/// <param name="Place">Where its name stands.</param>
public sealed record ServiceExample(string Name, string? Says, string? Host, JsonElement Answers, IReadOnlyList<ExampleAction> Work, SourcePlace Place);

/// <summary>An action that staff take in an example, with their answers to its questions.</summary>
public sealed record ExampleAction(string Name, JsonElement Answers, SourcePlace Place);

/// <summary>Reads examples.yaml. What an example expects is held against the program by the tests of services; here it is only what takes a path that counts.</summary>
public static partial class ExamplesFile
{
    /// <summary>The examples of a file, and what is wrong with it.</summary>
    /// <param name="file">Its path, for the places of findings.</param>
    /// <param name="today">The day that `today` stands for.</param>
    public static (IReadOnlyList<ServiceExample> Examples, IReadOnlyList<Finding> Findings) Read(string file, string text, LocalDate today)
    {
        var reading = YamlSource.Read(file, text);
        var findings = reading.Findings.ToList();
        var examples = new List<ServiceExample>();
        reading.Root?.Only(findings, "examples");
        foreach (var entry in reading.Root?.Need("examples", "examples:", findings).MapOf("examples", findings)?.Things(new Message("the name of an example"), ["says", "channel", "host", "answers", "work", "expect"], findings) ?? [])
        {
            if (entry.Value is not YamlMap map)
            {
                findings.Add(new(entry.Place, Severity.Error, new Message("the example `{example}` needs `channel`, `answers` and `expect` on the lines below it, each two spaces further in", ("example", entry.Key))));
                continue;
            }
            map.Only(findings, "says", "channel", "host", "answers", "work", "expect");
            map.Need("answers", "answers:", findings);
            // Somebody may answer nothing at all, where all is optional.
            var answers = map.Find("answers") is { Value: YamlMap } ? map.MapOf("answers", findings) : null;
            examples.Add(new ServiceExample(entry.Key, map.TextOf("says", findings)?.Text, map.TextOf("host", findings)?.Text, Element(answers, today), [.. Actions(map, today, findings)], entry.Place));
        }
        return (examples, findings);
    }

    static IEnumerable<ExampleAction> Actions(YamlMap map, LocalDate today, List<Finding> findings)
    {
        if (!map.Has("work")) yield break;
        foreach (var item in map.ListOf("work", findings)?.Items ?? [])
            if (item is YamlText { IsEmpty: false } name) yield return new ExampleAction(name.Text, Element(null, today), name.Place);
            else if (item is YamlMap { Entries: [{ Value: YamlMap answers } one] }) yield return new ExampleAction(one.Key, Element(answers, today), one.Place);
            else findings.Add(new(item.Place, Severity.Error, new Message("each item of `work` is the name of an action, or `action:` with the answers to its questions below it")));
    }

    static JsonElement Element(YamlMap? map, LocalDate today) => JsonSerializer.SerializeToElement(map is null ? new JsonObject() : Json(map, today));

    static JsonNode? Json(YamlNode node, LocalDate today) => node switch
    {
        YamlMap map => new JsonObject(map.Entries.Select(e => KeyValuePair.Create(e.Key, Json(e.Value, today)))),
        YamlList list => new JsonArray([.. list.Items.Select(item => Json(item, today))]),
        YamlText { Quoted: false, Text: "true" } => true,
        YamlText { Quoted: false, Text: "false" } => false,
        YamlText { Quoted: false } number when Number().IsMatch(number.Text) && decimal.TryParse(number.Text, NumberStyles.Number, CultureInfo.InvariantCulture, out var value) => JsonValue.Create(value),
        YamlText { Quoted: false } day when Today().Match(day.Text) is { Success: true } match =>
            LocalDatePattern.Iso.Format(today.PlusDays(match.Groups[1].Success ? int.Parse(match.Groups[1].Value.Replace(" ", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) : 0)),
        YamlText text => text.Text,
        _ => null,
    };

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$")]
    private static partial Regex Number();

    [GeneratedRegex(@"^today(?: ([+-] [0-9]{1,5}) days?)?$")]
    private static partial Regex Today();
}
