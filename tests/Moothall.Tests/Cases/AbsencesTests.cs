using Moothall.Cases;
using Moothall.Identity;
using Moothall.Store;
using Moothall.Tests.Council;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Cases;

public class AbsencesTests
{
    static readonly LocalDate Monday = new(2026, 3, 2);

    static Absence Week(string member = "amara-okafor", string? standIn = null) => new(member, Monday, Monday.PlusDays(4), standIn);

    static Result<Absence> Decide(Absence absence, Caller? by = null) => Absences.Decide(ExampleCouncil.Files, absence, by ?? DeskStory.Tomasz, Monday);

    [Fact]
    public void A_team_leader_marks_their_people_and_everybody_themselves()
    {
        Decide(Week(standIn: "tomasz-zielinski")).IsDone.ShouldBeTrue();
        Decide(Week(), DeskStory.Amara).IsDone.ShouldBeTrue();
        Decide(Week("tomasz-zielinski"), DeskStory.Amara).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
        Decide(Week("mohammed-rahman")).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
        Decide(Week("nobody-at-all")).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
    }

    [Fact]
    public void An_absence_makes_sense()
    {
        Decide(Week() with { Until = Monday.PlusDays(-1) }).Why().ShouldContain("same as or after");
        Decide(Week() with { From = Monday.PlusDays(-9), Until = Monday.PlusDays(-2) }).Why().ShouldContain("today or in the future");
        Decide(Week() with { Until = Monday.PlusYears(2) }).Why().ShouldContain("a year or shorter");
        Decide(Week(standIn: "amara-okafor")).Why().ShouldContain("somebody else");
        Decide(Week(standIn: "mohammed-rahman")).Why().ShouldContain("one of their teams");
    }

    [Theory, BothDatabases]
    public async Task Whoever_is_away_today_is_known_until_they_are_back(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        await house.Database.Commit(unit => Absences.Mark(unit, ExampleCouncil.Files, Week(), DeskStory.Tomasz, Monday, house.House.Now));
        await house.Database.Commit(unit => Absences.Mark(unit, ExampleCouncil.Files, Week(standIn: "tomasz-zielinski"), DeskStory.Tomasz, Monday, house.House.Now));
        (await house.Database.Read(s => Absences.On(s, "amara-okafor", Monday.PlusDays(4)))).ShouldBe(Week(standIn: "tomasz-zielinski"));
        (await house.Database.Read(s => Absences.On(s, "amara-okafor", Monday.PlusDays(5)))).ShouldBeNull();
        (await house.Database.Read(s => Absences.From(s, Monday))).ShouldHaveSingleItem();
        (await house.Database.Commit(unit => Absences.Remove(unit, ExampleCouncil.Files, "amara-okafor", Monday, DeskStory.Amara))).Value.ShouldBeTrue();
        (await house.Database.Read(s => Absences.From(s, Monday))).ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task Open_cases_of_somebody_are_counted_by_service(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        for (var i = 0; i < 2; i++) await house.Act(await house.Pothole(), "assign", values: ("to", "amara-okafor"));
        await house.Pothole();
        (await house.Database.Read(s => Absences.OpenByService(s, "amara-okafor"))).ShouldBe([("report-a-pothole", 2L)]);
        (await house.Database.Read(s => Absences.OpenCases(s, "amara-okafor", 1))).ShouldBe(1);
    }
}
