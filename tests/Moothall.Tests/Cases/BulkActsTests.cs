using Moothall.Cases;
using Moothall.Identity;
using Moothall.Store;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Cases;

public class BulkActsTests
{
    static BulkOrder Assign(string to) => new("assign", new Dictionary<string, string> { ["to"] = to }, null);

    static Task<Result<string>> Begin(OpenHouse house, BulkOrder order, IEnumerable<CouncilCase> cases, Caller? by = null) =>
        house.Database.Commit(unit => BulkActs.Begin(unit, house.House, order, [.. cases.Select(c => new BulkPick(c.Reference, c.Version))], by ?? DeskStory.Tomasz));

    static Task<Bulk?> Find(OpenHouse house, string id, string member = "tomasz-zielinski") => house.Database.Read(s => BulkActs.Find(s, id, member));

    [Theory, BothDatabases]
    public async Task Many_cases_are_done_and_one_that_changed_is_named_and_left(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var cases = new List<CouncilCase>();
        for (var i = 0; i < 4; i++) cases.Add(await house.Pothole());
        await house.Act(cases[2], "note", note: "Somebody else was here.");
        var id = (await Begin(house, Assign("amara-okafor"), cases)).Value!;
        var bulk = (await Find(house, id)).ShouldNotBeNull();
        (bulk.Done, bulk.Waiting, bulk.IsWhole).ShouldBe((3, 0, true));
        var failed = bulk.Lines.Single(l => l.State == "failed");
        failed.Reference.ShouldBe(cases[2].Reference);
        failed.Why!.ToString().ShouldContain("Somebody else changed this case");
        (await house.Now(cases[0].Reference)).Assigned.ShouldBe("amara-okafor");
        (await house.Now(cases[2].Reference)).Assigned.ShouldBeNull();
        (await Find(house, id, "amara-okafor")).ShouldBeNull();
    }

    [Theory, BothDatabases]
    public async Task Within_the_minute_all_of_it_is_taken_back_and_figures_are_as_before(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var cases = new[] { await house.Pothole(), await house.Pothole() };
        var figures = await house.Figures();
        var id = (await Begin(house, new BulkOrder("move", new Dictionary<string, string> { ["team"] = "wessex-highways" }, null), cases)).Value!;
        await house.Act(await house.Now(cases[1].Reference), "note", note: "Mine now.");
        var bulk = (await Find(house, id))!;
        var undone = await house.Database.Commit(unit => BulkActs.Undo(unit, house.House, bulk, [.. cases.Select(c => c.Reference)], DeskStory.Tomasz));
        undone.Count(l => l.State == "undone").ShouldBe(1);
        undone.Single(l => l.State == "done").Why!.ToString().ShouldContain("Something was done with this case since");
        (await house.Now(cases[0].Reference)).Team.ShouldBe("streets");
        (await house.Now(cases[1].Reference)).Team.ShouldBe("wessex-highways");
        (await house.Figures()).ShouldNotBe(figures);
    }

    [Fact]
    public async Task A_worker_does_it_to_their_own_cases_and_a_team_leader_to_all_of_the_team()
    {
        await using var house = await OpenHouse.Open(Dialect.Sqlite);
        var mine = (await house.Act(await house.Pothole(), "assign", DeskStory.Amara, values: ("to", "amara-okafor"))).Value!;
        var others = await house.Pothole();
        var note = new BulkOrder("note", new Dictionary<string, string>(), "Seen on the road.");
        var forecast = await house.Database.Read(s => BulkActs.Preview(s, house.House, note, [mine.Reference, others.Reference], DeskStory.Amara));
        forecast.Single(f => f.Case.Reference == mine.Reference).No.ShouldBeNull();
        forecast.Single(f => f.Case.Reference == others.Reference).No!.Why.ShouldContain("Ask its team leader");
        (await house.Database.Read(s => BulkActs.Preview(s, house.House, note, [mine.Reference, others.Reference], DeskStory.Tomasz))).ShouldAllBe(f => f.No == null);
        var bulk = (await Find(house, (await Begin(house, note, [mine, others], DeskStory.Amara)).Value!, "amara-okafor"))!;
        bulk.Lines.Single(l => l.State == "failed").Reference.ShouldBe(others.Reference);
    }

    [Fact]
    public async Task What_asks_questions_is_left_to_be_done_case_by_case()
    {
        await using var house = await OpenHouse.Open(Dialect.Sqlite);
        var one = await house.Pothole();
        var forecast = await house.Database.Read(s => BulkActs.Preview(s, house.House, new BulkOrder("not-ours", new Dictionary<string, string>(), null), [one.Reference], DeskStory.Tomasz));
        forecast.ShouldHaveSingleItem().No!.Why.ShouldContain("Do it case by case");
    }

    [Theory, BothDatabases]
    public async Task More_than_a_chunk_goes_on_by_itself_and_the_order_is_gone_after_a_day(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var cases = new List<CouncilCase>();
        for (var i = 0; i < Bulk.Chunk + 3; i++) cases.Add(await house.Pothole());
        var id = (await Begin(house, Assign("amara-okafor"), cases)).Value!;
        (await Find(house, id))!.Waiting.ShouldBe(3);
        var work = new BulkWork(house.House);
        await house.Database.Commit(unit => work.Handle(unit, id + "/1", house.House.Now));
        (await Find(house, id))!.Done.ShouldBe(cases.Count);
        await house.Database.Commit(unit => work.Handle(unit, id + "/1", house.House.Now));
        (await house.Now(cases[0].Reference)).Version.ShouldBe(2);
        await house.Database.Commit(unit => work.Handle(unit, id + "/end", house.House.Now));
        (await Find(house, id)).ShouldNotBeNull();
        house.Clock.Now += Bulk.Life;
        await house.Database.Commit(unit => work.Handle(unit, id + "/end", house.House.Now));
        (await Find(house, id)).ShouldBeNull();
        (await house.Count("bulk_case")).ShouldBe(0);
    }

    [Fact]
    public async Task More_than_the_most_is_refused()
    {
        await using var house = await OpenHouse.Open(Dialect.Sqlite);
        (await Begin(house, Assign("amara-okafor"), [])).Why().ShouldContain("between 1 and 500");
    }
}
