using System.Text.Json;
using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Exchange;
using Moothall.Identity;
using Moothall.Journeys;
using Moothall.Payments;
using Moothall.Store;
using Moothall.Tests.Council;
using Moothall.Tests.Journeys;
using NodaTime;
using Shouldly;
using Xunit;
using static Moothall.Tests.Cases.Situations;

namespace Moothall.Tests.Cases;

/// <summary>A move to another service works out anew what is to be paid and what partners get, and its undo puts all of it back.</summary>
public class MoveBesideTests
{
    const string Garden = "subscribe-to-garden-waste", Bulky = "book-a-bulky-waste-collection", Pothole = "report-a-pothole", Light = "report-a-street-light";
    const string Bins = """{"place": "home", "home": {"line1": "19 Castle Street", "town": "Wallingford", "postcode": "OX10 8DL"}, "bins": 2, "more": 0, "you": {"name": "Ann Lee", "email": "ann@mail.example"}, "agree": true}""";

    // The same questions and a charge of the same name, at a price of its own.
    static readonly string Alike = ExampleServices.Source(Garden).Replace(Garden, Bulky, StringComparison.Ordinal)
        .Replace("fee first-bin + fee another-bin * (bins - 1)", "£10 + £5 * bins", StringComparison.Ordinal).Replace("Garden waste collection for a year", "Bulky bins for a year", StringComparison.Ordinal);

    static async Task<OpenHouse> Open(Dialect dialect)
    {
        var house = await OpenHouse.Open(dialect, Garden, Light);
        await house.Database.Commit(unit => PublishService.Publish(unit, ExampleServices.FromText(Alike), Alike, OpenHouse.Monday, "a test"));
        await house.House.Services.Refresh();
        return house;
    }

    static async Task<CouncilCase> Receive(OpenHouse house, ReceiveCase command) => (await house.Database.Commit(unit => CaseReceiving.Receive(unit, command))).Value.ShouldNotBeNull();

    static Caller WorkerOf(CouncilCase at) => Tokens.CallerFor(ExampleCouncil.Files, ExampleCouncil.Files.Members.Values.First(m => m.Teams.Contains(at.Team) && m.Roles.Contains(Role.Worker)).Id);

    static async Task<CouncilCase> Act(OpenHouse house, CouncilCase at, string action, params (string Name, string Value)[] values) =>
        (await house.Database.Commit(unit => CaseActions.Act(unit, house.House.Services, house.House.Council, new ActOnCase
        {
            Reference = at.Reference, Action = action, SeenVersion = at.Version, By = WorkerOf(at), Values = values.ToDictionary(v => v.Name, v => v.Value), Answers = (_, _) => (Answers.None, []),
        }, house.House.Now))).Value.ShouldNotBeNull(action);

    static Task<CouncilCase> Move(OpenHouse house, CouncilCase at, string service) => Act(house, at, "move", ("service", service));

    static Task<CasePayments> Payments(OpenHouse house, CouncilCase at) => house.Database.Read(s => PaymentQueries.Of(s, at.Reference));
    static Task<List<SharingDue>> Shared(OpenHouse house, CouncilCase at) => house.Database.Read(s => Sharings.Of(s, at.Reference));
    static async Task<CaseFile> File(OpenHouse house, CouncilCase at) => (await house.Database.Read(s => CaseQueries.Whole(s, house.House.Services, at.Reference))).ShouldNotBeNull();
    static IEnumerable<(string, long, long)> Rows(CasePayments payments) => payments.Due.Select(d => (d.Charge, d.Pence, d.SettledPence));

    static async Task SameAfterReplay(OpenHouse house, string figures)
    {
        foreach (var projection in House.Projections()) await Replay.Run(house.Database, projection, null, TestContext.Current.CancellationToken);
        (await house.Said()).ShouldBe(figures);
    }

    // What the log says is to be paid still: the sum that an accountant takes over it.
    static async Task<long> Owed(OpenHouse house, CouncilCase at)
    {
        var events = await house.Database.Read(s => s.Query($"select type, data from event where stream = {"payment/" + at.Reference} order by version", row => (Type: row.Text(0), Data: row.Text(1))));
        return events.Sum(e =>
        {
            using var data = JsonDocument.Parse(e.Data);
            var (pence, what) = (data.RootElement.GetProperty("pence").GetInt64(), data.RootElement.TryGetProperty("what", out var w) ? w.GetString() : null);
            return (e.Type, what) switch { ("payment.due" or "payment.added", _) or ("payment.taken-back", "withdrawn" or "recorded" or "set-off") => pence, _ => -pence };
        });
    }

