using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Store;
using Moothall.Tests.Council;
using Moothall.Tests.Journeys;
using NodaTime;
using Shouldly;
using Xunit;
using static Moothall.Tests.Cases.Situations;

namespace Moothall.Tests.Cases;

public class ActOnCaseTests
{
    static readonly Caller Amara = Tokens.CallerFor(ExampleCouncil.Files, "amara-okafor");
    static readonly Caller Import = Tokens.CallerFor(ExampleCouncil.Files, "history-import");

    static async Task<CouncilCase> Receive(OpenHouse house) =>
        (await house.Database.Commit(unit => CaseReceiving.Receive(unit, Situations.Command(ExampleServices.Definition("report-a-pothole"), Small)))).Value.ShouldNotBeNull();

    static ActOnCase Command(CouncilCase @case, string action, string answers = "{}") => new()
    {
        Reference = @case.Reference, Action = action, SeenVersion = @case.Version, By = Amara,
        Answers = (questions, context) => AnswersReader.ReadAll(questions, System.Text.Json.JsonDocument.Parse(answers).RootElement, context),
    };

    static Task<Result<CouncilCase>> Act(OpenHouse house, ActOnCase command) =>
        house.Database.Commit(unit => CaseActions.Act(unit, house.House.Services, house.House.Council, command, house.House.Now));

    [Theory, BothDatabases]
    public async Task Two_people_on_one_case_do_not_overwrite_each_other(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var received = await Receive(house);
        var done = await Task.WhenAll(Act(house, Command(received, "inspect")), Act(house, Command(received, "order-repair")));
        done.Count(d => d.IsDone).ShouldBe(1);
        done.Single(d => !d.IsDone).Refusal!.Kind.ShouldBe(RefusalKind.Changed);
        (await house.Log("case/" + received.Reference)).ShouldBe(["case.received", "case.advanced"]);
        var now = await house.Database.Read(s => CaseQueries.Find(s, received.Reference));
        now!.Stage.ShouldBe(done.Single(d => d.IsDone).Value!.Stage);
        now.Version.ShouldBe(2);
    }

    [Theory, BothDatabases]
    public async Task A_case_is_worked_to_its_end_and_its_history_tells_how(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var at = await Receive(house);
        house.Clock.Now = March(3, 9);
        at = (await Act(house, Command(at, "order-repair") with { Note = "Deep\0 one\ud800", HandlingSeconds = 120 })).Value!;
        at = (await Act(house, Command(at, "assign") with { Values = new Dictionary<string, string> { ["to"] = "amara-okafor" } })).Value!;
        at = (await Act(house, Command(at, "ask-customer") with { Values = new Dictionary<string, string> { ["question"] = "Which lane?" } })).Value!;
        at = (await house.Database.Commit(unit => CaseActions.Answer(unit, house.House.Services, house.House.Council, at.Reference, "The left\0 one", house.House.Now))).Value!;
        at = (await Act(house, Command(at, "repaired"))).Value!;
        at.Status.ShouldBe("closed");
        (await house.Log("case/" + at.Reference)).ShouldBe(["case.received", "case.advanced", "case.handled", "case.handled", "case.handled", "case.closed"]);
        var opened = (await OpenCase.Open(house.House, at.Reference, Amara, AuditKinds.CaseRead, default)).Value!;
        opened.History.Select(h => h.Kind).ShouldBe(["received", "advanced", "assign", "ask-customer", "answered", "closed"]);
        opened.History[1].Note.ShouldBe("Deep one");
        opened.History[4].Note.ShouldBe("The left one");
        opened.Actions.ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task Answers_that_are_wrong_are_told_and_nothing_is_written(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var received = await Receive(house);
        var refused = await Act(house, Command(received, "not-ours"));
        refused.Refusal!.Faults.ShouldHaveSingleItem().Question.ShouldBe("finding");
        (await house.Database.Read(s => CaseQueries.Find(s, received.Reference)))!.Version.ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task A_file_that_another_case_holds_is_refused_with_words(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var at = (await Act(house, Command(await Receive(house), "order-repair"))).Value!;
        var id = FileStore.NewId();
        await house.Database.Commit(unit => FileStore.Add(unit, id, "case/POT-0000-0000", "photo.jpg", "jpeg", new byte[] { 1 }));
        var command = Command(at, "repaired", $$"""{"after": "{{id}}"}""") with { File = name => new KnownFile(name, "photo.jpg", "jpeg", 1) };
        (await Act(house, command)).Why().ShouldBe("A file of the answers is not there any more, or belongs to another case. Upload it again.");
        (await house.Database.Read(s => CaseQueries.Find(s, at.Reference)))!.IsOpen.ShouldBeTrue();
        await house.Database.Commit(unit => unit.Execute($"update file set owner = null"));
        (await Act(house, command)).IsDone.ShouldBeTrue();
        (await house.Database.Read(s => FileStore.Find(s, id)))!.Owner.ShouldBe("case/" + at.Reference);
    }

    [Theory, BothDatabases]
    public async Task The_same_action_with_a_file_sent_several_times_is_done_once(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var at = (await Act(house, Command(await Receive(house), "order-repair"))).Value!;
        var id = FileStore.NewId();
        await house.Database.Commit(unit => FileStore.Add(unit, id, null, "photo.jpg", "jpeg", new byte[] { 1 }));
        var command = Command(at, "repaired", $$"""{"after": "{{id}}"}""") with { File = name => new KnownFile(name, "photo.jpg", "jpeg", 1) };
        var done = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Act(house, command)));
        done.Count(d => d.IsDone).ShouldBe(1);
        done.Where(d => !d.IsDone).ShouldAllBe(d => d.Refusal!.Kind == RefusalKind.Changed);
    }

