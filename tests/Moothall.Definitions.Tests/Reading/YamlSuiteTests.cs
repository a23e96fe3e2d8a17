using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Moothall.Definitions.Tests.ReadingFiles;

/// <summary>The published YAML test suite: strange files, right and wrong. None makes the reader throw, and what it takes it takes as the suite says.</summary>
public sealed partial class YamlSuiteTests
{
    sealed record Case(string Id, string Name, string Yaml, string? Tree, bool Fail);

    static readonly Lazy<IReadOnlyList<Case>> Suite = new(() => JsonSerializer.Deserialize<List<Case>>(
        File.ReadAllText(Path.Combine(ReferencePage.Root, "tests", "Moothall.Definitions.Tests", "Reading", "yaml-test-suite.json")), JsonSerializerOptions.Web)!);

    [Fact]
    public void Every_case_gives_a_tree_or_findings_inside_the_file()
    {
        Suite.Value.Count.ShouldBe(402);
        foreach (var (text, id) in Suite.Value.Select(c => (Unescaped(c.Yaml), c.Id)))
        {
            var yaml = YamlSource.Read("case.yaml", text);
            (yaml.Root is not null || yaml.HasErrors).ShouldBeTrue(id);
            var reading = ServiceReader.Read("case.yaml", text);
            reading.Definition.ShouldBeNull(id);
            Inside.ShouldHold(text, reading.Findings.Proved(text));
        }
    }

    [Fact]
    public void What_is_no_YAML_is_refused() =>
        Suite.Value.Where(c => c.Fail && YamlSource.Read("case.yaml", Unescaped(c.Yaml)) is { HasErrors: false }).Select(c => $"{c.Id} {c.Name}").ShouldBeEmpty();

    [Fact]
    public void What_is_taken_is_read_as_the_suite_says()
    {
        var (taken, otherwise) = (0, new List<string>());
        foreach (var one in Suite.Value.Where(c => c.Tree is not null && !c.Fail))
        {
            if (YamlSource.Read("case.yaml", Unescaped(one.Yaml)) is not { Root: { } root, HasErrors: false }) continue;
            taken++;
            var events = new StringBuilder();
            Write(root, events);
            var said = Unescaped(one.Tree!).Split('\n').Select(l => l.TrimStart()).Where(l => l.Length > 0 && !Outside().IsMatch(l)).Select(l => Style().Replace(l, "$1"));
            if (events.ToString() != string.Concat(said.Select(l => l + "\n"))) otherwise.Add(one.Id);
        }
        // A last line of spaces without a line end after a block of text: spaces at its end are taken off anyway.
        otherwise.ShouldBe(["L24T-1"]);
        taken.ShouldBeGreaterThan(60);
    }

    static void Write(YamlNode node, StringBuilder events)
    {
        switch (node)
        {
            case YamlMap map:
                events.Append("+MAP\n");
                foreach (var entry in map.Entries)
                {
                    Write(entry.Key, events);
                    Write(entry.Value, events);
                }
                events.Append("-MAP\n");
                break;
            case YamlList list:
                events.Append("+SEQ\n");
                foreach (var item in list.Items) Write(item, events);
                events.Append("-SEQ\n");
                break;
            case YamlText text:
                Write(text.Text, events);
                break;
        }
    }

    static void Write(string text, StringBuilder events) => events.Append("=VAL ").Append(text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)
        .Replace("\t", "\\t", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\b", "\\b", StringComparison.Ordinal)).Append('\n');

    /// <summary>The suite writes spaces at line ends, tabs and the end without a line feed as signs that can be seen.</summary>
    static string Unescaped(string yaml) => yaml.Replace('␣', ' ').Replace("———»", "\t", StringComparison.Ordinal).Replace("——»", "\t", StringComparison.Ordinal)
        .Replace("—»", "\t", StringComparison.Ordinal).Replace('»', '\t').Replace("∎\n", "", StringComparison.Ordinal).Replace('←', '\r').Replace('⇔', '\uFEFF').Replace("↵", "", StringComparison.Ordinal).Replace("<SPC>", " ", StringComparison.Ordinal).Replace("<TAB>", "\\t", StringComparison.Ordinal);

    // What is said of the stream and its documents.
    [GeneratedRegex(@"^[+-](STR|DOC)\b")]
    private static partial Regex Outside();

    // The style of a text, and that of a map or list in brackets, mean nothing here.
    [GeneratedRegex("""^(=VAL )[:"'|>]|^(?<1>[+](?:MAP|SEQ)) [{\[][}\]]$""")]
    private static partial Regex Style();
}

/// <summary>Places of findings lie inside the text they are about.</summary>
static class Inside
{
    public static void ShouldHold(string text, IReadOnlyList<Finding> findings)
    {
        var lines = YamlSource.Normalise(text).Split('\n');
        foreach (var place in findings.Select(f => f.Place))
        {
            place.Line.ShouldBeInRange(1, lines.Length, text);
            place.Column.ShouldBeInRange(1, lines[place.Line - 1].Length + 1, text);
        }
    }
}
