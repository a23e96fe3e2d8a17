using Moothall.Cases;
using Moothall.Identity;
using Moothall.Store;
using Moothall.Tests.Council;
using NodaTime;
using Shouldly;
using Xunit;
using static Moothall.Tests.Cases.DeskStory;

namespace Moothall.Tests.Cases;

/// <summary>An email to a contractor leaves when the minute for taking it back is over; taken back, nobody gets it and the cases are as if it had never been.</summary>
public class ContractorListTests
{
    static async Task<Bulk> Send(OpenHouse house, params CouncilCase[] cases)
    {
        var contractor = house.House.Council.Contractors.Single(c => c.Id == "thameside-surfacing");
        var id = (await house.Database.Commit(unit => ContractorList.Send(unit, house.House, contractor, [.. cases.Select(c => new BulkPick(c.Reference, c.Version))], new HashSet<string>(), Tomasz))).Value.ShouldNotBeNull();
        return await Order(house, id);
    }

    static async Task<Bulk> Order(OpenHouse house, string id) => (await house.Database.Read(s => BulkActs.Find(s, id, Tomasz.Id))).ShouldNotBeNull();

    static Task<Result<int>> TakeBack(OpenHouse house, Bulk bulk, Caller? by = null) => house.Database.Commit(unit => ContractorList.TakeBack(unit, house.House, bulk, by ?? Tomasz));

    [Theory, BothDatabases]
    public async Task Within_the_minute_it_is_taken_back_with_all_its_cases_whatever_happened_to_them_since(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var (one, two) = (await house.Pothole(), await house.Pothole());
        var figures = await house.Figures();
        var bulk = await Send(house, one, two);
        (await house.Database.Read(s => s.First($"select next_try from message", row => row.Instant(0)))).ShouldBe(house.House.Now + UndoCase.Window);
        (await house.Figures()).ShouldNotBe(figures);
        await house.Act(await house.Now(two.Reference), "note", Amara, "The owner rang.");
        var noted = (await CaseOf(house, two)).History;
        house.Clock.Now += Duration.FromSeconds(59);
        var last = (await CaseOf(house, one)).History[^1];
        (await house.Database.Read(s => ContractorList.Undoable(s, last, one.Reference, Tomasz.Id, house.House.Now))).ShouldBe(bulk.Id);
        (await TakeBack(house, bulk, Amara)).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
        (await TakeBack(house, bulk)).Value.ShouldBe(2);
        (await house.Count("message"), await house.Count("message_case")).ShouldBe((0, 0));
        (await Order(house, bulk.Id)).Lines.ShouldAllBe(l => l.State == "undone");
        (await house.Log("case/" + one.Reference)).ShouldBe(["case.received", "case.handled", "case.undone"]);
        var history = (await CaseOf(house, two)).History;
        history.Select(h => (h.Kind, h.Undoes)).ShouldBe([("received", null), ("sent", null), ("note", null), ("undone", noted[1].Version)]);
        (await TakeBack(house, await Order(house, bulk.Id))).Value.ShouldBe(0, "a second press changes nothing");
        var after = await house.Figures();
        foreach (var projection in House.Projections()) await Replay.Run(house.Database, projection, null, TestContext.Current.CancellationToken);
        (await house.Said()).ShouldBe(after);
    }

    static async Task<CaseFile> CaseOf(OpenHouse house, CouncilCase at) => (await house.Database.Read(s => CaseQueries.Whole(s, house.House.Services, at.Reference))).ShouldNotBeNull();

    [Theory, BothDatabases]
    public async Task Figures_forget_it(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var one = await house.Pothole();
        var figures = await house.Figures();
        var bulk = await Send(house, one);
        (await TakeBack(house, bulk)).IsDone.ShouldBeTrue();
        (await house.Figures()).ShouldBe(figures);
    }

    [Theory, BothDatabases]
    public async Task After_the_minute_or_when_it_has_left_it_stays(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var bulk = await Send(house, await house.Pothole());
        await house.Database.Commit(unit => unit.Execute($"update message set state = 'doing', attempts = 1"));
        (await TakeBack(house, bulk)).Why().ShouldContain("The minute for taking this email back is over");
        await house.Database.Commit(unit => unit.Execute($"update message set state = 'waiting', attempts = 0"));
        house.Clock.Now += UndoCase.Window;
        (await TakeBack(house, bulk)).Why().ShouldContain("The minute for taking this email back is over");
        (await house.Count("message")).ShouldBe(1);
        (await Order(house, bulk.Id)).Done.ShouldBe(1);
    }

    [Fact]
    public async Task Cases_of_two_councils_say_whose_each_is_and_whom_to_ring()
    {
        await using var house = await OpenHouse.Open(Dialect.Sqlite);
        var (wessex, mercia) = (await house.Pothole(), await house.Pothole(c => c with { Authority = ExampleCouncil.Files.FindAuthority("mercia")!, Offer = ExampleCouncil.Files.FindOffer("report-a-pothole", "mercia")! }));
        var contractor = house.House.Council.Contractors.Single(c => c.Id == "thameside-surfacing");
        var both = await ContractorList.Preview(house.House, contractor, [wessex.Reference, mercia.Reference], new HashSet<string>(), Tomasz, TestContext.Current.CancellationToken);
        foreach (var authority in new[] { "wessex", "mercia" }.Select(a => ExampleCouncil.Files.FindAuthority(a)!))
        {
            both.Mail.Subject!.ShouldContain(authority.Name);
            both.Text.ShouldContain($"- For: {authority.Name}");
            both.Text.ShouldContain($"{authority.Contact.Phone} ({authority.Name})");
        }
        var one = await ContractorList.Preview(house.House, contractor, [mercia.Reference], new HashSet<string>(), Tomasz, TestContext.Current.CancellationToken);
        one.Mail.Subject.ShouldBe("1 case from Mercia Council");
        one.Text.ShouldNotContain("- For:");
    }
}
