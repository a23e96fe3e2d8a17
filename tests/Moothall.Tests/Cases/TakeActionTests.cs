using Moothall.Cases;
using NodaTime;
using Shouldly;
using Xunit;
using static Moothall.Tests.Cases.Situations;

namespace Moothall.Tests.Cases;

public class TakeActionTests
{
    [Fact]
    public void An_action_leads_to_the_stage_with_its_own_team_and_time()
    {
        var change = Pothole(Deep).Take(March(2, 11), "inspect");
        (change.After.Stage, change.After.Team, change.After.Version).ShouldBe(("inspection", "wessex-highways", 2));
        change.After.StageDue.ShouldBe(March(2, 13));
        change.After.CloseBy.ShouldBe(March(16, 10));
        var told = change.Told<CaseAdvanced>();
        (told.From, told.To, told.FromTeam, told.ToTeam, told.HandOff, told.Returned, told.HandlingSeconds).ShouldBe(("triage", "inspection", "streets", "wessex-highways", true, false, 60));
    }

    [Fact]
    public void A_stages_time_goes_by_what_was_decided() => Pothole(Small).Take(March(2, 11), "inspect").After.StageDue.ShouldBe(March(5, 11));

    [Fact]
    public void A_case_handed_to_another_team_is_nobodys_there()
    {
        var assigned = Pothole() with { Case = Pothole().Case with { Assigned = "amara-okafor" } };
        assigned.Take(March(2, 11), "inspect").After.Assigned.ShouldBeNull();
        var stays = assigned.Take(March(2, 11), "order-repair");
        stays.After.Assigned.ShouldBe("amara-okafor");
        stays.Told<CaseAdvanced>().HandOff.ShouldBeFalse();
    }

    [Fact]
    public void Going_back_to_an_earlier_stage_counts_as_returned() =>
        Pothole().Do(March(2, 11), "order-repair").Take(March(2, 12), "inspect-again").Told<CaseAdvanced>().Returned.ShouldBeTrue();

    [Fact]
    public void Closing_gives_the_outcome_and_ends_the_times()
    {
        var change = Pothole().Take(March(3, 11), "not-ours", """{"finding": "A private road"}""");
        (change.After.Status, change.After.Outcome, change.After.Closed, change.After.StageDue, change.After.Due).ShouldBe(("closed", "not-ours", March(3, 11), null, null));
        change.After.SortBy.ShouldBe(March(3, 11));
        change.Entry.AnswersJson!.ShouldContain("A private road");
        change.Events[0].Json.ShouldNotContain("private");
        var told = change.Told<CaseClosed>();
        (told.Outcome, told.Stage, told.InTime, told.Duplicate).ShouldBe(("not-ours", "triage", true, false));
    }

    [Fact]
    public void A_case_closed_at_the_very_moment_is_in_time_and_a_moment_later_it_is_late()
    {
        Pothole().Take(March(16, 10), "not-ours").Told<CaseClosed>().InTime.ShouldBeTrue();
        Pothole().Take(March(16, 10) + Duration.Epsilon, "not-ours").Told<CaseClosed>().InTime.ShouldBeFalse();
    }

    [Fact]
    public void A_case_closed_as_told_before_counts_as_duplicate()
    {
        Pothole().Take(March(3, 9), "duplicate", """{"original": "POT-7F3K-92QX"}""").Told<CaseClosed>().Duplicate.ShouldBeTrue();
        Pothole().Take(March(3, 9), "duplicate", """{"original": null}""").Told<CaseClosed>().Duplicate.ShouldBeFalse();
    }

    [Fact]
    public void What_is_done_about_history_is_marked_imported()
    {
        (Pothole() with { Imported = true }).Take(March(2, 11), "inspect").Events[0].Imported.ShouldBeTrue();
        var closed = Pothole().Do(March(2, 11), "not-ours") with { Imported = true };
        ReopenCase.Decide(closed, "It was ours", 0).Value!.Events[0].Imported.ShouldBeTrue();
        HandleCase.Note(closed, "A note", 0).Value!.Events[0].Imported.ShouldBeTrue();
        WithdrawCase.Decide(Pothole() with { Imported = true }, null, 0).Value!.Events[0].Imported.ShouldBeTrue();
    }

    [Fact]
    public void An_action_of_another_stage_is_refused_with_the_stages_name() => TakeAction.Find(Pothole().Case, Pothole().Definition, "repaired").Why()
        .ShouldBe("“repaired” cannot be done at the stage “Read the report”. Look at the case again to see what can be done now.");

    [Fact]
    public void An_action_that_the_service_does_not_have_does_not_exist() =>
        TakeAction.Find(Pothole().Case, Pothole().Definition, "demolish").Refusal!.Kind.ShouldBe(RefusalKind.NotFound);

    [Fact]
    public void A_closed_case_allows_no_action()
    {
        var closed = Pothole().Do(March(2, 11), "not-ours");
        TakeAction.Find(closed.Case, closed.Definition, "inspect").Why().ShouldBe("This case is closed. Reopen it before you act on it.");
    }

    [Fact]
    public void Files_of_the_answers_go_to_the_case() =>
        Pothole().Do(March(2, 11), "order-repair").Take(March(4, 11), "repaired", """{"after": ["0123456789abcdefghjkmnpqrs"]}""").Files.ShouldBe(["0123456789abcdefghjkmnpqrs"]);
}
