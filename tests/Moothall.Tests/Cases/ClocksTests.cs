using Moothall.Cases;
using Shouldly;
using Xunit;
using static Moothall.Tests.Cases.Situations;

namespace Moothall.Tests.Cases;

public class ClocksTests
{
    [Fact]
    public void A_stage_that_waits_for_the_person_stops_the_clock()
    {
        var waiting = Complaint().Do(March(3, 10), "ask-more");
        waiting.Case.StoppedAt.ShouldBe(March(3, 10));
        waiting.Case.Due.ShouldBeNull();
        waiting.Case.CloseBy.ShouldBe(Complaint().Case.CloseBy);
    }

    [Fact]
    public void Going_on_moves_the_deadline_by_the_working_time_that_the_clock_stood()
    {
        var before = Complaint().Case.CloseBy!.Value;
        var calendar = Complaint().Calendar;
        var on = Complaint().Do(March(3, 10), "ask-more").Do(March(10, 12), "clear", """{"handler": "Jo"}""");
        on.Case.StoppedAt.ShouldBeNull();
        // Five working days of eight hours, and two hours.
        on.Case.CloseBy.ShouldBe(calendar.Add(before, new Definitions.Period(42, Definitions.PeriodUnit.WorkingHours)).At);
        on.Case.StageDue.ShouldBe(March(24, 12));
    }

    [Fact]
    public void Waiting_over_a_weekend_costs_no_working_time() =>
        Complaint().Do(March(6, 17), "ask-more").Do(March(9, 9), "clear").Case.CloseBy.ShouldBe(Complaint().Case.CloseBy);

    [Fact]
    public void Asking_the_customer_stops_both_clocks_and_the_answer_starts_them_again()
    {
        var asked = Pothole().After(March(2, 12), HandleCase.AskCustomer(Pothole() with { Now = March(2, 12) }, "Which lane?", 30));
        asked.Case.StoppedAt.ShouldBe(March(2, 12));
        asked.Case.SortBy.ShouldBe(CouncilCase.NothingDue);
        var answered = HandleCase.Answer(asked with { Now = March(4, 12) }, "The left one").Value!.After;
        (answered.StoppedAt, answered.Question).ShouldBe((null, null));
        answered.CloseBy.ShouldBe(March(18, 10));
        answered.StageDue.ShouldBe(March(5, 10));
    }

    [Fact]
    public void Asking_twice_stops_the_clock_once()
    {
        var once = Pothole().After(March(2, 12), HandleCase.AskCustomer(Pothole() with { Now = March(2, 12) }, "Which lane?", 0));
        var twice = HandleCase.AskCustomer(once with { Now = March(3, 12) }, "Which end?", 0).Value!.After;
        (twice.StoppedAt, twice.Question).ShouldBe((March(2, 12), "Which end?"));
    }

    [Fact]
    public void An_answer_in_a_stage_that_waits_leaves_the_clock_stopped()
    {
        var waiting = Complaint().Do(March(3, 10), "ask-more");
        var asked = waiting.After(March(4, 10), HandleCase.AskCustomer(waiting with { Now = March(4, 10) }, "Which letter?", 0));
        HandleCase.Answer(asked with { Now = March(5, 10) }, "This one").Value!.After.StoppedAt.ShouldBe(March(3, 10));
    }

    [Fact]
    public void An_action_while_an_answer_is_waited_for_starts_the_clock_and_drops_the_question()
    {
        var asked = Pothole().After(March(2, 12), HandleCase.AskCustomer(Pothole() with { Now = March(2, 12) }, "Which lane?", 0));
        var on = asked.Do(March(4, 12), "order-repair").Case;
        (on.StoppedAt, on.Question, on.CloseBy).ShouldBe((null, null, March(18, 10)));
    }

    [Fact]
    public void A_stop_before_the_close_counts_for_closed_in_time()
    {
        var asked = Pothole().After(March(2, 12), HandleCase.AskCustomer(Pothole() with { Now = March(2, 12) }, "Which lane?", 0));
        asked.Take(March(17, 9), "not-ours").Told<CaseClosed>().InTime.ShouldBeTrue();
        Pothole().Take(March(17, 9), "not-ours").Told<CaseClosed>().InTime.ShouldBeFalse();
    }

    [Fact]
    public void Nothing_is_due_where_the_calendar_ends()
    {
        var far = Pothole().Case with { Received = NodaTime.Instant.FromUtc(2035, 1, 1, 0, 0) };
        Clocks.Due(Pothole().Definition.Work.CloseWithin, far.Decided, Pothole().Calendar, far.Received).ShouldBeNull();
    }
}
