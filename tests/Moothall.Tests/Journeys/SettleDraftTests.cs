using Moothall.Journeys;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Journeys;

public class SettleDraftTests
{
    static Task Settle(OpenHouse house, string draft) =>
        house.Database.Commit(unit => new SettleDraft(house.House.Services, house.Clock).Handle(unit, draft, house.Clock.Now));

    [Theory, BothDatabases]
    public async Task A_draft_idle_for_28_days_counts_as_left_and_goes_with_its_files(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var photo = FileStore.NewId();
        await house.Database.Commit(unit => FileStore.Add(unit, photo, null, "photo.jpg", "jpeg", new byte[] { 1 }));
        var draft = await house.BeginWhole($"\"{photo}\"");
        var due = await house.Database.Read(s => s.First($"select due from timer where kind = {Draft.Timer} and key = {draft.Id}", row => row.Instant(0)));
        due.ShouldBe(OpenHouse.Monday + Duration.FromDays(28));

        house.Clock.Now = due;
        await Settle(house, draft.Id);
        (await house.Log(Draft.Stream(draft.Id))).ShouldBe(["journey.started", "journey.ended"]);
        var ended = await house.Database.Read(s => s.First($"select data from event where type = 'journey.ended'", row => row.Text(0)));
        ended.ShouldNotBeNull().ShouldContain("\"how\":\"abandoned\"");
        ended.ShouldContain("\"lastQuestion\":\"you\"");
        (await house.Draft(draft.Id)).ShouldBeNull();
        (await house.Database.Read(s => FileStore.Find(s, photo))).ShouldBeNull();
        await Settle(house, draft.Id);
        (await house.Log(Draft.Stream(draft.Id))).Count.ShouldBe(2);
    }

    [Theory, BothDatabases]
    public async Task A_draft_that_was_taken_up_again_waits_28_days_more(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var draft = await house.Begin(("where", "\"High Street, Wallingford\""));
        house.Clock.Now += Duration.FromDays(20);
        await house.Save(draft.Id, "size", "\"small\"");
        house.Clock.Now += Duration.FromDays(8);
        await Settle(house, draft.Id);
        (await house.Draft(draft.Id))!.IsOpen.ShouldBeTrue();
        (await house.Database.Read(s => s.First($"select due from timer where kind = {Draft.Timer} and key = {draft.Id}", row => row.Instant(0)))).ShouldBe(OpenHouse.Monday + Duration.FromDays(48));
    }

    [Theory, BothDatabases]
    public async Task A_draft_that_ended_goes_without_being_counted_again(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var sent = await house.BeginWhole();
        await house.Submit(sent);
        var exit = await house.Begin(("where", "\"M40 northbound, just after junction 7\""));
        house.Clock.Now += Draft.Life;
        foreach (var draft in new[] { sent, exit })
        {
            await Settle(house, draft.Id);
            (await house.Log(Draft.Stream(draft.Id))).ShouldBe(["journey.started", "journey.ended"]);
        }
        (await house.Count("draft")).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task The_timer_itself_settles_it(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        house.Clock.Now = await house.Database.Now() - Draft.Life - Duration.FromMinutes(1);
        var draft = await house.Begin(("where", "\"High Street, Wallingford\""));
        house.Clock.Now = await house.Database.Now();
        await using var readers = new ReaderHost(house.Database, [], [], [], house.House.Timers());
        await readers.Start();
        for (var i = 0; i < 200 && await house.Draft(draft.Id) is not null; i++) await Task.Delay(25, TestContext.Current.CancellationToken);
        (await house.Draft(draft.Id)).ShouldBeNull();
        (await house.Log(Draft.Stream(draft.Id))).ShouldBe(["journey.started", "journey.ended"]);
    }
}
