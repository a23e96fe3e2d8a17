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

public class PaymentsTests
{
    const string Garden = "subscribe-to-garden-waste";
    const string TwoBins = """{"place": "home", "home": {"line1": "19 Castle Street", "town": "Wallingford", "postcode": "OX10 8DL"}, "bins": 2, "more": 0, "you": {"name": "Ann Lee", "email": "ann@mail.example"}, "agree": true}""";
    static readonly Caller Mohammed = Tokens.CallerFor(ExampleCouncil.Files, "mohammed-rahman");

    static async Task<CouncilCase> Receive(OpenHouse house, string service = Garden, string answers = TwoBins) =>
        (await house.Database.Commit(unit => CaseReceiving.Receive(unit, Situations.Command(ExampleServices.Definition(service), answers)))).Value.ShouldNotBeNull();

    static async Task<Result<CouncilCase>> Act(OpenHouse house, CouncilCase @case, string action, params (string Name, string Value)[] values) =>
        await house.Database.Commit(unit => CaseActions.Act(unit, house.House.Services, house.House.Council, new ActOnCase
        {
            Reference = @case.Reference, Action = action, SeenVersion = @case.Version, By = Mohammed, Values = values.ToDictionary(v => v.Name, v => v.Value),
            Answers = (questions, context) => AnswersReader.ReadAll(questions, System.Text.Json.JsonDocument.Parse("{}").RootElement, context),
        }, house.House.Now));

    static Task<CasePayments> Payments(OpenHouse house, string reference) => house.Database.Read(s => PaymentQueries.Of(s, reference));

