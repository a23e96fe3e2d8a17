using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Performance;
using Moothall.Store;
using Moothall.Tests.Council;
using Moothall.Tests.Journeys;
using static Moothall.Tests.Cases.Situations;

namespace Moothall.Tests.Cases;

/// <summary>What tests of the desk do with an open house: cases come, staff act on them, figures catch up.</summary>
static class DeskStory
{
    public static readonly Caller Amara = Tokens.CallerFor(ExampleCouncil.Files, "amara-okafor");
    /// <summary>Leads the streets team, of which Amara is.</summary>
    public static readonly Caller Tomasz = Tokens.CallerFor(ExampleCouncil.Files, "tomasz-zielinski");

    public static async Task<CouncilCase> Pothole(this OpenHouse house, Func<ReceiveCase, ReceiveCase>? change = null, string answers = Small)
    {
        var command = Command(ExampleServices.Definition("report-a-pothole"), answers) with { Received = house.Clock.Now };
        return (await house.Database.Commit(unit => CaseReceiving.Receive(unit, change?.Invoke(command) ?? command))).Value!;
    }

    public static Task<Result<CouncilCase>> Act(this OpenHouse house, CouncilCase at, string action, Caller? by = null, string? note = null, params (string Name, string Value)[] values) =>
        house.Database.Commit(unit => CaseActions.Act(unit, house.House.Services, house.House.Council, new ActOnCase
        {
            Reference = at.Reference, Action = action, SeenVersion = at.Version, By = by ?? Tomasz, Note = note, HandlingSeconds = 30, Values = values.ToDictionary(v => v.Name, v => v.Value), Answers = (_, _) => (Answers.None, []),
        }, house.House.Now));

    public static Task<Result<CouncilCase>> Undo(this OpenHouse house, CouncilCase done, Caller? by = null) =>
        house.Database.Commit(unit => UndoCase.Undo(unit, house.House.Services, house.House.Council, done.Reference, done.Version, by ?? Tomasz, house.House.Now));

    public static Task<CouncilCase> Now(this OpenHouse house, string reference) => house.Database.Read(async s => (await CaseQueries.Find(s, reference))!);

    /// <summary>Everything that figures and queues count, as one text; what counts nothing says nothing.</summary>
    public static async Task<string> Figures(this OpenHouse house)
    {
        await using (var readers = new ReaderHost(house.Database, House.Projections(), house.House.Owners(), [], []))
        {
            await readers.Start();
            await readers.WaitUntilCaughtUp();
        }
        return await house.Said();
    }

    public static Task<string> Said(this OpenHouse house) => house.Database.Read(async session =>
    {
        var columns = string.Join(", ", Counts.Columns);
        var days = await session.Query(System.Runtime.CompilerServices.FormattableStringFactory.Create($"select service, authority, channel, {columns} from performance_day order by service, authority, channel"),
            row => (Line: string.Join(' ', row.Text(0), row.Text(1), row.Text(2)), Counted: string.Concat(Counts.All.Select((c, i) => row.Long(3 + i) is var n && n == 0 ? "" : $" {c}={n}"))));
        var queues = (await QueueCounts.Read(session, ["wessex", "mercia"])).Select(c => c.ToString());
        return string.Join('\n', days.Where(d => d.Counted.Length > 0).Select(d => d.Line + d.Counted).Concat(queues));
    });
}
