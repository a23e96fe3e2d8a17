using Moothall.Cases;
using Shouldly;
using Xunit;
using static Moothall.Tests.Cases.Situations;

namespace Moothall.Tests.Cases;

public class ReopenCaseTests
{
    [Fact]
    public void A_reopened_case_is_at_the_stage_it_was_closed_from_and_keeps_its_promise()
    {
        var closed = Pothole().Do(March(2, 11), "order-repair").Do(March(4, 11), "repaired", """{"after": null}""") with { Now = March(20, 10) };
        var reopened = ReopenCase.Decide(closed, "The hole is back", 30);
        var after = reopened.Value!.After;
        (after.Status, after.Stage, after.Outcome, after.Closed).ShouldBe(("open", "repair", null, null));
        after.CloseBy.ShouldBe(March(16, 10));
        after.StageDue.ShouldBe(March(30, 9));
        var told = reopened.Told<CaseReopened>();
        (told.ClosedAt, told.WasInTime).ShouldBe((March(4, 11), true));
    }

    [Fact]
    public void A_case_is_reopened_with_a_reason_and_only_when_closed()
    {
        ReopenCase.Decide(Pothole(), "Why not", 0).Why().ShouldBe("This case is open already.");
        ReopenCase.Decide(Pothole().Do(March(2, 11), "not-ours"), " ", 0).Why().ShouldBe("Enter why you reopen the case");
    }

    [Fact]
    public void A_case_closed_late_was_not_in_time() =>
        ReopenCase.Decide(Pothole().Do(March(17, 11), "not-ours"), "It was ours", 0).Told<CaseReopened>().WasInTime.ShouldBeFalse();
}
