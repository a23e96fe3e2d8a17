using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Performance;
using Moothall.Store;
using Moothall.Tests.Council;
using Moothall.Tests.Journeys;
using NodaTime;
using Shouldly;
using Xunit;
using static Moothall.Tests.Cases.Situations;

namespace Moothall.Tests.Cases;

/// <summary>The whole path: from the first answer to the published figure, and the same figure again when it is built anew from the log.</summary>
public class CaseFiguresTests
{
    static readonly ReportingPeriod March2026 = new(new LocalDate(2026, 3, 1), new LocalDate(2026, 3, 31));

    [Theory, BothDatabases]
    public async Task What_people_did_is_what_the_figures_say_also_after_a_replay(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var inTime = (await house.Submit(await house.BeginWhole())).Value!.Case!;
        var late = (await house.Submit(await house.BeginWhole())).Value!.Case!;
        var left = await house.Begin(("where", "\"High Street, Wallingford\""));
        await house.Begin(("where", "\"M40 northbound, just after junction 7\""));
        (await house.Database.Commit(unit => CaseReceiving.Receive(unit, Command(ExampleServices.Definition("report-a-pothole"), Small) with { Channel = "phone" }))).IsDone.ShouldBeTrue();
        house.Clock.Now = March(16, 10);
        await Withdraw(house, inTime);
        house.Clock.Now = March(17, 10);
        await Withdraw(house, late);
        house.Clock.Now = Monday + Moothall.Journeys.Draft.Life;
        await house.Database.Commit(unit => new Moothall.Journeys.SettleDraft(house.House.Services, house.Clock).Handle(unit, left.Id, house.Clock.Now));

        await using (var readers = new ReaderHost(house.Database, House.Projections(), house.House.Owners(), [], []))
        {
            await readers.Start();
            await readers.WaitUntilCaughtUp();
        }
        var figures = await Figures(house);
        (figures.Started, figures.Completed, figures.CompletionRate, figures.Cases).ShouldBe((4, 4, 0.75, new CaseFigures(3, 2, 1, 1)));
        figures.TransactionsByChannel.ShouldBe(new Dictionary<string, long> { ["web"] = 2, ["phone"] = 1 }, ignoreOrder: true);
        foreach (var projection in House.Projections()) await Replay.Run(house.Database, projection, null, TestContext.Current.CancellationToken);
        var again = await Figures(house);
        (again.Started, again.Completed, again.CompletionRate, again.Cases).ShouldBe((figures.Started, figures.Completed, figures.CompletionRate, figures.Cases));
    }

    static Task<ServiceFigures> Figures(OpenHouse house) => house.Database.Read(async session =>
        (await new PerformanceQueries(_ => new Dictionary<string, decimal>(), () => []).Read(session, null, null, March2026)).Services.ShouldHaveSingleItem());

    static async Task Withdraw(OpenHouse house, CouncilCase at) => (await house.Database.Commit(unit => CaseActions.Act(unit, house.House.Services, house.House.Council, new ActOnCase
    {
        Reference = at.Reference, Action = "withdraw", SeenVersion = at.Version, By = Tokens.CallerFor(ExampleCouncil.Files, "amara-okafor"), Answers = (_, _) => (Answers.None, []),
    }, house.House.Now))).IsDone.ShouldBeTrue();
}
