using Microsoft.Extensions.Logging.Abstractions;
using Moothall.Store.Readers;
using Moothall.Store.Victim;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Store.Tests;

public class ReaderTests
{
    [Theory, BothDatabases]
    public async Task Two_readers_of_one_name_handle_each_event_exactly_once(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var busy = LogOf.Quick with { BatchSize = 7, Lease = Duration.FromMilliseconds(20) };
        await using var one = new ReaderHost(store.Database, [new Tally()], [], [], [], settings: busy);
        await using var two = new ReaderHost(store.Another(), [new Tally()], [], [], [], settings: busy);
        await one.Start();
        await two.Start();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async writer =>
        {
            for (var i = 0; i < 50; i++) await store.Database.Append($"case-{writer}", i);
        }));
        await one.WaitUntilCaughtUp();
        var counted = await store.Database.Counted();
        counted.Count.ShouldBe(200);
        counted.ShouldAllBe(c => c.Times == 1);
        foreach (var stream in counted.GroupBy(c => c.Stream)) stream.Select(c => c.Version).ShouldBe(Enumerable.Range(1, 50));
    }

    [Theory, BothDatabases]
    public async Task A_reader_that_lost_its_lease_writes_nothing(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var late = new ProjectionReader(store.Database, new Tally(), "late", LogOf.Quick, NullLogger.Instance);
        var next = new ProjectionReader(store.Another(), new Tally(), "next", LogOf.Quick, NullLogger.Instance);
        await late.Register();
        await store.Database.Append("case", 0);
        await store.Database.Settled();
        (await late.TakeTurn(default)).ShouldBe(Turn.Moved);
        (await next.TakeTurn(default)).ShouldBe(Turn.NotMine);

        await store.Database.Commit(unit => unit.Execute($"update reader set lease_until = {Instant.FromUtc(2020, 1, 1, 0, 0)}"));
        await store.Database.Append("case", 1);
        await store.Database.Settled();
        (await next.TakeTurn(default)).ShouldBe(Turn.Moved);
        await store.Database.Append("case", 2);
        await store.Database.Settled();
        (await late.TakeTurn(default)).ShouldBe(Turn.NotMine);
        (await store.Database.Counted()).ShouldBe([("case", 1, 1), ("case", 2, 1)]);
        (await next.TakeTurn(default)).ShouldBe(Turn.Moved);
        (await store.Database.Counted()).Count.ShouldBe(3);
    }

    [Theory, OnlyPostgres]
    public async Task An_owner_that_loses_its_lease_in_the_middle_of_a_batch_is_rolled_back(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var late = new OwnerReader(store.Database, new Echo { Before = () => { reached.TrySetResult(); return goOn.Task; } }, "late", LogOf.Quick, NullLogger.Instance);
        var next = new OwnerReader(store.Another(), new Echo(), "next", LogOf.Quick, NullLogger.Instance);
        await late.Register();
        await store.Database.Append("case", 0);
        await store.Database.Settled();
        var slow = late.TakeTurn(default);
        (await Task.WhenAny(reached.Task, slow)).ShouldBe(reached.Task);
        await store.Database.Commit(unit => unit.Execute($"update reader set lease_until = {Instant.FromUtc(2020, 1, 1, 0, 0)}"));
        (await next.TakeTurn(default)).ShouldBe(Turn.Moved);
        goOn.SetResult();
        (await slow).ShouldBe(Turn.NotMine);
        (await store.Database.Read(s => s.Number($"select count(*) from event where stream = {"echo-case"}"))).ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task An_owner_answers_events_with_events_of_its_own(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await using var host = new ReaderHost(store.Database, [new Tally()], [new Echo()], [], [], settings: LogOf.Quick);
        await host.Start();
        for (var i = 0; i < 20; i++) await store.Database.Append($"case{i}", 0);
        await host.WaitUntilCaughtUp();
        var counted = await store.Database.Counted();
        counted.Count.ShouldBe(40);
        counted.ShouldAllBe(c => c.Times == 1);
    }

    [Theory, BothDatabases]
    public async Task A_projection_that_throws_keeps_what_came_before_and_stops_with_an_alert(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Append("case", 0, 5);
        var mended = false;
        var tally = new Tally { Before = e => e.Version == 4 && !mended ? throw new FormatException("not a number") : Task.CompletedTask };
        await using var host = new ReaderHost(store.Database, [tally], [], [], [], settings: LogOf.Quick);
        await host.Start();
        var alert = (await Should.ThrowAsync<InvalidOperationException>(host.WaitUntilCaughtUp())).Message;
        alert.ShouldContain("tally cannot handle “case.noted”");
        alert.ShouldContain("case version 4");
        (await store.Database.Counted()).Select(c => c.Version).ShouldBe([1, 2, 3]);

        mended = true;
        await LogOf.Until(async () => (await store.Database.Read(ReaderStates.Alerts)).Count == 0);
        await host.WaitUntilCaughtUp();
        (await store.Database.Counted()).Select(c => (c.Version, c.Times)).ShouldBe([(1, 1), (2, 1), (3, 1), (4, 1), (5, 1)]);
    }

    [Theory, BothDatabases]
    public async Task A_projection_of_another_form_is_built_again_at_the_start(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await using (var host = new ReaderHost(store.Database, [new Tally()], [], [], [], settings: LogOf.Quick))
        {
            await host.Start();
            await store.Database.Append("case", 0, 5);
            await host.WaitUntilCaughtUp();
        }
        await store.Database.Commit(unit => unit.Execute($"update reader set form = {"older"}"));
        await store.Database.Commit(unit => unit.Execute($"delete from tally"));
        await using var newer = new ReaderHost(store.Database, [new Tally()], [], [], [], settings: LogOf.Quick);
        await newer.Start();
        await newer.WaitUntilCaughtUp();
        (await store.Database.Counted()).Count.ShouldBe(5);
    }

    [Fact]
    public async Task Two_readers_of_one_host_cannot_share_a_name()
    {
        await using var store = await TestStore.Create(Dialect.Sqlite);
        Should.Throw<ArgumentException>(() => new ReaderHost(store.Database, [new Tally("same"), new Tally("same")], [], [], []));
    }

    private sealed class Echo : IOwner
    {
        public string Name => "echo";
        public Func<Task>? Before { get; init; }

        public async Task Handle(Unit unit, LogEvent e)
        {
            if (e.Stream.StartsWith("echo-", StringComparison.Ordinal)) return;
            if (Before is not null) await Before();
            var stream = $"echo-{e.Stream}";
            var version = (int)await unit.Number($"select max(version) from event where stream = {stream}");
            await unit.Append(stream, version, LogOf.Event("echo.heard"));
        }
    }
}
