using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Store.Tests;

public class EffectTests
{
    [Theory, BothDatabases]
    public async Task An_effect_is_done_once_for_each_recipient_even_with_two_nodes(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var letters = new Letters();
        await using var one = new ReaderHost(store.Database, [], [], [letters], [], settings: LogOf.Quick);
        await using var two = new ReaderHost(store.Another(), [], [], [letters], [], settings: LogOf.Quick);
        await one.Start();
        await two.Start();
        for (var i = 0; i < 20; i++) await store.Database.Append($"case{i}", 0);
        await one.WaitUntilCaughtUp();
        await Until(store, EffectState.Done, 40);
        letters.Sent.OrderBy(s => s).ShouldBe(Enumerable.Range(0, 20).SelectMany(i => new[] { $"case{i}/1 applicant", $"case{i}/1 partner" }).OrderBy(s => s));
    }

    [Theory, BothDatabases]
    public async Task Imported_events_and_events_from_before_reach_nobody(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Append("before", 0);
        await store.Database.Settled();
        var letters = new Letters();
        await using var host = new ReaderHost(store.Database, [], [], [letters], [], settings: LogOf.Quick);
        await host.Start();
        await store.Database.Commit(unit => unit.Append("moved", 0, LogOf.Event(imported: true)));
        await store.Database.Append("after", 0);
        await host.WaitUntilCaughtUp();
        await Until(store, EffectState.Done, 2);
        letters.Sent.ShouldAllBe(s => s.StartsWith("after/1"));
    }

    [Theory, BothDatabases]
    public async Task An_effect_waits_until_the_minute_of_undo_is_over(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var letters = new Letters();
        await using var host = new ReaderHost(store.Database, [], [], [letters], [], settings: LogOf.Quick with { Undo = Duration.FromMinutes(1) });
        await host.Start();
        await store.Database.Append("case", 0);
        await host.WaitUntilCaughtUp();
        await Until(store, EffectState.Waiting, 2);
        var now = await store.Database.Now();
        var next = await store.Database.Read(s => s.First($"select min(next_try) from effect", row => row.Instant(0)));
        (next - now).ShouldBeGreaterThan(Duration.FromSeconds(30));

        await store.Database.Commit(unit => unit.Execute($"update effect set next_try = {now}"));
        await Until(store, EffectState.Done, 2);
    }

    [Theory, BothDatabases]
    public async Task What_fails_too_often_is_parked_with_its_reason_and_can_be_tried_again(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var letters = new Letters { Broken = true };
        await using var host = new ReaderHost(store.Database, [], [], [letters], [], settings: LogOf.Quick with { MostAttempts = 3 });
        await host.Start();
        await store.Database.Append("case", 0);
        await host.WaitUntilCaughtUp();
        await Until(store, EffectState.Parked, 2);
        var parked = await store.Database.Read(s => Effects.Parked(s));
        parked.ShouldAllBe(p => p.Attempts == 3 && p.Why == "the printer is out of paper");
        (await store.Database.Read(ReaderStates.Alerts)).ShouldHaveSingleItem().ShouldContain("2 messages or deliveries were parked");

        letters.Broken = false;
        foreach (var p in parked) (await store.Database.Commit(unit => Effects.Retry(unit, p.Id))).ShouldBeTrue();
        await Until(store, EffectState.Done, 2);
        (await store.Database.Commit(unit => Effects.Retry(unit, parked[0].Id))).ShouldBeFalse();
    }

    [Theory, BothDatabases]
    public async Task Not_sent_is_an_outcome_with_a_reason(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await using var host = new ReaderHost(store.Database, [], [], [new Letters { Outcome = EffectOutcome.NotSent("erased") }], [], settings: LogOf.Quick);
        await host.Start();
        await store.Database.Append("case", 0);
        await host.WaitUntilCaughtUp();
        await Until(store, EffectState.NotSent, 2);
        (await store.Database.Read(s => Effects.Of(s, "case"))).ShouldAllBe(e => e.Why == "erased");
    }

    [Theory, BothDatabases]
    public async Task What_is_written_here_ends_in_the_unit_that_writes_it_and_several_share_one(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await using var host = await Writing(store, new Written());
        await Until(store, EffectState.Done, 3);
        await Until(store, EffectState.NotSent, 1);
        var letters = await Letter(store);
        letters.Select(l => l.Recipient).ShouldBe(["a", "b", "c", "d"]);
        // All four were written by one unit, and none had ended when it was.
        letters.ShouldAllBe(l => l.Together == 4 && l.Ended == 0);
        (await store.Database.Read(s => Effects.Of(s, "case"))).ShouldAllBe(e => e.Attempts == 1 && (e.State == EffectState.Done || e.Why == "nobody lives there"));
    }

    [Theory, BothDatabases]
    public async Task One_that_fails_keeps_none_of_the_others_back(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await using var host = await Writing(store, new Written { Fails = "b" });
        await Until(store, EffectState.Done, 2);
        await Until(store, EffectState.NotSent, 1);
        await Until(store, EffectState.Parked, 1);
        (await Letter(store)).Select(l => l.Recipient).ShouldBe(["a", "c", "d"]);
        (await store.Database.Read(s => Effects.Of(s, "case"))).Single(e => e.Recipient == "b").Why.ShouldBe("the ink is dry");
    }

