using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Store;
using Moothall.Tests.Council;
using Moothall.Tests.Journeys;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Cases;

public class CasePlacesTests
{
    const double North = 51.60660, East = -1.24100;
    static readonly Caller Amara = Tokens.CallerFor(ExampleCouncil.Files, "amara-okafor");

    static LocationAnswer At(double metresNorth, double metresEast, string text = "") => new(text, North + metresNorth / 111_320, East + metresEast / (111_320 * Math.Cos(North * Math.PI / 180)),
        System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty);

    static LocationAnswer Words(string text) => new(text, null, null, System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty);

    static async Task<CouncilCase> Receive(OpenHouse house, LocationAnswer where)
    {
        var command = Situations.Command(ExampleServices.Definition("report-a-pothole"), Situations.Small);
        command = command with { Answers = command.Answers.With("where", where), Received = house.Clock.Now, Facts = command.Facts with { Street = house.House.Council.Places.StreetOf(where) } };
        return (await house.Database.Commit(unit => CaseReceiving.Receive(unit, command))).Value.ShouldNotBeNull();
    }

    static Task<IReadOnlyList<NearCase>> Near(OpenHouse house, LocationAnswer where, int metres = 50, string service = "report-a-pothole") =>
        house.Database.Read(s => CasePlaces.Near(s, house.House.Services, service, where, house.House.Council.Places.StreetOf(where), metres, "en"));

    static Task<Result<CouncilCase>> Act(OpenHouse house, CouncilCase at, string action, string? note = null) => house.Database.Commit(unit => CaseActions.Act(unit, house.House.Services, house.House.Council,
        new ActOnCase { Reference = at.Reference, Action = action, SeenVersion = at.Version, By = Amara, Note = note, Answers = (_, _) => (Answers.None, []) }, house.House.Now));