    [Theory, BothDatabases]
    public async Task What_nobody_paid_is_withdrawn_and_comes_back_with_the_undo(Dialect dialect)
    {
        await using var house = await Open(dialect);
        var at = await Receive(house, Command(ExampleServices.Definition(Garden), Bins));
        var (before, figures) = (JsonSerializer.Serialize(await Payments(house, at)), await house.Figures());
        house.Clock.Now += Duration.FromHours(1);
        var moved = await Move(house, at, Light);
        (await house.Now(at.Reference)).Decided.ShouldBe(moved.Decided, "what its times go by from now on is kept with it");
        moved.Decided.ShouldNotBe(at.Decided);
        (await Payments(house, at)).ShouldBe(CasePayments.None);
        (await Owed(house, at)).ShouldBe(0);
        var came = (await File(house, at)).History[^1].CameTo.ShouldNotBeNull();
        came.Withdrawn.ShouldBe([new NamedCharge(Garden, "subscription", 9200)]);
        (came.PaidPence, came.Falling.Count, came.NotWorkedOut.Count).ShouldBe((0, 0, 0));
        await SameAfterReplay(house, await house.Figures());
        (await house.Undo(moved, WorkerOf(at))).Value.ShouldNotBeNull();
        (await house.Now(at.Reference)).Decided.ShouldBe(at.Decided);
        JsonSerializer.Serialize(await Payments(house, at)).ShouldBe(before);
        (await Owed(house, at)).ShouldBe(9200);
        (await house.Figures()).ShouldBe(figures);
        await SameAfterReplay(house, figures);
        (await house.Log("payment/" + at.Reference)).ShouldBe(["payment.due", "payment.withdrawn", "payment.taken-back"]);
    }

    [Theory, BothDatabases]
    public async Task What_was_paid_is_set_against_what_falls_due_and_counts_when_the_case_comes_back(Dialect dialect)
    {
        await using var house = await Open(dialect);
        var at = await Receive(house, Command(ExampleServices.Definition(Garden), Bins));
        at = await Act(house, at, "record-payment", ("amount", "50"), ("how", "card"), ("receipt", "4411"));
        var before = JsonSerializer.Serialize(await Payments(house, at));
        var moved = await Move(house, at, Bulky);
        Rows(await Payments(house, at)).ShouldBe([("subscription", 2000L, 2000L), (Garden + "/subscription", 3000L, 3000L)], ignoreOrder: true);
        var file = await File(house, at);
        (file.Payments.TooMuchPence(Bulky), file.Payments.OutstandingPence, file.MayGrow).ShouldBe((3000, 0, false));
        file.Payments.Made.Select(m => (m.Number, m.Charge, m.Pence, m.How, m.From)).ShouldBe([(1, Garden + "/subscription", 5000, "card", null), (2, "subscription", 2000, "set-off", Garden + "/subscription")]);
        file.Payments.Due.Select(d => d.LabelIn(file.ChargedBy)!.English).ShouldBe(["Bulky bins for a year", "Garden waste collection for a year"], ignoreOrder: true);
        (file.History[^1].CameTo!.PaidPence, file.History[^1].CameTo!.Falling[0].Pence, file.History[^1].CameTo!.Withdrawn[0].Pence, file.History[^1].CameTo!.Keeps).ShouldBe((3000, 2000, 4200, false));
        file.History[^1].CameTo!.SetOff.ShouldBe([new NamedCharge(Bulky, "subscription", 2000)]);
        (await Owed(house, at)).ShouldBe(0);
        await SameAfterReplay(house, await house.Figures());
        (await house.Undo(moved, WorkerOf(at))).Value.ShouldNotBeNull();
        JsonSerializer.Serialize(await Payments(house, at)).ShouldBe(before);
        (await Owed(house, at)).ShouldBe(4200);
        (await house.Log("payment/" + at.Reference)).ShouldBe(["payment.due", "payment.recorded", "payment.withdrawn", "payment.due", "payment.set-off", "payment.taken-back", "payment.taken-back", "payment.taken-back"]);

        moved = await Move(house, await house.Now(at.Reference), Bulky);
        var (atBulky, owedThere) = (JsonSerializer.Serialize(await Payments(house, at)), await Owed(house, at));
        moved = await Move(house, moved, Garden);
        Rows(await Payments(house, at)).ShouldBe([("subscription", 4200L, 0L), (Garden + "/subscription", 5000L, 5000L)], ignoreOrder: true);
        (await Payments(house, at)).TooMuchPence(Garden).ShouldBe(0);
        (await Owed(house, at)).ShouldBe(4200);
        moved = (await house.Undo(moved, WorkerOf(moved))).Value.ShouldNotBeNull();
        JsonSerializer.Serialize(await Payments(house, at)).ShouldBe(atBulky, "what the move released is set off again");
        (await Owed(house, at)).ShouldBe(owedThere);
        moved = await Move(house, moved, Garden);
        (await Owed(house, at)).ShouldBe(4200);
        await Act(house, moved, "record-payment", ("amount", "42"), ("how", "cash"), ("receipt", "4412"));
        (await Owed(house, at)).ShouldBe(0);
        await SameAfterReplay(house, await house.Figures());
    }

