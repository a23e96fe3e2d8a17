using System.Text;

namespace Moothall.Definitions.Tests.ReadingFiles;

/// <summary>
/// Files that somebody made to hurt, or that a program made wrongly: whatever it is, there are findings inside the file that say what to do, few enough and short enough to be read, and
/// the answer comes at once. What would take for ever shows as a test that does not end.
/// </summary>
public sealed class HostileFilesTests
{
    const int Much = 900_000;

    static string Many(int count, Func<int, string> one) => string.Concat(Enumerable.Range(0, count).Select(one));

    /// <summary>A service with something hostile in the place of one of its parts.</summary>
    static string Service(string ask = "ask:\n  where:\n    question: Where is it?\n    type: text\n", string more = "", string work = "work:\n  outcomes: {done: Done}\n  start: new\n  stages:\n    new:\n      actions:\n        done: {close: done}\n") =>
        $"service: report-a-thing\nprefix: THG\ntitle: Report a thing\nsummary: Tell us about it.\nkind: report\n{ask}{more}{work}keep:\n  for: 6 years after closed\n  because: public task\nmeasure:\n  target: {{closed-in-time: 90%}}\n";

    public static readonly IReadOnlyDictionary<string, Func<string>> Files = new Dictionary<string, Func<string>>
    {
        ["aliases that explode"] = () => "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + Many(30, i => $"a{i + 1}: &a{i + 1} [{string.Join(", ", Enumerable.Repeat($"*a{i}", 9))}]\n"),
        ["an alias of itself"] = () => "a: &a\n  b: *a\n",
        ["merge keys"] = () => "a: &a {b: c}\n" + Many(20_000, i => $"c{i}:\n  <<: *a\n"),
        ["tags"] = () => Many(20_000, i => $"k{i}: !!python/object:os.system x\n"),
        ["100,000 open lists"] = () => "a: " + new string('[', 100_000),
        ["100,000 open maps"] = () => "a: " + Many(100_000, _ => "{a: "),
        ["100,000 lists in lists by dashes"] = () => Many(100_000, _ => "- ") + "x",
        ["100,000 explicit keys"] = () => Many(100_000, _ => "? ") + "x",
        ["as many levels as fit"] = () => Many(1_300, i => $"{new string(' ', i)}a:\n"),
        ["keys of a megabyte"] = () => $"? {new string('k', Much)}\n: {{a: b}}\n",
        ["long keys in long keys with much in them"] = () => Many(20, i => $"{new string(' ', i * 2)}{new string('k', 1_000)}:\n") + Many(8_000, i => $"{new string(' ', 40)}k{i}: v\n"),
        ["keys that nobody knows"] = () => Many(80_000, i => $"k{i}: v\n"),
        ["more parts than are read"] = () => "a: {" + Many(130_000, i => $"k{i}, ") + "}\n",
        ["one key again and again"] = () => Many(90_000, _ => "service: x\n"),
        ["questions without end"] = () => Service("ask:\n" + Many(12_000, i => $"  q{i}:\n    question: Is it {i}?\n    type: yes-no\n")),
        ["questions that look at one later"] = () => Service("ask:\n" + Many(1_900, i => $"  q{i}:\n    question: Is it {i}?\n    type: yes-no\n    when: q{i + 1}\n")),
        ["options without end"] = () => Service("ask:\n  a:\n    question: Which?\n    type: choice\n    options:\n" + Many(60_000, i => $"      o{i}: O{i}\n")),
        ["outcomes without end"] = () => Service(work: "work:\n  outcomes:\n" + Many(40_000, i => $"    o{i}: O{i}\n") + "  start: new\n  stages: {}\n"),
        ["a list without end"] = () => Service(more: "keywords: [" + Many(90_000, i => $"w{i}, ") + "\"\"]\n"),
        ["one word again and again"] = () => Service(more: "keywords: [" + Many(90_000, _ => "w, ") + "w]\n"),
        ["a sentence of a megabyte"] = () => Service(more: $"exit:\n  e:\n    when: where is answered{Many(40_000, _ => " and where is answered")}\n    title: No\n    text: Ask.\n"),
        ["a sentence of brackets"] = () => Service(more: $"exit:\n  e:\n    when: {new string('(', Much)}\n    title: No\n    text: Ask.\n"),
        ["a sentence of one word"] = () => Service(more: $"exit:\n  e:\n    when: {new string('a', Much)}\n    title: No\n    text: Ask.\n"),
        ["a name of a megabyte"] = () => Service().Replace("report-a-thing", new string('a', Much), StringComparison.Ordinal),
        ["a name of many hyphens"] = () => Service().Replace("report-a-thing", new string('-', Much), StringComparison.Ordinal),
        ["a kind of a megabyte"] = () => Service().Replace("kind: report", $"kind: {new string('a', Much)}", StringComparison.Ordinal),
        ["a period of a megabyte"] = () => Service().Replace("6 years", new string('6', Much) + " years", StringComparison.Ordinal),
        ["a rate of a megabyte"] = () => Service().Replace("90%", new string('9', Much) + "%", StringComparison.Ordinal),
        ["a number of a megabyte"] = () => Service(more: $"lgsl: {new string('9', Much)}\n"),
        ["spaces before a slip"] = () => $"a: x{new string(' ', Much)}y\n  b: c: d\n",
        ["colons"] = () => $"a: {Many(300_000, _ => ": ")}\n",
        ["quotes that do not close"] = () => $"a: \"{new string('x', Much)}",
        ["escapes"] = () => $"a: \"{Many(200_000, _ => "\\x")}\"",
        ["hashes"] = () => $"a: x {new string('#', Much)}\nb: [\n",
        ["lines that are empty"] = () => new string('\n', Much) + "a: [",
        ["only percent signs"] = () => Many(300_000, _ => "%\n"),
        ["documents without end"] = () => Many(200_000, _ => "---\n"),
        ["a text over many lines that does not end"] = () => "a: |\n" + Many(100_000, _ => "  x\n") + " y\nb: [",
        ["tabs"] = () => "a:\n\tb: c\n",
        ["a tab after the key"] = () => "a:\tb\n",
        ["NUL"] = () => "a: \0\n",
        ["NUL everywhere"] = () => new string('\0', Much),
        ["a bell in every line"] = () => Many(90_000, _ => "a: \a\n"),
        ["a mark of byte order in the middle"] = () => "a: b\n\uFEFFc: d\n",
        ["a mark that turns the direction of writing"] = () => "a: b\u2028c\n",
        ["half a character"] = () => "a: \uD800\n",
        ["only a mark of byte order"] = () => "\uFEFF",
        ["JSON"] = () => """{"service": "report-a-thing", "prefix": "THG"}""",
        ["XML"] = () => "<?xml version=\"1.0\"?><service/>",
        ["HTML"] = () => "<!DOCTYPE html><html></html>",
        ["a letter"] = () => "Dear Sir or Madam,\n\nplease find attached our form.\n",
    };

