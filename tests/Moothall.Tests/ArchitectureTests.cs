using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Shouldly;
using Xunit;

namespace Moothall.Tests;

/// <summary>
/// The rules of the house that the compiler does not hold: which project may know which, whose tables are whose, one clock, no council in the code. Each
/// rule is also shown a wrong sample, so that a rule that catches nothing is noticed.
/// </summary>
public sealed partial class ArchitectureTests
{
    /// <summary>A file of the source: its path from the root, with /, and its text.</summary>
    sealed record Source(string Path, string Text);

    static readonly string Root = FindRoot();
    static readonly IReadOnlyList<Source> Code = Read("src", "*.cs", "*.razor");
    static readonly IReadOnlyList<Source> Schemas = Read("src", "*.sql");
    static readonly IReadOnlyList<Source> Projects = Read("src", "*.csproj");

    static string FindRoot([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    static IReadOnlyList<Source> Read(string folder, params string[] kinds) =>
        [.. kinds.SelectMany(kind => Directory.GetFiles(Path.Combine(Root, folder), kind, SearchOption.AllDirectories)).Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/node_modules/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(f => new Source(f, File.ReadAllText(Path.Combine(Root, f))))];

    // ---- references

    /// <summary>Who may refer to whom. A project that is not here has to be put here first, with a thought.</summary>
    static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["Moothall.Definitions"] = [],
        ["Moothall.Store"] = [],
        ["Moothall"] = ["Moothall.Definitions", "Moothall.Store"],
        ["Moothall.Web"] = ["Moothall"],
        ["Moothall.Adapters"] = ["Moothall"],
        ["Moothall.StandIns"] = ["Moothall.Web"],
        ["Moothall.Host"] = ["Moothall.Web", "Moothall.Adapters", "Moothall.StandIns"],
    };

    static IReadOnlyList<string> WrongReferences(IEnumerable<Source> projects) =>
        [.. from project in projects
            let name = Path.GetFileNameWithoutExtension(project.Path)
            from reference in XDocument.Parse(project.Text).Descendants("ProjectReference")
            let to = Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'))
            where !MayKnow.TryGetValue(name, out var allowed) || !allowed.Contains(to)
            select $"{name} refers to {to}"];

    [Fact]
    public void Projects_know_only_what_the_house_allows()
    {
        WrongReferences(Projects).ShouldBeEmpty();
        Projects.Select(p => Path.GetFileNameWithoutExtension(p.Path)).ShouldBe(MayKnow.Keys, ignoreOrder: true);
    }

    [Fact]
    public void A_store_that_knows_definitions_is_caught() =>
        WrongReferences([new Source("src/Moothall.Store/Moothall.Store.csproj", """<Project><ItemGroup><ProjectReference Include="..\Moothall.Definitions\Moothall.Definitions.csproj" /></ItemGroup></Project>""")])
            .ShouldBe(["Moothall.Store refers to Moothall.Definitions"]);

    /// <summary>References to the stand-ins that no property takes out again.</summary>
    static IReadOnlyList<string> StandInsPublished(IEnumerable<Source> projects) =>
        [.. from project in projects
            from reference in XDocument.Parse(project.Text).Descendants("ProjectReference")
            where reference.Attribute("Include")!.Value.Contains("StandIns", StringComparison.Ordinal) && reference.Parent!.Attribute("Condition")?.Value != "'$(WithStandIns)' != 'false'"
            select Path.GetFileNameWithoutExtension(project.Path)];

    [Fact]
    public void A_published_program_has_no_stand_ins_in_it()
    {
        StandInsPublished(Projects).ShouldBeEmpty();
        File.ReadAllText(Path.Combine(Root, "bin", "publish")).ShouldContain("-p:WithStandIns=false");
    }

    [Fact]
    public void A_stand_in_that_would_be_published_is_caught() =>
        StandInsPublished([new Source("src/Moothall.Web/Moothall.Web.csproj", """<Project><ItemGroup><ProjectReference Include="..\Moothall.StandIns\Moothall.StandIns.csproj" /></ItemGroup></Project>""")]).ShouldBe(["Moothall.Web"]);

    /// <summary>Definitions is pure: no database, no HTTP, no clock of its own.</summary>
    static IReadOnlyList<string> Impurities(IEnumerable<Source> code) =>
        [.. from file in code
            where file.Path.StartsWith("src/Moothall.Definitions/", StringComparison.Ordinal)
            from word in new[] { "System.Data", "System.Net", "Microsoft.", "Npgsql", "SystemClock", "HttpClient", "Environment." }
            where WithoutComments(file.Text).Contains(word, StringComparison.Ordinal)
            select $"{file.Path} has {word}"];

    [Fact]
    public void Definitions_are_pure() => Impurities(Code).ShouldBeEmpty();

    [Fact]
    public void A_definition_that_looks_at_the_clock_is_caught() =>
        Impurities([new Source("src/Moothall.Definitions/Late.cs", "var now = SystemClock.Instance;")]).ShouldBe(["src/Moothall.Definitions/Late.cs has SystemClock"]);

    // ---- tables

    /// <summary>The room that a file belongs to: a module of Moothall, or a project.</summary>
    static string RoomOf(string path)
    {
        var steps = path.Split('/');
        return steps is ["src", "Moothall", var module, _, ..] ? "Moothall/" + module : steps[1];
    }

    /// <summary>Whose tables are whose: by the schema files of each room, and by the names that projections give theirs in code.</summary>
    static Dictionary<string, string> OwnersOfTables(IEnumerable<Source> schemas, IEnumerable<Source> code)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var schema in schemas)
            foreach (Match table in CreateTable().Matches(schema.Text)) owners[table.Groups[1].Value] = RoomOf(schema.Path);
        foreach (var file in code)
            foreach (Match table in TableConstant().Matches(file.Text)) owners[table.Groups[1].Value] = RoomOf(file.Path);
        return owners;
    }

    static IReadOnlyList<string> ForeignTables(IEnumerable<Source> code, IReadOnlyDictionary<string, string> owners) =>
        [.. from file in code
            from Match use in TableUse().Matches(WithoutComments(file.Text))
            let table = use.Groups[1].Value
            where owners.TryGetValue(table, out var owner) && owner != RoomOf(file.Path)
            select $"{file.Path} touches {table} of {owners[table]}"];

    [Fact]
    public void Modules_touch_only_their_own_tables()
    {
        var owners = OwnersOfTables(Schemas, Code);
        owners["council_case"].ShouldBe("Moothall/Cases");
        owners["event"].ShouldBe("Moothall.Store");
        owners["performance_day"].ShouldBe("Moothall/Performance");
        ForeignTables(Code, owners).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("src/Moothall/Performance/Peek.cs", "session.Query($\"select 1 from council_case\")", "council_case", "Moothall/Cases")]
    [InlineData("src/Moothall/Cases/Steal.cs", "unit.Execute($\"\"\"\n    update draft set answers = ''\n\"\"\")", "draft", "Moothall/Journeys")]
    [InlineData("src/Moothall.Web/Desk/Quick.cs", "unit.Execute($\"insert into case_history (reference) values ({r})\")", "case_history", "Moothall/Cases")]
    [InlineData("src/Moothall/Contact/Past.cs", "session.Query($\"select data from event\")", "event", "Moothall.Store")]
    [InlineData("src/Moothall/Identity/Ef.cs", "model.Entity<Row>().ToTable(\"council_case\")", "council_case", "Moothall/Cases")]
    public void A_module_that_touches_another_ones_table_is_caught(string path, string text, string table, string owner) =>
        ForeignTables([new Source(path, text)], OwnersOfTables(Schemas, Code)).ShouldBe([$"{path} touches {table} of {owner}"]);

    [Fact]
    public void Every_schema_file_has_its_pair()
    {
        var scripts = Schemas.Select(s => s.Path).ToHashSet(StringComparer.Ordinal);
        scripts.ShouldNotBeEmpty();
        foreach (var script in scripts)
            scripts.ShouldContain(script.EndsWith(".sqlite.sql", StringComparison.Ordinal) ? script.Replace(".sqlite.", ".postgres.", StringComparison.Ordinal) : script.Replace(".postgres.", ".sqlite.", StringComparison.Ordinal));
    }

    // ---- one clock

    static IReadOnlyList<string> OtherClocks(IEnumerable<Source> code) =>
        [.. from file in code from Match clock in Clock().Matches(WithoutComments(file.Text)) select $"{file.Path} asks {clock.Value}"];

    [Fact]
    public void Time_comes_from_the_clock_that_is_given() => OtherClocks(Code).ShouldBeEmpty();

    [Theory]
    [InlineData("DateTime.Now")]
    [InlineData("DateTime.UtcNow")]
    [InlineData("DateTime.Today")]
    [InlineData("DateTimeOffset.UtcNow")]
    public void Another_clock_is_caught(string clock) => OtherClocks([new Source("src/Moothall/Cases/Late.cs", $"var now = {clock};")]).ShouldBe([$"src/Moothall/Cases/Late.cs asks {clock}"]);

    // ---- no council in the code

    static readonly IReadOnlyList<string> Councils = [.. AuthorityId().Matches(File.ReadAllText(Path.Combine(Root, "council", "authorities.yaml"))).Select(m => m.Groups[1].Value)];

    static IReadOnlyList<string> CouncilsNamed(IEnumerable<Source> files) =>
        [.. from file in files from council in Councils where file.Text.Contains(council, StringComparison.OrdinalIgnoreCase) select $"{file.Path} names {council}"];

    [Fact]
    public void No_council_is_named_in_code_or_services()
    {
        Councils.ShouldBe(["wessex", "mercia"]);
        CouncilsNamed([.. Code, .. Schemas, .. Read("src", "*.mjs", "*.scss"), .. Read("services", "service.yaml")]).ShouldBeEmpty();
    }

    [Fact]
    public void An_if_on_a_councils_name_is_caught() =>
        CouncilsNamed([new Source("src/Moothall/Cases/Special.cs", "if (authority.Name == \"Mercia Council\") return;")]).ShouldBe(["src/Moothall/Cases/Special.cs names mercia"]);

    // ---- names

    static IReadOnlyList<string> EmptyNames(IEnumerable<Source> code) =>
        [.. from file in code from Match type in EmptyName().Matches(WithoutComments(file.Text)) select $"{file.Path} has {type.Groups[1].Value}"];

    [Fact]
    public void Types_are_named_in_words_of_the_town_hall() => EmptyNames(Code).ShouldBeEmpty();

    [Fact]
    public void A_manager_is_caught() => EmptyNames([new Source("src/Moothall/Cases/CaseManager.cs", "sealed class CaseManager { }")]).ShouldBe(["src/Moothall/Cases/CaseManager.cs has CaseManager"]);

    // HTTP to other systems has one door, which guards against addresses inside (SSRF), bounds what comes and verifies certificates.
    static string[] OtherHttp(IEnumerable<Source> code) =>
        [.. from file in code
            where !file.Path.StartsWith("src/Moothall.Adapters/Outgoing/", StringComparison.Ordinal) && !file.Path.StartsWith("src/Moothall.StandIns/", StringComparison.Ordinal)
            from name in new[] { "new HttpClient(", "HttpClientHandler", "SocketsHttpHandler", "AddHttpClient", "IHttpClientFactory", "WebRequest", "ClientWebSocket" }
            where WithoutComments(file.Text).Contains(name, StringComparison.Ordinal) select $"{file.Path} has {name}"];

    [Fact]
    public void Requests_to_other_systems_go_through_one_door() => OtherHttp(Code).ShouldBeEmpty();

    [Fact]
    public void A_request_past_that_door_is_caught() =>
        OtherHttp([new Source("src/Moothall.Web/Quick.cs", "using var http = new HttpClient();")]).ShouldBe(["src/Moothall.Web/Quick.cs has new HttpClient("]);

    static string WithoutComments(string text) => Comment().Replace(text, "");

    [GeneratedRegex(@"(?m)^\s*//.*$|@\*[\s\S]*?\*@")]
    private static partial Regex Comment();

    [GeneratedRegex(@"create table (?:if not exists )?([a-z_]+)")]
    private static partial Regex CreateTable();

    [GeneratedRegex(@"const string \w*Table = ""([a-z_]+)""")]
    private static partial Regex TableConstant();

    [GeneratedRegex(@"(?:\b(?:from|join|insert into|update|delete from|alter table|drop table|truncate)\s+|ToTable\(""|SqlName\("")([a-z_]+)\b")]
    private static partial Regex TableUse();

    [GeneratedRegex(@"\bDateTime(?:Offset)?\.(?:Now|UtcNow|Today)\b")]
    private static partial Regex Clock();

    [GeneratedRegex(@"(?m)^  ([a-z-]+):\s*$")]
    private static partial Regex AuthorityId();

    [GeneratedRegex(@"\b(?:class|record|struct|interface|enum)\s+(\w*(?:Manager|Helper|Helpers|Util|Utils|Impl|Dto|Base))\b")]
    private static partial Regex EmptyName();
}
