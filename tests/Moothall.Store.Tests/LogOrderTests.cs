using Moothall.Store.Log;
using Moothall.Store.Victim;
using Shouldly;
using Xunit;

namespace Moothall.Store.Tests;

public class LogOrderTests
{
    [Theory, BothDatabases]
    public async Task Events_come_in_the_order_of_their_commits(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Append("a", 0, 2);
        await store.Database.Append("b", 0);
        await store.Database.Append("a", 2);
        await store.Database.Settled();
        var first = await store.Database.Next(LogPosition.Start, most: 3);
        first.Names().ShouldBe(["a/1", "a/2", "b/1"]);
        (await store.Database.Next(first.To)).Names().ShouldBe(["a/3"]);
        LogPosition.Parse(first.To.ToString()).ShouldBe(first.To);
    }

    [Theory, BothDatabases]
    public async Task What_one_reader_of_a_node_has_read_the_others_read_no_more_until_the_log_goes_further(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Append("a", 0, 2);
        await store.Database.Settled();
        var head = (await store.Database.Next(LogPosition.Start)).To;
        var shared = new SharedRows(() => head);
        Task<LogBatch> Shared(LogPosition from, int most = 100) => store.Database.Read(session => LogReading.Next(session, from, LogOf.Nothing, most, shared: shared));

        (await Shared(LogPosition.Start)).Names().ShouldBe(["a/1", "a/2"]);
        await store.Database.Append("b", 0);
        await store.Database.Settled();
        // The end that is known is still the old one: nothing is asked of the database.
        (await Shared(LogPosition.Start)).Names().ShouldBe(["a/1", "a/2"]);
        (await Shared(LogPosition.Start, most: 1)).Names().ShouldBe(["a/1"]);
        var known = head;
        head = (await store.Database.Next(known)).To;
        (await Shared(LogPosition.Start)).Names().ShouldBe(["a/1", "a/2", "b/1"]);
        (await Shared(known)).Names().ShouldBe(["b/1"]);
        (await Shared(LogPosition.Start, most: 2)).Names().ShouldBe(["a/1", "a/2"]);
    }

    [Theory, OnlyPostgres]
    public async Task A_slow_open_transaction_is_not_skipped_and_later_events_wait(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Append("before", 0);
        await store.Database.Settled();
        await using var slow = await SlowTransaction.Open(store);
        await slow.Append("slow", 1);
        await store.Database.Append("after", 0);

        (await store.Database.Next(LogPosition.Start)).Names().ShouldBe(["before/1"]);
        await using var host = new ReaderHost(store.Database, [new Tally()], [], [], [], settings: LogOf.Quick);
        await host.Start();
        var lag = await store.Database.Read(ReaderStates.Lags);
        lag[0].Hidden.ShouldBe(1);
        lag[0].BlockingProcess.ShouldNotBeNull();

        await slow.Commit();
        await host.WaitUntilCaughtUp();
        (await store.Database.Counted()).ShouldBe([("before", 1, 1), ("slow", 1, 1), ("after", 1, 1)]);
    }

    [Theory, OnlyPostgres]
    public async Task Inverted_transactions_of_one_stream_are_read_by_version_when_both_are_visible(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Append("case", 0);
        await using var early = await SlowTransaction.Open(store);
        await store.Database.Append("case", 1);
        await early.Append("case", 3);
        await early.Commit();
        await store.Database.Settled();

        await store.Database.Settled();
        (await store.Database.Next(LogPosition.Start)).Names().ShouldBe(["case/1", "case/2", "case/3"]);
        var one = await store.Database.Next(LogPosition.Start, most: 1);
        var inverted = await store.Database.Next(one.To, most: 1);
        inverted.Names().ShouldBe(["case/2", "case/3"]);
        inverted.Ahead.Count.ShouldBe(1);
        var skipped = await store.Database.Next(inverted.To, inverted.Ahead, most: 1);
        skipped.Events.ShouldBeEmpty();
        skipped.HasMoved.ShouldBeTrue();
        skipped.Ahead.ShouldBeEmpty();
    }

