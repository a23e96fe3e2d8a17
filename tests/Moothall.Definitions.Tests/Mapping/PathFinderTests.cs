namespace Moothall.Definitions.Tests.Mapping;

/// <summary>Answers that lead to each part of the paths, and the examples that are suggested of them.</summary>
public sealed class PathFinderTests
{
    const string Small = """
        examples:
          small:
            channel: web
            answers:
              size: small
              age: 3
        """;

    static IReadOnlyDictionary<PathPart, FoundPath> Find(ServiceDefinition definition, string examples = Small) => PathFinder.Find(definition, Mapped.Routes(definition, examples), PathParts.Never(definition, NoLookUps.Value), NoLookUps.Value, LongForm.Today);

    static IReadOnlyList<SuggestedExample> Suggest(ServiceDefinition definition, string examples)
    {
        var routes = Mapped.Routes(definition, examples);
        return ExampleSuggestions.Of(definition, Mapped.Coverage(definition, examples), routes, Find(definition, examples), _ => ("wessex", "streets"), parts => $"{parts.Count} parts.", NoLookUps.Value, LongForm.Today);
    }

    [Fact]
    public void Answers_to_every_part_before_the_work_are_found_also_where_two_must_be_changed_at_once()
    {
        var found = Find(Mapped.Service);
        PathParts.Of(Mapped.Service).Where(p => p.Kind is not PathKind.Action && !found.ContainsKey(p)).ShouldBeEmpty();
        found[new(PathKind.Decided, "priority", "urgent")].Answers["wet"].ShouldBe(new YesNoAnswer(true));
        found[new(PathKind.Exit, "too-old")].Answers["age"].ShouldBe(new NumberAnswer(53));
    }

    [Fact]
    public void An_example_that_goes_there_is_kept_as_it_is() => Find(Mapped.Service)[new(PathKind.PassedOver, "deep")].Like.ShouldBe("small");

    [Theory]
    [InlineData("    type: date\n", "today - born > 30 and today - born < 40", "2026-10-")]
    [InlineData("    type: date\n", "age of born is 18", "2008-11-")]
    [InlineData("    type: money\n", "born >= £1,000.50", "1000.5")]
    [InlineData("    type: time\n", "born is 17:30", "17:30")]
    [InlineData("    type: month\n", "born is 2020-03", "2020-03")]
    [InlineData("    type: text\n", "born is Kent", "Kent")]
    public void Answers_on_the_other_side_of_a_comparison_are_found(string type, string when, string answer)
    {
        var service = LongForm.Read($"""
            ask:
              born:
                question: What is it?
            {type}  then:
                question: And then?
                type: text
                when: {when}
            """);
        var given = Find(service, "examples:\n  none:\n    channel: web\n    answers: {}\n")[new(PathKind.Asked, "then")].Answers["born"]!;
        service.FindQuestion("born")!.Type.ToJson(service.FindQuestion("born")!, given)!.ToString().ShouldStartWith(answer);
    }

    [Fact]
    public void What_is_suggested_takes_what_it_says_once_it_is_put_into_the_file()
    {
        var service = Mapped.WithWork(Mapped.ThreeStages);
        var examples = Small;
        for (var round = 0; Mapped.Coverage(service, examples) is { Untested.Count: > 0 } before; round++)
        {
            round.ShouldBeLessThan(10, string.Join(", ", before.Untested));
            var suggestion = Suggest(service, examples)[0];
            examples = suggestion.IsNew ? $"{examples.TrimEnd()}\n{suggestion.Yaml}" : examples.Replace($"  {suggestion.Name}:\n", $"  {suggestion.Name}:\n{suggestion.Yaml}", StringComparison.Ordinal);
            var after = Mapped.Coverage(service, examples);
            suggestion.Takes.ShouldAllBe(part => !after.Untested.Contains(part));
        }
        Mapped.Coverage(service, examples).Percent.ShouldBe(100);
    }

    [Fact]
    public void A_suggestion_is_an_example_as_designers_write_it() => Suggest(Mapped.Service, Small)[0].Yaml.ShouldBe("""
          with-deep:
            says: "3 parts."
            channel: web
            answers:
              size: large
              deep: true
              wet: true
              age: 3
            expect:
              asked: [size, deep, wet, age]
              authority: wessex
              decided: {priority: urgent}
              stage: check
              team: streets

        """);
}
