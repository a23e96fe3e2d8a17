using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Store;
using Moothall.Tests.Council;
using Moothall.Tests.Journeys;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Cases;

public class RemindOfRenewalTests
{
    const string Garden = "subscribe-to-garden-waste";
    static readonly Caller Mohammed = Tokens.CallerFor(ExampleCouncil.Files, "mohammed-rahman");

    static string Answers(string you) =>
        $$"""{"place": "home", "home": {"line1": "19 Castle Street", "town": "Wallingford", "postcode": "OX10 8DL"}, "bins": 1, "more": 0, "you": {{you}}, "agree": true}""";

    static async Task<CouncilCase> Close(OpenHouse house, string action, string you = """{"name": "Ann Lee", "email": "ann@mail.example"}""")
    {
        var @case = (await house.Database.Commit(unit => CaseReceiving.Receive(unit, Situations.Command(ExampleServices.Definition(Garden), Answers(you))))).Value.ShouldNotBeNull();
        return (await Act(house, @case, action)).Value.ShouldNotBeNull();
    }

    static Task<Result<CouncilCase>> Act(OpenHouse house, CouncilCase @case, string action, string? note = null) =>
        house.Database.Commit(unit => CaseActions.Act(unit, house.House.Services, house.House.Council, new ActOnCase
        {
            Reference = @case.Reference, Action = action, SeenVersion = @case.Version, By = Mohammed, Note = note, Answers = (_, _) => (Definitions.Answers.None, []),
        }, house.House.Now));

    static Task<List<Instant>> Due(OpenHouse house) => house.Database.Read(s => s.Query($"select due from timer where kind = {RemindOfRenewal.Timer}", row => row.Instant(0)));

    static Task Remind(OpenHouse house, CouncilCase @case) => house.Database.Commit(unit => new RemindOfRenewal(house.House).Handle(unit, @case.Reference, house.House.Now));

    [Theory, BothDatabases]
    public async Task A_subscription_is_remembered_a_month_before_its_last_day(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect, Garden);
        var @case = await Close(house, "has-bins");
        (await Due(house)).ShouldBe([Instant.FromUtc(2027, 1, 30, 9, 0)]);
        var definition = ExampleServices.Definition(Garden);
        RemindOfRenewal.LastDay(@case, definition, null, house.House.Council.Authorities[0].Calendar).ShouldBe(new LocalDate(2027, 3, 1));

        house.Clock.Now = Instant.FromUtc(2027, 1, 30, 9, 0);
        await Remind(house, @case);
        (await house.Log("case/" + @case.Reference)).ShouldBe(["case.received", "case.closed", "renewal.reminded"]);
        var mail = (await house.Database.Read(s => s.Query($"select address, subject, plain from message where about = {@case.Reference}", row => (To: row.Text(0), Subject: row.Text(1), Words: row.Text(2))))).ShouldHaveSingleItem();
        mail.To.ShouldBe("ann@mail.example");
        mail.Subject.ShouldBe("Subscribe to garden waste collection: it runs out on 1 March 2027");
        mail.Words.ShouldContain("Hello Ann Lee,");
        mail.Words.ShouldContain($"/services/subscribe-to-garden-waste/again?case={@case.Reference}&code={house.House.Codes.ForAgain(@case.Reference, @case.LinkNumber)}");
    }

    [Theory, BothDatabases]
    public async Task Who_gave_no_address_or_did_not_subscribe_is_not_reminded(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect, Garden);
        await Close(house, "not-paid");
        (await Due(house)).ShouldBeEmpty();
        var @case = await Close(house, "has-bins", """{"name": "Ann Lee", "phone": "01632 960001"}""");
        await Remind(house, @case);
        (await house.Count("message")).ShouldBe(0);
        (await house.Log("case/" + @case.Reference)).ShouldBe(["case.received", "case.closed"]);
    }

    [Theory, BothDatabases]
    public async Task A_case_opened_again_reminds_nobody(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect, Garden);
        var @case = await Close(house, "has-bins");
        @case = (await Act(house, @case, "reopen", "Paid by mistake")).Value.ShouldNotBeNull();
        (await Due(house)).ShouldBeEmpty();
        await Remind(house, @case);
        (await house.Count("message")).ShouldBe(0);
    }

    [Theory]
    [BothDatabases]
    public async Task What_begins_or_ends_on_a_day_of_its_own_is_counted_from_that_day(Dialect dialect)
    {
        foreach (var (which, answered, last, due) in new[]
        {
            ("begins", "2026-04-01", new LocalDate(2027, 3, 31), Instant.FromUtc(2027, 3, 1, 9, 0)),
            ("ends", "2026-12-24", new LocalDate(2026, 12, 24), Instant.FromUtc(2026, 11, 24, 9, 0)),
        })
        {
            await using var house = await OpenHouse.Open(dialect);
            var source = ExampleServices.Source(Garden)
                .Replace("    brought:\n      question:", "    that-day:\n      question: Which day?\n      type: date\n    brought:\n      question:", StringComparison.Ordinal)
                .Replace("        has-bins:\n          label:", "        has-bins:\n          ask: [that-day]\n          label:", StringComparison.Ordinal)
                .Replace("  after: [subscribed]\n", $"  after: [subscribed]\n  {which}: that-day\n", StringComparison.Ordinal);
            var definition = ExampleServices.FromText(source);
            await house.Database.Commit(unit => Moothall.Journeys.PublishService.Publish(unit, definition, source, OpenHouse.Monday, "a test"));
            await house.House.Services.Refresh();
            var @case = (await house.Database.Commit(unit => CaseReceiving.Receive(unit, Situations.Command(definition, Answers("""{"name": "Ann Lee", "email": "ann@mail.example"}"""))))).Value.ShouldNotBeNull();
            @case = (await house.Database.Commit(unit => CaseActions.Act(unit, house.House.Services, house.House.Council, new ActOnCase
            {
                Reference = @case.Reference, Action = "has-bins", SeenVersion = @case.Version, By = Mohammed,
                Answers = (questions, reading) => AnswersReader.ReadAll(questions, System.Text.Json.JsonDocument.Parse($$"""{"that-day": "{{answered}}"}""").RootElement, reading),
            }, house.House.Now))).Value.ShouldNotBeNull();
            (await Due(house)).ShouldBe([due], which);
            var progress = (await house.Database.Read(s => CaseQueries.Track(s, house.House.Services, house.House.Codes, @case.Reference, house.House.Codes.For(@case.Reference, @case.LinkNumber), "en", house.House.Now))).ShouldNotBeNull();
            RemindOfRenewal.LastDay(progress.Case, definition, progress.CountsFrom, house.House.Council.Authorities[0].Calendar).ShouldBe(last);
            house.Clock.Now = due;
            await Remind(house, @case);
            var subject = await house.Database.Read(s => s.First($"select subject from message where about = {@case.Reference}", row => row.Text(0)));
            subject.ShouldEndWith($"it runs out on {last.ToString("d MMMM yyyy", System.Globalization.CultureInfo.GetCultureInfo("en-GB"))}");
        }
    }
}
