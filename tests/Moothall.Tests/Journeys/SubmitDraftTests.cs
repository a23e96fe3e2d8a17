using Moothall.Cases;
using Moothall.Journeys;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Journeys;

public class SubmitDraftTests
{
    [Theory, BothDatabases]
    public async Task Sending_makes_the_case_and_ends_the_draft_in_one(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var draft = await house.BeginWhole();
        house.Clock.Now += Duration.FromMinutes(3);
        var sent = (await house.Submit(draft)).Value!;
        sent.Case!.Authority.ShouldBe("wessex");
        sent.Case.Decided["priority"].ShouldBe("urgent");
        var ended = (await house.Draft(draft.Id))!;
        (ended.How, ended.Reference, ended.AnswersJson).ShouldBe(("submitted", sent.Reference, "{}"));
        (await house.Log(Draft.Stream(draft.Id))).ShouldBe(["journey.started", "journey.ended"]);
        (await house.Log("case/" + sent.Reference)).ShouldBe(["case.received"]);
    }

    [Theory, BothDatabases]
    public async Task Sending_twice_at_once_gives_one_case(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var photo = FileStore.NewId();
        await house.Database.Commit(unit => FileStore.Add(unit, photo, null, "photo.jpg", "jpeg", new byte[] { 1 }));
        var draft = await house.BeginWhole($"\"{photo}\"");
        var sent = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => house.Submit(draft)));
        sent.Select(s => s.Value.ShouldNotBeNull().Reference).Distinct().ShouldHaveSingleItem();
        sent.Count(s => s.Value!.Case is not null).ShouldBe(1);
        (await house.Count("council_case")).ShouldBe(1);
        (await house.Log(Draft.Stream(draft.Id))).ShouldBe(["journey.started", "journey.ended"]);
    }

    [Theory, BothDatabases]
    public async Task A_page_that_is_out_of_date_is_not_sent(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var shown = await house.BeginWhole();
        var changed = (await house.Save(shown.Id, "deep", "false")).Value!.Draft;
        (await house.Submit(shown)).Refusal!.Kind.ShouldBe(RefusalKind.Changed);
        (await house.Count("council_case")).ShouldBe(0);
        (await house.Submit(changed)).Value!.Case!.Decided["priority"].ShouldBe("routine");
    }

    [Theory, BothDatabases]
    public async Task What_is_no_longer_asked_is_dropped_when_it_is_sent(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var draft = await house.BeginWhole();
        draft = (await house.Save(draft.Id, "size", "\"small\"")).Value!.Draft;
        draft.AnswersJson.ShouldContain("deep", Case.Sensitive, "it is kept until sending, in case the person changes back");
        var sent = (await house.Submit(draft)).Value!;
        var kept = await house.Database.Read(s => s.First($"select answers from case_answers where reference = {sent.Reference}", row => row.Text(0)));
        kept.ShouldNotBeNull().ShouldNotContain("deep");
        sent.Case!.Decided["priority"].ShouldBe("routine");
    }

    [Theory, BothDatabases]
    public async Task Files_go_from_the_draft_to_the_case(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var (used, left) = (FileStore.NewId(), FileStore.NewId());
        await house.Database.Commit(async unit =>
        {
            await FileStore.Add(unit, used, null, "photo.jpg", "jpeg", new byte[] { 1 });
            await FileStore.Add(unit, left, null, "photo.jpg", "jpeg", new byte[] { 2 });
        });
        var draft = await house.BeginWhole($"\"{left}\"");
        draft = (await house.Save(draft.Id, "photo", $"\"{used}\"")).Value!.Draft;
        (await house.Database.Read(s => FileStore.Find(s, used)))!.Owner.ShouldBe(UploadFile.OwnerOf(draft.Id));
        var sent = (await house.Submit(draft)).Value!;
        (await house.Database.Read(s => FileStore.Find(s, used)))!.Owner.ShouldBe("case/" + sent.Reference);
        (await house.Database.Read(s => FileStore.Find(s, left)))!.Owner.ShouldBe(UploadFile.OwnerOf(draft.Id));
        house.Clock.Now += Draft.Life;
        await house.Database.Commit(unit => new SettleDraft(house.House.Services, house.Clock).Handle(unit, draft.Id, house.Clock.Now));
        (await house.Database.Read(s => FileStore.Find(s, left))).ShouldBeNull();
        (await house.Database.Read(s => FileStore.Find(s, used))).ShouldNotBeNull();
    }

    [Theory, BothDatabases]
    public async Task A_file_that_went_away_is_told_and_the_answers_stay(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var photo = FileStore.NewId();
        await house.Database.Commit(unit => FileStore.Add(unit, photo, null, "photo.jpg", "jpeg", new byte[] { 1 }));
        var draft = await house.BeginWhole($"\"{photo}\"");
        await house.Database.Commit(unit => FileStore.Delete(unit, [photo]));
        (await house.Submit(draft)).Refusal!.Why.ShouldBe("A file that you sent is not there any more. Upload it again.");
        (await house.Draft(draft.Id)).ShouldBe(draft);
    }

    [Theory, BothDatabases]
    public async Task A_day_that_has_passed_since_it_was_chosen_is_asked_again(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect, "book-a-bulky-waste-collection");
        string? id = null;
        foreach (var (question, answer) in new[]
        {
            ("home", """{"line1": "14 Ock Street", "town": "Wallingford", "postcode": "OX10 0AA"}"""), ("items", """["sofa"]"""), ("number", "1"), ("place", "\"front\""), ("day", "\"2026-03-06\""),
            ("you", """{"name": "Ann Lee", "email": "ann@mail.example"}"""), ("agree", "true"),
        })
            id = (await house.Save(id, question, answer, "book-a-bulky-waste-collection")).Value.ShouldNotBeNull(question).Draft.Id;
        var draft = (await house.Draft(id!))!;
        house.Clock.Now += Duration.FromDays(10);
        (await house.Submit(draft)).Refusal!.Faults.ShouldHaveSingleItem().Question.ShouldBe("day");
        draft = (await house.Save(id, "day", "\"2026-03-19\"", "book-a-bulky-waste-collection")).Value!.Draft;
        (await house.Submit(draft)).IsDone.ShouldBeTrue();
    }

    [Theory, BothDatabases]
    public async Task A_draft_that_is_not_complete_or_not_there_cannot_be_sent(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var draft = await house.Begin(("where", "\"High Street, Wallingford\""));
        (await house.Submit(draft)).Refusal!.Kind.ShouldBe(RefusalKind.Changed);
        (await house.Submit(draft with { Id = Draft.NewId() })).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
        var exit = await house.Begin(("where", "\"M40 northbound, just after junction 7\""));
        (await house.Submit(exit)).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
    }

    [Theory, BothDatabases]
    public async Task The_place_decides_whose_case_it_is_and_not_the_front_door(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var draft = await house.Begin(("where", "\"Outside 14 Ock Street, Abingdon\""), ("size", "\"small\""), ("photo", "null"), ("you", "null"));
        var sent = (await house.Submit(draft)).Value!;
        sent.Case!.Authority.ShouldBe("mercia");
        var ended = await house.Database.Read(s => s.First($"select data from event where type = 'journey.ended'", row => row.Text(0)));
        ended.ShouldNotBeNull().ShouldContain("\"startedAuthority\":\"wessex\"");
        (await house.Database.Read(s => CaseQueries.Find(s, sent.Reference)))!.Authority.ShouldBe("mercia");
    }
}