    [Theory, BothDatabases]
    public async Task One_that_another_node_took_meanwhile_writes_nothing(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await Nodes.Enter(store.Database, new("other", "run-of-other", "0.1.0", "schema", "files", default, default, true));
        await Nodes.Enter(store.Database, new("this", "run-of-this", "0.1.0", "schema", "files", default, default, true));
        await using var host = await Writing(store, new Written { TakenAway = "b" });
        await Until(store, EffectState.Done, 2);
        await Until(store, EffectState.NotSent, 1);
        await Task.Delay(200);
        (await Letter(store)).Select(l => l.Recipient).ShouldBe(["a", "c", "d"]);
    }

    private static async Task<ReaderHost> Writing(TestStore store, Written written)
    {
        await store.Database.Commit(unit => unit.Execute($"create table letter (recipient text not null, together integer not null, ended integer not null)"));
        var host = new ReaderHost(store.Database, [], [], [written], [], settings: LogOf.Quick with { MostAttempts = 2, Undo = Duration.FromMilliseconds(300) }) { Run = "run-of-this" };
        await host.Start();
        await store.Database.Append("case", 0);
        return host;
    }

    private static Task<List<(string Recipient, int Together, int Ended)>> Letter(TestStore store) =>
        store.Database.Read(s => s.Query($"select recipient, together, ended from letter order by recipient", row => (row.Text(0), row.Int(1), row.Int(2))));

    [Theory, BothDatabases]
    public async Task What_a_node_had_begun_is_free_as_soon_as_that_node_is_dead(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        static Node Called(string name) => new(name, "run-of-" + name, "0.1.0", "schema", "files", default, default, true);
        await Nodes.Enter(store.Database, Called("dying"));
        await Nodes.Enter(store.Database, Called("living"));
        var letters = new Letters();
        await using var host = new ReaderHost(store.Database, [], [], [letters], [], settings: LogOf.Quick with { Undo = Duration.FromMinutes(1) }) { Run = "run-of-this" };
        await Nodes.Enter(store.Database, Called("this"));
        await host.Start();
        await store.Database.Append("case", 0);
        await host.WaitUntilCaughtUp();
        var later = await store.Database.Now() + Duration.FromMinutes(5);
        await store.Database.Commit(unit => unit.Execute($"update effect set state = 'doing', attempts = 1, next_try = {later}, claimed_by = case when recipient = 'partner' then 'run-of-dying' else 'run-of-living' end"));
        await Task.Delay(200);
        letters.Sent.ShouldBeEmpty();

        await store.Database.Commit(async unit => { var gone = await unit.Now() - Nodes.Lease; await unit.Execute($"update node set seen = {gone} where name = 'dying'"); });
        await Until(store, EffectState.Done, 1);
        letters.Sent.ShouldBe(["case/1 partner"]);
        (await store.Database.Read(s => s.Number($"select count(*) from effect where state = 'done' and claimed_by is null"))).ShouldBe(1);
        (await store.Database.Read(s => Effects.Of(s, "case"))).Count(e => e.State == EffectState.Doing).ShouldBe(1);

        // What it began itself and could not write down, because the database was away at that moment.
        await store.Database.Commit(unit => unit.Execute($"update effect set claimed_by = 'run-of-this' where state = 'doing'"));
        await Until(store, EffectState.Done, 2);
    }

    private static async Task Until(TestStore store, EffectState state, int count)
    {
        await LogOf.Until(async () => await store.Database.Read(s => s.Number($"select count(*) from effect where state = {Effects.Code(state)}")) == count);
    }

    // Its work is rows of the same store.
    private sealed class Written : IWrittenEffect
    {
        public string Name => "written";
        public string Kind => "letter";
        public string? Fails { get; init; }
        public string? TakenAway { get; init; }

        public IReadOnlyList<string> Recipients(LogEvent e) => ["a", "b", "c", "d"];

        public async Task<IReadOnlyList<EffectOutcome>> Write(Unit unit, IReadOnlyList<DueEffect> due)
        {
            foreach (var one in due)
            {
                await unit.Execute($"insert into letter (recipient, together, ended) select recipient, {due.Count}, case when state = 'doing' then 0 else 1 end from effect where id = {one.Id}");
                if (one.Recipient == Fails) throw new IOException("the ink is dry");
                // As if the other node had been first: this unit finds it gone.
                if (one.Recipient == TakenAway) await unit.Execute($"update effect set attempts = attempts + 1, claimed_by = 'run-of-other' where id = {one.Id}");
            }
            return [.. due.Select(one => one.Recipient == "d" ? EffectOutcome.NotSent("nobody lives there") : EffectOutcome.Done)];
        }
    }

    private sealed class Letters : IDelivery
    {
        private readonly Lock gate = new();
        private readonly List<string> sent = [];

        public string Name => "letters";
        public string Kind => "letter";
        public bool Broken { get; set; }
        public EffectOutcome Outcome { get; init; } = EffectOutcome.Done;
        public IReadOnlyList<string> Sent { get { lock (gate) return [.. sent]; } }

        public IReadOnlyList<string> Recipients(LogEvent e) => ["applicant", "partner"];

        public Task<EffectOutcome> Do(DueEffect due, CancellationToken cancel)
        {
            if (Broken) throw new IOException("the printer is out of paper");
            lock (gate) sent.Add($"{due.Event.Stream}/{due.Event.Version} {due.Recipient}");
            return Task.FromResult(Outcome);
        }
    }
}
