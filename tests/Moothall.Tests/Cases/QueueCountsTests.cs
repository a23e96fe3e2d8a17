using System.Runtime.CompilerServices;
using Moothall.Cases;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Cases;

/// <summary>The numbers beside the queue follow the cases wherever they go, on both databases.</summary>
public class QueueCountsTests
{
    static readonly Instant Noon = Instant.FromUtc(2026, 3, 3, 12, 0);

    static CaseReceived Received(string stage = "triage", string team = "streets", string authority = "wessex") =>
        new("report-a-pothole", 1, authority, team, stage, "web", Actor.Resident, null, null, new Dictionary<string, string>(), 5, 0, 0, 0, 0, false, false);

    static CaseAdvanced Inspect() => new("report-a-pothole", "wessex", "web", "inspect", "triage", "inspection", "streets", "highways", true, null, Actor.Worker, 0, false);

    static CaseClosed Closed() => new("report-a-pothole", "wessex", "highways", "web", "no-defect", "inspection", "no-defect", Noon, null, true, Actor.Worker, 0, false);

    static LogEvent Entry<T>(T happened) where T : IEvent
    {
        var entry = EventJson.ToLog(happened, Noon);
        return new LogEvent(new LogPosition(0, 1), "case/POT-0000-0000", 1, entry.Type, entry.Schema, entry.At, false, entry.Json);
    }

    static async Task<TestStore> Store(Dialect dialect)
    {
        var store = await TestStore.Create(dialect);
        foreach (var statement in new QueueCounts().Schema(dialect, TableNames.Live).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            await store.Database.Commit(unit => unit.Execute(FormattableStringFactory.Create(statement)));
        return store;
    }

    static Task Apply(TestStore store, params IReadOnlyList<LogEvent> events) => store.Database.Commit(unit => new QueueCounts().Apply(unit, TableNames.Live, events));

    static async Task<List<string>> Read(TestStore store, params string[] authorities) =>
        [.. (await store.Database.Read(session => QueueCounts.Read(session, authorities))).Select(c => $"{c.Authority} {c.Team} {c.Service} {c.Stage} {c.Open}")];

    [Theory]
    [BothDatabases]
    public async Task An_open_case_counts_where_it_lies(Dialect dialect)
    {
        await using var store = await Store(dialect);
        await Apply(store, Entry(Received()), Entry(Received()));
        await Apply(store, Entry(Inspect()));
        (await Read(store, "wessex")).ShouldBe(["wessex highways report-a-pothole inspection 1", "wessex streets report-a-pothole triage 1"]);
    }

    [Theory]
    [BothDatabases]
    public async Task A_closed_case_counts_nowhere_until_it_is_reopened(Dialect dialect)
    {
        await using var store = await Store(dialect);
        await Apply(store, Entry(Received()), Entry(Inspect()), Entry(Closed()));
        (await Read(store, "wessex")).ShouldBeEmpty();
        await Apply(store, Entry(new CaseReopened("report-a-pothole", "wessex", "highways", "web", "inspection", null, Noon, true, Actor.Worker, 0)));
        (await Read(store, "wessex")).ShouldBe(["wessex highways report-a-pothole inspection 1"]);
    }

    [Theory]
    [BothDatabases]
    public async Task A_moved_case_leaves_the_stage_that_it_was_at(Dialect dialect)
    {
        await using var store = await Store(dialect);
        await Apply(store, Entry(Received()), Entry(Inspect()));
        await Apply(store, Entry(new CaseMoved("report-a-pothole", "report-graffiti", "wessex", "web", "highways", "streets", "inspection", "read", Actor.Worker, 0)));
        (await Read(store, "wessex")).ShouldBe(["wessex streets report-graffiti read 1"]);
    }

    [Theory]
    [BothDatabases]
    public async Task Another_councils_cases_are_not_counted_for_one(Dialect dialect)
    {
        await using var store = await Store(dialect);
        await Apply(store, Entry(Received()), Entry(Received(authority: "mercia")));
        (await Read(store, "mercia")).ShouldBe(["mercia streets report-a-pothole triage 1"]);
        (await Read(store)).ShouldBeEmpty();
    }

    [Theory]
    [BothDatabases]
    public async Task The_same_events_in_other_portions_give_the_same_counts(Dialect dialect)
    {
        await using var store = await Store(dialect);
        foreach (var entry in new[] { Entry(Received()), Entry(Received(stage: "repair")), Entry(Inspect()), Entry(Received()) }) await Apply(store, entry);
        var oneByOne = await Read(store, "wessex");
        await store.Database.Commit(unit => unit.Execute($"delete from queue_count"));
        await Apply(store, Entry(Received()), Entry(Received(stage: "repair")), Entry(Inspect()), Entry(Received()));
        (await Read(store, "wessex")).ShouldBe(oneByOne);
    }
}
