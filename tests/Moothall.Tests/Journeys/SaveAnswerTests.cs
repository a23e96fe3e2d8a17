using Moothall.Journeys;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Journeys;

public class SaveAnswerTests
{
    const string OnTheM40 = "\"M40 northbound, just after junction 7\"";
    const string InWallingford = "\"High Street, Wallingford\"";

    [Theory, BothDatabases]
    public async Task The_first_good_answer_begins_the_journey_and_a_look_does_not(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        (await house.Database.Read(s => Drafts.Find(s, Draft.NewId(), "report-a-pothole"))).ShouldBeNull();
        (await house.Count("draft")).ShouldBe(0);
        var begun = (await house.Save(null, "where", InWallingford)).Value!;
        begun.Walk.Next!.Name.ShouldBe("size");
        (begun.Draft.Version, begun.Draft.Revision, begun.Draft.Authority, begun.Draft.Device).ShouldBe((1, 1, "wessex", "phone"));
        (await house.Log(Draft.Stream(begun.Draft.Id))).ShouldBe(["journey.started"]);
        (await house.Draft(begun.Draft.Id)).ShouldBe(begun.Draft);
        (await house.Save(begun.Draft.Id, "size", "\"large\"")).Value!.Walk.Next!.Name.ShouldBe("deep");
        (await house.Log(Draft.Stream(begun.Draft.Id))).ShouldBe(["journey.started"]);
    }

    [Theory, BothDatabases]
    public async Task A_question_that_is_not_asked_yet_cannot_be_answered(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        (await house.Save(null, "size", "\"large\"")).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
        (await house.Count("draft")).ShouldBe(0);
        (await house.Database.Read(s => s.Number($"select count(*) from event where type = 'journey.started'"))).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task Two_pages_saved_at_once_both_count(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var draft = await house.BeginWhole();
        await Task.WhenAll(house.Save(draft.Id, "deep", "false"), house.Save(draft.Id, "you", "null"));
        var now = (await house.Draft(draft.Id))!;
        now.Revision.ShouldBe(7);
        now.AnswersJson.ShouldContain("\"deep\":false");
        now.AnswersJson.ShouldContain("\"you\":null");
        now.Corrected.ShouldBe(2);
    }

    [Theory, BothDatabases]
    public async Task A_designed_end_counts_once_however_often_it_is_sent(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var ended = (await house.Save(null, "where", OnTheM40)).Value!;
        ended.Walk.Exit!.Name.ShouldBe("motorway");
        ended.Draft.How.ShouldBe("exit");
        var again = (await house.Save(ended.Draft.Id, "where", OnTheM40)).Value!;
        again.Draft.ShouldBe(await house.Draft(ended.Draft.Id));
        (await house.Log(Draft.Stream(ended.Draft.Id))).ShouldBe(["journey.started", "journey.ended"]);
        (await house.Count("draft")).ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task Another_answer_after_a_designed_end_begins_another_journey(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var ended = (await house.Save(null, "where", OnTheM40)).Value!;
        var other = (await house.Save(ended.Draft.Id, "where", InWallingford)).Value!;
        other.Draft.Id.ShouldNotBe(ended.Draft.Id);
        other.Draft.IsOpen.ShouldBeTrue();
        (await house.Log(Draft.Stream(other.Draft.Id))).ShouldBe(["journey.started"]);
        (await house.Log(Draft.Stream(ended.Draft.Id))).ShouldBe(["journey.started", "journey.ended"]);
    }

    [Theory, BothDatabases]
    public async Task Files_go_on_with_a_journey_that_goes_on_after_a_designed_end(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var source = ExampleServices.Source("report-a-pothole").Replace("when: where.road is motorway", "when: photo is answered and size is large", StringComparison.Ordinal);
        await house.Database.Commit(unit => PublishService.Publish(unit, ExampleServices.FromText(source), source, OpenHouse.Monday, "a test"));
        await house.House.Services.Refresh();
        var photo = FileStore.NewId();
        await house.Database.Commit(unit => FileStore.Add(unit, photo, null, "photo.jpg", "jpeg", new byte[] { 1 }));
        var ended = await house.Begin(("where", InWallingford), ("size", "\"large\""), ("deep", "true"), ("photo", $"\"{photo}\""));
        ended.How.ShouldBe("exit");
        var on = (await house.Save(ended.Id, "size", "\"small\"")).Value!.Draft;
        (await house.Database.Read(s => FileStore.Find(s, photo)))!.Owner.ShouldBe(UploadFile.OwnerOf(on.Id));
        on = (await house.Save(on.Id, "you", "null")).Value!.Draft;
        (await house.Submit(on)).IsDone.ShouldBeTrue();
    }

    [Theory, BothDatabases]
    public async Task A_file_of_somebody_else_cannot_be_named(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var draft = await house.Begin(("where", InWallingford), ("size", "\"small\""));
        foreach (var owner in new[] { "case/POT-0000-0000", UploadFile.OwnerOf(Draft.NewId()) })
        {
            var photo = FileStore.NewId();
            await house.Database.Commit(unit => FileStore.Add(unit, photo, owner, "photo.jpg", "jpeg", new byte[] { 1 }));
            (await house.Save(draft.Id, "photo", $"\"{photo}\"")).Refusal!.Faults.ShouldHaveSingleItem().Message.ShouldBe("A file that you sent is not there any more. Upload it again");
            (await house.Database.Read(s => FileStore.Find(s, photo)))!.Owner.ShouldBe(owner);
        }
        (await house.Draft(draft.Id))!.Revision.ShouldBe(2);
    }

    [Theory, BothDatabases]
    public async Task A_draft_that_is_gone_begins_again_under_another_id(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var draft = await house.Begin(("where", InWallingford));
        house.Clock.Now += Draft.Life;
        await house.Database.Commit(unit => new SettleDraft(house.House.Services, house.Clock).Handle(unit, draft.Id, house.Clock.Now));
        var again = (await house.Save(draft.Id, "where", InWallingford)).Value!.Draft;
        again.Id.ShouldNotBe(draft.Id);
        (await house.Log(Draft.Stream(again.Id))).ShouldBe(["journey.started"]);
    }

    [Fact]
    public async Task The_log_does_not_hold_the_secret_of_a_draft()
    {
        await using var house = await OpenHouse.Open(Dialect.Sqlite);
        var draft = await house.BeginWhole();
        await house.Submit(draft);
        var log = await house.Database.Read(s => s.Query($"select stream, data from event", row => row.Text(0) + row.Text(1)));
        foreach (var secret in new[] { draft.Id, "Ann", "Wallingford" }) log.ShouldAllBe(line => !line.Contains(secret));
    }
}
