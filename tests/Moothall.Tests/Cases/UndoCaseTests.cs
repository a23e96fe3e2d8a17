using Moothall.Cases;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;
using static Moothall.Tests.Cases.Situations;

namespace Moothall.Tests.Cases;

public class UndoCaseTests
{
    [Theory, BothDatabases]
    public async Task What_was_undone_is_as_if_it_had_never_been_in_the_case_and_in_every_figure_also_after_a_replay(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect, "report-graffiti");
        var at = await house.Pothole();
        await house.Pothole();
        var figures = await house.Figures();
        foreach (var (action, values) in new (string, (string, string)[])[]
        {
            ("assign", [("to", "amara-okafor")]), ("move", [("team", "wessex-highways")]), ("move", [("service", "report-graffiti")]), ("withdraw", []), ("inspect", []), ("order-repair", []),
        })
        {
            var before = await house.Now(at.Reference);
            var done = (await house.Act(before, action, values: values)).Value.ShouldNotBeNull(action);
            (await house.Figures()).ShouldNotBe(figures, action);
            house.Clock.Now += Duration.FromSeconds(20);
            var undone = (await house.Undo(done)).Value.ShouldNotBeNull(action);
            (undone with { Version = before.Version, Decided = before.Decided }).ShouldBe(before, action);
            undone.Decided.ShouldBe(before.Decided);
            (await house.Now(at.Reference) with { Decided = undone.Decided }).ShouldBe(undone, action);
            (await house.Figures()).ShouldBe(figures, action);
            (await house.Database.Read(s => UndoCase.WasUndone(s, at.Reference, done.Version))).ShouldBeTrue();
            (await house.Database.Read(s => UndoCase.WasUndone(s, at.Reference, undone.Version))).ShouldBeFalse();
        }
        foreach (var projection in House.Projections()) await Replay.Run(house.Database, projection, null, TestContext.Current.CancellationToken);
        (await house.Said()).ShouldBe(figures);
    }

    [Fact]
    public async Task After_a_minute_nothing_is_taken_back()
    {
        await using var house = await OpenHouse.Open(Dialect.Sqlite);
        var done = (await house.Act(await house.Pothole(), "withdraw")).Value!;
        house.Clock.Now += UndoCase.Window;
        (await house.Undo(done)).Why().ShouldContain("The minute for undoing this is over");
        (await house.Database.Read(s => UndoCase.Find(s, done, "tomasz-zielinski", house.House.Now))).ShouldBeNull();
        (await house.Now(done.Reference)).IsOpen.ShouldBeFalse();
    }

    [Fact]
    public async Task What_others_did_since_stands_on_it_so_it_stays()
    {
        await using var house = await OpenHouse.Open(Dialect.Sqlite);
        var done = (await house.Act(await house.Pothole(), "assign", values: ("to", "amara-okafor"))).Value!;
        await house.Act(done, "note", DeskStory.Amara, "Rang them.");
        (await house.Undo(done)).Why().ShouldContain("Something was done with this case since");
        (await house.Now(done.Reference)).Assigned.ShouldBe("amara-okafor");
    }

    [Fact]
    public async Task Nobody_takes_back_what_somebody_else_did()
    {
        await using var house = await OpenHouse.Open(Dialect.Sqlite);
        var done = (await house.Act(await house.Pothole(), "assign", values: ("to", "amara-okafor"))).Value!;
        (await house.Undo(done, DeskStory.Amara)).Why().ShouldContain("not something that you did");
        (await house.Undo(done)).IsDone.ShouldBeTrue();
        (await house.Undo(done)).IsDone.ShouldBeFalse();
    }

    [Fact]
    public async Task The_customer_never_reads_of_what_was_taken_back()
    {
        await using var house = await OpenHouse.Open(Dialect.Sqlite);
        var at = await house.Pothole();
        await house.Undo((await house.Act(at, "withdraw")).Value!);
        var code = house.House.Codes.For(at.Reference, 1);
        var progress = (await house.Database.Read(s => CaseQueries.Track(s, house.House.Services, house.House.Codes, at.Reference, code, "en", house.House.Now)))!;
        progress.History.Select(h => h.What).ShouldBe(["We got it."]);
        progress.Case.IsOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task What_a_move_took_out_of_ones_hands_can_be_taken_back()
    {
        await using var house = await OpenHouse.Open(Dialect.Sqlite);
        var moved = (await house.Act(await house.Pothole(), "move", DeskStory.Amara, values: ("team", "wessex-highways"))).Value!;
        (await house.Undo(moved, DeskStory.Amara)).Value!.Team.ShouldBe("streets");
    }

    [Fact]
    public async Task What_can_no_longer_be_undone_is_forgotten()
    {
        await using var house = await OpenHouse.Open(Dialect.Sqlite);
        await house.Act(await house.Pothole(), "withdraw");
        house.Clock.Now += Duration.FromHours(1);
        (await house.Database.Commit(unit => UndoCase.Forget(unit, house.House.Now))).ShouldBe(1);
        (await house.Count("case_undo")).ShouldBe(0);
    }
}