    public static IEnumerable<TheoryDataRow<string>> Names => Files.Keys.Select(name => new TheoryDataRow<string>(name));

    [Theory, MemberData(nameof(Names))]
    public void A_hostile_file_is_answered_in_few_words_that_say_where(string name)
    {
        var text = Files[name]();
        var reading = ServiceReader.Read("service.yaml", text);
        reading.Definition.ShouldBeNull();
        reading.Findings.ShouldContain(f => f.Severity == Severity.Error);
        reading.Findings.Count.ShouldBeLessThan(600);
        reading.Findings.Select(f => f.ToString().Length).Max().ShouldBeLessThan(2_000);
        var lines = YamlSource.Normalise(text).Split('\n');
        reading.Findings.ShouldAllBe(f => f.Place.Line >= 1 && f.Place.Line <= lines.Length && f.Place.Column >= 1 && f.Place.Column <= lines[f.Place.Line - 1].Length + 1);
    }

    [Fact]
    public void A_long_service_that_is_good_is_read_and_checked()
    {
        var text = Service("ask:\n" + Many(1_000, i => $"  q{i}:\n    question: Is it {i}?\n    type: yes-no\n{(i == 0 ? "" : $"    when: q{i / 2}{(i > 20 ? $" or q{i - 20} and not q{i - 10}" : "")}\n")}"));
        var definition = ServiceReader.Read("service.yaml", text).Definition.ShouldNotBeNull();
        Checker.Check(definition, new Surroundings { Today = LongForm.Today }).Count.ShouldBeLessThan(3_000);
    }

    [Fact]
    public void Prose_of_a_megabyte_is_read_and_checked()
    {
        foreach (var prose in new[] { new string('a', Much), Many(100_000, _ => "a, b; c. "), Many(300_000, _ => "e."), new string('-', Much), "a" + new string(' ', Much) + "a" })
        {
            var definition = ServiceReader.Read("service.yaml", Service($"ask:\n  where:\n    question: \"{prose}\"\n    type: text\n")).Definition.ShouldNotBeNull();
            Checker.Check(definition, new Surroundings { Today = LongForm.Today }).Select(f => f.ToString().Length).DefaultIfEmpty(0).Max().ShouldBeLessThan(2_000);
        }
    }

