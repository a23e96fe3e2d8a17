using Moothall.Store.Timers;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Store.Tests;

public class TimerTests
{
    private static readonly Instant past = Instant.FromUtc(2020, 1, 1, 0, 0);

    [Theory, BothDatabases]
    public async Task A_due_timer_is_handled_once_even_with_two_nodes(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await using var one = new ReaderHost(store.Database, [], [], [], [new Reminder()], settings: LogOf.Quick);
        await using var two = new ReaderHost(store.Another(), [], [], [], [new Reminder()], settings: LogOf.Quick);
        await one.Start();
        await two.Start();
        for (var i = 0; i < 30; i++) await store.Database.Commit(unit => unit.SetTimer("reminder", $"case{i}", past));
        await store.Database.Commit(unit => unit.SetTimer("reminder", "later", Instant.FromUtc(2999, 1, 1, 0, 0)));
        await LogOf.Until(async () => await Count(store, "timer") <= 1);
        (await Count(store, "event")).ShouldBe(30);
        (await store.Database.Read(s => s.Number($"select max(version) from event"))).ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task A_look_for_what_is_due_reads_no_timer_that_is_not(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        string[] kinds = [.. Enumerable.Range(0, 10).Select(k => $"kind-{k}")];
        await store.Database.Commit(async unit =>
        {
            for (var i = 0; i < 3_000; i++) await unit.SetTimer(kinds[i % 10], $"case{i}", Instant.FromUtc(2999, 1, 1, 0, 0));
        });
        var look = TimerWork.WhatIsDue(past, kinds);
        var explained = System.Runtime.CompilerServices.FormattableStringFactory.Create((dialect == Dialect.Sqlite ? "explain query plan " : "explain ") + look.Format, look.GetArguments());
        var plan = string.Join('\n', await store.Database.Read(s => s.Query(explained, row => row.Text(dialect == Dialect.Sqlite ? 3 : 0))));
        plan.ShouldContain("timer_next", customMessage: plan);
    }

    [Theory, BothDatabases]
    public async Task A_timer_may_set_itself_again(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await using var host = new ReaderHost(store.Database, [], [], [], [new Reminder { Again = 3 }], settings: LogOf.Quick);
        await host.Start();
        await store.Database.Commit(unit => unit.SetTimer("reminder", "case", past));
        await LogOf.Until(async () => await Count(store, "timer") == 0);
        (await Count(store, "event")).ShouldBe(3);
    }

    [Theory, BothDatabases]
    public async Task A_timer_whose_handler_fails_is_kept_tried_again_and_shown(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var reminder = new Reminder { Broken = true };
        await using var host = new ReaderHost(store.Database, [], [], [], [reminder], settings: LogOf.Quick);
        await host.Start();
        await store.Database.Commit(unit => unit.SetTimer("reminder", "case", past));
        await LogOf.Until(async () => (await store.Database.Read(ReaderStates.Alerts)).Count > 0);
        (await store.Database.Read(ReaderStates.Alerts))[0].ShouldContain("no ink");
        (await Count(store, "event")).ShouldBe(0);
        reminder.Broken = false;
        await LogOf.Until(async () => await Count(store, "timer") == 0);
        (await Count(store, "event")).ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task A_timer_set_again_has_only_the_new_time_and_can_be_cancelled(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var later = Instant.FromUtc(2999, 1, 1, 0, 0);
        await store.Database.Commit(unit => unit.SetTimer("reminder", "case", past));
        await store.Database.Commit(unit => unit.SetTimer("reminder", "case", later));
        (await store.Database.Read(s => s.Query($"select due from timer", row => row.Instant(0)))).ShouldBe([later]);
        await store.Database.Commit(unit => unit.CancelTimer("reminder", "case"));
        (await Count(store, "timer")).ShouldBe(0);
    }

    private static Task<long> Count(TestStore store, string table) => store.Database.Read(s => s.Number($"select count(*) from {new SqlName(table)}"));

    private sealed class Reminder : ITimerHandler
    {
        public string Kind => "reminder";
        public int Again { get; init; }
        public bool Broken { get; set; }

        public async Task Handle(Unit unit, string key, Instant due)
        {
            var version = (int)await unit.Number($"select max(version) from event where stream = {key}");
            await unit.Append(key, version, LogOf.Event("case.reminded"));
            if (version + 1 < Again) await unit.SetTimer(Kind, key, due + Duration.FromSeconds(1));
            if (Broken) throw new InvalidOperationException("no ink");
        }
    }
}
