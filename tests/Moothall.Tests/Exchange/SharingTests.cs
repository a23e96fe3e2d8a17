using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Exchange;
using Moothall.Identity;
using Moothall.Store;
using Moothall.Tests.Council;
using Moothall.Tests.Journeys;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Exchange;

public class SharingTests
{
    static readonly Caller Amara = Tokens.CallerFor(ExampleCouncil.Files, "amara-okafor");
    static readonly LocalDate Today = new(2026, 3, 2);
    static readonly IReadOnlyDictionary<string, SharingAgreement> Agreements = ExampleCouncil.Files.Agreements;

    static ServiceDefinition Pothole => ExampleServices.Definition("report-a-pothole");

    static Answers OnTheA34 => Answers.None
        .With("where", new LocationAnswer("A34 at Milton", null, null, System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("road", "trunk-road")))
        .With("size", new ChoiceAnswer("large")).With("deep", new YesNoAnswer(true)).With("photo", SkippedAnswer.Value).With("you", SkippedAnswer.Value);

    [Fact]
    public void Only_answered_questions_under_the_agreement_are_to_be_passed_on() =>
        SharingDue.Decide(Pothole, OnTheA34, Agreements, Today).ShouldHaveSingleItem().Fields.ShouldBe(["where", "size"]);

    [Fact]
    public void What_no_agreement_covers_any_more_is_not_to_be_passed_on()
    {
        var ended = new Dictionary<string, SharingAgreement> { ["ISA-2024-003"] = Agreements["ISA-2024-003"] with { Until = Today.PlusDays(-1) } };
        SharingDue.Decide(Pothole, OnTheA34, ended, Today).ShouldBeEmpty();
        SharingDue.Decide(Pothole, OnTheA34, new Dictionary<string, SharingAgreement>(), Today).ShouldBeEmpty();
        SharingDue.WhyNot("national-highways", "ISA-2024-003", ended, Today)!.ToString().ShouldBe("The agreement ISA-2024-003 ended on 1 March 2026. Pass nothing on until it is renewed.");
    }

    static async Task<CouncilCase> Receive(OpenHouse house)
    {
        var command = Moothall.Tests.Cases.Situations.Command(Pothole, Moothall.Tests.Cases.Situations.Deep) with { ToPassOn = SharingDue.Decide(Pothole, OnTheA34, Agreements, Today) };
        return (await house.Database.Commit(unit => CaseReceiving.Receive(unit, command))).Value.ShouldNotBeNull();
    }

    static Task<Result<CouncilCase>> PassOn(OpenHouse house, CouncilCase @case) => house.Database.Commit(unit => CaseActions.Act(unit, house.House.Services, house.House.Council, new ActOnCase
    {
        Reference = @case.Reference, Action = "pass-on", SeenVersion = @case.Version, By = Amara, Answers = (_, _) => (Answers.None, []),
    }, house.House.Now));

    [Theory, BothDatabases]
    public async Task What_is_due_to_a_partner_is_recorded_and_marked_when_it_is_passed_on(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var @case = await Receive(house);
        (await house.Database.Read(s => Sharings.Of(s, @case.Reference))).ShouldHaveSingleItem().PassedAt.ShouldBeNull();
        house.Clock.Now += Duration.FromHours(1);
        @case = (await PassOn(house, @case)).Value.ShouldNotBeNull();
        var passed = (await house.Database.Read(s => Sharings.Of(s, @case.Reference))).ShouldHaveSingleItem();
        (passed.PassedAt, passed.PassedBy).ShouldBe((house.Clock.Now, "amara-okafor"));
        (await house.Log("sharing/" + @case.Reference)).ShouldBe(["sharing.due", "sharing.passed-on"]);
        (await PassOn(house, @case)).Refusal!.Why.ShouldBe("It was passed on already.");
    }

    [Theory, BothDatabases]
    public async Task A_case_of_which_nobody_gets_anything_cannot_be_passed_on(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var @case = (await house.Database.Commit(unit => CaseReceiving.Receive(unit, Moothall.Tests.Cases.Situations.Command(Pothole, Moothall.Tests.Cases.Situations.Small)))).Value!;
        (await PassOn(house, @case)).Refusal!.Why.ShouldBe("Nothing of this case is to be passed on.");
        (await house.Log("case/" + @case.Reference)).ShouldBe(["case.received"]);
    }
}
