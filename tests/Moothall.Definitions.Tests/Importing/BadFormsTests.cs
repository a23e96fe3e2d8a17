using System.Diagnostics;
using System.Text;
using Moothall.Definitions.Importing;

namespace Moothall.Definitions.Tests.Importing;

/// <summary>Files that are not what they say: always an answer with a place and a mend, never an exception, never more than little time.</summary>
public sealed class BadFormsTests
{
    static readonly string Small = Imported.Page("""{ "type": "YesNoField", "name": "z", "title": "Was that all?", "hint": "<p>Yes</p>" }""");

    const string Odd = "{}[]\",:\\<>\u0000é\uD800#|&*";

    static string Failed(FormKind kind, string text)
    {
        var file = Imported.One(kind, text);
        file.Definition.ShouldBeNull();
        return file.Failure.ShouldNotBeNull().ToString();
    }

    [Fact]
    public void A_form_that_breaks_off_anywhere_is_refused_with_the_line()
    {
        for (var length = 0; length < Small.TrimEnd().Length; length += 7)
            Failed(FormKind.XGov, Small[..length]).ShouldStartWith("line ", customMessage: Small[..length]);
    }

    [Fact]
    public void Whatever_is_put_into_a_form_is_answered()
    {
        var chance = new Random(7);
        foreach (var kind in new[] { FormKind.XGov, FormKind.Defra, FormKind.GovukForms })
            for (var i = 0; i < 600; i++)
            {
                var text = new StringBuilder(Small);
                for (var n = chance.Next(1, 6); n > 0; n--)
                {
                    var at = chance.Next(text.Length);
                    if (chance.Next(2) == 0) text.Remove(at, Math.Min(chance.Next(1, 30), text.Length - at));
                    else text.Insert(at, Odd[chance.Next(Odd.Length)]);
                }
                var file = Imported.One(kind, text.ToString());
                (file.Failure?.ToString() ?? file.Definition).ShouldNotBeNullOrEmpty();
                if (file.Definition is not null) file.Good();
            }
    }

    [Theory]
    [InlineData(FormKind.XGov, "", "line 1: this file is empty")]
    [InlineData(FormKind.XGov, "[]", "line 1: this is no form of the XGov builder")]
    [InlineData(FormKind.XGov, "{}", "line 1: this is no form of the XGov builder")]
    [InlineData(FormKind.Defra, "name: My form", "line 1: this is no form of DEFRA's forms engine")]
    [InlineData(FormKind.GovukForms, "{ \"pages\": 3 }", "line 1: this is no form of GOV.UK Forms")]
    [InlineData(FormKind.XGov, "{ \"pages\": [] }", "line 1: this form has no pages")]
    [InlineData(FormKind.XGov, "{ \"pages\": [{ \"title\": \"x\" }] }", "line 1: this page has no `path`")]
    [InlineData(FormKind.XGov, "{ \"engine\": \"V2\", \"pages\": [] }", "line 1: this is a form of DEFRA's engine version 2")]
    [InlineData(FormKind.XGov, "{ \"pages\": [{ \"path\": \"/a\", \"next\": [{ \"path\": \"/b\" }] }] }", "line 1: the page /a leads to /b, and no page has that path")]
    [InlineData(FormKind.XGov, "{ \"startPage\": \"/x\", \"pages\": [{ \"path\": \"/a\" }] }", "line 1: the form begins at /x, and no page has that path")]
    [InlineData(FormKind.XGov, "{ \"pages\": [{ \"path\": \"/a\" },\n{ \"path\": \"/a\" }] }", "line 2: the path /a is already that of the page on line 1")]
    [InlineData(FormKind.XGov, "{ \"pages\": [{ \"path\": \"/a\", \"title\": \"T\" }] }", "this form asks nothing")]
    [InlineData(FormKind.XGov, "{ \"name\": \"\\ud800\", \"pages\": [] }", "line 1: a character here is not whole")]
    [InlineData(FormKind.Defra, "a: &x [1, 2]\nb: *x", "line 1, column 4: `&` at the beginning means an anchor")]
    [InlineData(FormKind.Defra, "pages:\n\t- title: x", "line 2, column 1: there is a tab here")]
    [InlineData(FormKind.GovukForms, "{ \"steps\": [{ \"id\": 1, \"next_step_id\": 9, \"data\": { \"question_text\": \"A?\", \"answer_type\": \"text\" } }] }", "line 1: this step is followed by 9, and there is no such step")]
    public void A_file_that_is_not_what_it_says_is_told_with_its_place(FormKind kind, string text, string told) => Failed(kind, text).ShouldStartWith(told);

