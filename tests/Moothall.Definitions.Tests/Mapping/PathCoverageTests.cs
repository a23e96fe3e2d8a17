namespace Moothall.Definitions.Tests.Mapping;

/// <summary>How much of the paths the examples of a service take.</summary>
public sealed class PathCoverageTests
{
    const string Small = """
        examples:
          small:
            says: A small one.
            channel: web
            answers:
              size: small
              age: 3
            expect:
              asked: [size, age]
        """;

    static string[] Names(IEnumerable<PathPart> parts) => [.. parts.Select(p => $"{p.Kind} {(p.Of == p.Name ? p.Name : $"{p.Of}/{p.Name}")}")];

    [Fact]
    public void Each_question_each_side_of_a_when_each_end_value_stage_and_action_is_one_part() => Names(PathParts.Of(Mapped.Service)).ShouldBe(
    [
        "Asked size", "Asked deep", "PassedOver deep", "Asked wet", "PassedOver wet", "Asked age", "Exit too-old", "Decided priority/urgent", "Decided priority/routine", "Stage check", "Action check/grant",
    ]);

    [Fact]
    public void The_figure_is_the_parts_taken_of_those_that_can_be_rounded_down()
    {
        var coverage = Mapped.Coverage(Mapped.Service, Small);
        (coverage.Taken, coverage.Possible, coverage.Percent).ShouldBe((6, 11, 54));
        Names(coverage.Untested).ShouldBe(["Asked deep", "Asked wet", "Exit too-old", "Decided priority/urgent", "Action check/grant"]);
        coverage.ByKind.Select(k => (k.Kinds[0], k.Taken, k.Possible)).ShouldBe([(PathKind.Asked, 2, 4), (PathKind.PassedOver, 2, 2), (PathKind.Exit, 0, 1), (PathKind.Decided, 1, 2), (PathKind.Stage, 1, 1), (PathKind.Action, 0, 1)]);
    }

    [Fact]
    public void A_part_knows_the_examples_that_take_it() => Mapped.Coverage(Mapped.Service, Small).Find(PathKind.PassedOver, "deep")!.By.ShouldBe(["small"]);

    [Fact]
    public void Without_examples_nothing_is_taken() => Mapped.Coverage(Mapped.Service, "examples:\n  nobody:\n    channel: web\n    answers:\n      deep: true\n").Percent.ShouldBe(0);

    [Fact]
    public void What_stands_after_an_exit_is_neither_asked_nor_passed_over()
    {
        var service = LongForm.Read(Mapped.Ask.Replace("""
              age:
                question: How many weeks have you known of it?
                type: number
            exit:
            """, """
              age:
                question: How many weeks have you known of it?
                type: number
              more:
                question: Is there more?
                type: yes-no
                when: size is small
            exit:
            """, StringComparison.Ordinal));
        var route = Mapped.Routes(service, Small.Replace("age: 3", "age: 60", StringComparison.Ordinal).Replace("size: small", "size: large\n      deep: true\n      wet: true", StringComparison.Ordinal)).Single();
        Names(route.Taken).ShouldBe(["Asked size", "Asked deep", "Asked wet", "Asked age", "Exit too-old"]);
    }

    [Fact]
    public void The_parts_of_a_row_are_taken_in_any_row()
    {
        var service = LongForm.Read("""
            ask:
              costs:
                group: What will you spend it on?
                one: cost
                ask: [amount, why]
              amount:
                question: How much is it?
                type: money
              why:
                question: Why so much?
                type: text
                when: amount > £100
            """);
        const string rows = """
            examples:
              two-rows:
                channel: web
                answers:
                  costs:
                    - amount: 20
                    - amount: 200
                      why: It is large.
            """;
        Names(Mapped.Routes(service, rows).Single().Taken).ShouldBe(["Asked costs", "Asked amount", "PassedOver why", "Asked why", "Stage check"]);
    }

    [Fact]
    public void Actions_that_an_example_takes_count_with_the_stages_they_lead_to()
    {
        var service = Mapped.WithWork(Mapped.ThreeStages);
        var coverage = Mapped.Coverage(service, Small.Replace("    expect:", """
                work:
                  - visit
                  - order
                  - done
                expect:
            """, StringComparison.Ordinal));
        coverage.Parts.Where(p => p.IsTaken && p.Part.Kind is PathKind.Stage or PathKind.Action && p.IsTaken).Select(p => p.Part.Of + "/" + p.Part.Name)
            .ShouldBe(["look/look", "look/visit", "visit/visit", "visit/order", "repair/repair", "repair/done"]);
    }

    [Fact]
    public void What_nobody_can_take_is_not_counted()
    {
        var service = Mapped.WithWork(Mapped.ThreeStages);
        var coverage = Mapped.Coverage(service, Small);
        coverage.Find(PathKind.Stage, "lost")!.IsPossible.ShouldBeFalse();
        coverage.Find(PathKind.Action, "lost", "done")!.IsPossible.ShouldBeFalse();
        Names(coverage.Untested).ShouldNotContain("Stage lost");

        var dead = LongForm.Read(Mapped.Ask.Replace("when: size is large\n  wet:", "when: size is large and size is small\n  wet:", StringComparison.Ordinal));
        Mapped.Coverage(dead, Small).Find(PathKind.Asked, "deep")!.IsPossible.ShouldBeFalse();
    }

    [Fact]
    public void An_example_whose_answers_are_refused_says_so_at_its_line()
    {
        var route = Mapped.Routes(Mapped.Service, Small.Replace("age: 3", "age: many", StringComparison.Ordinal)).Single();
        var finding = route.Findings.ShouldHaveSingleItem();
        finding.ToString().ShouldStartWith("examples.yaml:2:3: error: the example `small` ends at `age`:");
    }

    [Fact]
    public void An_action_that_the_stage_does_not_have_is_found_with_the_one_that_was_meant() =>
        Mapped.Routes(Mapped.Service, Small.Replace("    expect:", "    work: [grnat]\n    expect:", StringComparison.Ordinal)).Single().Findings.Select(f => f.ToString())
            .ShouldBe(["examples.yaml:8:12: error: the stage `check` has no action `grnat`; did you mean `grant`?"]);

    [Fact]
    public void An_action_after_the_close_is_found() =>
        Mapped.Routes(Mapped.Service, Small.Replace("    expect:", "    work:\n      - grant\n      - again\n    expect:", StringComparison.Ordinal)).Single().Findings.Select(f => f.ToString())
            .ShouldBe(["examples.yaml:10:9: error: the example `small` goes on with `again` after its case was closed; take it out"]);

    [Theory]
    [InlineData("examples: nothing", "examples.yaml:1:11: error:")]
    [InlineData("examples:\n  a: b", "examples.yaml:2:3: error: the example `a` needs")]
    [InlineData("examples:\n  a:\n    answer:\n      size: small", "examples.yaml:3:5: error: no key called `answer` here; did you mean `answers`?")]
    [InlineData("examples:\n  a:\n    answers:\n      size: small\n    work:\n      - [b]", "examples.yaml:6:9: error: each item of `work`")]
    [InlineData("", "examples.yaml:1:1: error: this file is empty")]
    public void A_file_that_is_not_one_of_examples_is_told_with_its_line(string text, string finding) => ExamplesFile.Read("examples.yaml", text, LongForm.Today).Findings.Select(f => f.ToString()).ShouldContain(f => f.StartsWith(finding, StringComparison.Ordinal));
}
