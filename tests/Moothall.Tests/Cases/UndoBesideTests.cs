using System.Text.Json;
using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Exchange;
using Moothall.Identity;
using Moothall.Payments;
using Moothall.Store;
using Moothall.Tests.Council;
using Moothall.Tests.Journeys;
using NodaTime;
using Shouldly;
using Xunit;
using static Moothall.Tests.Cases.Situations;

namespace Moothall.Tests.Cases;

/// <summary>What an act does in other rooms is taken back with it: charges, payments, what was passed on, reminders.</summary>
public class UndoBesideTests
{
    const string Garden = "subscribe-to-garden-waste", Permit = "apply-for-a-resident-parking-permit";
    const string Bins = """{"place": "home", "home": {"line1": "19 Castle Street", "town": "Wallingford", "postcode": "OX10 8DL"}, "bins": 2, "more": 0, "you": {"name": "Ann Lee", "email": "ann@mail.example"}, "agree": true}""";
    const string Car = """
        {"home": {"line1": "12 High Street", "town": "Wallingford", "postcode": "OX10 0BW"}, "car-free": false, "vehicle": "car", "plate": "AB51 ABC", "keeper": "me", "emissions": "none", "permit": "first",
         "papers": ["01HZY3J9WQ4T8V6N5M2K7R0ABC"], "look-up-address": true, "starts": "2026-03-02", "you": {"name": "Chidi Eze", "email": "chidi.eze@mail.example"}, "agree": true}
        """;

    static async Task<CouncilCase> Receive(OpenHouse house, string service, string answers)
    {
        await house.Database.Commit(unit => FileStore.Add(unit, "01HZY3J9WQ4T8V6N5M2K7R0ABC", null, "log-book.pdf", "pdf", "x"u8.ToArray()));
        return (await house.Database.Commit(unit => CaseReceiving.Receive(unit, Command(ExampleServices.Definition(service), answers)))).Value.ShouldNotBeNull();
    }

    static Caller WorkerOf(CouncilCase at) => Tokens.CallerFor(ExampleCouncil.Files, ExampleCouncil.Files.Members.Values.First(m => m.Teams.Contains(at.Team) && m.Roles.Contains(Role.Worker)).Id);

    static async Task<CouncilCase> Act(OpenHouse house, CouncilCase at, string action, string? note = null, params (string Name, string Value)[] values) =>
        (await house.Database.Commit(unit => CaseActions.Act(unit, house.House.Services, house.House.Council, new ActOnCase
        {
            Reference = at.Reference, Action = action, SeenVersion = at.Version, By = WorkerOf(at), Note = note, Values = values.ToDictionary(v => v.Name, v => v.Value),
            Answers = (questions, context) => AnswersReader.ReadAll(questions, JsonSerializer.SerializeToElement(questions.ToDictionary(q => q.Name, _ => "A")), context),
        }, house.House.Now))).Value.ShouldNotBeNull(action);

    static async Task<CouncilCase> Undo(OpenHouse house, CouncilCase done) => (await house.Undo(done, WorkerOf(done))).Value.ShouldNotBeNull();

    static Task<CasePayments> Payments(OpenHouse house, CouncilCase at) => house.Database.Read(s => PaymentQueries.Of(s, at.Reference));

