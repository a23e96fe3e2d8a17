using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Identity;

/// <summary>What is altered, taken away, put in or put elsewhere is found.</summary>
public sealed partial class AuditTests
{
    [Theory, BothDatabases]
    public async Task Another_kind_of_every_entry_is_found(Dialect dialect)
    {
        await using var store = await Sealed(dialect);
        await Damage(store, $"update audit_entry set kind = 'sign-in' where about = {"POT-5"}");
        var report = await Verify(store);
        report.Fault.ShouldBe(AuditFault.Altered);
        report.Words!.ToString().ShouldContain("Entry 5 (Signed in, 2026-11-29T12:05:00Z)");
    }

    [Theory, BothDatabases]
    public async Task Every_altered_word_is_found_and_the_entry_named(Dialect dialect)
    {
        foreach (var column in (string[])["who", "acting", "why", "detail"])
        {
            await using var store = await Sealed(dialect);
            await Damage(store, $"update audit_entry set {new SqlName(column)} = 'somebody else' where about = {"POT-5"}");
            var report = await Verify(store);
            report.Fault.ShouldBe(AuditFault.Altered, column);
            report.Words!.ToString().ShouldContain("Entry 5 (");
            report.Entries.ShouldBe(4);
        }
    }

    [Theory, BothDatabases]
    public async Task A_word_altered_together_with_its_hash_is_found(Dialect dialect)
    {
        await using var store = await Sealed(dialect);
        var salt = AuditHash.NewSalt();
        var hash = AuditHash.OfContent(salt, new AuditContent("bob", null, "POT-5", null, null));
        await Damage(store, $"update audit_entry set who = 'bob', acting = null, salt = {salt}, hash = {hash} where about = {"POT-5"}");
        (await Verify(store)).ShouldSatisfyAllConditions(r => r.Fault.ShouldBe(AuditFault.Altered), r => r.Words!.ToString().ShouldContain("Entry 5 ("));
    }

    [Theory, BothDatabases]
    public async Task An_altered_time_is_found(Dialect dialect)
    {
        await using var store = await Sealed(dialect);
        await Damage(store, $"update audit_entry set at = {Noon} where about = {"POT-7"}");
        (await Verify(store)).ShouldSatisfyAllConditions(r => r.Fault.ShouldBe(AuditFault.Altered), r => r.Words!.ToString().ShouldContain("Entry 7 ("));
    }

    [Theory, BothDatabases]
    public async Task A_removed_entry_is_found_wherever_it_stood(Dialect dialect)
    {
        foreach (var position in (int[])[1, 3, 4, 10])
        {
            await using var store = await Sealed(dialect);
            await Damage(store, $"delete from audit_entry where about = {$"POT-{position}"}");
            (await Verify(store)).ShouldSatisfyAllConditions(r => r.Fault.ShouldBe(AuditFault.Removed), r => r.Words!.ToString().ShouldContain($"Entry {position} was taken away"));
        }
    }

    [Theory, BothDatabases]
    public async Task An_inserted_entry_is_found(Dialect dialect)
    {
        await using var store = await Sealed(dialect);
        // On SQLite there is no number between two others: somebody who wants one in takes the place of another.
        if (dialect == Dialect.Sqlite)
        {
            await Damage(store, $"update audit_entry set number = number + 1000 where number > 5");
            await Damage(store, $"update audit_entry set number = number - 999 where number > 1000");
            await Damage(store, $"insert into audit_entry (number, at, kind, authority, who, about, salt, hash) select 6, at, kind, authority, who, about, salt, randomblob(32) from audit_entry where number = 5");
        }
        else
            await Damage(store, $"""
                insert into audit_entry (number, xid, at, kind, authority, who, about, salt, hash) overriding system value
                select number + 1000, xid, at, kind, authority, who, about, salt, decode(repeat('ab', 32), 'hex') from audit_entry where about = {"POT-5"}
                """);
        (await Verify(store)).ShouldSatisfyAllConditions(r => r.Fault.ShouldBe(AuditFault.Inserted), r => r.Words!.ToString().ShouldContain("Entry 6 ("));
    }

    [Theory, BothDatabases]
    public async Task A_copy_of_an_entry_is_found(Dialect dialect)
    {
        await using var store = await Sealed(dialect);
        if (dialect == Dialect.Sqlite)
        {
            await Damage(store, $"update audit_entry set number = number + 1000 where number > 5");
            await Damage(store, $"update audit_entry set number = number - 999 where number > 1000");
            await Damage(store, $"insert into audit_entry (number, at, kind, authority, who, acting, about, salt, hash) select 6, at, kind, authority, who, acting, about, salt, hash from audit_entry where number = 5");
        }
        else
            await Damage(store, $"""
                insert into audit_entry (number, xid, at, kind, authority, who, acting, about, salt, hash) overriding system value
                select number + 1000, xid, at, kind, authority, who, acting, about, salt, hash from audit_entry where about = {"POT-5"}
                """);
        (await Verify(store)).Fault.ShouldBe(AuditFault.Inserted);
    }

