using Moothall.Cases;
using Moothall.Identity;
using Moothall.Store;
using Moothall.Tests.Council;
using Moothall.Tests.Journeys;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Cases;

/// <summary>The link with which somebody asks for the same again opens their answers, for as long as that is of use.</summary>
public class EarlierCaseTests
{
    const string Garden = "subscribe-to-garden-waste";
    const string Given = """{"place": "home", "home": {"line1": "19 Castle Street", "town": "Wallingford", "postcode": "OX10 8DL"}, "bins": 2, "more": 0, "you": {"name": "Ann Lee", "email": "ann@mail.example"}, "agree": true}""";

    static Task<EarlierCase?> Open(OpenHouse house, string reference, string code, string service = Garden) => house.Database.Read(session => EarlierCase.Open(session, house.House, service, reference, code));

    static async Task<CouncilCase> Received(OpenHouse house) =>
        (await house.Database.Commit(unit => CaseReceiving.Receive(unit, Situations.Command(ExampleServices.Definition(Garden), Given)))).Value.ShouldNotBeNull();

    static async Task<CouncilCase> Close(OpenHouse house, CouncilCase @case, string action) => (await house.Database.Commit(unit => CaseActions.Act(unit, house.House.Services, house.House.Council, new ActOnCase
    {
        Reference = @case.Reference, Action = action, SeenVersion = @case.Version, By = Tokens.CallerFor(ExampleCouncil.Files, "mohammed-rahman"), Answers = (_, _) => (Definitions.Answers.None, []),
    }, house.House.Now))).Value.ShouldNotBeNull();

    [Theory, BothDatabases]
    public async Task Only_its_own_code_opens_the_answers(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect, Garden);
        var @case = await Received(house);
        var code = house.House.Codes.ForAgain(@case.Reference, @case.LinkNumber);
        var earlier = (await Open(house, @case.Reference.ToLowerInvariant(), code.ToLowerInvariant())).ShouldNotBeNull();
        (earlier.Reference, earlier.AskedBy.Name).ShouldBe((@case.Reference, Garden));
        earlier.Answers["bins"].ShouldBe(new Definitions.NumberAnswer(2));

        (await Open(house, @case.Reference, house.House.Codes.For(@case.Reference, @case.LinkNumber))).ShouldBeNull("the code of the case is another");
        (await Open(house, @case.Reference, house.House.Codes.ForAgain(@case.Reference, @case.LinkNumber + 1))).ShouldBeNull();
        (await Open(house, @case.Reference, code, "report-a-pothole")).ShouldBeNull();
        (await Open(house, "GDN-0000-0000", code)).ShouldBeNull();
        (await Open(house, "", "")).ShouldBeNull();
    }

    [Theory, BothDatabases]
    public async Task It_opens_until_three_months_after_what_was_granted_ran_out(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect, Garden);
        var subscribed = await Close(house, await Received(house), "has-bins");
        var code = house.House.Codes.ForAgain(subscribed.Reference, subscribed.LinkNumber);
        house.Clock.Now = Instant.FromUtc(2027, 5, 30, 10, 0);
        (await Open(house, subscribed.Reference, code)).ShouldNotBeNull("it ran out on 1 March 2027");
        house.Clock.Now = Instant.FromUtc(2027, 5, 31, 10, 0);
        (await Open(house, subscribed.Reference, code)).ShouldBeNull();
    }

    [Theory, BothDatabases]
    public async Task Where_nothing_runs_out_it_ends_with_the_link_to_the_case(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect, Garden);
        var refused = await Close(house, await Received(house), "not-paid");
        var code = house.House.Codes.ForAgain(refused.Reference, refused.LinkNumber);
        house.Clock.Now = OpenHouse.Monday + TrackingCodes.LifeAfterClosing;
        (await Open(house, refused.Reference, code)).ShouldNotBeNull();
        house.Clock.Now += Duration.FromDays(1);
        (await Open(house, refused.Reference, code)).ShouldBeNull();
    }
}