    [Fact]
    public void A_fragment_that_is_used_again_and_again_does_not_make_the_service_without_end()
    {
        var reads = 0;
        var fragment = "fragment: big\nask:\n" + Many(5_000, i => $"  q{i}:\n    question: A?\n    type: text\n");
        FragmentFile Read()
        {
            reads++;
            return new("big.yaml", fragment);
        }
        var put = Fragments.PutInto("service.yaml", Service("ask:\n" + Many(10_000, i => $"  u{i}:\n    use: big\n")), _ => Read(), () => ["big"]);
        put.Findings.Proved().ShouldHaveSingleItem().ToString().ShouldStartWith("service.yaml:14:10: error: with this fragment the service is too long");
        reads.ShouldBe(1);
    }

    [Fact]
    public void Fragments_that_use_each_other_in_a_ring_are_refused()
    {
        string Of(string name, string other) => $"fragment: {name}\nask:\n  next:\n    use: {other}\n";
        var put = Fragments.PutInto("service.yaml", Service("ask:\n  a:\n    use: one\n"), name => new($"{name}.yaml", name == "one" ? Of("one", "two") : Of("two", "one")), () => ["one", "two"]);
        put.Findings.Proved().Select(f => f.ToString()).ShouldBe(["one.yaml:3:3: error: a fragment uses no other; write the questions here, or use both in the service"]);
    }

    [Fact]
    public void A_condition_that_looks_at_itself_or_later_is_told_so() =>
        LongForm.Findings("ask:\n  a:\n    question: A?\n    type: yes-no\n    when: a\n  b:\n    question: B?\n    type: yes-no\n    when: c\n  c:\n    question: C?\n    type: yes-no\n").Select(f => f.Split(';')[0])
            .ShouldBe(["11:11: error: `a` is asked later", "15:11: error: `c` is asked later"]);

    [Theory]
    [InlineData("a: é", "latin1", "service.yaml:1:4: error: from here on this is not text in UTF-8, as every file here is; if it is text, open it in your editor and save it as UTF-8")]
    [InlineData("a: b\nc: “d”", "windows", "service.yaml:2:4: error: from here on this is not text in UTF-8, as every file here is; if it is text, open it in your editor and save it as UTF-8")]
    [InlineData("a: b", "utf-16", "service.yaml:1:1: error: this file is saved as UTF-16; open it in your editor and save it as UTF-8")]
    [InlineData("a: b", "utf-16BE", "service.yaml:1:1: error: this file is saved as UTF-16; open it in your editor and save it as UTF-8")]
    public void Bytes_of_another_encoding_are_told_with_the_place(string text, string encoding, string finding)
    {
        byte[][] written = encoding switch
        {
            "latin1" => [Encoding.Latin1.GetBytes(text)],
            "windows" => [[.. text.SelectMany(c => c switch { '“' => new byte[] { 0x93 }, '”' => [0x94], _ => [(byte)c] })]],
            _ => Encoding.GetEncoding(encoding) is var wide ? [wide.GetBytes(text), [.. wide.GetPreamble(), .. wide.GetBytes(text)]] : [],
        };
        foreach (var bytes in written)
        {
            var (read, why) = FileText.Read("service.yaml", bytes);
            read.ShouldBeNull();
            new[] { why! }.Proved().Single().ToString().ShouldBe(finding);
        }
    }

    [Fact]
    public void Bytes_of_UTF_8_are_text_with_or_without_their_mark()
    {
        foreach (var text in new[] { "a: é😀\r\n", "" })
        {
            FileText.Read("x.yaml", Encoding.UTF8.GetBytes(text)).Text.ShouldBe(text);
            FileText.Read("x.yaml", [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text)]).Text.ShouldBe(text);
        }
    }

    [Fact]
    public void Any_bytes_are_text_or_a_finding()
    {
        var chance = new Random(5);
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = new byte[chance.Next(1, 60)];
            chance.NextBytes(bytes);
            var (text, why) = FileText.Read("x.yaml", bytes);
            (text is null).ShouldBe(why is not null);
            if (text is not null) Inside.ShouldHold(text, YamlSource.Read("x.yaml", text).Findings);
        }
    }
}
