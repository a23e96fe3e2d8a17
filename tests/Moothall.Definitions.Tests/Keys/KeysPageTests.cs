using System.Text.RegularExpressions;
using Moothall.Definitions.Tests.Sentences;

namespace Moothall.Definitions.Tests.Keys;

/// <summary>What is made from the register is what stands in the repository. `bin/reference` runs this with MOOTHALL_WRITE_REFERENCE=1, which writes it anew.</summary>
public sealed partial class KeysPageTests
{
    static readonly string Services = Path.Combine(ReferencePage.Root, "services");

    static IEnumerable<string> Files => Directory.EnumerateFiles(Services, "service.yaml", SearchOption.AllDirectories)
        .Concat(Path.Combine(Services, "fragments") is var fragments && Directory.Exists(fragments) ? Directory.EnumerateFiles(fragments, "*.yaml") : []).Order(StringComparer.Ordinal);

    static void IsCurrent(string made, params string[] path)
    {
        var file = Path.Combine([ReferencePage.Root, .. path]);
        if (Environment.GetEnvironmentVariable("MOOTHALL_WRITE_REFERENCE") == "1") File.WriteAllText(file, made);
        (File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "").ShouldBe(made, "Run bin/reference: it writes it anew.");
    }

    [Fact]
    public void The_page_of_keys_is_that_of_the_program() => IsCurrent(KeysPage.Text, "docs", "reference", "keys.md");

    [Fact]
    public void The_schema_is_that_of_the_program() => IsCurrent(ServiceSchema.Text, "services", ServiceSchema.FileName);

    [Fact]
    public void Every_service_and_fragment_names_the_schema_and_is_good_by_it()
    {
        Files.Count().ShouldBeGreaterThanOrEqualTo(17);
        foreach (var file in Files)
        {
            var text = File.ReadAllText(file);
            text.ShouldStartWith(ServiceSchema.FirstLine + "\n", customMessage: $"{file}: the first line names the schema, so that editors help");
            SampleService.SchemaFaults(text).ShouldBeEmpty(file);
        }
    }

    [Fact]
    public void What_the_checker_takes_of_files_with_slips_the_schema_takes_too()
    {
        // Values that lose or gain a character at random: where the reader still understands them, the schema must not say that it does not.
        var chance = new Random(11);
        var taken = 0;
        for (var i = 0; i < 250; i++)
        {
            var lines = SampleService.Text.Split('\n');
            var line = chance.Next(lines.Length);
            var at = chance.Next(lines[line].Length + 1);
            lines[line] = chance.Next(3) switch
            {
                0 when at < lines[line].Length => lines[line].Remove(at, 1),
                1 => lines[line].Insert(at, " 0aZ,.-£"[chance.Next(8)].ToString()),
                _ => lines[line].Insert(at, "12"),
            };
            var text = string.Join('\n', lines);
            if (SampleService.Findings(ServiceKeys.Service, text).Count > 0) continue;
            taken++;
            SampleService.SchemaFaults(text).ShouldBeEmpty(text);
        }
        taken.ShouldBeGreaterThan(40);
    }

    [Fact]
    public void The_words_of_sentences_are_those_that_the_parser_knows()
    {
        var folder = Path.Combine(ReferencePage.Root, "src", "Moothall.Definitions", "Sentences");
        var known = Directory.EnumerateFiles(folder, "SentenceParser*.cs").Where(f => Path.GetFileName(f) != "SentenceParser.Slips.cs").SelectMany(f => Compared().Matches(File.ReadAllText(f)).SelectMany(m => Literal().Matches(m.Value).Select(l => l.Groups[1].Value))).ToHashSet(StringComparer.Ordinal);
        known.Count.ShouldBeGreaterThan(20);
        var listed = SentenceWord.All.SelectMany(w => w.Word.Split(' ')).ToHashSet(StringComparer.Ordinal);
        // What is written in place of `is`, `and`, `yes` and the like is understood only to say so; most of it stands in a file of its own.
        known.Except(listed).Except(["=", "==", "!=", "true", "false", ")", "&", "&&", "|", "(", ",", "[", "]"]).ShouldBeEmpty();
        listed.Except(known).Except(["...", "otherwise"]).ShouldBeEmpty();
    }

    [Fact]
    public void The_examples_of_words_are_understood()
    {
        foreach (var word in SentenceWord.All.Where(w => w.Word is not ("fee" or "otherwise"))) SentenceForm.Read(word.Example);
        var findings = new List<Finding>();
        Amount.Parse(SentenceWord.All.Single(w => w.Word == "fee").Example, SentenceForm.Place, new SentenceScope([], [], NoLookUps.Value), findings).ShouldNotBeNull();
        findings.ShouldBeEmpty();
        SentenceWord.All.ShouldAllBe(w => w.Word.Split(' ').All(part => part == "..." || w.Example.Contains(part, StringComparison.Ordinal)));
    }

    // A word or sign that the parser compares with.
    [GeneratedRegex("""(?:IsWord\("[^"]+"\)|IsSign\("[^"]+"\)|(?:Text(?: is|:)|or|case) "[^"]+"|^ +"[^"]+"(?= or|(?: =>))|(?<=or )"[^"]+")""", RegexOptions.Multiline)]
    private static partial Regex Compared();

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex Literal();
}
