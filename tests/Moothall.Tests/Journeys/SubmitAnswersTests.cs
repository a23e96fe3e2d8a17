using Moothall.Cases;
using Moothall.Journeys;
using Moothall.Store;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Journeys;

public class SubmitAnswersTests
{
    static SubmitAnswers Command(OpenHouse house, string answers) => new()
    {
        Published = house.House.Services.Find("report-a-pothole")!, Answers = ExampleServices.Definition("report-a-pothole").Answers(answers), Asked = house.House.Council.Authorities[0], Channel = "api",
        Received = OpenHouse.Monday, By = Actor.Program,
    };

    [Theory, BothDatabases]
    public async Task All_answers_at_once_make_a_case_and_no_journey(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var command = Command(house, """{"where": "Outside 14 Ock Street, Abingdon", "size": "large", "deep": true, "you": {"name": "Ann Lee", "email": "ann@mail.example"}}""");
        var made = (await house.Database.Commit(unit => command.Submit(unit, house.House.Council))).Value.ShouldNotBeNull();
        (made.Authority, made.Channel, made.Decided["priority"]).ShouldBe(("mercia", "api", "urgent"));
        (await house.Log("case/" + made.Reference)).ShouldBe(["case.received"]);
        (await house.Database.Read(s => s.Number($"select count(*) from event where type like 'journey%'"))).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task The_same_key_in_flight_several_times_with_a_file_makes_one_case(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var photo = FileStore.NewId();
        await house.Database.Commit(unit => FileStore.Add(unit, photo, null, "photo.jpg", "jpeg", new byte[] { 1 }));
        var command = Command(house, $$"""{"where": "High Street, Wallingford", "size": "small", "photo": "{{photo}}"}""");
        var made = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => house.Database.Commit(async unit =>
        {
            if (await Idempotency.Find(unit, "anyone", "submit", "key") is { } before) return before.Result;
            var reference = (await command.Submit(unit, house.House.Council)).Value!.Reference;
            await Idempotency.Remember(unit, "anyone", "submit", "key", "hash", reference);
            return reference;
        })));
        made.Distinct().ShouldHaveSingleItem();
        (await house.Count("council_case")).ShouldBe(1);
    }

    [Fact]
    public async Task A_designed_end_is_no_case_and_is_told_with_its_words()
    {
        await using var house = await OpenHouse.Open(Dialect.Sqlite);
        var command = Command(house, """{"where": "M40 northbound, just after junction 7"}""");
        var refused = await house.Database.Commit(unit => command.Submit(unit, house.House.Council));
        refused.Refusal!.Why.ShouldStartWith("National Highways looks after motorways. ");
        (await house.Count("council_case")).ShouldBe(0);
    }

    [Fact]
    public async Task A_missing_answer_is_named()
    {
        await using var house = await OpenHouse.Open(Dialect.Sqlite);
        var whole = Command(house, """{"where": "High Street, Wallingford", "size": "large", "deep": true}""");
        var refused = await house.Database.Commit(unit => (whole with { Answers = whole.Answers.Without("deep") }).Submit(unit, house.House.Council));
        refused.Refusal!.Faults.ShouldHaveSingleItem().Message.ShouldBe("Answer “Is it deeper than a golf ball?”");
    }
}
