using Moothall.Cases;
using Shouldly;
using Xunit;
using static Moothall.Tests.Cases.Situations;

namespace Moothall.Tests.Cases;

public class HandleCaseTests
{
    static CaseSituation Closed => Pothole().Do(March(2, 11), "not-ours");

    [Fact]
    public void A_case_is_assigned_to_somebody_who_works_it_or_to_nobody()
    {
        var assigned = HandleCase.Assign(Pothole(), "amara-okafor", mayWork: true, null, 5);
        assigned.Value!.After.Assigned.ShouldBe("amara-okafor");
        assigned.Told<CaseHandled>().What.ShouldBe("assign");
        HandleCase.Assign(Pothole().After(Monday, assigned), null, mayWork: false, null, 0).Value!.After.Assigned.ShouldBeNull();
        HandleCase.Assign(Pothole(), "jordan-reid", mayWork: false, null, 0).Why().ShouldBe("“jordan-reid” is not somebody who works this team's cases. Choose a member of the team.");
        HandleCase.Assign(Closed, "amara-okafor", mayWork: true, null, 0).Why().ShouldBe("This case is closed. Reopen it before you assign it.");
    }

    [Fact]
    public void A_note_changes_nothing_but_the_version()
    {
        var noted = HandleCase.Note(Closed, "They rang", 40).Value!;
        noted.After.ShouldBe(Closed.Case with { Version = 3, Decided = noted.After.Decided });
        noted.Entry.Note.ShouldBe("They rang");
        noted.Events[0].Json.ShouldNotContain("rang");
        HandleCase.Note(Pothole(), " ", 0).Why().ShouldBe("Enter a note");
        HandleCase.Note(Pothole(), new string('a', 4001), 0).Why().ShouldBe("What you write must be 4,000 characters or fewer");
    }

    [Fact]
    public void A_question_to_the_customer_needs_words_and_an_open_case()
    {
        HandleCase.AskCustomer(Pothole(), "", 0).Why().ShouldBe("Enter what you want to ask the customer");
        HandleCase.AskCustomer(Closed, "Which lane?", 0).Why().ShouldBe("This case is closed. Reopen it before you ask the customer.");
    }

    [Fact]
    public void An_answer_is_taken_only_while_it_is_waited_for()
    {
        HandleCase.Answer(Pothole(), "The left one").Why().ShouldBe("We are not waiting for an answer about this any more.");
        var asked = Pothole().After(Monday, HandleCase.AskCustomer(Pothole(), "Which lane?", 0)) with { By = Actor.Resident, ByMember = null };
        HandleCase.Answer(asked, " ").Why().ShouldBe("Enter your answer");
        var answered = HandleCase.Answer(asked, "The left one");
        answered.Value!.Entry.ByMember.ShouldBeNull();
        answered.Told<CaseHandled>().By.ShouldBe(Actor.Resident);
    }
}
