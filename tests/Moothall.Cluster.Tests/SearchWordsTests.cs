using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Cluster.Tests;

/// <summary>
/// The words that cases are found by come under the number of the case (scripts 0058 to 0060) while nodes of the version before still write and erase them under its reference.
/// </summary>
public sealed class SearchWordsTests
{
    static readonly Func<SchemaScript, bool> Before = script => script.Number < 58 || script.Module != "Moothall/Cases";
    static readonly Instant At = Instant.FromUtc(2026, 3, 4, 12, 0);

    static Task Receive(QueuedStore store, string reference, string status = "open") => store.Database.Commit(unit => unit.Execute($"""
        insert into council_case (reference, service, definition_version, authority, team, stage, status, channel, received, due, decided, version, link_number, imported)
        values ({reference}, {"report-a-pothole"}, {1}, {"wessex"}, {"wessex-highways"}, {"triage"}, {status}, {"web"}, {At}, {At}, {"{}"}, {1}, {1}, {false})
        """));

    static Task OfOlder(QueuedStore store, string reference, string word) => store.Database.Commit(unit => unit.Execute($"insert into case_word (word, reference) values ({word}, {reference})"));

    static Task OfNewer(QueuedStore store, string reference, string word) =>
        store.Database.Commit(unit => unit.Execute($"insert into case_search_word (word, number) select {word}, number from council_case where reference = {reference}"));

    static async Task<string[]> Newer(QueuedStore store) => [.. await store.Database.Read(s => s.Query($"""
        select w.word || ' ' || c.reference from case_search_word w join council_case c on c.number = w.number order by 1
        """, row => row.Text(0)))];

    static async Task<string[]> Older(QueuedStore store) => [.. await store.Database.Read(s => s.Query($"select word || ' ' || reference from case_word order by 1", row => row.Text(0)))];

    [Theory, BothDatabases]
    public async Task What_was_received_before_and_by_older_nodes_meanwhile_is_found_and_what_they_erase_is_not(Dialect dialect)
    {
        await using var store = await QueuedStore.Create(dialect, Before);
        await Receive(store, "POT-1");
        await OfOlder(store, "POT-1", "ann");
        await OfOlder(store, "POT-1", "lee");

        // Between the two scripts and after both.
        var scripts = new SchemaRunner(store.Database, typeof(IEvent).Assembly);
        await scripts.Apply(s => Before(s) || s.Number == 58, CancellationToken.None);
        await Receive(store, "POT-2");
        await OfOlder(store, "POT-2", "ann");
        await scripts.Apply(s => Before(s) || s.Number is 58 or 59, CancellationToken.None);
        await Receive(store, "POT-3");
        await OfOlder(store, "POT-3", "cy");
        (await Newer(store)).ShouldBe(["ann POT-1", "ann POT-2", "cy POT-3", "lee POT-1"]);

        await store.Database.Commit(unit => unit.Execute($"delete from case_word where reference = {"POT-1"}"));
        (await Newer(store)).ShouldBe(["ann POT-2", "cy POT-3"]);

        await scripts.Apply();
        (await store.Database.Read(s => s.HasTable("case_word"))).ShouldBeFalse();
        await Receive(store, "POT-4");
        await OfNewer(store, "POT-4", "ann");
        await store.Database.Commit(unit => unit.Execute($"delete from case_search_word where number = (select number from council_case where reference = {"POT-3"})"));
        (await Newer(store)).ShouldBe(["ann POT-2", "ann POT-4"]);
    }

    [Fact]
    public async Task What_newer_nodes_write_and_erase_older_nodes_find_and_do_not()
    {
        Assert.SkipWhen(TestPostgres.Cluster is null, "MOOTHALL_TEST_POSTGRES is not set");
        await using var store = await QueuedStore.Create(Dialect.Postgres, Before);
        await Receive(store, "POT-1");
        await OfOlder(store, "POT-1", "ann");
        await new SchemaRunner(store.Database, typeof(IEvent).Assembly).Apply(s => !s.Contracts, CancellationToken.None);
        await Receive(store, "POT-2");
        await OfNewer(store, "POT-2", "ann");
        await OfNewer(store, "POT-2", "bo");
        (await Older(store)).ShouldBe(["ann POT-1", "ann POT-2", "bo POT-2"]);
        await store.Database.Commit(unit => unit.Execute($"delete from case_search_word where number = (select number from council_case where reference = {"POT-2"})"));
        (await Older(store)).ShouldBe(["ann POT-1"]);
        (await Newer(store)).ShouldBe(["ann POT-1"]);
    }

    [Theory, BothDatabases]
    public async Task Words_of_a_case_that_was_erased_while_they_were_copied_go_with_the_older_form(Dialect dialect)
    {
        await using var store = await QueuedStore.Create(dialect, s => !s.Contracts);
        await Receive(store, "POT-1", "erased");
        await Receive(store, "POT-2");
        await OfNewer(store, "POT-1", "ann");
        await OfNewer(store, "POT-2", "ann");
        await new SchemaRunner(store.Database, typeof(IEvent).Assembly).Apply();
        (await Newer(store)).ShouldBe(["ann POT-2"]);
    }

    [Theory, BothDatabases]
    public async Task A_backup_made_while_both_forms_are_there_is_restored_with_what_cases_are_found_by(Dialect dialect)
    {
        await using var store = await QueuedStore.Create(dialect, s => !s.Contracts);
        await Receive(store, "POT-1");
        await OfOlder(store, "POT-1", "ann");
        var backup = Path.Combine(Directory.CreateTempSubdirectory("moothall-words-").FullName, "council.zip");
        await Backup.Write(store.Database, backup);
        await using var restored = await QueuedStore.Create(dialect, _ => false);
        await Restore.Into(restored.Database, backup, [typeof(IEvent).Assembly]);
        (await Newer(restored)).ShouldBe(["ann POT-1"]);
        (await restored.Database.Read(s => s.HasTable("case_word"))).ShouldBeFalse();
    }
}
