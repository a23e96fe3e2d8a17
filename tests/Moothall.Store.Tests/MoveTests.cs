using System.Collections.Concurrent;
using Moothall.Store.Backups;
using Shouldly;
using Xunit;

namespace Moothall.Store.Tests;

/// <summary>A council that moves is in one place before and in one place after, and nothing that was answered is missing there.</summary>
public sealed class MoveTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>From each database to the other.</summary>
    public static TheoryData<Dialect, Dialect> Ways() =>
    [
        new TheoryDataRow<Dialect, Dialect>(Dialect.Sqlite, Dialect.Postgres) { Skip = TestPostgres.Skip },
        new TheoryDataRow<Dialect, Dialect>(Dialect.Postgres, Dialect.Sqlite) { Skip = TestPostgres.Skip },
    ];

    static Task<MoveReport> Run(TestStore from, TestStore to, Func<Database, Task>? finish = null) =>
        Move.Run(from.Database, to.Database, "the O'Brien building", [], finish ?? (_ => Task.CompletedTask), cancel: Cancel);

    static Task<List<string>> Streams(Database database) => database.Read(s => s.Query($"select stream from event order by stream", row => row.Text(0)));

    [Theory, MemberData(nameof(Ways))]
    public async Task While_a_program_still_writes_all_that_was_answered_arrives_and_then_the_old_place_takes_nothing(Dialect from, Dialect to)
    {
        await using var old = await TestStore.Create(from);
        await using var @new = await TestStore.Create(to, withTables: false);
        var answered = new ConcurrentBag<string>();
        var refusals = new ConcurrentBag<string>();
        await using var serving = old.Another();
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; ; i++)
                try
                {
                    await serving.Append($"case/{writer}-{i}", 0);
                    answered.Add($"case/{writer}-{i}");
                }
                catch (StoreUnavailableException told)
                {
                    refusals.Add(told.Message);
                    return;
                }
        }, Cancel)).ToList();
        while (answered.Count < 40) await Task.Delay(1, Cancel);

        var moved = await Run(old, @new);
        await Task.WhenAll(writers);

        (await Streams(@new.Database)).ShouldBe(answered.Order(StringComparer.Ordinal));
        refusals.ShouldAllBe(said => said.StartsWith("This council moved to the O'Brien building on ", StringComparison.Ordinal) && said.EndsWith("serve the council from there.", StringComparison.Ordinal));
        (await Backup.ContentOf(old.Database, null, Cancel)).Content.ShouldBe(moved.Content);
        (await Move.WhyNotHere(old.Database, Cancel)).ShouldNotBeNull();
        (await Move.WhyNotHere(@new.Database, Cancel)).ShouldBeNull();
        await @new.Database.Append("case/next", 0);
        (await Should.ThrowAsync<MoveException>(() => Run(old, @new))).Message.ShouldStartWith("This council moved to");
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task And_back_again_it_is_the_same(Dialect from, Dialect to)
    {
        await using var first = await TestStore.Create(from);
        await using var second = await TestStore.Create(to, withTables: false);
        await using var third = await TestStore.Create(from, withTables: false);
        await first.Database.Append("a", 0, 3);
        var there = await Run(first, second);
        (await Run(second, third)).ShouldBe(there);
        await third.Database.Append("a", 3);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task Broken_off_before_the_end_the_council_is_where_it_was(Dialect from, Dialect to)
    {
        await using var old = await TestStore.Create(from);
        await using var @new = await TestStore.Create(to, withTables: false);
        await old.Database.Append("a", 0);
        await Should.ThrowAsync<TimeoutException>(() => Run(old, @new, _ => throw new TimeoutException()));
        await old.Database.Append("a", 1);
        (await Move.WhyNotHere(old.Database, Cancel)).ShouldBeNull();
        (await Move.WhyNotHere(@new.Database, Cancel)).ShouldNotBeNull("half a council does not serve");
        (await Should.ThrowAsync<MoveException>(() => Run(old, @new))).Message.ShouldContain("still where it was");
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task What_arrives_otherwise_than_it_was_sent_moves_nothing(Dialect from, Dialect to)
    {
        await using var old = await TestStore.Create(from);
        await using var @new = await TestStore.Create(to, withTables: false);
        await old.Database.Append("a", 0);
        (await Should.ThrowAsync<MoveException>(() => Run(old, @new, database => database.Append("a", 1)))).Message.ShouldContain("not what was sent");
        await old.Database.Append("a", 1);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task Killed_after_the_old_place_was_shut_it_is_finished_by_running_it_again(Dialect from, Dialect to)
    {
        await using var old = await TestStore.Create(from);
        await using var @new = await TestStore.Create(to, withTables: false);
        await old.Database.Append("a", 0);
        var moved = await Run(old, @new);
        var left = (await old.Database.Read(MoveMark.Of, Cancel)).ShouldNotBeNull();
        await @new.Database.Alone(session => MoveMark.Write(session, left.Id, "arriving", "another store"), Cancel);
        (await Move.WhyNotHere(@new.Database, Cancel)).ShouldNotBeNull();
        (await Run(old, @new)).ShouldBe(moved);
        (await Move.WhyNotHere(@new.Database, Cancel)).ShouldBeNull();
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_place_where_a_council_lives_is_refused(Dialect from, Dialect to)
    {
        await using var old = await TestStore.Create(from);
        await using var taken = await TestStore.Create(to);
        await taken.Database.Append("b", 0);
        await Should.ThrowAsync<BackupException>(() => Run(old, taken));
        await old.Database.Append("a", 0);
        await taken.Database.Append("b", 1);
    }
}
