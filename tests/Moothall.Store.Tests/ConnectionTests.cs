using Moothall.Store;
using Npgsql;
using Shouldly;
using Xunit;

namespace Moothall.Store.Tests;

/// <summary>Connections to PostgreSQL: the one given back last is taken first, and nobody waits for one that lies idle.</summary>
public sealed class ConnectionTests
{
    static Task<int> Process(Database database) => database.Read(s => s.First($"select pg_backend_pid()", row => row.Int(0)));

    [Theory, OnlyPostgres]
    public async Task What_follows_goes_over_the_same_connection(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        // Several are open at first.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.Database.Read(s => s.First($"select pg_backend_pid() from pg_sleep(0.05)", row => row.Int(0)))));
        var processes = new HashSet<int>();
        for (var i = 0; i < 20; i++) processes.Add(await Process(store.Database));
        processes.Count.ShouldBe(1);
    }

    [Theory, OnlyPostgres]
    public async Task Who_waits_for_a_connection_gets_the_next_that_is_given_back(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await using var narrow = Database.Postgres(new NpgsqlConnectionStringBuilder(store.Place) { MaxPoolSize = 2, Timeout = 20 }.ToString());
        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => Task.Run(() => narrow.Read(s => s.First($"select {i}", row => row.Int(0))))));
        answers.ShouldBe(Enumerable.Range(0, 500));
    }

    [Theory, OnlyPostgres]
    public async Task Who_holds_one_and_asks_for_another_does_not_wait_for_itself(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await using var wide = Database.Postgres(new NpgsqlConnectionStringBuilder(store.Place) { MaxPoolSize = 64, Timeout = 10 }.ToString());
        var all = new TaskCompletionSource();
        var begun = 0;
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => wide.Read(async s =>
        {
            await s.First($"select 1", row => row.Int(0));
            // More than are usual hold one at the same time.
            if (Interlocked.Increment(ref begun) == 30) all.SetResult();
            await all.Task;
            return await wide.Read(inner => inner.First($"select {i}", row => row.Int(0)));
        })));
        answers.ShouldBe(Enumerable.Range(0, 30));
    }

    [Theory, OnlyPostgres]
    public async Task Connections_that_the_server_ended_are_not_taken_again(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await using var other = Database.Postgres(store.Place);
        var processes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => store.Database.Read(s => s.First($"select pg_backend_pid() from pg_sleep(0.05)", row => row.Int(0)))));
        foreach (var process in processes) await other.Read(s => s.First($"select pg_terminate_backend({process})", row => row.Bool(0)));
        await Should.ThrowAsync<StoreUnavailableException>(() => Process(store.Database));
        processes.ShouldNotContain(await Process(store.Database));
    }

    [Theory, OnlyPostgres]
    public async Task A_unit_of_questions_and_writes_that_wait_needs_no_transaction_and_one_that_locks_has_one(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Commit(unit => unit.Script("create table place (name text primary key, n integer not null)"));
        await store.Database.Commit(unit => unit.Add($"insert into place (name, n) values ({"hall"}, {1})"));
        await store.Database.Commit(async unit =>
        {
            (await unit.Number($"select n from place where name = {"hall"}")).ShouldBe(1);
            (await InTransaction(unit)).ShouldBeFalse();
            await unit.Add($"update place set n = 2 where name = {"hall"}", () => new FormatException());
            await unit.Now();
            (await InTransaction(unit)).ShouldBeTrue();
        });
        await store.Database.Commit(async unit =>
        {
            (await unit.Number($"select n from place where name = {"hall"} for update")).ShouldBe(2);
            (await InTransaction(unit)).ShouldBeTrue();
        });

        // Two questions of one transaction have the same time of its beginning.
        static async Task<bool> InTransaction(Unit unit)
        {
            var first = await unit.First($"select now()", row => row.Instant(0));
            return await unit.First($"select now()", row => row.Instant(0)) == first;
        }
    }
}
