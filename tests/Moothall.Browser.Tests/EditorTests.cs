using System.Text.Json.Nodes;
using Moothall.Definitions;
using Moothall.Web.Tests;
using Shouldly;
using Xunit;

namespace Moothall.Browser.Tests;

/// <summary>What somebody sees who writes a service in an ordinary editor: yaml-language-server, which those editors run, is given the files as they are, and finds the schema by their first line alone.</summary>
public sealed class EditorTests
{
    static readonly string Services = Path.Combine(RunningCouncil.Repository, "services");

    static IEnumerable<string> Files => Directory.EnumerateFiles(Services, "*.yaml", SearchOption.AllDirectories)
        .Where(f => Path.GetFileName(f) == "service.yaml" || Path.GetFileName(Path.GetDirectoryName(f)) == "fragments").Select(f => Path.GetRelativePath(Services, f)).Order(StringComparer.Ordinal);

    /// <summary>What the editor underlines and offers in files as they would be with these texts; it is asked at the places that `‸` marks.</summary>
    static async Task<JsonNode> Shown(IReadOnlyDictionary<string, string> files)
    {
        var asked = new JsonObject();
        foreach (var (path, marked) in files)
        {
            var (text, at) = (marked, new JsonArray());
            for (var mark = text.IndexOf('‸', StringComparison.Ordinal); mark >= 0; mark = text.IndexOf('‸', StringComparison.Ordinal))
            {
                var before = text[..mark].Split('\n');
                at.Add((JsonNode)new JsonObject { ["line"] = before.Length, ["column"] = before[^1].Length + 1 });
                text = text.Remove(mark, 1);
            }
            asked[path] = new JsonObject { ["text"] = text, ["at"] = at };
        }
        var said = await Browsing.Judged("editor.mjs", new JsonObject { ["folder"] = Services, ["files"] = asked });
        said.ShouldStartWith("{");
        return JsonNode.Parse(said)!;
    }

    static IEnumerable<string> Offered(JsonNode file, int at = 0) => file["offered"]![at]!.AsArray().Select(word => word!.GetValue<string>());

    static IEnumerable<(int Line, string Says)> Underlined(JsonNode file) => file["underlined"]!.AsArray().Select(u => (u!["line"]!.GetValue<int>(), u["says"]!.GetValue<string>()));

    [Fact]
    public async Task Nothing_is_underlined_in_a_service_or_fragment_that_is_shipped()
    {
        var texts = new Dictionary<string, string>();
        foreach (var path in Files) texts[path] = await File.ReadAllTextAsync(Path.Combine(Services, path), TestContext.Current.CancellationToken);
        texts.Count.ShouldBeGreaterThanOrEqualTo(35);
        texts.Where(t => !t.Value.StartsWith("# yaml-language-server: $schema=../schema.json\n", StringComparison.Ordinal)).Select(t => t.Key).ShouldBeEmpty("the first line names the schema");

        var shown = await Shown(texts);

        foreach (var path in texts.Keys) Underlined(shown[path]!).ShouldBeEmpty(path);
    }

    [Fact]
    public async Task Slips_are_underlined_and_keys_types_and_words_are_offered()
    {
        var pothole = (await File.ReadAllTextAsync(Path.Combine(Services, "report-a-pothole", "service.yaml"), TestContext.Current.CancellationToken)).Split('\n');
        string With(Func<string, string> change) => string.Join('\n', pothole.Select(change));
        int LineOf(string begin) => Array.FindIndex(pothole, l => l.StartsWith(begin, StringComparison.Ordinal)) + 1;
        var typed = LineOf("    type: ");

        var shown = await Shown(new Dictionary<string, string>
        {
            ["kind/service.yaml"] = With(l => l == "kind: report" ? "kind: rapport" : l),
            ["key/service.yaml"] = With(l => l.StartsWith("  start: ", StringComparison.Ordinal) ? l.Replace("start", "strat", StringComparison.Ordinal) : l),
            ["type/service.yaml"] = string.Join('\n', pothole.Select((l, i) => i + 1 == typed ? "    type: ‸" : l)),
            ["within/service.yaml"] = With(l => l.StartsWith("  close-within: ", StringComparison.Ordinal) ? "  close-within: 3 fortnights" : l),
            ["question/service.yaml"] = string.Join('\n', pothole.SelectMany((l, i) => i + 1 == typed ? [l, "    ‸"] : new[] { l })),
            ["top/service.yaml"] = "# yaml-language-server: $schema=../schema.json\nservice: anything\n‸\n",
            ["elsewhere/service.yaml"] = "service: anything\n‸\n",
        });

        var (kind, start, within) = (LineOf("kind: "), LineOf("  start: "), LineOf("  close-within: "));
        Underlined(shown["kind/service.yaml"]!).ShouldContain(u => u.Line == kind && u.Says.Contains("\"report\"", StringComparison.Ordinal));
        Underlined(shown["key/service.yaml"]!).ShouldContain(u => u.Line == start && u.Says.Contains("strat", StringComparison.Ordinal));
        Underlined(shown["within/service.yaml"]!).ShouldContain(u => u.Line == within && u.Says.Contains("10 working days", StringComparison.Ordinal));
        Offered(shown["type/service.yaml"]!).Order().ShouldBe(QuestionTypes.Names.Order());
        Offered(shown["question/service.yaml"]!).ShouldContain("when");
        Offered(shown["question/service.yaml"]!).ShouldContain("options");
        Offered(shown["top/service.yaml"]!).ShouldBe(JsonNode.Parse(ServiceSchema.Text)!["$defs"]!["service"]!["properties"]!.AsObject().Select(p => p.Key), ignoreOrder: true);
        // Without the line nothing is known of the language.
        Offered(shown["elsewhere/service.yaml"]!).ShouldNotContain("prefix");
    }
}
