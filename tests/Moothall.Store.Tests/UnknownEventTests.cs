using Moothall.Store.Victim;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Store.Tests;

/// <summary>What a newer version puts into the log while nodes of the older one still follow it.</summary>
public class UnknownEventTests
{
    static Node Of(string name, string tables) => new(name, "run-of-" + name, tables, tables, "files", default, default, true);
    static readonly ReaderSettings Quick = LogOf.Quick with { Lease = Duration.FromSeconds(1) };

    static ReaderHost Old(TestStore store) => new(store.Another(), [new Tally()], [], [], [], settings: Quick, node: "old") { Knows = e => e.Type != "case.new" };

    static Task Append(TestStore store, string stream, params string[] types) => store.Database.Commit(unit => unit.Append(stream, 0, [.. types.Select(type => LogOf.Event(type))]));

    [Theory, BothDatabases]
    public async Task An_event_that_an_older_node_does_not_know_is_left_to_a_newer_one(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await Nodes.Enter(store.Database, Of("old", "1"));
        await Nodes.Enter(store.Database, Of("new", "2"));
        await using var old = Old(store);
        await old.Start();
        await Append(store, "a", "case.noted", "case.noted", "case.new", "case.noted");
        await LogOf.Until(async () => (await store.Database.Counted()).Count == 2);
        await Task.Delay(300);
        (await store.Database.Counted()).ShouldBe([("a", 1, 1), ("a", 2, 1)]);
        (await store.Database.Read(ReaderStates.Alerts)).ShouldBeEmpty();
        await using (var newer = new ReaderHost(store.Database, [new Tally()], [], [], [], settings: Quick, node: "new"))
        {
            await newer.Start();
            await newer.WaitUntilCaughtUp();
        }
        // The old one goes on with what it knows.
        await Append(store, "b", "case.noted");
        await old.WaitUntilCaughtUp();
        (await store.Database.Counted()).ShouldBe([("a", 1, 1), ("a", 2, 1), ("a", 3, 1), ("a", 4, 1), ("b", 1, 1)]);
    }

    [Theory, BothDatabases]
    public async Task After_going_back_to_the_older_version_it_is_passed_over(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await Append(store, "a", "case.noted", "case.new", "case.noted");
        await Nodes.Enter(store.Database, Of("old", "1"));
        await using var old = Old(store);
        await old.Start();
        await old.WaitUntilCaughtUp();
        (await store.Database.Counted()).ShouldBe([("a", 1, 1), ("a", 2, 1), ("a", 3, 1)]);
    }
}
