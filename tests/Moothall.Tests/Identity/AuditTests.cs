using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Store;
using Moothall.Tests.Council;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Identity;

/// <summary>The audit log: entries in the unit of what they say, a chain over them, and no way to touch one of them unseen.</summary>
public sealed partial class AuditTests
{
    static readonly Instant Noon = Instant.FromUtc(2026, 11, 29, 12, 0);
    static readonly DateTimeZone London = DateTimeZoneProviders.Tzdb["Europe/London"];
    static readonly Caller Amara = Tokens.CallerFor(ExampleCouncil.Files, "amara-okafor");

    static Task Read(TestStore store, string reference, int minutes = 0) =>
        ReadLog.Record(store.Database, Noon + Duration.FromMinutes(minutes), Amara, new ReadCase(reference, "wessex", "streets"), AuditKinds.CaseRead);

    /// <summary>Seals all; on PostgreSQL when no unit of another test is open any more that entries could still come before.</summary>
    static async Task Seal(TestStore store, Instant? at = null, int most = AuditSeal.Most)
    {
        while (store.Dialect == Dialect.Postgres && await store.Database.Read(s => s.Number($"select count(*) from audit_entry e where e.xid >= pg_snapshot_xmin(pg_current_snapshot())")) > 0) await Task.Delay(20);
        while (await store.Database.Commit(unit => AuditSeal.Step(unit, at ?? Noon, London, most))) { }
    }

    static Task<AuditReport> Verify(TestStore store, IReadOnlyDictionary<LocalDate, string>? kept = null) => new AuditVerify(store.Database).Run(kept);

    static Task Damage(TestStore store, FormattableString sql) => store.Database.Commit(async unit => (await unit.Execute(sql)).ShouldBeGreaterThan(0, "a damage that touches nothing proves nothing"));

    /// <summary>Ten entries in batches of three; the last waits.</summary>
    static async Task<TestStore> Sealed(Dialect dialect)
    {
        var store = await TestStore.Create(dialect);
        for (var i = 1; i <= 10; i++) await Read(store, $"POT-{i}", i);
        await Seal(store, most: 3);
        (await Verify(store)).ShouldSatisfyAllConditions(r => r.Fault.ShouldBeNull(r.Words?.ToString()), r => r.Entries.ShouldBe(10), r => r.Batches.ShouldBeGreaterThan(2));
        return store;
    }

    [Theory, BothDatabases]
    public async Task An_entry_goes_with_the_unit_that_it_is_noted_in(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Commit(async unit =>
        {
            await Audit.Note(unit, Noon, new AuditEntry(AuditKinds.TokenMade, AuditBy.CommandLine, Audit.Staff("ann")));
            return (Result<int>)Refusal.NotAllowed;
        });
        (await store.Database.Read(s => s.Number($"select count(*) from audit_entry"))).ShouldBe(0);
        await Audit.Note(store.Database, Noon, new AuditEntry(AuditKinds.TokenMade, AuditBy.CommandLine, Audit.Staff("ann")));
        (await store.Database.Read(s => s.Number($"select count(*) from audit_entry"))).ShouldBe(1);
    }

    [Fact]
    public void Whoever_is_noted_stands_there_with_the_team_that_has_the_case()
    {
        AuditBy.Of(Amara, "streets").ShouldBe(new AuditBy("amara-okafor", "team/streets", ""));
        AuditBy.Of(Tokens.CallerFor(ExampleCouncil.Files, "sian-prydderch"), "wessex-highways").ShouldBe(new AuditBy("sian-prydderch", "team/wessex-highways", "wessex"));
        AuditBy.Of(Tokens.CallerFor(ExampleCouncil.Files, "sian-prydderch"), "streets").ShouldBe(new AuditBy("sian-prydderch", "team/wessex-enforcement", "wessex"));
        AuditBy.Of(Tokens.CallerFor(ExampleCouncil.Files, "fatima-al-sayed")).ShouldBe(new AuditBy("fatima-al-sayed", "role/administrator", ""));
        AuditBy.Of(Caller.Nobody).ShouldBe(AuditBy.Unknown);
    }

