using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Journeys;
using Moothall.Notifications;
using Moothall.Store;
using Moothall.Tests.Council;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Journeys;

public class FollowInsteadTests
{
    const string Where = "\"High Street, Wallingford\"";
    const string Bob = "bob@mail.example";

    static async Task<(Draft Draft, string Reference, string CaseId)> Begin(OpenHouse house)
    {
        var reference = (await house.Submit(await house.BeginWhole())).Value!.Reference;
        var draft = await house.Begin(("where", Where));
        var place = (LocationAnswer)AnswersJson.Read(house.House.Services.Find("report-a-pothole")!.Definition, draft.AnswersJson)["where"]!;
        var near = await house.Database.Read(s => CasePlaces.Near(s, house.House.Services, draft.Service, place, house.House.Council.Places.StreetOf(place), 50, "en"));
        return (draft, reference, near.ShouldHaveSingleItem().Id);
    }

    static Task<Result<Follower>> Follow(OpenHouse house, Draft draft, string caseId, string email = Bob) =>
        house.Database.Commit(unit => FollowInstead.Follow(unit, house.House, draft.Id, caseId, email, house.Today()));

    static Task<List<string>> Mails(OpenHouse house, string kind) => house.Database.Read(s => s.Query($"select plain from message where kind = {kind} order by number", row => row.Text(0)));

    [Theory, BothDatabases]
    public async Task Following_ends_the_journey_as_designed_once_and_makes_no_case(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var (draft, reference, caseId) = await Begin(house);
        var follower = (await Follow(house, draft, caseId)).Value!;
        follower.Reference.ShouldBe(reference);
        (await Follow(house, draft, caseId)).Value!.Id.ShouldBe(follower.Id);
        (await house.Log(Draft.Stream(draft.Id))).ShouldBe(["journey.started", "journey.ended"]);
        var ended = await house.Database.Read(s => s.First($"select data from event where stream = {Draft.Stream(draft.Id)} and type = 'journey.ended'", row => row.Text(0)));
        ended.ShouldNotBeNull().ShouldContain("\"how\":\"exit\"");
        ended!.ShouldContain("\"exit\":\"followed\"");
        ended!.ShouldNotContain(Bob);
        (await house.Count("council_case")).ShouldBe(1);
        (await Mails(house, "following")).ShouldHaveSingleItem().ShouldContain("/following/" + house.House.Codes.ForFollower(follower.Id));
    }

    [Theory, BothDatabases]
    public async Task Who_followed_can_send_their_own_after_all_as_another_journey(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var (draft, _, caseId) = await Begin(house);
        await Follow(house, draft, caseId);
        var own = (await house.Save(draft.Id, "where", Where)).Value!.Draft;
        own.Id.ShouldNotBe(draft.Id);
        own.IsOpen.ShouldBeTrue();
    }

    [Theory, BothDatabases]
    public async Task A_follower_sees_the_stages_and_is_told_of_them_until_they_stop(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var (draft, reference, caseId) = await Begin(house);
        var follower = (await Follow(house, draft, caseId)).Value!;
        var code = house.House.Codes.ForFollower(follower.Id);
        var tell = new TellFollowers(house.House);
        var amara = Tokens.CallerFor(ExampleCouncil.Files, "amara-okafor");
        var at = (await house.Database.Read(s => CaseQueries.Find(s, reference)))!;
        Task<Result<CouncilCase>> Act(string action, params (string, string)[] values) => house.Database.Commit(unit => CaseActions.Act(unit, house.House.Services, house.House.Council, new ActOnCase
        {
            Reference = reference, Action = action, SeenVersion = at.Version, By = amara, Answers = (_, _) => (Answers.None, []), Values = values.ToDictionary(v => v.Item1, v => v.Item2),
        }, house.House.Now));
        at = (await Act("ask-customer", ("question", "Which lane?"))).Value!;
        at = (await Act("inspect")).Value!;
        var (_, progress) = (await house.Database.Read(s => Followers.Open(s, house.House.Services, code, "en", house.House.Now))).ShouldNotBeNull();
        progress.Now.ShouldBe("An inspector is going to look at it.");
        progress.History.Select(l => l.What).ShouldBe(["We got it.", "An inspector is going to look at it."]);

        // The service tells of the repair, not of each step before it.
        LogEvent Advanced(string action, string from, string to) => new(default, "case/" + reference, at.Version, "case.advanced", 1, house.House.Now, false, EventJson.ToLog(
            new CaseAdvanced("report-a-pothole", "wessex", "web", action, from, to, "streets", "wessex-highways", true, null, Actor.Worker, 0, false), house.House.Now).Json);
        tell.Recipients(Advanced("inspect", "triage", "inspection")).ShouldBeEmpty();
        amara = Tokens.CallerFor(ExampleCouncil.Files, "sian-prydderch");
        at = (await Act("raise-repair")).Value!;
        var repair = Advanced("raise-repair", "inspection", "repair");
        tell.Recipients(repair).ShouldBe(["followers"]);
        for (var attempt = 1; attempt <= 2; attempt++)
            (await house.Database.Commit(unit => tell.Write(unit, [new DueEffect(1, repair, "followers", tell.Kind, attempt)]))).ShouldHaveSingleItem().State.ShouldBe(EffectState.Done);
        (await Mails(house, "follow-news")).ShouldHaveSingleItem();
        // A copy of what the council holds about whoever reported it says nothing of those who follow.
        var administrator = Tokens.CallerFor(ExampleCouncil.Files, "fatima-al-sayed");
        var copy = (await Moothall.Records.PersonRecords.Open(house.House, [reference], administrator, AuditKinds.CopiedForPerson)).Value.ShouldNotBeNull().ShouldHaveSingleItem();
        copy.Messages.ShouldAllBe(m => m.Kind != "follow-news" && m.Address != follower.Email);

        await house.Database.Commit(unit => Followers.Stop(unit, follower.Id));
        (await house.Database.Read(s => Followers.Open(s, house.House.Services, code, "en", house.House.Now))).ShouldBeNull();
        (await house.Count("case_follower")).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task A_case_that_closed_meanwhile_cannot_be_followed(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var (draft, reference, caseId) = await Begin(house);
        await house.Database.Commit(unit => ResidentActs.Withdraw(unit, house.House.Services, house.House.Council, reference, null, house.House.Now));
        (await Follow(house, draft, caseId)).Refusal!.Why.ShouldStartWith("That one is closed now");
        (await house.Draft(draft.Id))!.IsOpen.ShouldBeTrue();
    }
}
