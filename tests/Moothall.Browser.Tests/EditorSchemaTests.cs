using System.Text.Json.Nodes;
using Moothall.Definitions;
using Moothall.Web.Tests;
using Shouldly;
using Xunit;

namespace Moothall.Browser.Tests;

/// <summary>The schema for editors, judged by somebody else's reader of JSON Schema.</summary>
public sealed class EditorSchemaTests
{
    static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMap map => new JsonObject(map.Entries.Select(e => KeyValuePair.Create(e.Key, Json(e.Value)))),
        YamlList list => new JsonArray([.. list.Items.Select(Json)]),
        YamlText { IsEmpty: false } text => text.Text,
        _ => null,
    };

    static JsonNode? Json(string text) => Json(YamlSource.Read("service.yaml", text).Root!);

    [Fact]
    public async Task Every_service_is_good_by_the_schema_and_one_with_a_slip_is_not()
    {
        var files = new JsonObject();
        var services = Path.Combine(RunningCouncil.Repository, "services");
        foreach (var file in Directory.EnumerateFiles(services, "*.yaml", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) == "service.yaml" || Path.GetFileName(Path.GetDirectoryName(f)) == "fragments"))
            files[Path.GetRelativePath(services, file)] = Json(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        files.Count.ShouldBeGreaterThanOrEqualTo(17);
        var pothole = await File.ReadAllTextAsync(Path.Combine(services, "report-a-pothole", "service.yaml"), TestContext.Current.CancellationToken);
        files["slip 1"] = Json(pothole.Replace("kind: report", "kind: rapport", StringComparison.Ordinal));
        files["slip 2"] = Json(pothole.Replace("  start: ", "  strat: ", StringComparison.Ordinal));
        var schema = JsonNode.Parse(ServiceSchema.Text);
        var said = (await Browsing.Judged("schema.mjs", new JsonObject { ["schema"] = schema, ["files"] = files })).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        said.Select(line => line.Split(':')[0]).ShouldBe(["slip 1", "slip 2"], string.Join('\n', said));
    }
}