    [Theory, BothDatabases]
    public async Task What_is_personal_can_be_erased_and_the_chain_stays_whole(Dialect dialect)
    {
        await using var store = await Sealed(dialect);
        await Read(store, "POT-5", 20);
        (await store.Database.Commit(unit => ReadLog.EraseOf(unit, "POT-5", Noon))).ShouldBe(2, "sealed or not yet");
        (await store.Database.Read(s => ReadLog.Of(s, "POT-5"))).ShouldBeEmpty();
        (await Verify(store)).ShouldSatisfyAllConditions(r => r.Fault.ShouldBeNull(r.Words?.ToString()), r => r.Erased.ShouldBe(1));
        await Seal(store);
        (await Verify(store)).ShouldSatisfyAllConditions(r => r.Fault.ShouldBeNull(r.Words?.ToString()), r => r.Erased.ShouldBe(2), r => r.Entries.ShouldBe(12));
        (await store.Database.Commit(unit => ReadLog.EraseOf(unit, "POT-99", Noon))).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task What_was_only_made_to_look_erased_is_found(Dialect dialect)
    {
        await using (var store = await Sealed(dialect))
        {
            await Damage(store, $"update audit_entry set who = null, acting = null, about = null, salt = null where about = {"POT-5"}");
            (await Verify(store)).ShouldSatisfyAllConditions(r => r.Fault.ShouldBe(AuditFault.Erasing), r => r.Words!.ToString().ShouldContain("nothing says that it was erased"));
        }
        await using (var store = await Sealed(dialect))
        {
            await store.Database.Commit(unit => ReadLog.EraseOf(unit, "POT-3", Noon));
            var name = await store.Database.Read(s => s.First($"select erased from audit_entry where erased is not null", row => row.Text(0)));
            await Damage(store, $"update audit_entry set who = null, acting = null, about = null, salt = null, erased = {name} where about = {"POT-5"}");
            (await Verify(store)).ShouldSatisfyAllConditions(r => r.Fault.ShouldBe(AuditFault.Erasing), r => r.Words!.ToString().ShouldContain("made to look erased"));
        }
        await using (var store = await Sealed(dialect))
        {
            // The entry of erasing itself was altered, so that it speaks of another.
            await store.Database.Commit(unit => ReadLog.EraseOf(unit, "POT-3", Noon));
            await Damage(store, $"update audit_entry set detail = {"{}"} where kind = {AuditKinds.AuditErased.Code}");
            (await Verify(store)).Fault.ShouldBe(AuditFault.Erasing);
        }
    }

    [Theory, BothDatabases]
    public async Task What_is_older_than_six_years_is_erased_but_not_of_whoever_is_held(Dialect dialect)
    {
        await using var store = await Sealed(dialect);
        var later = Noon + Duration.FromDays(7 * 366);
        (await store.Database.Commit(unit => AuditErasing.Older(unit, "wessex", Noon + Duration.FromMinutes(6), [Amara.Id], later))).ShouldBe(0);
        (await store.Database.Commit(unit => AuditErasing.Older(unit, "wessex", Noon + Duration.FromMinutes(6), [], later))).ShouldBe(5);
        (await store.Database.Commit(unit => AuditErasing.Older(unit, "wessex", Noon + Duration.FromMinutes(6), [], later))).ShouldBe(0);
        (await Verify(store)).ShouldSatisfyAllConditions(r => r.Fault.ShouldBeNull(r.Words?.ToString()), r => r.Erased.ShouldBe(5));
    }

    [Theory, BothDatabases]
    public async Task However_many_are_held_what_stands_behind_them_is_erased(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Commit(async unit =>
        {
            for (var i = 0; i < 1_000; i++) await ReadLog.Record(unit, Noon, Amara, new ReadCase("POT-HELD", "wessex", "streets"), AuditKinds.CaseRead);
            await ReadLog.Record(unit, Noon + Duration.FromMinutes(1), Tokens.CallerFor(ExampleCouncil.Files, "sian-prydderch"), new ReadCase("POT-1", "wessex", "streets"), AuditKinds.CaseRead);
        });
        var later = Noon + Duration.FromDays(7 * 366);
        (await store.Database.Commit(unit => AuditErasing.Older(unit, "wessex", Noon + Duration.FromMinutes(6), [Amara.Id], later))).ShouldBe(1);
        (await store.Database.Read(s => ReadLog.Of(s, "POT-1"))).ShouldBeEmpty();
        (await store.Database.Read(s => s.Number($"select count(*) from audit_entry where about = {"POT-HELD"}"))).ShouldBe(1_000);
    }

    [Theory, BothDatabases]
    public async Task An_empty_log_is_whole_and_seals_nothing(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        (await store.Database.Commit(unit => AuditSeal.Step(unit, Noon, London))).ShouldBeFalse();
        (await Verify(store)).ShouldSatisfyAllConditions(r => r.Fault.ShouldBeNull(), r => r.Entries.ShouldBe(0), r => r.Newest.ShouldBeNull());
        (await store.Database.Read(s => s.Number($"select count(*) from audit_batch"))).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task Every_day_that_is_over_is_written_down_once_even_where_nothing_happened(Dialect dialect)
    {
        await using var store = await Sealed(dialect);
        await Seal(store, Noon + Duration.FromDays(3));
        await Read(store, "POT-11");
        await Seal(store, Noon + Duration.FromDays(3));
        await Seal(store, Noon + Duration.FromDays(4));
        var days = await store.Database.Read(s => AuditDays.Before(s, null));
        days.Select(d => (d.Day.Day, d.Entries, d.Total)).ShouldBe([(2, 1L, 11L), (1, 0L, 10L), (30, 0L, 10L), (29, 10L, 10L)]);
        days[1].Root.ShouldBe(days[3].Root);
        // The clock was put back: what is sealed now belongs to a day that is not over yet.
        await Read(store, "POT-12");
        await Seal(store, Noon);
        (await store.Database.Read(s => s.First($"select day from audit_batch order by number desc limit 1", row => row.Date(0)))).ShouldBe(new LocalDate(2026, 12, 3));
        (await Verify(store)).Fault.ShouldBeNull();
    }

    [Theory, BothDatabases]
    public async Task Two_nodes_that_seal_at_once_seal_each_entry_once(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        for (var i = 1; i <= 60; i++) await Read(store, $"POT-{i}", i);
        async Task Node()
        {
            for (var more = true; more;)
            {
                // Whoever comes second too often gives up, as a timer does, and is run again.
                try { more = await store.Database.Commit(unit => AuditSeal.Step(unit, Noon, London, 4)); }
                catch (StoreConflictException) { }
            }
        }
        await Task.WhenAll(Task.Run(Node), Task.Run(Node), Task.Run(Node));
        await Seal(store);
        (await Verify(store)).ShouldSatisfyAllConditions(r => r.Fault.ShouldBeNull(r.Words?.ToString()), r => r.Entries.ShouldBe(60), r => r.Waiting.ShouldBe(0));
    }

    [Theory, BothDatabases]
    public async Task A_sealing_that_breaks_off_has_sealed_nothing_and_the_next_goes_on(Dialect dialect)
    {
        await using var store = await Sealed(dialect);
        await Read(store, "POT-11");
        await Should.ThrowAsync<InvalidOperationException>(() => store.Database.Commit(async unit =>
        {
            await AuditSeal.Step(unit, Noon, London);
            throw new InvalidOperationException("the power went");
        }));
        (await Verify(store)).ShouldSatisfyAllConditions(r => r.Fault.ShouldBeNull(), r => r.Entries.ShouldBe(10), r => r.Waiting.ShouldBe(1));
        await Seal(store);
        (await Verify(store)).ShouldSatisfyAllConditions(r => r.Fault.ShouldBeNull(r.Words?.ToString()), r => r.Entries.ShouldBe(11));
    }

    [Fact]
    public async Task On_PostgreSQL_nothing_is_sealed_that_an_older_open_unit_could_still_come_before()
    {
        Assert.SkipWhen(TestPostgres.Cluster is null, "MOOTHALL_TEST_POSTGRES is not set");
        await using var store = await TestStore.Create(Dialect.Postgres);
        var (begun, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var slow = store.Database.Commit(async unit =>
        {
            await Audit.Note(unit, Noon, new AuditEntry(AuditKinds.TokenMade, AuditBy.CommandLine, "slow"));
            await unit.Send();
            begun.TrySetResult();
            await go.Task;
        });
        await begun.Task;
        await Read(store, "POT-1");
        (await store.Database.Commit(unit => AuditSeal.Step(unit, Noon, London))).ShouldBeFalse();
        (await Verify(store)).ShouldSatisfyAllConditions(r => r.Entries.ShouldBe(0), r => r.Waiting.ShouldBe(1));
        go.SetResult();
        await slow;
        await Seal(store);
        (await Verify(store)).ShouldSatisfyAllConditions(r => r.Fault.ShouldBeNull(r.Words?.ToString()), r => r.Entries.ShouldBe(2), r => r.Waiting.ShouldBe(0));
    }

    [Fact]
    public async Task On_PostgreSQL_a_batch_ends_where_a_unit_does_however_much_it_wrote()
    {
        Assert.SkipWhen(TestPostgres.Cluster is null, "MOOTHALL_TEST_POSTGRES is not set");
        await using var store = await TestStore.Create(Dialect.Postgres);
        await Read(store, "POT-1");
        await store.Database.Commit(async unit =>
        {
            for (var i = 0; i < 10; i++) await ReadLog.Record(unit, Noon, Amara, new ReadCase($"MANY-{i}", "wessex", "streets"), AuditKinds.Listed);
        });
        await Read(store, "POT-2");
        await Seal(store, most: 4);
        var lasts = await store.Database.Read(s => s.Query($"select last_position from audit_batch order by number", row => row.Long(0)));
        lasts.ShouldBe([1L, 11L, 12L]);
        (await Verify(store)).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task On_SQLite_an_entry_that_was_taken_away_before_it_was_sealed_leaves_a_gap_that_is_found()
    {
        await using var store = await Sealed(Dialect.Sqlite);
        await Read(store, "POT-11");
        await Read(store, "POT-12");
        await Damage(store, $"delete from audit_entry where about = {"POT-11"}");
        await Seal(store);
        (await Verify(store)).ShouldSatisfyAllConditions(r => r.Fault.ShouldBe(AuditFault.Removed), r => r.Words!.ToString().ShouldContain("11 to 11"));
    }

    [Theory]
    [InlineData(Dialect.Sqlite, Dialect.Sqlite)]
    [InlineData(Dialect.Sqlite, Dialect.Postgres)]
    [InlineData(Dialect.Postgres, Dialect.Sqlite)]
    [InlineData(Dialect.Postgres, Dialect.Postgres)]
    public async Task A_restored_log_is_whole_in_either_database_and_goes_on(Dialect from, Dialect to)
    {
        Assert.SkipWhen((from == Dialect.Postgres || to == Dialect.Postgres) && TestPostgres.Cluster is null, "MOOTHALL_TEST_POSTGRES is not set");
        await using var store = await Sealed(from);
        await store.Database.Commit(unit => ReadLog.EraseOf(unit, "POT-5", Noon));
        await Seal(store, Noon + Duration.FromDays(1));
        await Read(store, "POT-11");
        var published = (await store.Database.Read(AuditDays.Newest)).ShouldNotBeNull();
        var kept = new Dictionary<LocalDate, string> { [published.Day] = Convert.ToHexStringLower(published.Root) };
        var folder = Directory.CreateTempSubdirectory("moothall-audit-").FullName;
        try
        {
            await Backup.Write(store.Database, Path.Combine(folder, "whole"));
            await using var restored = await TestStore.Create(to);
            await Restore.Into(restored.Database, Path.Combine(folder, "whole"), [typeof(House).Assembly]);
            (await Verify(restored, kept)).ShouldSatisfyAllConditions(r => r.Fault.ShouldBeNull(r.Words?.ToString()), r => r.Entries.ShouldBe(11), r => r.Erased.ShouldBe(1), r => r.Waiting.ShouldBe(1));
            await Read(restored, "POT-12");
            await Seal(restored, Noon + Duration.FromDays(2), most: 1);
            (await Verify(restored, kept)).ShouldSatisfyAllConditions(r => r.Fault.ShouldBeNull(r.Words?.ToString()), r => r.Entries.ShouldBe(13), r => r.Waiting.ShouldBe(0));
            (await restored.Database.Read(s => ReadLog.Of(s, "POT-11"))).ShouldHaveSingleItem();

            // What was damaged before the backup is damaged in it.
            await Damage(store, $"delete from audit_entry where about = {"POT-7"}");
            await Backup.Write(store.Database, Path.Combine(folder, "damaged"));
            await using var damaged = await TestStore.Create(to);
            await Restore.Into(damaged.Database, Path.Combine(folder, "damaged"), [typeof(House).Assembly]);
            (await Verify(damaged)).ShouldSatisfyAllConditions(r => r.Fault.ShouldBe(AuditFault.Removed), r => r.Words!.ToString().ShouldContain("Entry 7 "));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
