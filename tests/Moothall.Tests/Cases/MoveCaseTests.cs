using Moothall.Cases;
using Moothall.Tests.Council;
using Moothall.Tests.Journeys;
using Shouldly;
using Xunit;
using static Moothall.Tests.Cases.Situations;

namespace Moothall.Tests.Cases;

public class MoveCaseTests
{
    static Result<CaseChange> ToLights(CaseSituation situation) => MoveCase.ToService(situation, ExampleServices.Definition("report-a-street-light"), 4,
        ExampleCouncil.Files.FindOffer("report-a-street-light", "wessex"), "It is a lamp", 20);

    [Fact]
    public void A_case_goes_to_another_team_of_its_authority()
    {
        var team = ExampleCouncil.Files.Teams["wessex-highways"];
        var moved = MoveCase.ToTeam(Pothole() with { Case = Pothole().Case with { Assigned = "amara-okafor" } }, team, null, 0);
        (moved.Value!.After.Team, moved.Value.After.Assigned, moved.Value.After.Stage).ShouldBe(("wessex-highways", null, "triage"));
        (moved.Told<CaseMoved>().FromTeam, moved.Told<CaseMoved>().ToTeam).ShouldBe(("streets", "wessex-highways"));
        MoveCase.ToTeam(Pothole(), ExampleCouncil.Files.Teams["mercia-highways"], null, 0).Why().ShouldBe("Choose a team that works for this council.");
        MoveCase.ToTeam(Pothole(), null, null, 0).Why().ShouldBe("Choose a team that works for this council.");
        MoveCase.ToTeam(Pothole(), ExampleCouncil.Files.Teams["streets"], null, 0).Why().ShouldBe("The case is with Streets already. Choose another team.");
    }

    [Fact]
    public void A_new_service_starts_at_its_first_stage_with_its_times_from_receipt()
    {
        var lights = ExampleServices.Definition("report-a-street-light");
        var moved = ToLights(Pothole(Deep) with { Now = March(4, 10) }).Value!.After;
        (moved.Service, moved.DefinitionVersion, moved.Stage).ShouldBe(("report-a-street-light", 4, lights.Work.Start));
        moved.Decided.Keys.ShouldBe(lights.Decide.Select(d => d.Name), ignoreOrder: true);
        moved.CloseBy.ShouldBe(Clocks.Due(lights.Work.CloseWithin, moved.Decided, Pothole().Calendar, Monday));
        moved.StageDue.ShouldBe(Clocks.Due(lights.Work.FindStage(lights.Work.Start)!.Within, moved.Decided, Pothole().Calendar, March(4, 10)));
    }

    [Fact]
    public void Time_that_the_clock_stood_before_the_move_is_not_lost()
    {
        var asked = Pothole().After(March(2, 12), HandleCase.AskCustomer(Pothole() with { Now = March(2, 12) }, "Is it the lamp?", 0));
        var without = ToLights(Pothole()).Value!.After.CloseBy!.Value;
        var moved = ToLights(asked with { Now = March(4, 12) }).Value!.After;
        (moved.StoppedAt, moved.Question).ShouldBe((null, null));
        moved.CloseBy.ShouldBe(Pothole().Calendar.Add(without, new Definitions.Period(2, Definitions.PeriodUnit.WorkingDays)).At);
    }

    [Fact]
    public void A_service_that_is_not_offered_is_refused()
    {
        MoveCase.ToService(Pothole(), ExampleServices.Definition("report-a-street-light"), 1, null, null, 0).Why().ShouldBe("Choose a service that this council offers.");
        MoveCase.ToService(Pothole(), Pothole().Definition, 1, Pothole().Offer, null, 0).Why().ShouldBe("The case is with this service already. Choose another service.");
        ToLights(Pothole().Do(March(2, 11), "not-ours")).Why().ShouldBe("This case is closed. Reopen it before you move it.");
    }
}
