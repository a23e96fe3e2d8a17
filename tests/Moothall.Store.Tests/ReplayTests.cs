using Moothall.Store.Log;
using Moothall.Store.Victim;
using Shouldly;
using Xunit;

namespace Moothall.Store.Tests;

public class ReplayTests
{
    [Theory, BothDatabases]
    public async Task A_replay_gives_the_same_figures_and_they_never_go_blank(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await using var host = new ReaderHost(store.Database, [new Tally()], [], [], [], settings: LogOf.Quick);
        await host.Start();
        for (var i = 0; i < 30; i++) await store.Database.Append($"case{i}", 0, 3);
        await host.WaitUntilCaughtUp();
        var before = await store.Database.Counted();

        var blank = false;
        using var over = new CancellationTokenSource();
        var watching = Task.Run(async () =>
        {
            while (!over.IsCancellationRequested) blank |= (await store.Database.Counted()).Count != 90;
        });
        for (var i = 0; i < 3; i++)
        {
            var result = await Replay.Run(store.Database, new Tally());
            result.Events.ShouldBe(90);
        }
        await over.CancelAsync();
        await watching;
        blank.ShouldBeFalse();
        (await store.Database.Counted()).ShouldBe(before);
        await LeftOvers(store, 0);

        await store.Database.Append("later", 0);
        await host.WaitUntilCaughtUp();
        (await store.Database.Counted()).Count.ShouldBe(91);
    }

    [Theory, OnlyPostgres]
    public async Task A_replay_counts_inverted_transactions_of_one_stream_by_version_and_once(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Append("case", 0);
        await using var early = await SlowTransaction.Open(store);
        await using var earlier = await SlowTransaction.Open(store);
        await store.Database.Append("case", 1);
        await earlier.Append("case", 3);
        await earlier.Commit();
        await early.Append("case", 4);
        await early.Commit();
        await store.Database.Append("case", 4);
        await store.Database.Settled();
        (await Replay.Run(store.Database, new Tally())).Events.ShouldBe(5);
        (await store.Database.Counted()).ShouldBe([("case", 1, 1), ("case", 2, 1), ("case", 3, 1), ("case", 4, 1), ("case", 5, 1)]);
    }

    [Theory, BothDatabases]
    public async Task A_replay_of_a_log_that_lacks_an_event_says_which_and_changes_nothing(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Append("case", 0, 3);
        await store.Database.Settled();
        (await Replay.Run(store.Database, new Tally())).Events.ShouldBe(3);
        await store.Database.Commit(unit => unit.Execute($"delete from event where version = 2"));
        await store.Database.Settled();
        (await Should.ThrowAsync<InvalidOperationException>(Replay.Run(store.Database, new Tally()))).Message.ShouldContain("'case' has version 3 but not 2");
        (await store.Database.Counted()).Count.ShouldBe(3);
    }

    [Fact]
    public void Streams_that_were_passed_are_known_by_their_next_version_alone()
    {
        var passed = new PassedStreams(most: 2);
        passed.IsNext("a", 2).ShouldBeFalse();
        passed.IsNext("a", 1).ShouldBeTrue();
        passed.IsNext("a", 3).ShouldBeFalse();
        passed.IsNext("a", 2).ShouldBeTrue();
        passed.IsNext("a", 2).ShouldBeFalse();
        passed.Note("b", 7);
        passed.IsNext("b", 8).ShouldBeTrue();
        // Too many are forgotten, never guessed.
        passed.IsNext("c", 1).ShouldBeTrue();
        passed.IsNext("a", 3).ShouldBeFalse();
    }

    [Theory, BothDatabases]
    public async Task A_second_replay_takes_over_while_a_node_serves_and_writes(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var node = store.Another();
        await using var host = new ReaderHost(node, [new Tally()], [], [], [], settings: LogOf.Quick with { BatchSize = 5 });
        await host.Start();
        for (var i = 0; i < 20; i++) await node.Append($"old{i}", 0, 2);

        using var over = new CancellationTokenSource();
        var written = 0;
        var serving = Task.Run(async () =>
        {
            while (!over.IsCancellationRequested) await node.Append($"new{written++}", 0, 2);
        });
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = Replay.Run(store.Database, new Tally(), _ =>
        {
            reached.TrySetResult();
            goOn.Task.Wait();
        });
        await reached.Task;
        await Replay.Run(store.Another(), new Tally());
        goOn.SetResult();
        (await Should.ThrowAsync<ReplayTakenOverException>(first)).Message.ShouldContain("tally");
        await Replay.Run(store.Database, new Tally());
        await over.CancelAsync();
        await serving;
        await host.WaitUntilCaughtUp();

        var counted = await store.Database.Counted();
        counted.Count.ShouldBe(40 + (written * 2));
        counted.ShouldAllBe(c => c.Times == 1);
        await LeftOvers(store, 0);
    }

    [Theory, BothDatabases]
    public async Task What_a_dead_replay_left_is_cleared_by_the_next(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Append("case", 0, 2);
        await store.Database.Settled();
        await Should.ThrowAsync<FormatException>(Replay.Run(store.Database, new Tally { Before = _ => throw new FormatException("no") }));
        await LeftOvers(store, 1);
        await Replay.Run(store.Database, new Tally());
        await LeftOvers(store, 0);
        (await store.Database.Counted()).Count.ShouldBe(2);
    }

    private static async Task LeftOvers(TestStore store, int expected)
    {
        var shadows = await store.Database.Read(s => s.Number(s.Dialect == Dialect.Sqlite
            ? (FormattableString)$"select count(*) from sqlite_master where type = 'table' and name like 'tally_r%'"
            : $"select count(*) from pg_tables where schemaname = current_schema() and tablename like 'tally_r%'"));
        shadows.ShouldBe(expected);
    }
}