    [Theory, BothDatabases]
    public async Task Two_entries_that_changed_places_are_found(Dialect dialect)
    {
        await using var store = await Sealed(dialect);
        // In the same batch: what each says is whole, only their order is not.
        var (one, other) = await store.Database.Read(async s => (await s.Number($"select number from audit_entry where about = {"POT-5"}"), await s.Number($"select number from audit_entry where about = {"POT-6"}")));
        if (dialect == Dialect.Sqlite)
        {
            await Damage(store, $"update audit_entry set number = -1 where number = {one}");
            await Damage(store, $"update audit_entry set number = {one} where number = {other}");
            await Damage(store, $"update audit_entry set number = {other} where number = -1");
        }
        else
            await Damage(store, $"update audit_entry e set xid = o.xid from audit_entry o where e.number in ({one}, {other}) and o.number in ({one}, {other}) and o.number <> e.number");
        (await Verify(store)).ShouldSatisfyAllConditions(r => r.Fault.ShouldBe(AuditFault.Reordered), r => r.Words!.ToString().ShouldContain("Entry 5 is not where it was sealed"));
    }

    [Theory, BothDatabases]
    public async Task A_seal_that_was_altered_taken_away_or_made_anew_is_found(Dialect dialect)
    {
        await using (var store = await Sealed(dialect))
        {
            await Damage(store, $"update audit_batch set root = {new byte[32]} where number = 2");
            (await Verify(store)).Fault.ShouldBe(AuditFault.Seal);
        }
        await using (var store = await Sealed(dialect))
        {
            await Damage(store, $"delete from audit_batch where number = 2");
            (await Verify(store)).Fault.ShouldBe(AuditFault.Seal);
        }
        await using (var store = await Sealed(dialect))
        {
            // Made to fit again, with everything behind it: it does not fit the day that was published.
            await Seal(store, Noon + Duration.FromDays(1));
            var published = await store.Database.Read(AuditDays.Newest);
            await Damage(store, $"delete from audit_entry where about = {"POT-9"}");
            await Damage(store, $"delete from audit_batch where number > 0");
            await Damage(store, $"delete from audit_day where entries > 0");
            if (dialect == Dialect.Sqlite) await Damage(store, $"update audit_entry set number = 9 where number = 10");
            await Seal(store);
            await Seal(store, Noon + Duration.FromDays(1));
            (await Verify(store)).Fault.ShouldBeNull("whoever can write everything can make everything fit");
            var report = await Verify(store, new Dictionary<LocalDate, string> { [published!.Day] = Convert.ToHexStringLower(published.Root) });
            (report.Fault, report.Words!.ToString().Contains("not the one that was published", StringComparison.Ordinal)).ShouldBe((AuditFault.Day, true));
        }
    }

    [Theory, BothDatabases]
    public async Task A_log_whose_end_was_cut_off_is_found_with_what_was_published(Dialect dialect)
    {
        await using var store = await Sealed(dialect);
        await Seal(store, Noon + Duration.FromDays(1));
        var published = (await store.Database.Read(AuditDays.Newest)).ShouldNotBeNull();
        (published.Day, published.Entries, published.Total).ShouldBe((new LocalDate(2026, 11, 29), 10L, 10L));
        var kept = new Dictionary<LocalDate, string> { [published.Day] = Convert.ToHexStringLower(published.Root) };
        (await Verify(store, kept)).Fault.ShouldBeNull();
        await Damage(store, $"delete from audit_batch where last_position = 10");
        await Damage(store, $"delete from audit_day where total = 10");
        (await Verify(store)).Fault.ShouldBeNull();
        (await Verify(store, kept)).ShouldSatisfyAllConditions(r => r.Fault.ShouldBe(AuditFault.Day), r => r.Words!.ToString().ShouldContain("its end was cut off"));
    }

    [Theory, BothDatabases]
    public async Task What_was_published_cannot_be_altered(Dialect dialect)
    {
        await using var store = await Sealed(dialect);
        await Seal(store, Noon + Duration.FromDays(2));
        await Damage(store, $"update audit_day set root = {new byte[32]} where total = 10");
        (await Verify(store)).Fault.ShouldBe(AuditFault.Day);
    }
}