    [Theory, BothDatabases]
    public async Task Open_cases_within_the_distance_are_found_the_nearest_first(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        await Receive(house, At(0, 40));
        await Receive(house, At(-20, 0));
        await Receive(house, At(0, 60));
        var near = await Near(house, At(0, 0));
        near.Select(n => n.Metres).ShouldBe([20, 40]);
        near[0].Now.ShouldBe("We have your report and are reading it.");
        near[0].Received.ShouldBe(house.Clock.Now);
        (await Near(house, At(0, 0), 500)).Count.ShouldBe(3);
        (await Near(house, At(0, 0), service: "report-a-street-light")).ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task Every_point_round_about_is_found_wherever_the_squares_of_the_map_end(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        await Receive(house, At(0, 0));
        foreach (var metres in new[] { 5, 50, 500 })
            foreach (var (north, east) in from north in Enumerable.Range(-1, 3) from east in Enumerable.Range(-1, 3) where north == 0 || east == 0 select (north, east))
            {
                (await Near(house, At(north * (metres - 1), east * (metres - 1)), metres)).ShouldHaveSingleItem();
                if (north != 0 || east != 0) (await Near(house, At(north * (metres + 2), east * (metres + 2)), metres)).ShouldBeEmpty();
            }
    }

    [Theory, BothDatabases]
    public async Task Words_are_found_by_their_street_and_town(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        await Receive(house, Words("Outside 12 High Street, Wallingford"));
        (await Near(house, Words("high st Wallingford, by the bank"))).ShouldHaveSingleItem().Metres.ShouldBeNull();
        (await Near(house, Words("Wallingford"))).ShouldBeEmpty();
        (await Near(house, Words("High Street"))).ShouldBeEmpty();
        (await Near(house, Words("somewhere"))).ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task A_closed_case_is_not_shown_and_one_that_is_opened_again_is(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var at = await Receive(house, At(0, 0));
        at = (await Act(house, at, "withdraw")).Value!;
        (await Near(house, At(0, 0))).ShouldBeEmpty();
        (await Act(house, at, "reopen", "They rang again")).IsDone.ShouldBeTrue();
        (await Near(house, At(0, 0))).ShouldHaveSingleItem();
    }

    [Theory, BothDatabases]
    public async Task Where_a_case_lies_is_erased_with_it(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var at = await Receive(house, At(0, 0));
        await house.Database.Commit(unit => CasePlaces.Erase(unit, at.Reference));
        (await house.Count("case_place")).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_shown_names_neither_the_case_nor_the_person()
    {
        await using var house = await OpenHouse.Open(Dialect.Sqlite);
        var at = await Receive(house, At(0, 0, "Ann Lee's house"));
        var shown = (await Near(house, At(0, 0))).ShouldHaveSingleItem().ToString();
        shown.ShouldNotContain(at.Reference);
        shown.ShouldNotContain("Ann");
    }

    [Fact]
    public async Task Neither_look_goes_through_the_whole_table()
    {
        await using var house = await OpenHouse.Open(Dialect.Sqlite);
        foreach (var by in new[] { "cell in (select value from json_each('[\"1/2\"]'))", "street = 'x'" })
        {
            var plan = await house.Database.Read(s => s.Query(System.Runtime.CompilerServices.FormattableStringFactory.Create(
                $"explain query plan select p.id from case_place p join council_case c on c.reference = p.reference where p.status = 'open' and p.service = 'x' and p.{by} order by p.received desc limit 9"), row => row.Text(3)));
            plan.ShouldAllBe(line => !line.StartsWith("SCAN p") && !line.StartsWith("SCAN c"));
        }
    }

    [Theory, BothDatabases]
    public async Task Cases_from_before_places_were_noted_are_filled_in_by_portions_and_only_once(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var command = Situations.Command(ExampleServices.Definition("report-a-pothole"), Situations.Small);
        command = command with { Answers = command.Answers.With("where", At(0, 30)), Received = house.Clock.Now };
        var cases = new List<CouncilCase>();
        await house.Database.Commit(async unit =>
        {
            cases.Clear();
            for (var i = 0; i < FillPlaces.Portion + 20; i++) cases.Add((await CaseReceiving.Receive(unit, command)).Value.ShouldNotBeNull());
        });
        (await Act(house, cases[0], "withdraw", "Twice")).IsDone.ShouldBeTrue();
        await house.Database.Commit(unit => unit.Execute($"delete from case_place where reference <> {cases[1].Reference}"));
        (await Near(house, At(0, 0))).Count.ShouldBe(1);

        Task<long> Waiting() => house.Database.Read(s => s.Number($"select count(*) from timer where kind = {FillPlaces.Timer}"));
        async Task Turn() => await house.Database.Commit(async unit =>
        {
            await unit.CancelTimer(FillPlaces.Timer, "");
            await new FillPlaces(house.House).Handle(unit, "", house.Clock.Now);
        });
        (await Waiting()).ShouldBe(1, "the start of the program sets it");
        await Turn();
        (await house.Count("case_place")).ShouldBe(FillPlaces.Portion);
        (await Waiting()).ShouldBe(1);
        // Another node, or the same after it was stopped, goes on where this one was.
        var again = await House.Open(house.Database, house.House.Council, house.Clock);
        await house.Database.Commit(async unit => { await unit.CancelTimer(FillPlaces.Timer, ""); await new FillPlaces(again).Handle(unit, "", house.Clock.Now); });
        (await house.Count("case_place")).ShouldBe(FillPlaces.Portion + 20);
        (await Waiting()).ShouldBe(0);
        (await Near(house, At(0, 0))).Count.ShouldBe(CasePlaces.Most);
        (await house.Database.Read(s => s.First($"select status from case_place where reference = {cases[0].Reference}", row => row.Text(0)))).ShouldBe("closed");
        await House.Open(house.Database, house.House.Council, house.Clock);
        (await Waiting()).ShouldBe(0, "it is done for ever");
    }

    [Theory, BothDatabases]
    public async Task While_an_older_version_still_receives_cases_the_filling_goes_on_and_looks_once_more_when_it_has_gone(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        Node Called(string name, string tables) => new(name, "run-of-" + name, "0.1.0", tables, "files", default, default, true);
        foreach (var node in (Node[])[Called("old", "1"), Called("new", "2")]) (await Nodes.Enter(house.Database, node)).ShouldBeTrue();
        for (var i = 0; i < 3; i++) await Receive(house, At(0, 30 * i));
        await house.Database.Commit(unit => unit.Execute($"delete from case_place"));
        async Task<(bool Done, bool Waits)> Turn()
        {
            await house.Database.Commit(async unit =>
            {
                await unit.CancelTimer(FillPlaces.Timer, "");
                await new FillPlaces(house.House).Handle(unit, "", house.Clock.Now);
            });
            return (await house.Database.Read(s => s.First($"select done from filling where name = {"places"}", row => row.Bool(0))), await house.Database.Read(s => s.Number($"select count(*) from timer where kind = {FillPlaces.Timer}")) == 1);
        }
        (await Turn()).ShouldBe((false, true));
        (await house.Count("case_place")).ShouldBe(3);
        // What the older version receives: a case behind, and one whose transaction was still open when its number was passed.
        await Receive(house, At(0, 200));
        await house.Database.Commit(unit => unit.Execute($"delete from case_place where reference in (select reference from council_case where number in (2, 4))"));
        (await Turn()).ShouldBe((false, true));
        (await house.Count("case_place")).ShouldBe(3);
        await Nodes.Leave(house.Database, Called("old", "1"));
        (await Turn()).ShouldBe((false, true), "the last look begins");
        (await Turn()).ShouldBe((true, false));
        (await house.Count("case_place")).ShouldBe(4);
    }

    [Theory, BothDatabases]
    public async Task Staff_see_what_is_open_around_a_place_by_its_reference_and_how_far_it_is(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var here = await Receive(house, At(0, 0));
        var near = await Receive(house, At(120, 0));
        var nearer = await Receive(house, At(0, -40));
        await Receive(house, At(700, 0));
        var closed = await Receive(house, At(10, 0));
        await Act(house, closed, "withdraw");
        Task<IReadOnlyList<CaseAround>> Around(Caller by) => house.Database.Read(s => CasePlaces.Around(s, "report-a-pothole", North, East, 500, here.Reference, by));
        var around = await Around(DeskStory.Amara);
        around.Select(a => (a.Case.Reference, a.Metres)).ShouldBe([(nearer.Reference, 40), (near.Reference, 120)]);
        (await Around(DeskStory.Amara with { Authorities = System.Collections.Immutable.ImmutableHashSet<string>.Empty })).ShouldBeEmpty();
    }
}