    [Theory, BothDatabases]
    public async Task A_charge_that_a_stage_made_due_is_not_due_any_more_and_falls_due_again_when_the_stage_does(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect, Permit);
        var at = await Receive(house, Permit, Car);
        var figures = await house.Figures();
        var approved = await Act(house, at, "approve");
        (await Payments(house, at)).Due.ShouldHaveSingleItem().Pence.ShouldBe(3000);
        var undone = await Undo(house, approved);
        (undone.Stage, undone.IsOpen).ShouldBe(("check", true));
        (await Payments(house, at)).Due.ShouldBeEmpty();
        (await house.Figures()).ShouldBe(figures);
        await Act(house, undone, "approve");
        (await Payments(house, at)).Due.ShouldHaveSingleItem().Pence.ShouldBe(3000);
        (await house.Log("payment/" + at.Reference)).ShouldBe(["payment.due", "payment.taken-back", "payment.due"]);
    }

    [Theory, BothDatabases]
    public async Task A_charge_that_money_came_for_stays_and_says_why(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect, Permit);
        var approved = await Act(house, await Receive(house, Permit, Car), "approve");
        await house.Database.Commit(unit => new RecordPayment
        {
            Reference = approved.Reference, Service = Permit, Authority = "wessex", Charge = "", Amount = "30", How = "card", Receipt = "1", At = house.House.Now, By = Actor.Program,
        }.Record(unit));
        (await house.Undo(approved, WorkerOf(approved))).Why().ShouldContain("Money came meanwhile");
        (await Payments(house, approved)).OutstandingPence.ShouldBe(0);
        (await house.Now(approved.Reference)).Stage.ShouldBe("payment");
    }

    [Theory, BothDatabases]
    public async Task A_payment_that_was_recorded_by_mistake_is_to_be_paid_again(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect, Garden);
        var at = await Receive(house, Garden, Bins);
        at = await Act(house, at, "record-payment", null, ("amount", "50"), ("how", "card"), ("receipt", "4411"));
        var figures = await house.Figures();
        var paid = await Act(house, at, "record-payment", null, ("amount", "42"), ("how", "cash"), ("receipt", "4412"));
        var undone = await Undo(house, paid);
        var payments = await Payments(house, at);
        payments.OutstandingPence.ShouldBe(4200);
        payments.Made.ShouldHaveSingleItem().Receipt.ShouldBe("4411");
        (await house.Figures()).ShouldBe(figures);
        foreach (var projection in House.Projections()) await Replay.Run(house.Database, projection, null, TestContext.Current.CancellationToken);
        (await house.Said()).ShouldBe(figures);
        await Act(house, undone, "record-payment", null, ("amount", "42"), ("how", "card"), ("receipt", "4413"));
        (await Payments(house, at)).Made.Select(m => (m.Number, m.Receipt)).ShouldBe([(1, "4411"), (2, "4413")]);
        (await house.Log("payment/" + at.Reference)).ShouldBe(["payment.due", "payment.recorded", "payment.recorded", "payment.taken-back", "payment.recorded"]);
        var taken = EventJson.Read<PaymentTakenBack>(await Logged(house, "payment/" + at.Reference, 4));
        (taken.What, taken.Pence, taken.How, taken.Charge, taken.IncomeCode, taken.At).ShouldBe(("recorded", 4200, "cash", "subscription", "GW-1001", OpenHouse.Monday));
    }

    [Theory, BothDatabases]
    public async Task What_was_marked_as_passed_on_waits_to_be_passed_on_again(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var at = await house.Pothole();
        await house.Database.Commit(unit => Sharings.FallDue(unit, at.Reference, at.Service, at.Authority, [new SharingDue("national-highways", "ISA-2024-003", ["where"])], house.House.Now));
        var passed = await Act(house, at, "pass-on");
        (await house.Database.Read(s => Sharings.Of(s, at.Reference)))[0].PassedAt.ShouldNotBeNull();
        var undone = await Undo(house, passed);
        var waits = (await house.Database.Read(s => Sharings.Of(s, at.Reference))).ShouldHaveSingleItem();
        (waits.PassedAt, waits.PassedBy).ShouldBe((null, null));
        await Act(house, undone, "pass-on");
        (await house.Log("sharing/" + at.Reference)).ShouldBe(["sharing.due", "sharing.passed-on", "sharing.taken-back", "sharing.passed-on"]);
    }

    [Theory, BothDatabases]
    public async Task A_reopening_that_called_a_reminder_off_and_is_taken_back_sets_it_again(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect, Garden);
        var closed = await Act(house, await Receive(house, Garden, Bins), "has-bins");
        var due = await Reminders(house);
        due.ShouldHaveSingleItem();
        var reopened = await Act(house, closed, "reopen", "The wrong house.");
        (await Reminders(house)).ShouldBeEmpty();
        house.Clock.Now += Duration.FromSeconds(59);
        (await Undo(house, reopened)).Outcome.ShouldBe(closed.Outcome);
        (await Reminders(house)).ShouldBe(due);
    }

    [Theory, BothDatabases]
    public async Task A_closing_that_is_taken_back_reminds_nobody(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect, Garden);
        await Undo(house, await Act(house, await Receive(house, Garden, Bins), "has-bins"));
        (await Reminders(house)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_was_reminded_already_is_not_reminded_again_by_an_undo()
    {
        await using var house = await OpenHouse.Open(Dialect.Sqlite, Garden);
        var closed = await Act(house, await Receive(house, Garden, Bins), "has-bins");
        house.Clock.Now = Instant.FromUtc(2027, 1, 30, 9, 0);
        await house.Database.Commit(unit => new RemindOfRenewal(house.House).Handle(unit, closed.Reference, house.House.Now));
        await house.Database.Commit(unit => unit.CancelTimer(RemindOfRenewal.Timer, closed.Reference));
        await Undo(house, await Act(house, await house.Now(closed.Reference), "reopen", "The wrong house."));
        (await Reminders(house)).ShouldBeEmpty();
    }

    static Task<List<Instant>> Reminders(OpenHouse house) => house.Database.Read(s => s.Query($"select due from timer where kind = {RemindOfRenewal.Timer}", row => row.Instant(0)));

    static async Task<LogEvent> Logged(OpenHouse house, string stream, int version) => (await house.Database.Read(s => s.First($"select type, schema, at, data from event where stream = {stream} and version = {version}",
        row => new LogEvent(default, stream, version, row.Text(0), row.Int(1), row.Instant(2), false, row.Text(3))))).ShouldNotBeNull();
}
