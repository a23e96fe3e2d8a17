using Moothall.Cases;
using Shouldly;
using Xunit;
using static Moothall.Tests.Cases.Situations;

namespace Moothall.Tests.Cases;

public class WithdrawCaseTests
{
    [Fact]
    public void A_withdrawn_case_is_closed_with_an_outcome_that_every_service_has()
    {
        var asked = Pothole().After(March(2, 12), HandleCase.AskCustomer(Pothole() with { Now = March(2, 12) }, "Which lane?", 0)) with { Now = March(3, 12) };
        var withdrawn = WithdrawCase.Decide(asked, "Rang to say so", 60);
        (withdrawn.Value!.After.Outcome, withdrawn.Value.After.Status, withdrawn.Value.After.Question, withdrawn.Value.After.StoppedAt).ShouldBe(("withdrawn", "closed", null, null));
        (withdrawn.Told<CaseClosed>().Outcome, withdrawn.Told<CaseClosed>().InTime).ShouldBe(("withdrawn", true));
    }

    [Fact]
    public void A_closed_case_cannot_be_withdrawn() =>
        WithdrawCase.Decide(Pothole().Do(March(2, 11), "not-ours"), null, 0).Why().ShouldBe("This case is closed already.");
}
