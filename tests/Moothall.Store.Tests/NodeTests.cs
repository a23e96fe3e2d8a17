using Moothall.Store.Log;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Store.Tests;

/// <summary>Nodes know each other by their rows, and share out the readers of the log.</summary>
public class NodeTests
{
    static Node Called(string name, string run) => new(name, run, "0.1.0", "schema", "files", default, default, true);

    [Theory, BothDatabases]
    public async Task Two_nodes_of_one_name_are_one_too_many_until_the_first_is_given_up(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        (await Nodes.Enter(store.Database, Called("hall", "a"))).ShouldBeTrue();
        (await Nodes.Enter(store.Database, Called("hall", "b"))).ShouldBeFalse();
        (await Nodes.Enter(store.Database, Called("library", "c"))).ShouldBeTrue();
        (await Nodes.StillHere(store.Database, Called("hall", "a"))).ShouldBeTrue();
        await store.Database.Commit(async unit => { var gone = await unit.Now() - Nodes.Lease; await unit.Execute($"update node set seen = {gone} where name = 'hall'"); });
        (await store.Database.Read(Nodes.All)).Select(n => (n.Name, n.IsAlive)).ShouldBe([("hall", false), ("library", true)]);
        (await Nodes.Enter(store.Database, Called("hall", "b"))).ShouldBeTrue();
        // The first wakes up: it has lost its name, and taking it off does not take the second off.
        (await Nodes.StillHere(store.Database, Called("hall", "a"))).ShouldBeFalse();
        await Nodes.Leave(store.Database, Called("hall", "a"));
        (await store.Database.Read(Nodes.All)).Count.ShouldBe(2);
        // A row of the future was written before the clock was put back.
        await store.Database.Commit(async unit => { var future = await unit.Now() + Duration.FromDays(400); await unit.Execute($"update node set seen = {future}"); });
        (await Nodes.Enter(store.Database, Called("hall", "d"))).ShouldBeTrue();
    }

    [Theory, BothDatabases]
    public async Task A_store_has_one_identity_whoever_asks_first(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var asked = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => StoreIdentity.Of(store.Database)));
        asked.Distinct().ShouldHaveSingleItem();
    }

    [Theory, BothDatabases]
    public async Task A_node_that_comes_is_given_its_share_of_the_readers_and_a_node_that_goes_leaves_them(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var settings = LogOf.Quick with { Lease = Duration.FromMilliseconds(400) };
        await using var first = new ReaderHost(store.Database, [], Owners(), [], [], settings: settings);
        await first.Start();
        await LogOf.Until(() => Task.FromResult(first.Followed.Count == 6));
        var second = new ReaderHost(store.Another(), [], Owners(), [], [], settings: settings);
        (first.NodesAlive, second.NodesAlive) = (2, 2);
        await second.Start();
        await LogOf.Until(() => Task.FromResult(first.Followed.Count == 3 && second.Followed.Count == 3));
        await store.Database.Append("case/A", 0, 5);
        await first.WaitUntilCaughtUp();
        await second.DisposeAsync();
        first.NodesAlive = 1;
        await LogOf.Until(() => Task.FromResult(first.Followed.Count == 6));
    }

    static IOwner[] Owners() => [.. Enumerable.Range(0, 6).Select(n => new Idle($"owner-{n}"))];

    sealed class Idle(string name) : IOwner
    {
        public string Name => name;
        public Task Handle(Unit unit, LogEvent e) => Task.CompletedTask;
    }

    [Theory, BothDatabases]
    public async Task A_relay_moves_only_over_what_was_confirmed_and_gives_way_while_it_is_refused(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Append("case/A", 0, 3);
        var relay = new Refusing { Why = "The other side is closed." };
        await using var host = new ReaderHost(store.Database, [], [], [], [], settings: LogOf.Quick with { LongestRelayWait = TimeSpan.FromMilliseconds(20) }, relays: [relay]);
        await host.Start();
        await LogOf.Until(() => Task.FromResult(relay.Asked > 2));
        var state = (await store.Database.Read(ReaderStates.All)).Single();
        (state.Position, state.Alert).ShouldBe((LogPosition.Start, "relay waits: The other side is closed."));
        host.Alerts.ShouldBeEmpty();
        relay.Why = null;
        await LogOf.Until(async () => (await store.Database.Read(ReaderStates.All)).Single() is { Alert: null } moved && moved.Position == await store.Database.Read(LogReading.Newest));
        relay.Taken.ShouldBe(["case/A/1", "case/A/2", "case/A/3"]);
    }

    sealed class Refusing : IRelay
    {
        public string Name => "relay";
        public volatile string? Why;
        public int Asked;
        public List<string> Taken { get; } = [];

        public Task<string?> Publish(IReadOnlyList<LogEvent> events, CancellationToken cancel)
        {
            Interlocked.Increment(ref Asked);
            if (Why is null) Taken.AddRange(events.Select(e => $"{e.Stream}/{e.Version}"));
            return Task.FromResult(Why);
        }
    }
}