    [Fact]
    public async Task Somebody_elses_case_does_not_exist_and_a_role_without_the_right_is_told_so()
    {
        await using var house = await OpenHouse.Open(Dialect.Sqlite);
        var received = await Receive(house);
        async Task<RefusalKind?> As(string member) => (await Act(house, Command(received, "inspect") with { By = Tokens.CallerFor(ExampleCouncil.Files, member) })).Refusal?.Kind;
        (await As("priya-venkataraman")).ShouldBe(RefusalKind.NotFound);
        (await As("mohammed-rahman")).ShouldBe(RefusalKind.NotFound);
        (await As("jordan-reid")).ShouldBe(RefusalKind.NotAllowed);
        (await As("nobody-at-all")).ShouldBe(RefusalKind.NotAllowed);
        (await Act(house, Command(received with { Reference = "POT-0000-0000" }, "inspect"))).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
        (await As("amara-okafor")).ShouldBeNull();
    }

    [Fact]
    public async Task History_is_an_importers_and_lies_between_receipt_and_now()
    {
        await using var house = await OpenHouse.Open(Dialect.Sqlite);
        var received = await Receive(house);
        house.Clock.Now = March(9, 9);
        var command = Command(received, "not-ours", """{"finding": "A private road"}""") with { By = Import };
        (await Act(house, command)).Refusal!.Kind.ShouldBe(RefusalKind.NotAllowed);
        (await Act(house, command with { By = Amara, At = March(3, 9) })).Refusal!.Kind.ShouldBe(RefusalKind.NotAllowed);
        (await Act(house, command with { At = March(10, 9) })).Why().ShouldBe("“at” is in the future. History lies in the past.");
        (await Act(house, command with { At = Monday - Duration.Epsilon })).Why().ShouldBe("“at” is before the case was received.");
        var closed = (await Act(house, command with { At = March(3, 9) })).Value!;
        closed.Closed.ShouldBe(March(3, 9));
        (await house.Database.Read(s => s.Number($"select count(*) from event where imported = {true} and type = 'case.closed'"))).ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task A_case_keeps_its_version_when_the_service_changes(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var received = await Receive(house);
        var changed = ExampleServices.Source("report-a-pothole").Replace("order-repair:", "mend-at-once:", StringComparison.Ordinal);
        await house.Database.Commit(unit => Moothall.Journeys.PublishService.Publish(unit, ExampleServices.FromText(changed), changed, Monday, "a test"));
        await house.House.Services.Refresh();
        house.House.Services.Find("report-a-pothole")!.Version.ShouldBe(2);
        (await Act(house, Command(received, "mend-at-once"))).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
        (await Act(house, Command(received, "order-repair"))).IsDone.ShouldBeTrue();
    }

    [Theory, BothDatabases]
    public async Task Opening_a_case_is_recorded_and_a_look_at_what_one_may_not_see_is_not(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var received = await Receive(house);
        (await OpenCase.Open(house.House, received.Reference.ToLowerInvariant(), Amara, AuditKinds.CaseRead, default)).Value!.Actions.Count.ShouldBe(4);
        (await OpenCase.Open(house.House, received.Reference, Tokens.CallerFor(ExampleCouncil.Files, "priya-venkataraman"), AuditKinds.CaseRead, default)).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
        (await OpenCase.Open(house.House, "nonsense", Amara, AuditKinds.CaseRead, default)).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
        (await house.Database.Read(s => ReadLog.Of(s, received.Reference))).ShouldHaveSingleItem().Member.ShouldBe("amara-okafor");
        (await house.Count("audit_entry")).ShouldBe(1);
    }
}