    [Theory, OnlyPostgres]
    public async Task Inverted_transactions_of_one_stream_wait_when_the_predecessor_is_not_visible(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Append("case", 0);
        await using var early = await SlowTransaction.Open(store);
        await using var between = await SlowTransaction.Open(store);
        await store.Database.Append("case", 1);
        await early.Append("case", 3);
        await early.Commit();

        // Whoever writes in another database of the cluster holds the log back as well: the moment is waited for.
        LogBatch? batch = null;
        await LogOf.Until(async () => (batch = await store.Database.Next(LogPosition.Start)).IsWaiting);
        batch!.Names().ShouldBe(["case/1"]);
        await between.Append("other", 1);
        await between.Commit();
        await store.Database.Settled();
        (await store.Database.Next(batch!.To)).Names().ShouldBe(["case/2", "case/3", "other/1"]);
    }

    [Theory, OnlyPostgres]
    public async Task A_whole_run_of_inverted_versions_is_handled_once_each_by_readers_with_the_smallest_batches(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await using (var host = new ReaderHost(store.Database, [new Tally()], [], [], [], settings: LogOf.Quick with { BatchSize = 1 }))
        {
            await host.Start();
            var slow = new List<SlowTransaction>();
            for (var i = 0; i < 5; i++) slow.Add(await SlowTransaction.Open(store));
            for (var version = 1; version <= 5; version++)
            {
                await slow[5 - version].Append("case", version);
                await slow[5 - version].Commit();
            }
            await host.WaitUntilCaughtUp();
            foreach (var transaction in slow) await transaction.DisposeAsync();
        }
        (await store.Database.Counted()).ShouldBe([("case", 1, 1), ("case", 2, 1), ("case", 3, 1), ("case", 4, 1), ("case", 5, 1)]);
        (await store.Database.Read(s => s.Number($"select count(*) from reader_ahead"))).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task An_event_whose_predecessor_is_missing_stops_the_reader_with_an_alert(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Append("case", 0, 3);
        await store.Database.Commit(unit => unit.Execute($"delete from event where version = 2"));
        await using var host = new ReaderHost(store.Database, [new Tally()], [], [], [], settings: LogOf.Quick);
        await host.Start();
        var stopped = await Should.ThrowAsync<InvalidOperationException>(host.WaitUntilCaughtUp());
        stopped.Message.ShouldContain("'case' has version 3 but not 2");
        host.Alerts.ShouldHaveSingleItem();
        (await store.Database.Read(ReaderStates.Alerts)).ShouldBe([stopped.Message]);
        (await store.Database.Counted()).ShouldBe([("case", 1, 1)]);
    }

    [Theory, OnlyPostgres]
    public async Task A_look_at_the_log_reads_no_more_than_it_gives_however_long_the_log_is(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Commit(unit => unit.Execute($"""
            insert into event (stream, version, type, schema, at, imported, data)
            select 'case-' || i, v, 'case.noted', 1, now(), false, repeat('x', 200) from generate_series(1, 3000) as i, generate_series(1, 2) as v
            """));
        await store.Database.Commit(unit => unit.Execute($"analyze event"));
        await store.Database.Settled();
        var middle = (await store.Database.Next(LogPosition.Start, most: 3000)).To;

        (await RowsRead(LogReading.Newest)).ShouldBeLessThan(5);
        (await RowsRead(LogReading.Head)).ShouldBeLessThan(5);
        (await RowsRead(session => LogReading.Next(session, middle, LogOf.Nothing, 10))).ShouldBeLessThan(50);
        (await RowsRead(session => LogReading.Next(session, middle, LogOf.Nothing, 500))).ShouldBeLessThan(1_500);
        var passed = new PassedStreams();
        for (var i = 1; i <= 3000; i++) passed.Note($"case-{i}", 1);
        (await RowsRead(session => LogReading.Next(session, middle, LogOf.Nothing, 10, passed))).ShouldBeLessThan(50);

        Task<long> RowsRead<T>(Func<Session, Task<T>> look) => store.Database.Commit(async unit =>
        {
            var before = await RowsReadSoFar(unit);
            await look(unit);
            return await RowsReadSoFar(unit) - before;
        });

        static Task<long> RowsReadSoFar(Session session) =>
            session.Number($"select seq_tup_read + coalesce(idx_tup_fetch, 0) from pg_stat_xact_user_tables where relid = 'event'::regclass");
    }
}
