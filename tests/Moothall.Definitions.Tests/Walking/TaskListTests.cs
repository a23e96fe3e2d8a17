using NodaTime;

namespace Moothall.Definitions.Tests;

/// <summary>Sections filled in in any order come to the same as answering from the start.</summary>
public sealed class TaskListTests
{
    const string Ask = """
        ask:
          first:
            section: First
          a:
            question: Is it A?
            type: yes-no
          b:
            question: Is it B?
            type: yes-no
            when: a
          second:
            section: Second
          c:
            question: Is it C?
            type: yes-no
          d:
            question: Is it D?
            type: yes-no
            when: c
          third:
            section: Third
            when: b
          e:
            question: Is it E?
            type: yes-no
          fourth:
            section: Fourth
          f:
            question: Is it F?
            type: yes-no
        """;
    const string Exit = """
        exit:
          none:
            when: d is no and f
            title: There is nothing for you
            text: Ask somebody else.
        """;

    static readonly ServiceDefinition Service = LongForm.Read(Ask, "task-list: yes", Exit);

    static string[] Standings(Answers answers) => [.. Service.Walk(answers).Sections.Select(s => $"{s.Section.Name} {s.Status} {s.Next?.Name}".TrimEnd())];

    [Fact]
    public void A_section_may_begin_when_those_it_looks_at_are_complete()
    {
        Standings(Answers.None).ShouldBe(["first NotStarted a", "second NotStarted c", "third CannotStart", "fourth NotStarted f"]);
        Standings(Answers.None.Yes("a")).ShouldBe(["first InProgress b", "second NotStarted c", "third CannotStart", "fourth NotStarted f"]);
        Standings(Answers.None.Yes("a").Yes("b")).ShouldBe(["first Completed", "second NotStarted c", "third NotStarted e", "fourth NotStarted f"]);
    }

    [Fact]
    public void A_section_that_is_not_asked_is_left_out() =>
        Standings(Answers.None.Yes("a", false)).ShouldBe(["first Completed", "second NotStarted c", "fourth NotStarted f"]);

    [Fact]
    public void Every_open_section_may_be_visited_and_no_other()
    {
        var walk = Service.Walk(Answers.None.Yes("f"));
        walk.Path.Select(q => q.Name).ShouldBe(["f"]);
        walk.Next!.Name.ShouldBe("a");
        new[] { "a", "b", "c", "d", "e", "f" }.Where(walk.MayVisit).ShouldBe(["a", "c", "f"]);
        walk.IsComplete.ShouldBeFalse();
    }

    [Fact]
    public void An_exit_is_taken_as_soon_as_all_it_looks_at_is_answered_in_whatever_order()
    {
        Service.Walk(Answers.None.Yes("f").Yes("c").Yes("d", false)).Exit!.Name.ShouldBe("none");
        Service.Walk(Answers.None.Yes("f").Yes("c")).Exit.ShouldBeNull();
    }

    [Fact]
    public void An_answer_changed_earlier_closes_what_depends_on_it_until_it_is_complete_again()
    {
        var all = Answers.None.Yes("a").Yes("b").Yes("c", false).Yes("e").Yes("f");
        Service.Walk(all).IsComplete.ShouldBeTrue();
        var changed = all.Without("b");
        Service.Walk(changed).Path.Select(q => q.Name).ShouldBe(["a", "c", "f"]);
        Service.Walk(changed.Yes("b", false)).OnPath.Questions.Order().ShouldBe(["a", "b", "c", "f"]);
    }

    [Fact]
    public void Whatever_the_order_of_answering_the_end_is_that_of_answering_from_the_start()
    {
        var random = new Random(20261128);
        for (var turn = 0; turn < 400; turn++)
        {
            // Answers that people gave, changed and gave again, each where the page could be visited.
            var answers = Answers.None;
            for (var steps = 0; steps < 30 && !Service.Walk(answers).IsComplete; steps++)
            {
                var walk = Service.Walk(answers);
                if (walk.Exit is not null) break;
                var open = Service.Ask.Where(q => walk.MayVisit(q.Name)).ToList();
                answers = answers.Yes(open[random.Next(open.Count)].Name, random.Next(2) == 0);
            }
            var end = Service.Walk(answers);
            if (!end.IsComplete) continue;
            // The same answers, given from the start: after each, the walk of a form without a list of tasks asks the next.
            var (straight, kept) = (Service with { TaskList = false }, Answers.None);
            while (Journey.Walk(straight, kept, LongForm.Today) is { Next: { } next }) kept = kept.With(next.Name, answers[next.Name]!);
            Journey.Walk(straight, kept, LongForm.Today).Path.Select(q => q.Name).ShouldBe(end.Path.Select(q => q.Name));
            end.OnPath.Questions.Order().ShouldBe(kept.Questions.Order());
        }
    }

    [Fact]
    public void All_answers_at_once_are_read_as_those_of_any_form()
    {
        using var json = System.Text.Json.JsonDocument.Parse("""{"f": true, "a": true, "c": false, "b": true, "e": false}""");
        var (answers, faults) = AnswersReader.ReadAll(Service, json.RootElement, new ReadingContext { Today = LongForm.Today }, LongForm.Today);
        faults.ShouldBeEmpty();
        Service.Walk(answers).IsComplete.ShouldBeTrue();
    }
}