    [Fact]
    public void A_bomb_of_aliases_is_refused_before_it_grows()
    {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(1, 30).Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n"));
        var watch = Stopwatch.StartNew();
        Failed(FormKind.Defra, bomb).ShouldStartWith("line 1");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Depth_size_and_number_of_pieces_are_bounded()
    {
        Failed(FormKind.XGov, new string('[', 100_000)).ShouldStartWith("line 1");
        Failed(FormKind.XGov, "{ \"a\": \"" + new string('x', FormImport.MostBytes) + "\" }").ShouldContain("longer than 4 MB");
        Failed(FormKind.XGov, "[" + string.Concat(Enumerable.Repeat("0,", 500_000)) + "0]").ShouldContain("more than 400,000 pieces");
        var html = string.Concat(Enumerable.Repeat("<a <b '\\\" &amp;", 60_000));
        var watch = Stopwatch.StartNew();
        var file = Imported.One(FormKind.XGov, Imported.Page($$"""{ "type": "YesNoField", "name": "z", "title": "Was that all?" }, { "type": "Html", "content": "{{html}}" }"""));
        (file.Failure?.ToString() ?? file.Definition).ShouldNotBeNull();
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    static string Many(int count, Func<int, string> one) => string.Join(',', Enumerable.Range(0, count).Select(one));

    static string Asks(int i) => $$"""{ "type": "YesNoField", "name": "q{{i}}", "title": "Is it {{i}}?" }""";

    public static readonly IReadOnlyDictionary<string, Func<string>> Large = new Dictionary<string, Func<string>>
    {
        ["pages in a row"] = () => Imported.XGov(Many(4_000, i => $$"""{ "path": "/{{(i == 0 ? "first" : $"p{i}")}}", "title": "Page {{i}}", "components": [{{Asks(i)}}], "next": [{ "path": "{{(i == 3_999 ? "/summary" : $"/p{i + 1}")}}" }] }""")),
        ["pages that all lead back"] = () => Imported.XGov(Many(300, i => $$"""{ "path": "/{{(i == 0 ? "first" : $"p{i}")}}", "title": "Page {{i}}", "components": [{{Asks(i)}}], "next": [{ "path": "/first" }] }""")),
        ["questions on one page"] = () => Imported.Page(Many(10_000, Asks)),
        ["questions of one title"] = () => Imported.Page(Many(3_000, i => $$"""{ "type": "YesNoField", "name": "q{{i}}", "title": "Is it?" }""")),
        ["ways from one page"] = () => Imported.XGov($$"""{ "path": "/first", "title": "First", "components": [{{Asks(0)}}], "next": [{{Many(60_000, _ => """{ "path": "/summary" }""")}}] }"""),
        ["conditions that look at each other in a ring"] = () => Imported.XGov($$"""{ "path": "/first", "title": "First", "components": [{{Asks(0)}}], "next": [{ "path": "/summary", "condition": "c0" }] }""", Many(3_000, i => $$"""{ "name": "c{{i}}", "value": { "conditions": [{ "conditionName": "c{{(i + 1) % 3_000}}" }] } }""")),
        ["conditions that look at two each"] = () => Imported.XGov($$"""{ "path": "/first", "title": "First", "components": [{{Asks(0)}}], "next": [{ "path": "/summary", "condition": "c0" }] }""", Many(60, i => i == 59 ? """{ "name": "c59", "value": { "conditions": [{ "field": { "name": "q0", "type": "YesNoField" }, "operator": "is", "value": { "value": "true" } }] } }""" : $$"""{ "name": "c{{i}}", "value": { "conditions": [{ "conditionName": "c{{i + 1}}" }, { "coordinator": "and", "conditionName": "c{{i + 1}}" }] } }""")),
        ["a title of megabytes"] = () => Imported.Page(Asks(0), new string('t', 3_000_000)),
        ["a question of megabytes"] = () => Imported.Page($$"""{ "type": "YesNoField", "name": "z", "title": "{{string.Concat(Enumerable.Repeat("word ", 600_000))}}" }"""),
        ["a hint of tags"] = () => Imported.Page($$"""{ "type": "YesNoField", "name": "z", "title": "A?", "hint": "{{string.Concat(Enumerable.Repeat("<p><ul><li>", 60_000))}}" }"""),
        ["a hint of tags that are no tags"] = () => Imported.Page($$"""{ "type": "YesNoField", "name": "z", "title": "A?", "hint": "{{new string('<', 2_000_000)}}" }"""),
        ["options without end"] = () => Imported.Page("""{ "type": "RadiosField", "name": "z", "title": "Which?", "list": "l" }""").Replace("\"lists\": []", $$"""
            "lists": [{ "name": "l", "title": "L", "type": "string", "items": [{{Many(30_000, i => $$"""{ "text": "Option {{i}}", "value": "v{{i}}" }""")}}] }]
            """.Trim(), StringComparison.Ordinal),
        ["names of megabytes"] = () => Imported.Page($$"""{ "type": "YesNoField", "name": "{{new string('n', 3_000_000)}}", "title": "A?" }"""),
        ["maps in maps"] = () => string.Concat(Enumerable.Repeat("{ \"pages\": ", 100_000)),
        ["NUL"] = () => new string('\0', 1_000_000),
        ["a file of a word processor"] = () => "{\\rtf1\\ansi\\deff0 " + new string('x', 1_000_000) + "}",
    };

    public static IEnumerable<TheoryDataRow<string>> LargeNames => Large.Keys.Select(name => new TheoryDataRow<string>(name));

    [Theory, MemberData(nameof(LargeNames))]
    public void A_form_without_end_is_answered_in_few_words(string name)
    {
        var text = Large[name]();
        foreach (var kind in new[] { FormKind.XGov, FormKind.Defra, FormKind.GovukForms })
        {
            var file = FormImport.Import(kind, [("forms/large.json", text)]).Single();
            (file.Failure?.ToString() ?? file.Definition).ShouldNotBeNullOrEmpty();
            (file.Failure?.ToString().Length ?? 0).ShouldBeLessThan(2_000);
            if (file.Definition is not null) file.Good();
        }
    }

    [Fact]
    public void A_way_back_is_told_and_the_rest_is_made()
    {
        var file = Imported.One(FormKind.XGov, Imported.XGov("""
            { "path": "/first", "title": "Name one", "components": [{ "type": "TextField", "name": "n", "title": "Name one" }], "next": [{ "path": "/more" }] },
            { "path": "/more", "title": "Another?", "components": [{ "type": "YesNoField", "name": "m", "title": "Another?" }], "next": [{ "path": "/first", "condition": "m" }, { "path": "/summary" }] }
            """, """{ "name": "m", "value": { "conditions": [{ "field": { "name": "m", "type": "YesNoField" }, "operator": "is", "value": { "value": "true" } }] } }"""));
        file.Good().Ask.Count.ShouldBe(2);
        file.NotExpressed.ShouldHaveSingleItem().ToString().ShouldStartWith("the way back from the page “Another?” (line 2) to “Name one”");
    }

    [Fact]
    public void A_condition_that_looks_at_itself_is_told()
    {
        Failed(FormKind.XGov, Imported.XGov("""
            { "path": "/first", "title": "A", "components": [{ "type": "YesNoField", "name": "m", "title": "Another?" }], "next": [{ "path": "/summary", "condition": "m" }] }
            """, """{ "name": "m", "value": { "conditions": [{ "conditionName": "m" }] } }""")).ShouldContain("looks at itself");
    }

    [Fact]
    public void Ways_that_are_too_entangled_are_refused_in_time()
    {
        var chance = new Random(3);
        var pages = string.Join(",\n", Enumerable.Range(0, 60).Select(i => $$"""
            { "path": "/{{(i == 0 ? "first" : $"p{i}")}}", "title": "Page {{i}}", "components": [{ "type": "YesNoField", "name": "q{{i}}", "title": "Question number {{i}}?" }],
              "next": [{{string.Join(", ", Enumerable.Range(0, 4).Select(n => $$"""{ "path": "{{(chance.Next(i + 1, 61) is var to && to == 60 ? "/summary" : $"/p{to}")}}", "condition": "c{{chance.Next(i + 1)}}" }"""))}}, { "path": "{{(i == 59 ? "/summary" : $"/p{i + 1}")}}" }] }
            """));
        var conditions = string.Join(", ", Enumerable.Range(0, 60).Select(i => $$"""{ "name": "c{{i}}", "value": { "conditions": [{ "field": { "name": "q{{i}}", "type": "YesNoField" }, "operator": "is", "value": { "value": "true" } }] } }"""));
        var watch = Stopwatch.StartNew();
        var file = Imported.One(FormKind.XGov, Imported.XGov(pages, conditions));
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60));
        if (file.Definition is not null) file.Good();
        else file.Failure.ShouldNotBeNull();
    }
}