    [Theory, BothDatabases]
    public async Task A_case_records_what_is_to_be_paid_by_the_price_of_whose_it_is(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect, Garden);
        var @case = await Receive(house);
        var due = (await Payments(house, @case.Reference)).Due.ShouldHaveSingleItem();
        due.ShouldBe(new PaymentDue("subscription", 9200, 0, "GW-1001", "outside-scope", OpenHouse.Monday));
        (await house.Log("payment/" + @case.Reference)).ShouldBe(["payment.due"]);
        (await house.Log("case/" + @case.Reference)).ShouldBe(["case.received"]);
    }

    [Theory, BothDatabases]
    public async Task Money_that_comes_in_parts_settles_the_charge_in_the_end(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect, Garden);
        var @case = await Receive(house);
        @case = (await Act(house, @case, "record-payment", ("amount", "£50"), ("how", "card"), ("receipt", "TILL/4411"))).Value.ShouldNotBeNull();
        (await Payments(house, @case.Reference)).OutstandingPence.ShouldBe(4200);
        var tooMuch = await Act(house, @case, "record-payment", ("amount", "42.01"), ("how", "cash"), ("receipt", "4412"));
        tooMuch.Refusal!.Faults.ShouldHaveSingleItem().Message.ShouldBe("The amount must be £42.00 or less, which is what is still to be paid");
        @case = (await Act(house, @case, "record-payment", ("amount", "42"), ("how", "cash"), ("receipt", "4412"))).Value.ShouldNotBeNull();
        var payments = await Payments(house, @case.Reference);
        payments.Due[0].IsSettled.ShouldBeTrue();
        payments.Made.Select(m => (m.Pence, m.How, m.Receipt, m.ByMember)).ShouldBe([(5000, "card", "TILL/4411", "mohammed-rahman"), (4200, "cash", "4412", "mohammed-rahman")]);
        (await house.Log("payment/" + @case.Reference)).ShouldBe(["payment.due", "payment.recorded", "payment.recorded"]);
        (await house.Log("case/" + @case.Reference)).ShouldBe(["case.received", "case.handled", "case.handled"]);
        (await Act(house, @case, "record-payment", ("amount", "1"), ("how", "cash"), ("receipt", "4413"))).Refusal!.Why.ShouldBe("Everything is paid for this case.");
    }

    [Theory, BothDatabases]
    public async Task Two_who_record_the_same_payment_at_once_record_it_once(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect, Garden);
        var @case = await Receive(house);
        Task<Result<CouncilCase>> Pay() => Act(house, @case, "record-payment", ("amount", "92"), ("how", "card"), ("receipt", "7"));
        var done = await Task.WhenAll(Pay(), Pay());
        done.Count(d => d.IsDone).ShouldBe(1);
        (await Payments(house, @case.Reference)).Made.Count.ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task What_a_stage_makes_due_falls_due_once_when_the_case_comes_there(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect, "apply-for-a-blue-badge");
        var answers = """
            {"for-whom": "me", "name": "Ann Lee", "born": "1950-01-01", "home": {"line1": "19 Castle Street", "town": "Wallingford", "postcode": "OX10 8DL"}, "badge-now": "none", "benefit": "none",
             "sight": true, "photo": "01HZY3J9WQ4T8V6N5M2K7R0ABC", "identity": "01HZY3J9WQ4T8V6N5M2K7R0ABD", "look-up-address": true, "you": {"name": "Ann Lee", "phone": "01632 960001"}, "agree": true}
            """;
        var definition = ExampleServices.Definition("apply-for-a-blue-badge");
        var moment = new FallDue
        {
            Reference = "BLU-7F3K-92QX", Definition = definition, Answers = definition.Answers(answers), Offer = house.House.Council.FindOffer(definition.Name, "mercia")!, Stage = "check",
            OnReceipt = true, At = OpenHouse.Monday, Today = new LocalDate(2026, 3, 2),
        };
        moment.Decide().ShouldBeEmpty();
        await house.Database.Commit(unit => Falling.Due(unit, moment with { Stage = "payment", OnReceipt = false }));
        await house.Database.Commit(unit => Falling.Due(unit, moment with { Stage = "payment", OnReceipt = false, At = OpenHouse.Monday + Duration.FromDays(1) }));
        var due = (await Payments(house, "BLU-7F3K-92QX")).Due.ShouldHaveSingleItem();
        (due.Charge, due.Pence, due.DueAt).ShouldBe(("badge", 1000, OpenHouse.Monday));
    }

    [Theory, BothDatabases]
    public async Task History_owes_nothing(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect, Garden);
        var command = Situations.Command(ExampleServices.Definition(Garden), TwoBins) with { Imported = true };
        var @case = (await house.Database.Commit(unit => CaseReceiving.Receive(unit, command))).Value.ShouldNotBeNull();
        (await Payments(house, @case.Reference)).ShouldBe(CasePayments.None);
    }

    static readonly CasePayments Owed = new([new PaymentDue("permit", 8500, 0, "PK-2001", "outside-scope", OpenHouse.Monday)], []);

    static RecordPayment Of(string amount, string how = "card", string receipt = "4411") => new()
    {
        Reference = "PRK-7F3K-92QX", Service = "apply-for-a-resident-parking-permit", Authority = "wessex", Charge = "", Amount = amount, How = how, Receipt = receipt, At = OpenHouse.Monday, By = Actor.Worker,
    };

    [Theory]
    [InlineData("", "card", "1", "Enter the amount in pounds, like 55 or 12.50")]
    [InlineData("-5", "card", "1", "Enter the amount in pounds, like 55 or 12.50")]
    [InlineData("12.345", "card", "1", "Enter the amount in pounds, like 55 or 12.50")]
    [InlineData("0", "card", "1", "Enter the amount in pounds, like 55 or 12.50")]
    [InlineData("12", "credit", "1", "Choose how it was paid")]
    [InlineData("12", "card", "", "Enter the receipt number: up to 40 letters, figures, hyphens and slashes")]
    [InlineData("12", "card", "<b>1</b>", "Enter the receipt number: up to 40 letters, figures, hyphens and slashes")]
    public void A_payment_that_is_not_right_is_refused_field_by_field(string amount, string how, string receipt, string message) =>
        Of(amount, how, receipt).Decide(Owed).Refusal!.Faults.ShouldHaveSingleItem().Message.ShouldBe(message);

    [Theory]
    [InlineData("£1,085.00", 108500)]
    [InlineData(" 85 ", 8500)]
    [InlineData("0.5", 50)]
    public void Amounts_are_read_as_people_write_them(string amount, long pence)
    {
        var owed = Owed with { Due = [Owed.Due[0] with { Pence = 200_000 }] };
        Of(amount).Decide(owed).Value.Made.Pence.ShouldBe(pence);
    }

    [Fact]
    public void Only_a_waived_charge_needs_no_receipt() => Of("85", "waived", "").Decide(Owed).Value.Made.Receipt.ShouldBeNull();

    [Fact]
    public void A_case_that_owes_nothing_cannot_be_paid() => Of("85").Decide(CasePayments.None).Refusal!.Why.ShouldBe("Nothing is to be paid for this case.");
}
