using System.Text.RegularExpressions;
using Moothall.Testing;

namespace Moothall.Definitions.Tests.Keys;

/// <summary>Reader, schema and register of keys know the same.</summary>
public sealed partial class ServiceKeysTests
{
    public static IEnumerable<TheoryDataRow<string, string>> Keys => ServiceKeys.Blocks.SelectMany(b => b.Keys.Select(k => new TheoryDataRow<string, string>(b.Name, k.Name)));
    public static IEnumerable<TheoryDataRow<string>> Blocks => ServiceKeys.Blocks.Select(b => new TheoryDataRow<string>(b.Name));

    static (FileBlock Block, FileKey Key) Of(string block, string key) => ServiceKeys.Blocks.Single(b => b.Name == block) is var found ? (found, found.Keys.Single(k => k.Name == key)) : default;

    [Fact]
    public void The_sample_is_good_and_its_schema_a_schema()
    {
        SampleService.Findings(ServiceKeys.Service, SampleService.Text).ShouldBeEmpty();
        SampleService.SchemaFaults(SampleService.Text).ShouldBeEmpty();
        SampleService.SchemaFaults(SampleService.Fragment).ShouldBeEmpty();
        SchemaCheck.IsSchema(SampleService.Schema).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Keys))]
    public void An_example_is_taken_by_the_reader_and_by_the_schema(string ofBlock, string ofKey)
    {
        var (block, key) = Of(ofBlock, ofKey);
        var text = SampleService.With(block, key, key.Example);
        SampleService.Findings(block, text).ShouldBeEmpty(text);
        SampleService.SchemaFaults(text).ShouldBeEmpty(text);
    }

    [Theory, MemberData(nameof(Keys))]
    public void What_a_key_cannot_take_is_refused_by_the_reader_and_by_the_schema(string ofBlock, string ofKey)
    {
        var (block, key) = Of(ofBlock, ofKey);
        var takesList = key.Takes.Schema().TryGetPropertyValue("type", out var type) && type!.ToJsonString() == "\"array\"";
        var text = SampleService.With(block, key, $"{SampleService.NameIn(key)}: {(takesList ? "{a: b}" : "[[a]]")}");
        SampleService.Findings(block, text).ShouldNotBeEmpty(text);
        SampleService.SchemaFaults(text).ShouldNotBeEmpty(text);
    }

    [Theory, MemberData(nameof(Keys))]
    public void A_key_that_must_be_there_is_missed_by_the_reader_and_by_the_schema(string ofBlock, string ofKey)
    {
        var (block, key) = Of(ofBlock, ofKey);
        if (!key.Needed) return;
        var text = SampleService.With(block, key, null);
        SampleService.Findings(block, text).ShouldNotBeEmpty(text);
        SampleService.SchemaFaults(text).ShouldNotBeEmpty(text);
    }

    [Theory, MemberData(nameof(Blocks))]
    public void A_key_that_is_not_in_the_register_is_refused_by_the_reader_and_by_the_schema(string ofBlock)
    {
        var block = ServiceKeys.Blocks.Single(b => b.Name == ofBlock);
        var text = SampleService.With(block, block.Keys[0] with { Example = "qzx: qzx" }, "qzx: qzx");
        SampleService.Findings(block, text).ShouldContain(f => f.Message.Contains("qzx", StringComparison.Ordinal) || ofBlock == "use", text);
        (SampleService.SchemaFaults(text).Count > 0).ShouldBe(block.Others is null, text);
    }

    [Fact]
    public void The_reader_looks_for_no_key_that_is_not_in_the_register()
    {
        var known = ServiceKeys.Blocks.SelectMany(b => b.Names).Concat(["by", "en"]).ToHashSet(StringComparer.Ordinal);
        var read = Directory.EnumerateFiles(Path.Combine(ReferencePage.Root, "src", "Moothall.Definitions", "Reading"), "Read*.cs").Append(Path.Combine(ReferencePage.Root, "src", "Moothall.Definitions", "Reading", "ServiceReader.cs"))
            .SelectMany(f => Asked().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).ToHashSet(StringComparer.Ordinal);
        read.Count.ShouldBeGreaterThan(60);
        read.Where(k => !known.Contains(k)).ShouldBeEmpty();
    }

    [Fact]
    public void Types_are_those_of_the_program_and_their_examples_good() =>
        // The examples stand in the sample.
        TypeExample.All.Select(t => t.Type).ShouldBe(QuestionTypes.Names);

    [Fact]
    public void A_key_of_one_type_is_refused_for_another_by_the_reader_and_by_the_schema()
    {
        foreach (var key in ServiceKeys.Question.Keys.Where(k => k.Types.Count > 0))
        {
            var text = SampleService.With(ServiceKeys.Question, key with { Types = [] }, key.Example);
            SampleService.Findings(ServiceKeys.Question, text).ShouldNotBeEmpty(text);
            SampleService.SchemaFaults(text).ShouldNotBeEmpty(text);
        }
    }

    [Fact]
    public void A_key_of_residents_is_refused_for_a_question_of_staff_by_the_reader_and_by_the_schema()
    {
        var keys = ServiceKeys.Question.Keys.Where(k => k.OfResidents).ToList();
        keys.Select(k => k.Name).ShouldBe(["text", "details", "near", "same-as", "prefill"]);
        foreach (var (key, written) in keys.Select(k => (k, k.Example)).Append((keys.Single(k => k.Name == "near"), "near: no")))
        {
            const string Asked = "      question: What did you find?\n      type: ";
            var text = SampleService.Text.Replace(Asked + "long-text", Asked + (key.Types.Count > 0 ? key.Types[0] : "long-text") + "\n      " + written.Replace("\n", "\n      ", StringComparison.Ordinal), StringComparison.Ordinal);
            text.ShouldNotBe(SampleService.Text);
            SampleService.Findings(ServiceKeys.Question, text).ShouldContain(f => f.Message.Contains("`finding` is asked of staff", StringComparison.Ordinal), text);
            SampleService.SchemaFaults(text).ShouldNotBeEmpty(text);
        }
    }

    // A getter with the name of a key, or a key that is looked for.
    [GeneratedRegex(@"(?:Of|Find|Has|Need)\((?:map, )?""([a-z][a-z-]*)""")]
    private static partial Regex Asked();
}