    [Theory, BothDatabases]
    public async Task What_is_less_than_the_new_charge_leaves_the_rest_to_be_paid_and_all_of_it_goes_on_with_the_case(Dialect dialect)
    {
        await using var house = await Open(dialect);
        var at = await Receive(house, Command(ExampleServices.Definition(Garden), Bins));
        at = await Act(house, at, "record-payment", ("amount", "5"), ("how", "card"), ("receipt", "4411"));
        at = await Move(house, at, Bulky);
        Rows(await Payments(house, at)).ShouldBe([("subscription", 2000L, 500L), (Garden + "/subscription", 0L, 0L)], ignoreOrder: true);
        (await Owed(house, at)).ShouldBe(1500);
        at = await Act(house, at, "record-payment", ("amount", "15"), ("how", "cash"), ("receipt", "4412"));
        (await Owed(house, at)).ShouldBe(0);
        at = await Move(house, at, Light);
        var payments = await Payments(house, at);
        Rows(payments).ShouldBe([(Bulky + "/subscription", 1500L, 1500L), (Garden + "/subscription", 500L, 500L)], ignoreOrder: true);
        (payments.TooMuchPence(Light), payments.Made.Sum(m => m.Pence), await Owed(house, at)).ShouldBe((2000, 2000, 0));
        (await File(house, at)).History[^1].CameTo!.PaidPence.ShouldBe(2000);
    }

    [Theory, BothDatabases]
    public async Task What_was_waived_is_no_money_and_is_set_against_nothing(Dialect dialect)
    {
        await using var house = await Open(dialect);
        var at = await Receive(house, Command(ExampleServices.Definition(Garden), Bins));
        at = await Act(house, at, "record-payment", ("amount", "82"), ("how", "waived"));
        at = await Act(house, at, "record-payment", ("amount", "10"), ("how", "card"), ("receipt", "4411"));
        at = await Move(house, at, Bulky);
        Rows(await Payments(house, at)).ShouldBe([("subscription", 2000L, 1000L), (Garden + "/subscription", 8200L, 8200L)], ignoreOrder: true);
        (await Payments(house, at)).TooMuchPence(Bulky).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task What_falls_due_at_a_later_stage_is_paid_from_what_was_kept_for_it_and_undone_with_the_stage(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect, Garden);
        var later = Alike.Replace("due: on received", "due: on stage delivery", StringComparison.Ordinal);
        await house.Database.Commit(unit => PublishService.Publish(unit, ExampleServices.FromText(later), later, OpenHouse.Monday, "a test"));
        await house.House.Services.Refresh();
        var at = await Receive(house, Command(ExampleServices.Definition(Garden), Bins));
        at = await Act(house, at, "record-payment", ("amount", "92"), ("how", "card"), ("receipt", "4411"));
        at = await Move(house, at, Bulky);
        var before = await File(house, at);
        (before.Payments.TooMuchPence(Bulky), before.MayGrow, before.History[^1].CameTo!.Keeps).ShouldBe((9200, true, true));
        var ahead = (await house.Database.Read(s => Consequences.Of(s, house.House, before, WorkerOf(at).Id, house.House.Now))).Of("bring-bins")!.CameTo!;
        var figures = await house.Figures();
        var brought = await Act(house, at, "bring-bins");
        var after = await File(house, brought);
        (after.Payments.TooMuchPence(Bulky), after.Payments.OutstandingPence, after.MayGrow, await Owed(house, at)).ShouldBe((7200, 0, false, 0));
        JsonSerializer.Serialize(after.History[^1].CameTo).ShouldBe(JsonSerializer.Serialize(ahead));
        ahead.SetOff.ShouldBe([new NamedCharge(Bulky, "subscription", 2000)]);
        (await house.Undo(brought, WorkerOf(brought))).Value.ShouldNotBeNull();
        JsonSerializer.Serialize(await Payments(house, at)).ShouldBe(JsonSerializer.Serialize(before.Payments));
        (await Owed(house, at), await house.Figures()).ShouldBe((0, figures));
        await SameAfterReplay(house, figures);
    }

