using System.Text.Json;
using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Payments;
using Moothall.Store;
using Moothall.Tests.Cases;
using Moothall.Tests.Council;
using Moothall.Tests.Journeys;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Payments;

/// <summary>What could not be worked out is set by hand: whose work the case is, for a charge of its service, with a reason, and to be taken back within the minute.</summary>
public class AddChargeTests
{
    const string Garden = "subscribe-to-garden-waste", Permit = "apply-for-a-resident-parking-permit";
    const string Bins = """{"place": "home", "home": {"line1": "19 Castle Street", "town": "Wallingford", "postcode": "OX10 8DL"}, "bins": 2, "more": 0, "you": {"name": "Ann Lee", "email": "ann@mail.example"}, "agree": true}""";
    const string Why = "Two bins, as she said on the phone.";

    static Caller WorkerOf(CouncilCase at) => Tokens.CallerFor(ExampleCouncil.Files, ExampleCouncil.Files.Members.Values.First(m => m.Teams.Contains(at.Team) && m.Roles.Contains(Role.Worker)).Id);

    static async Task<CouncilCase> Done(Task<Result<CouncilCase>> act) => (await act) is { Value: { } done } ? done : throw new InvalidOperationException((await act).Why());

    static Task<Result<CouncilCase>> Add(OpenHouse house, CouncilCase at, string amount, string? why = Why, string charge = "", Caller? by = null) =>
        house.Act(at, "add-charge", by ?? WorkerOf(at), why, ("charge", charge), ("amount", amount));

    static Task<CouncilCase> Move(OpenHouse house, CouncilCase at, string service) => Done(house.Act(at, "move", WorkerOf(at), null, ("service", service)));

    static Task<CasePayments> Payments(OpenHouse house, CouncilCase at) => house.Database.Read(s => PaymentQueries.Of(s, at.Reference));

    static async Task<CaseFile> File(OpenHouse house, CouncilCase at) => (await house.Database.Read(s => CaseQueries.Whole(s, house.House.Services, at.Reference))).ShouldNotBeNull();

    [Theory, BothDatabases]
    public async Task What_the_answers_did_not_tell_is_set_and_can_be_taken_back(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect, Garden);
        var at = await Move(house, await house.Pothole(), Garden);
        (await File(house, at)).NotWorkedOut.ShouldHaveSingleItem();
        var figures = await house.Figures();
        var added = await Done(Add(house, at, "£92.50"));
        (await Payments(house, at)).Due.ShouldHaveSingleItem().ShouldBe(new PaymentDue("subscription", 9250, 0, "GW-1001", "outside-scope", OpenHouse.Monday));
        var file = await File(house, at);
        file.NotWorkedOut.ShouldBeEmpty();
        (file.History[^1].Kind, file.History[^1].Note).ShouldBe(("charge", Why));
        file.History[^1].CameTo!.Falling.ShouldBe([new NamedCharge(Garden, "subscription", 9250)]);
        (await house.Log("payment/" + at.Reference)).ShouldBe(["payment.added"]);
        var withCharge = await house.Figures();
        foreach (var projection in House.Projections()) await Replay.Run(house.Database, projection, null, TestContext.Current.CancellationToken);
        (await house.Said()).ShouldBe(withCharge);
        (await Add(house, added, "1")).Why().ShouldBe("All charges of this service stand on the case already.");

        house.Clock.Now += Duration.FromSeconds(59);
        var undone = (await house.Undo(added, WorkerOf(added))).Value.ShouldNotBeNull();
        (await Payments(house, at)).ShouldBe(CasePayments.None);
        (await File(house, at)).NotWorkedOut.ShouldHaveSingleItem();
        (await house.Figures()).ShouldBe(figures);
        foreach (var projection in House.Projections()) await Replay.Run(house.Database, projection, null, TestContext.Current.CancellationToken);
        (await house.Said()).ShouldBe(figures);
        (await house.Log("payment/" + at.Reference)).ShouldBe(["payment.added", "payment.taken-back"]);

