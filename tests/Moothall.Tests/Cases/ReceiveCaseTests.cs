using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Store;
using Moothall.Tests.Council;
using Moothall.Tests.Journeys;
using Shouldly;
using Xunit;
using static Moothall.Tests.Cases.Situations;

namespace Moothall.Tests.Cases;

public class ReceiveCaseTests
{
    [Fact]
    public void A_new_case_is_with_the_team_of_its_first_stage_and_has_its_times()
    {
        var received = Pothole(Deep).Case;
        (received.Team, received.Stage, received.Status, received.Version).ShouldBe(("streets", "triage", "open", 1));
        received.CloseBy.ShouldBe(March(16, 10));
        received.StageDue.ShouldBe(March(3, 10));
        received.Due.ShouldBe(March(3, 10));
        received.Decided["priority"].ShouldBe("urgent");
    }

    [Fact]
    public void The_log_is_told_codes_and_counts()
    {
        var change = CaseReceiving.Decide(Command(ExampleServices.Definition("report-a-pothole"), Deep) with { HandlingSeconds = 95 }, "POT-7F3K-92QX");
        var told = change.Told<CaseReceived>();
        (told.Service, told.Team, told.Channel, told.Asked, told.HandlingSeconds).ShouldBe(("report-a-pothole", "streets", "web", 3, 95));
        change.Events[0].Json.ShouldNotContain("Wallingford");
    }

    [Fact]
    public void History_is_marked_imported() =>
        CaseReceiving.Decide(Command(ExampleServices.Definition("report-a-pothole"), Deep) with { Imported = true }, "POT-7F3K-92QX").Events[0].Imported.ShouldBeTrue();

    [Fact]
    public void Times_may_go_by_a_choice_question()
    {
        var source = ExampleServices.Source("report-a-pothole").Replace("close-within: 10 working days", "close-within: {by: size, small: 20 working days, large: 5 working days}", StringComparison.Ordinal);
        var command = Command(ExampleServices.FromText(source), Deep);
        Received(command).Case.CloseBy.ShouldBe(March(9, 10));
        CaseReceiving.Decide(command, "POT-7F3K-92QX").Told<CaseReceived>().Decided.Keys.ShouldNotContain("size");
    }

    [Fact]
    public void A_case_that_begins_by_waiting_for_the_person_has_its_clock_stopped()
    {
        var source = ExampleServices.Source("make-a-complaint").Replace("start: acknowledgement", "start: clarification", StringComparison.Ordinal);
        var waiting = Received(Command(ExampleServices.FromText(source), """
            {"wish": "complain", "about": "streets", "happened": "Nobody came", "since": "2026-02", "put-right": "Come", "you": {"name": "Ann Lee", "email": "ann@mail.example"}}
            """)).Case;
        waiting.StoppedAt.ShouldBe(Monday);
        waiting.Due.ShouldBeNull();
        waiting.SortBy.ShouldBe(CouncilCase.NothingDue);
    }

    [Theory, BothDatabases]
    public async Task What_is_personal_lies_in_rows_of_its_own(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var command = Command(ExampleServices.Definition("report-a-pothole"), """{"where": "High Street, Wallingford", "size": "small", "you": {"name": "Siân Lee", "phone": "07700 900461"}}""")
            with { Facts = new CaseFacts { Language = "cy", Device = "phone", Ward = "E05013935", AssistedWhy = "sight" } };
        var received = (await house.Database.Commit(unit => CaseReceiving.Receive(unit, command))).Value.ShouldNotBeNull();
        (await house.Log("case/" + received.Reference)).ShouldBe(["case.received"]);
        var kept = (await house.Database.Read(s => CaseQueries.Find(s, received.Reference))).ShouldNotBeNull();
        (kept with { Decided = received.Decided }).ShouldBe(received);
        kept.Decided.ShouldBe(received.Decided, ignoreOrder: true);
        (await house.Database.Read(s => CaseQueries.Circumstance(s, received.Reference))).ShouldBe(new(Ward: "E05013935", Language: "cy", Device: "phone", AssistedWhy: "sight"));
        var log = await house.Database.Read(s => s.Query($"select data from event", row => row.Text(0)));
        foreach (var word in new[] { "Lee", "07700", "Wallingford", "E05013935", "sight" }) log.ShouldAllBe(data => !data.Contains(word));
    }

    [Theory, BothDatabases]
    public async Task A_file_of_another_case_cannot_be_taken(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var id = FileStore.NewId();
        await house.Database.Commit(unit => FileStore.Add(unit, id, "case/POT-0000-0000", "photo.jpg", "jpeg", new byte[] { 1 }));
        var command = Command(ExampleServices.Definition("report-a-pothole"), $$"""{"where": "High Street, Wallingford", "size": "small", "photo": "{{id}}"}""");
        (await house.Database.Commit(unit => CaseReceiving.Receive(unit, command))).Why().ShouldBe("A file that you sent is not there any more. Upload it again.");
        (await house.Count("council_case")).ShouldBe(0);
        (await house.Count("case_history")).ShouldBe(0);
    }
}