    [Theory, BothDatabases]
    public async Task A_charge_that_the_answers_do_not_tell_is_not_guessed(Dialect dialect)
    {
        await using var house = await Open(dialect);
        var at = await house.Pothole();
        await Move(house, at, Bulky);
        var file = await File(house, at);
        file.Payments.ShouldBe(CasePayments.None);
        file.NotWorkedOut.ShouldHaveSingleItem().Name.ShouldBe("subscription");
        file.History[^1].CameTo!.NotWorkedOut.ShouldBe([new NamedCharge(Bulky, "subscription", 0)]);
    }

    [Theory, BothDatabases]
    public async Task What_a_partner_did_not_get_is_withdrawn_and_what_it_got_stays(Dialect dialect)
    {
        await using var house = await Open(dialect);
        var road = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("road", "trunk-road");
        var answers = Answers.None.With("where", new LocationAnswer("A34 at Milton", null, null, road)).With("size", new ChoiceAnswer("large")).With("deep", new YesNoAnswer(true))
            .With("photo", SkippedAnswer.Value).With("you", SkippedAnswer.Value);
        var definition = ExampleServices.Definition(Pothole);
        var at = await Receive(house, Command(definition, Deep) with { Answers = answers, ToPassOn = SharingDue.Decide(definition, answers, ExampleCouncil.Files.Agreements, new LocalDate(2026, 3, 2)) });
        var before = JsonSerializer.Serialize(await Shared(house, at));
        var moved = await Move(house, at, Light);
        (await Shared(house, at)).ShouldBeEmpty();
        at = (await house.Undo(moved, WorkerOf(at))).Value.ShouldNotBeNull();
        JsonSerializer.Serialize(await Shared(house, at)).ShouldBe(before);
        moved = await Move(house, await Move(house, at, Light), Pothole);
        (await Shared(house, at)).ShouldHaveSingleItem().Fields.ShouldBe(["where", "size"]);
        var passed = await Act(house, moved, "pass-on");
        await Move(house, await Move(house, passed, Light), Pothole);
        var stays = (await Shared(house, at)).ShouldHaveSingleItem("what it got before it does not get again");
        (stays.EarlierService, stays.PassedAt is not null).ShouldBe((Pothole, true));
        (await house.Log("sharing/" + at.Reference)).ShouldBe(["sharing.due", "sharing.withdrawn", "sharing.taken-back", "sharing.withdrawn", "sharing.due", "sharing.passed-on"]);
    }

    [Fact]
    public async Task What_each_service_would_change_is_said_before_by_the_same_decision()
    {
        await using var house = await Open(Dialect.Sqlite);
        var at = await Receive(house, Command(ExampleServices.Definition(Garden), Bins));
        var file = await File(house, at);
        var ahead = (await house.Database.Read(s => Consequences.Of(s, house.House, file, WorkerOf(at).Id, house.House.Now))).ByService().Single(s => s.To.Name == Bulky).CameTo;
        await Move(house, at, Bulky);
        JsonSerializer.Serialize((await File(house, at)).History[^1].CameTo).ShouldBe(JsonSerializer.Serialize(ahead));
    }

    [Theory, BothDatabases]
    public async Task A_bulk_order_moves_and_takes_back_by_the_same_rules(Dialect dialect)
    {
        await using var house = await Open(dialect);
        var (first, second) = (await Receive(house, Command(ExampleServices.Definition(Garden), Bins)), await Receive(house, Command(ExampleServices.Definition(Garden), Bins)));
        var by = WorkerOf(first);
        (first, second) = (await Act(house, first, "assign", ("to", by.Id)), await Act(house, second, "assign", ("to", by.Id)));
        var order = new BulkOrder("move", new Dictionary<string, string> { ["service"] = Bulky }, null);
        var id = (await house.Database.Commit(unit => BulkActs.Begin(unit, house.House, order, [new BulkPick(first.Reference, first.Version), new BulkPick(second.Reference, second.Version)], by))).Value.ShouldNotBeNull();
        foreach (var at in new[] { first, second }) Rows(await Payments(house, at)).ShouldBe([("subscription", 2000L, 0L)]);
        var bulk = (await house.Database.Read(s => BulkActs.Find(s, id, by.Id))).ShouldNotBeNull();
        await house.Database.Commit(unit => BulkActs.Undo(unit, house.House, bulk, [second.Reference], by));
        (await Owed(house, first), await Owed(house, second)).ShouldBe((2000, 9200));
        Rows(await Payments(house, second)).ShouldBe([("subscription", 9200L, 0L)]);
    }
}
