using System.Text.Json;
using Shouldly;
using Xunit;

namespace Moothall.Definitions.Tests.ReadingFiles;

/// <summary>The published YAML test suite: strange files, right and wrong. None may make the reader throw.</summary>
public class YamlSuiteTests
{
    static string? SuiteFile()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "shared", "data", "nasties", "yaml-test-suite", "cases.json");
            if (File.Exists(file)) return file;
        }
        return null;
    }

    [Fact]
    public void Every_case_of_the_suite_gives_a_tree_or_findings_inside_the_file()
    {
        var file = SuiteFile();
        Assert.SkipWhen(file is null, "shared/data/nasties/yaml-test-suite/cases.json is not above the tests");
        using var suite = JsonDocument.Parse(File.ReadAllText(file));
        var read = 0;
        foreach (var test in suite.RootElement.EnumerateArray().SelectMany(c => c.GetProperty("cases").EnumerateArray()))
        {
            var text = Unescaped(test.GetProperty("yaml").GetString()!);
            var yaml = YamlSource.Read("case.yaml", text);
            (yaml.Root is not null || yaml.HasErrors).ShouldBeTrue(text);
            var reading = ServiceReader.Read("case.yaml", text);
            reading.Definition.ShouldBeNull(text);
            Inside.ShouldHold(text, reading.Findings.Proved(text));
            read++;
        }
        read.ShouldBeGreaterThanOrEqualTo(350);
    }

    /// <summary>The suite writes spaces at line ends, tabs and the end without a line feed as signs that can be seen.</summary>
    static string Unescaped(string yaml) => yaml.Replace('␣', ' ').Replace("———»", "\t", StringComparison.Ordinal).Replace("——»", "\t", StringComparison.Ordinal)
        .Replace("—»", "\t", StringComparison.Ordinal).Replace('»', '\t').Replace("∎\n", "", StringComparison.Ordinal).Replace('←', '\r').Replace('⇔', '\uFEFF').Replace("↵", "", StringComparison.Ordinal);
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
