using FsCheck;
using FsCheck.Fluent;
using Moothall.Store.Backups;
using Moothall.Store.Victim;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Store.Tests;

public sealed class BackupTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("moothall-backup-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    string Fresh() => Path.Combine(folder, Guid.NewGuid().ToString("n"));

    /// <summary>Every way that a backup can go: from and to either database.</summary>
    public static TheoryData<Dialect, Dialect> Ways()
    {
        var ways = new TheoryData<Dialect, Dialect>();
        foreach (var from in Enum.GetValues<Dialect>())
            foreach (var to in Enum.GetValues<Dialect>())
                ways.Add(new TheoryDataRow<Dialect, Dialect>(from, to) { Skip = (from, to) == (Dialect.Sqlite, Dialect.Sqlite) ? null : TestPostgres.Skip });
        return ways;
    }

    static async Task Fill(Database database, int seed)
    {
        var random = new Random(seed);
        var at = Instant.FromUtc(2026, 3, 4, 12, 0) + Duration.FromTicks(random.Next() * 10L);
        const string letters = "aB9 éŵ\n\"\\{}'ß漢\t,";
        string Text() => new([.. Enumerable.Range(0, random.Next(0, 30)).Select(_ => letters[random.Next(letters.Length)])]);
        foreach (var i in Enumerable.Range(0, random.Next(1, 6)))
            await database.Commit(async unit =>
            {
                await unit.Append($"case/{i}", 0, [.. Enumerable.Range(0, random.Next(1, 4)).Select(n => new NewEvent("case.noted", 1, at, "{\"n\":1}", n % 2 == 1))]);
                var content = new byte[random.Next(0, 600_000)];
                random.NextBytes(content);
                await FileStore.Add(unit, FileStore.NewId(), random.Next(2) == 0 ? null : $"case/{i}", Text() + ".jpg", "jpeg", content);
                await unit.SetTimer("a-kind", $"key {i} {Text()}", at);
                await Idempotency.Remember(unit, "caller", "/route", $"{i}", Text(), Text());
                await unit.Execute($"insert into effect (reader, stream, version, recipient, kind, state, attempts, next_try, changed) values ({"letters"}, {$"case/{i}"}, 1, {Text()}, {"letter"}, {"done"}, 1, {(Instant?)null}, {at})");
            });
    }

    static Task<List<string>> Log(Database database) => database.Read(s => s.Query($"select stream, version, type, schema, at, imported, data from event order by number",
        row => $"{row.Text(0)} {row.Int(1)} {row.Text(2)} {row.Int(3)} {row.Instant(4)} {row.Bool(5)} {row.Text(6)}"));

    static async Task<byte[]> Bytes(Database database, string file)
    {
        using var bytes = new MemoryStream();
        await using var stream = (await FileStore.Open(database, file)).ShouldNotBeNull();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    [Theory, MemberData(nameof(Ways))]
    public void A_store_comes_back_as_it_was(Dialect from, Dialect to) => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => Task.Run(async () =>
    {
        await using var store = await TestStore.Create(from);
        await Fill(store.Database, seed);
        var (first, second) = (Fresh(), Fresh());
        var made = await Backup.Write(store.Database, first);
        await using var other = await TestStore.Create(to, withTables: false);
        await Restore.Into(other.Database, first, []);
        (await Backup.Write(other.Database, second)).Content.ShouldBe(made.Content);
        (await Log(other.Database)).ShouldBe(await Log(store.Database));
        foreach (var file in await store.Database.Read(s => s.Query($"select id from file", row => row.Text(0)))) (await Bytes(other.Database, file)).ShouldBe(await Bytes(store.Database, file));
    }).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(3));

    /// <summary>Remembers in rows of its own what it was given.</summary>
    sealed class Remembering : IOwner
    {
        public string Name => "remembering";
        public Task Handle(Unit unit, LogEvent e) => unit.SetTimer("seen", $"{e.Stream}/{e.Version} {Guid.NewGuid()}", Instant.FromUtc(2999, 1, 1, 0, 0));
    }

    static Task<List<string>> Seen(Database database) => database.Read(s => s.Query($"select key from timer where kind = 'seen' order by key", row => row.Text(0).Split(' ')[0]));

    [Theory, MemberData(nameof(Ways))]
    public async Task Each_event_counts_once_before_or_after_the_move_and_new_ones_come_behind(Dialect from, Dialect to)
    {
        await using var store = await TestStore.Create(from);
        await store.Database.Append("gone", 0);
        await using (var host = new ReaderHost(store.Database, [new Tally()], [new Remembering()], [], [], settings: LogOf.Quick))
        {
            await host.Start();
            await store.Database.Append("a", 0, 3);
            await host.WaitUntilCaughtUp();
        }
        if (from == Dialect.Postgres)
        {
            await using var early = await SlowTransaction.Open(store);
            await store.Database.Append("a", 3);
            await early.Append("a", 5);
            await early.Commit();
        }
        else await store.Database.Append("a", 3, 2);
        var file = Fresh();
        await Backup.Write(store.Database, file);
        await using var other = await TestStore.Create(to, withTables: false);
        await Restore.Into(other.Database, file, []);
        await Replay.Run(other.Database, new Tally());
        (await other.Database.Counted()).Count.ShouldBe(6);
        await using (var host = new ReaderHost(other.Database, [new Tally()], [new Remembering()], [], [], settings: LogOf.Quick))
        {
            await host.Start();
            await other.Database.Append("b", 0);
            await other.Database.Append("a", 5);
            await host.WaitUntilCaughtUp();
        }
        (await Seen(other.Database)).ShouldBe(["a/1", "a/2", "a/3", "a/4", "a/5", "a/6", "b/1", "gone/1"]);
        (await other.Database.Counted()).ShouldAllBe(c => c.Times == 1);
    }

    [Theory, BothDatabases]
    public async Task A_backup_is_of_one_moment_while_others_write(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        using var over = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; !over.IsCancellationRequested; i++)
                await store.Database.Commit(async unit =>
                {
                    await unit.Append($"case/{i}", 0, LogOf.Event());
                    await unit.SetTimer("pair", $"case/{i}", Instant.FromUtc(2999, 1, 1, 0, 0));
                });
        });
        for (var round = 0; round < 3; round++)
        {
            var made = await Backup.Write(store.Database, Fresh());
            made.Tables.Single(t => t.Name == "event").Rows.ShouldBe(made.Tables.Single(t => t.Name == "timer").Rows);
        }
        await over.CancelAsync();
        await writing;
    }

    [Fact]
    public async Task A_backup_that_is_stopped_leaves_nothing_and_one_that_is_whole_is_only_for_its_owner()
    {
        await using var store = await TestStore.Create(Dialect.Sqlite);
        await Fill(store.Database, 7);
        using var stop = new CancellationTokenSource();
        var file = Fresh();
        await Should.ThrowAsync<OperationCanceledException>(() => Backup.Write(store.Database, file, _ => stop.Cancel(), stop.Token));
        Directory.GetFiles(folder).ShouldBeEmpty();
        await File.WriteAllTextAsync(file + ".partial", "of a program that was killed");
        await Backup.Write(store.Database, file);
        Directory.GetFiles(folder).ShouldBe([file]);
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await Should.ThrowAsync<BackupException>(() => Backup.Write(store.Database, file))).Message.ShouldContain("another name");
    }

    [Fact]
    public async Task Two_backups_of_one_name_at_once_do_not_spoil_each_other()
    {
        await using var store = await TestStore.Create(Dialect.Sqlite);
        await Fill(store.Database, 7);
        var file = Fresh();
        BackupException? second = null;
        await Backup.Write(store.Database, file, _ => second ??= Should.Throw<BackupException>(() => Backup.Write(store.Database, file).GetAwaiter().GetResult()));
        second.ShouldNotBeNull().Message.ShouldContain("being written");
        (await Backup.Verify(file)).Rows.ShouldBeGreaterThan(0);
        Directory.GetFiles(folder).ShouldBe([file]);
    }

    [Theory, BothDatabases]
    public async Task A_node_that_begins_to_serve_during_a_restore_is_noticed_before_anything_is_written_over(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await Fill(store.Database, 11);
        var file = Fresh();
        await Backup.Write(store.Database, file);
        await using var target = await TestStore.Create(dialect, withTables: false);
        await using var node = target.Another();
        // The tables are made, and the rows are not in yet.
        void Serve(BackupProgress at)
        {
            if (at.Table == "tables") node.Commit(unit => unit.SetTimer("of the node", "", Instant.FromUtc(2026, 3, 2, 10, 0))).GetAwaiter().GetResult();
        }
        (await Should.ThrowAsync<BackupException>(() => Restore.Into(target.Database, file, [], Serve))).Message.ShouldContain("holds a council already");
        (await target.Database.Read(s => s.Query($"select kind from timer", row => row.Text(0)))).ShouldBe(["of the node"]);
    }

    [Fact]
    public async Task A_backup_that_is_cut_off_or_altered_anywhere_is_refused_or_holds_the_same()
    {
        await using var store = await TestStore.Create(Dialect.Sqlite);
        await Fill(store.Database, 3);
        var file = Fresh();
        var made = await Backup.Write(store.Database, file);
        var bytes = await File.ReadAllBytesAsync(file);

        Prop.ForAll(Gen.Choose(0, bytes.Length - 1).ToArbitrary(), length =>
        {
            var cut = Fresh();
            File.WriteAllBytes(cut, bytes[..length]);
            Should.Throw<BackupException>(() => Backup.Verify(cut).GetAwaiter().GetResult());
            File.Delete(cut);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

        Prop.ForAll(Gen.Choose(0, bytes.Length - 1).ToArbitrary(), Gen.Choose(1, 255).ToArbitrary(), (place, by) =>
        {
            var altered = Fresh();
            byte[] other = [.. bytes];
            other[place] ^= (byte)by;
            File.WriteAllBytes(altered, other);
            string? content = null;
            try
            {
                content = Backup.Verify(altered).GetAwaiter().GetResult().Content;
            }
            catch (BackupException refused)
            {
                refused.Message.ShouldNotBeEmpty();
            }
            File.Delete(altered);
            return content is null || content == made.Content;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Theory, BothDatabases]
    public async Task A_restore_over_a_council_or_of_a_wrong_file_is_refused_and_changes_nothing(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await Fill(store.Database, 11);
        var (file, before) = (Fresh(), Fresh());
        await Backup.Write(store.Database, file);
        (await Should.ThrowAsync<BackupException>(() => Restore.Into(store.Database, file, []))).Message.ShouldContain("empty database");
        if (dialect == Dialect.Sqlite) (await Should.ThrowAsync<BackupException>(() => Restore.IntoSqlite(file, store.Place, [], (_, _) => Task.CompletedTask))).Message.ShouldContain("rename it");

        await using var empty = await TestStore.Create(dialect, withTables: false);
        await File.WriteAllTextAsync(before, "Dear Sir or Madam");
        (await Should.ThrowAsync<BackupException>(() => Restore.Into(empty.Database, before, []))).Message.ShouldContain("not a backup of Moothall");
        (await Should.ThrowAsync<BackupException>(() => Restore.Into(empty.Database, Fresh(), []))).Message.ShouldContain("There is no file");
        (await Should.ThrowAsync<BackupException>(() => Backup.Write(empty.Database, Fresh()))).Message.ShouldContain("no council");

        await store.Database.Commit(unit => unit.Execute($"insert into schema_change (module, number, name, hash, applied) values ('Later', 1, 'later', 'x', 'now')"));
        var newer = Fresh();
        await Backup.Write(store.Database, newer);
        (await Should.ThrowAsync<SchemaException>(() => Restore.Into(empty.Database, newer, []))).Message.ShouldContain("newer program");

        await Restore.Into(empty.Database, file, []);
        (await Log(empty.Database)).ShouldBe(await Log(store.Database));
    }

    [Fact]
    public async Task A_restore_into_a_file_names_it_only_when_it_is_whole()
    {
        await using var store = await TestStore.Create(Dialect.Sqlite);
        await Fill(store.Database, 5);
        var (file, target) = (Fresh(), Fresh());
        await Backup.Write(store.Database, file);
        await Should.ThrowAsync<InvalidOperationException>(() => Restore.IntoSqlite(file, target, [], (_, _) => throw new InvalidOperationException("the power went")));
        Directory.GetFiles(folder).ShouldBe([file]);
        await Restore.IntoSqlite(file, target, [], (database, _) => Replay.Run(database, new Tally()));
        Directory.GetFiles(folder).Order().ShouldBe(new[] { file, target }.Order());
        await using var restored = Database.Sqlite(target);
        (await Log(restored)).ShouldBe(await Log(store.Database));
    }

    [Theory, BothDatabases]
    public async Task Every_table_is_taken_along_or_left_out_for_a_reason(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await using (var host = new ReaderHost(store.Database, [new Tally()], [], [], [], settings: LogOf.Quick)) await host.Start();
        var (all, kept) = await store.Database.Read(async s => (await KeptTables.All(s), await KeptTables.Of(s)));
        all.Select(t => t.Name).Except(kept.Select(t => t.Name)).ShouldBe(["lease", "node", "replay", "replay_table", "schema_change", "tally"], ignoreOrder: true);
        kept.Select(t => t.Name).ShouldBe(["effect", "event", "file", "file_chunk", "idempotency", "reader", "reader_ahead", "store_identity", "timer"], ignoreOrder: true);
    }
}
