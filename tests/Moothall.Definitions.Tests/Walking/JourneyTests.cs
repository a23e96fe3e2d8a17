namespace Moothall.Definitions.Tests;

public sealed class JourneyTests
{
    static readonly ServiceDefinition Service = Pothole.Asking(Pothole.Where, Pothole.Size, Pothole.Photo);

    static Walk Walk(Answers answers) => Journey.Walk(Service, answers, Asked.Today);

    [Fact]
    public void A_journey_begins_at_the_first_question()
    {
        var walk = Walk(Answers.None);
        walk.Path.ShouldBeEmpty();
        walk.Next.ShouldBe(Pothole.Where);
        walk.IsComplete.ShouldBeFalse();
        walk.MayVisit("where").ShouldBeTrue();
        walk.MayVisit("size").ShouldBeFalse();
    }

    [Fact]
    public void An_answer_beyond_an_open_question_does_not_move_it_on() =>
        Walk(Answers.None.With("size", new ChoiceAnswer("large"))).Next.ShouldBe(Pothole.Where);

    [Fact]
    public void A_question_passed_over_is_settled()
    {
        var walk = Walk(Pothole.Large.With("photo", SkippedAnswer.Value));
        walk.IsComplete.ShouldBeTrue();
        walk.Path.Select(q => q.Name).ShouldBe(["where", "size", "photo"]);
    }

    [Fact]
    public void The_back_link_leads_to_the_question_before()
    {
        var walk = Walk(Pothole.Large);
        Journey.Before(walk, "photo").ShouldBe(Pothole.Size);
        Journey.Before(walk, "size").ShouldBe(Pothole.Where);
        Journey.Before(walk, "where").ShouldBeNull();
        Journey.Before(walk, "elsewhere").ShouldBeNull();
    }

    [Fact]
    public void Only_answers_on_the_path_are_kept()
    {
        var answers = Pothole.Large.With("other", new TextAnswer("x"));
        Walk(answers).OnPath.Questions.Order().ShouldBe(["size", "where"]);
    }
}
