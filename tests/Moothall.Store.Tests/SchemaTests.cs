using Shouldly;
using Xunit;

namespace Moothall.Store.Tests;

public class SchemaTests
{
    [Theory, BothDatabases]
    public async Task Scripts_are_applied_once_even_by_several_nodes_at_once(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Commit(unit => unit.Script("drop table schema_change; drop table reader; drop table event; drop table reader_ahead; drop table replay; drop table replay_table; drop table effect; drop table timer; drop table lease; drop table file_chunk; drop table file; drop table idempotency"));
        (await new SchemaRunner(store.Database).IsCurrent()).Why.ShouldBe("The database is empty: its tables have not been made yet.");
        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => new SchemaRunner(store.Another()).Apply()));
        applied.Count(names => names.Count > 0).ShouldBe(1);
        applied.SelectMany(names => names).ShouldBe(["Moothall.Store/0001-store"]);
        (await new SchemaRunner(store.Database).IsCurrent()).ShouldBe((true, null));
    }

    [Theory, BothDatabases]
    public async Task A_script_changed_after_it_was_applied_is_refused(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Commit(unit => unit.Execute($"update schema_change set hash = {"other"}"));
        (await Should.ThrowAsync<SchemaException>(new SchemaRunner(store.Database).Apply())).Message.ShouldContain("Moothall.Store/0001-store changed after it was applied");
        (await new SchemaRunner(store.Database).IsCurrent()).Current.ShouldBeFalse();
    }

    [Theory, BothDatabases]
    public async Task A_database_newer_than_the_program_is_refused(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Commit(unit => unit.Execute($"insert into schema_change (module, number, name, hash, applied) values ({"Moothall.Store"}, {9999}, {"future"}, {"h"}, {"later"})"));
        (await Should.ThrowAsync<SchemaException>(new SchemaRunner(store.Database).Apply())).Message.ShouldContain("newer than this program");
    }
}