        var again = await Done(Add(house, undone, "52", charge: "subscription"));
        var paid = await Done(house.Act(again, "record-payment", WorkerOf(again), null, ("amount", "52"), ("how", "card"), ("receipt", "4411")));
        (await Payments(house, paid)).OutstandingPence.ShouldBe(0);
        house.Clock.Now += UndoCase.Window;
        (await house.Undo(paid, WorkerOf(paid))).Why().ShouldContain("The minute for undoing this is over");
    }

    [Theory, BothDatabases]
    public async Task Money_that_came_before_the_move_is_set_against_it(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect, Garden, Permit);
        var at = (await house.Database.Commit(unit => CaseReceiving.Receive(unit, Situations.Command(ExampleServices.Definition(Garden), Bins)))).Value.ShouldNotBeNull();
        at = await Done(house.Act(at, "record-payment", WorkerOf(at), null, ("amount", "50"), ("how", "card"), ("receipt", "4411")));
        at = await Move(house, at, Permit);
        var before = JsonSerializer.Serialize(await Payments(house, at));
        var added = await Done(Add(house, at, "30", charge: "permit"));
        var payments = await Payments(house, added);
        (payments.OutstandingPence, payments.TooMuchPence(Permit)).ShouldBe((0, 2000));
        (await File(house, added)).History[^1].CameTo!.SetOff.ShouldBe([new NamedCharge(Permit, "permit", 3000)]);
        (await house.Undo(added, WorkerOf(added))).Value.ShouldNotBeNull();
        JsonSerializer.Serialize(await Payments(house, at)).ShouldBe(before);
    }

    [Theory, BothDatabases]
    public async Task Two_who_add_the_same_charge_at_once_add_it_once(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect, Garden);
        var at = await Move(house, await house.Pothole(), Garden);
        var done = await Task.WhenAll(Add(house, at, "52"), Add(house, at, "92"));
        done.Count(d => d.IsDone).ShouldBe(1);
        (await Payments(house, at)).Due.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Only_whoever_works_the_case_sets_a_charge_and_only_while_it_is_open()
    {
        await using var house = await OpenHouse.Open(Dialect.Sqlite, Garden);
        var pothole = await house.Pothole();
        (await Add(house, pothole, "5")).Why().ShouldBe("This service charges nothing.");
        var at = await Move(house, pothole, Garden);
        (await Add(house, at, "52", by: Tokens.CallerFor(ExampleCouncil.Files, "fatima-al-sayed"))).Refusal!.Kind.ShouldBe(RefusalKind.NotAllowed);
        (await Add(house, at, "52", by: DeskStory.Amara)).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
        var closed = await Done(house.Act(at, "withdraw", WorkerOf(at)));
        (await Add(house, closed, "52")).Why().ShouldBe("This case is closed. Reopen it before you add a charge.");
        (await Payments(house, at)).ShouldBe(CasePayments.None);
    }

    static AddCharge Of(string amount, string charge = "subscription", string? why = Why) => new()
    {
        Reference = "GAR-7F3K-92QX", Definition = ExampleServices.Definition(Garden), Offer = ExampleCouncil.Files.FindOffer(Garden, "wessex")!, Charge = charge, Amount = amount, Reason = why, At = OpenHouse.Monday, By = Actor.Worker,
    };

    [Theory]
    [InlineData("", "subscription", Why, "Enter the amount in pounds, like 55 or 12.50")]
    [InlineData("-5", "subscription", Why, "Enter the amount in pounds, like 55 or 12.50")]
    [InlineData("0", "subscription", Why, "Enter the amount in pounds, like 55 or 12.50")]
    [InlineData("1,000,000.01", "subscription", Why, "The amount must be £1,000,000.00 or less")]
    [InlineData("52", "badge", Why, "Choose what is to be paid for")]
    [InlineData("52", "subscription", " ", "Enter why it is charged")]
    public void A_charge_that_is_not_right_is_refused_field_by_field(string amount, string charge, string why, string message) =>
        Of(amount, charge, why).Decide(CasePayments.None).Refusal!.Faults.ShouldHaveSingleItem().Message.ShouldBe(message);

    [Fact]
    public void All_that_is_wrong_is_said_at_once() => Of("", "badge", null).Decide(CasePayments.None).Refusal!.Faults.Select(f => f.Field).ShouldBe(["charge", "amount", "note"]);
}
