using Microsoft.Data.Sqlite;
using Moothall.Store.Sqlite;
using NodaTime;
using Npgsql;
using Shouldly;
using Xunit;

namespace Moothall.Store.Tests;

public class BrokenMachineTests
{
    [Fact]
    public async Task A_full_disk_fails_the_unit_in_words_and_loses_nothing_answered()
    {
        await using var store = await TestStore.Create(Dialect.Sqlite);
        await using var small = new SqliteDatabase(store.Place, new SqliteSettings { MostPages = 120 });
        var kept = new List<string>();
        var refused = 0;
        for (var round = 0; round < 20; round++)
        {
            var units = Enumerable.Range(0, 5).Select(i => ($"{round}-{i}", small.Commit(unit => FileStore.Add(unit, $"{round}-{i}", "case", "photo.jpg", "image/jpeg", new byte[30_000])))).ToList();
            foreach (var (id, unit) in units)
                try
                {
                    await unit;
                    kept.Add(id);
                }
                catch (StoreUnavailableException error)
                {
                    error.Message.ShouldMatch("disk is full|whole batch");
                    refused++;
                }
        }
        kept.ShouldNotBeEmpty();
        refused.ShouldBeGreaterThan(0);
        var files = await small.Read(s => s.Query($"select f.id, f.bytes, sum(length(c.data)) from file f join file_chunk c on c.file = f.id group by f.id, f.bytes", row => (Id: row.Text(0), Whole: row.Long(1) == row.Long(2))));
        files.ShouldAllBe(f => f.Whole);
        files.Select(f => f.Id).OrderBy(f => f).ShouldBe(kept.OrderBy(f => f));

        await small.Commit(unit => FileStore.DeleteOf(unit, "case"));
        await small.Commit(unit => FileStore.Add(unit, "again", null, "photo.jpg", "image/jpeg", new byte[30_000]));
    }

    [Fact]
    public async Task A_file_locked_by_another_program_fails_the_unit_in_words_and_recovers()
    {
        await using var store = await TestStore.Create(Dialect.Sqlite);
        await using var hasty = new SqliteDatabase(store.Place, new SqliteSettings { LockPatience = TimeSpan.FromMilliseconds(20) });
        await hasty.Append("case", 0);
        await using var other = new SqliteConnection($"Data Source={store.Place};Pooling=false");
        await other.OpenAsync();
        await using (var holding = other.BeginTransaction(deferred: false))
        {
            (await Should.ThrowAsync<StoreUnavailableException>(hasty.Append("case", 1))).Message.ShouldContain("Another program holds");
            (await hasty.Read(s => s.Number($"select count(*) from event"))).ShouldBe(1);
        }
        (await hasty.Append("case", 1)).ShouldBe(2);
    }

    [Fact]
    public async Task Two_programs_share_one_file()
    {
        await using var store = await TestStore.Create(Dialect.Sqlite);
        var other = store.Another();
        await Task.WhenAll(Enumerable.Range(0, 2).SelectMany(node => Enumerable.Range(0, 100).Select(i => (node == 0 ? store.Database : other).Append($"{node}-{i}", 0))));
        (await store.Database.Read(s => s.Number($"select count(*) from event"))).ShouldBe(200);
    }

    [Fact]
    public async Task A_full_queue_turns_the_next_unit_away()
    {
        await using var store = await TestStore.Create(Dialect.Sqlite);
        await using var small = new SqliteDatabase(store.Place, new SqliteSettings { LongestQueue = 2 });
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var slow = small.Commit(async _ =>
        {
            reached.SetResult();
            await goOn.Task;
        });
        await reached.Task;
        var waiting = new[] { small.Append("a", 0), small.Append("b", 0) };
        await Should.ThrowAsync<StoreBusyException>(async () => await small.Append("c", 0));
        goOn.SetResult();
        await slow;
        await Task.WhenAll(waiting);
    }

    [Fact]
    public async Task A_unit_that_never_ends_is_given_up_and_the_next_is_served()
    {
        await using var store = await TestStore.Create(Dialect.Sqlite);
        await using var strict = new SqliteDatabase(store.Place, new SqliteSettings { LongestUnit = TimeSpan.FromMilliseconds(50) });
        var never = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stuck = strict.Commit(async unit =>
        {
            await unit.Append("stuck", 0, LogOf.Event());
            await never.Task;
        });
        await Should.ThrowAsync<TimeoutException>(stuck);
        (await strict.Append("case", 0)).ShouldBe(1);
        (await strict.Read(s => s.Number($"select count(*) from event where stream = {"stuck"}"))).ShouldBe(0);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_used_is_said_in_words()
    {
        await using var nowhere = Database.Sqlite("/proc/nowhere/moothall.db");
        await Should.ThrowAsync<StoreUnavailableException>(nowhere.Append("case", 0));
    }

    [Theory, OnlyPostgres]
    public async Task A_cluster_that_does_not_answer_is_said_in_words(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var away = new NpgsqlConnectionStringBuilder(store.Place) { Port = 1, Timeout = 2 };
        await using var nowhere = Database.Postgres(away.ToString());
        await Should.ThrowAsync<StoreUnavailableException>(nowhere.Append("case", 0));
        await Should.ThrowAsync<StoreUnavailableException>(nowhere.Read(s => s.Number($"select 1")));
    }

    [Fact]
    public async Task A_clock_that_jumps_frees_or_takes_a_lease_but_never_two_at_one_epoch()
    {
        await using var store = await TestStore.Create(Dialect.Sqlite);
        var clock = new JumpingClock { Now = Instant.FromUtc(2026, 3, 4, 12, 0) };
        await using var database = new SqliteDatabase(store.Place, new SqliteSettings { Clock = clock });
        var leases = new Leases(database);
        var minute = Duration.FromMinutes(1);
        var first = (await leases.TryTake("night work", "one", minute))!;
        (await leases.TryTake("night work", "two", minute)).ShouldBeNull();

        clock.Now += Duration.FromDays(400);
        var second = (await leases.TryTake("night work", "two", minute))!;
        second.Epoch.ShouldBeGreaterThan(first.Epoch);
        (await leases.Renew(first, minute)).ShouldBeNull();

        clock.Now -= Duration.FromDays(800);
        var third = (await leases.TryTake("night work", "one", minute))!;
        third.Epoch.ShouldBeGreaterThan(second.Epoch);
        (await leases.Renew(second, minute)).ShouldBeNull();
    }

    [Theory, BothDatabases]
    public async Task A_lease_is_one_nodes_at_a_time_and_can_be_given_back(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var leases = new Leases(store.Database);
        var hour = Duration.FromHours(1);
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => leases.TryTake("night work", $"node{i}", hour)));
        var held = taken.Single(lease => lease is not null)!;
        (await leases.TryTake("night work", held.Holder, hour))!.Epoch.ShouldBe(held.Epoch);
        (await leases.Renew(held, hour)).ShouldNotBeNull();
        await leases.Release(held);
        (await leases.TryTake("night work", "another", hour))!.Epoch.ShouldBe(held.Epoch + 1);
    }

    private sealed class JumpingClock : IClock
    {
        public Instant Now { get; set; }
        public Instant GetCurrentInstant() => Now;
    }
}
