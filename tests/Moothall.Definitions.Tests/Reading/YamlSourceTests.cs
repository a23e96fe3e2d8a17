using Shouldly;
using Xunit;

namespace Moothall.Definitions.Tests.ReadingFiles;

public class YamlSourceTests
{
    static string[] Lines(string text) => [.. YamlSource.Read("x.yaml", text).Findings.Proved(text).Select(f => f.ToString())];

    [Fact]
    public void Every_scalar_is_the_text_that_was_written()
    {
        var root = YamlSource.Read("x.yaml", "on: yes\nno: 1.10\nnull: ~\nquoted: \"a: b\"\n").Root!;
        root.Entries.Select(e => (e.Key, ((YamlText)e.Value).Text)).ShouldBe([("on", "yes"), ("no", "1.10"), ("null", "~"), ("quoted", "a: b")]);
    }

    [Fact]
    public void Keys_and_values_know_their_places_and_paths()
    {
        var root = YamlSource.Read("x.yaml", "ask:\n  where:\n    type: location\n").Root!;
        var where = (YamlMap)((YamlMap)root.Find("ask")!.Value).Find("where")!.Value;
        where.Find("type")!.Place.ShouldBe(new("x.yaml", 3, 5));
        where.Find("type")!.Value.Place.ShouldBe(new("x.yaml", 3, 11));
        where.Find("type")!.Value.Path.ShouldBe("ask/where/type");
        where.Owner.ShouldBe(new("x.yaml", 2, 3));
    }

    [Theory]
    [InlineData("a: !!str x", "x.yaml:1:4: error: `!` at the beginning means a tag, which is not used here; in a sentence write `not`, and if it is text, put the text in quotes")]
    [InlineData("a: &b x", "x.yaml:1:4: error: `&` at the beginning means an anchor, which is not used here; if it is text, put the text in quotes")]
    [InlineData("a: *b", "x.yaml:1:4: error: `*` at the beginning means an alias, which is not used here; if it is text, put the text in quotes")]
    [InlineData("a:\n  <<: {b: c}", "x.yaml:2:3: error: merge keys (`<<`) are not used here; write the keys out")]
    [InlineData("a: 1\nb: 2\na: 3", "x.yaml:3:1: error: `a` is already on line 1; a key may stand only once in its place, so rename or remove one")]
    [InlineData("a: 1\n---\nb: 2", "x.yaml:2:1: error: a second document begins here; keep one service or list to a file, without `---` or `...` inside it")]
    [InlineData("a: 1\n\tb: 2", "x.yaml:2:1: error: there is a tab here; use spaces instead, two for each level")]
    [InlineData("a: 1 \u0007", "x.yaml:1:6: error: there is a character here that cannot be seen (U+0007); delete it and type the text again")]
    [InlineData("a:\n\u00A0 b: 2", "x.yaml:2:1: error: there is a hard space (from a word processor) here; type an ordinary space instead")]
    [InlineData("a: \"b", "x.yaml:1:4: error: the quotes that open here are never closed; end the text with `\"`")]
    [InlineData("a: @b", "x.yaml:1:4: error: text cannot begin with `@`; put the text in quotes")]
    [InlineData("[a]: b", "x.yaml:1:1: error: a list cannot be a key; write `name: value`, and put text with brackets in quotes")]
    [InlineData("", "x.yaml:1:1: error: this file is empty")]
    [InlineData("# only a comment", "x.yaml:1:1: error: this file is empty")]
    [InlineData("- a", "x.yaml:1:1: error: this file must begin with a key such as `service:`, but a list stands here")]
    public void What_is_not_used_is_refused_in_words(string text, string finding) => Lines(text).ShouldBe([finding]);

    [Fact]
    public void A_key_is_no_text_without_end() =>
        Lines($"? {new string('k', 401)}\n: b\n").ShouldBe(["x.yaml:1:3: error: this key has more than 400 characters; a key is a name, so write one, or put the text in quotes"]);

    [Fact]
    public void So_much_is_told_of_one_file_as_can_be_read()
    {
        var lines = Lines(string.Concat(Enumerable.Repeat("a: 1\n", 700)));
        lines.Length.ShouldBe(501);
        lines.ShouldContain(l => l.EndsWith("error: there are 199 more like these; mend those above first", StringComparison.Ordinal));
    }

    [Fact]
    public void Brackets_without_end_are_an_error_of_the_file() =>
        Lines("a: {b: c\nd: e\n").ShouldHaveSingleItem().ShouldStartWith("x.yaml:1:4: error: the `{` that opens here is not closed rightly");

    [Fact]
    public void Nesting_without_end_is_refused() =>
        Lines($"a: {new string('[', 50_000)}").ShouldHaveSingleItem().ShouldEndWith("this is nested too deep; no file here needs so many levels");

    [Fact]
    public void A_file_of_a_million_characters_is_not_read() =>
        Lines(new string('a', YamlSource.MostCharacters + 1)).ShouldBe(["x.yaml:1:1: error: this file is too long; the most is 1,000,000 characters"]);

    [Fact]
    public void Line_ends_of_any_system_give_the_same_places_and_hash()
    {
        Lines("a: 1\r\nb: @2\r\n").ShouldBe(Lines("a: 1\nb: @2\n"));
        ServiceReader.Hash("\uFEFFa: 1\r\nb: 2\r").ShouldBe(ServiceReader.Hash("a: 1\nb: 2\n"));
    }

    [Fact]
    public void Getters_report_what_they_cannot_read_and_give_null()
    {
        var root = YamlSource.Read("x.yaml", "size: many\nrates: soon\nopen: maybe\nteams: streets\nname: Two Words\nempty:\ncost: £1,200.50\n").Root!;
        var findings = new List<Finding>();
        root.WholeNumberOf("size", findings).ShouldBeNull();
        root.NumberOf("rates", findings).ShouldBeNull();
        root.YesNoOf("open", findings).ShouldBeNull();
        root.ListOf("teams", findings).ShouldBeNull();
        root.NameOf("name", findings).ShouldBeNull();
        root.MapOf("empty", findings).ShouldBeNull();
        root.TextOf("absent", findings).ShouldBeNull();
        root.NumberOf("cost", findings).ShouldBe(1200.50m);
        findings.Proved("many soon maybe streets Two Words").Select(f => f.ToString()).ShouldBe([
            "x.yaml:1:7: error: `size` must be a whole number, 1 or more, but `many` stands here",
            "x.yaml:2:8: error: `rates` must be a number, such as 12 or 0.09, but `soon` stands here",
            "x.yaml:3:7: error: `open` must be `yes` or `no`, but `maybe` stands here",
            "x.yaml:4:8: error: `teams` takes a list; write `teams: [streets]`, or each item on a line of its own with `- `",
            "x.yaml:5:7: error: `name` is lower-case letters and figures with hyphens, up to 60, but `Two Words` stands here; write `two-words`, or if it is part of a text with a colon, put the text in quotes",
            "x.yaml:6:1: error: `empty` is empty; write something after it, or indented by two more spaces below it, or take it out",
        ]);
    }
}
