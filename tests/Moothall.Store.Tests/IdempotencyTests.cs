using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Store.Tests;

public class IdempotencyTests
{
    [Theory, BothDatabases]
    public async Task The_same_key_sent_many_times_at_once_makes_one_case(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Make(store.Database, $"case-{i}")));
        made.Distinct().ShouldHaveSingleItem();
        (await store.Database.Read(s => s.Number($"select count(*) from event"))).ShouldBe(1);
    }

    [Theory, OnlyPostgres]
    public async Task A_second_request_waits_for_the_first_in_flight_and_gives_the_same_case(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = Make(store.Database, "case-1", async () =>
        {
            reached.SetResult();
            await goOn.Task;
        });
        await reached.Task;
        var second = Make(store.Another(), "case-2");
        await LogOf.Until(async () => await store.Database.Read(s => s.Number($"select count(*) from pg_locks where not granted")) > 0);
        second.IsCompleted.ShouldBeFalse();
        goOn.SetResult();
        (await first).ShouldBe("case-1");
        (await second).ShouldBe("case-1");
    }

    [Theory, BothDatabases]
    public async Task A_key_belongs_to_its_caller_and_route_and_is_forgotten_in_time(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await Make(store.Database, "case-1");
        (await store.Database.Read(s => Idempotency.Find(s, "partner", "POST /cases", "k1")))!.Result.ShouldBe("case-1");
        (await store.Database.Read(s => Idempotency.Find(s, "another", "POST /cases", "k1"))).ShouldBeNull();
        (await store.Database.Read(s => Idempotency.Find(s, "partner", "POST /files", "k1"))).ShouldBeNull();
        var now = await store.Database.Now();
        (await store.Database.Commit(unit => Idempotency.Forget(unit, now - Duration.FromDays(7)))).ShouldBe(0);
        (await store.Database.Commit(unit => Idempotency.Forget(unit, now + Duration.FromDays(7)))).ShouldBe(1);
    }

    private static Task<string> Make(Database database, string id, Func<Task>? before = null) => database.Commit(async unit =>
    {
        if (await Idempotency.Find(unit, "partner", "POST /cases", "k1") is { } done) return done.Result;
        await unit.Append(id, 0, LogOf.Event("case.opened"));
        await Idempotency.Remember(unit, "partner", "POST /cases", "k1", "hash", id);
        if (before is not null) await before();
        return id;
    });
}
