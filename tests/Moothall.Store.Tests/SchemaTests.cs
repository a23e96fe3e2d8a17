using Shouldly;
using Xunit;

namespace Moothall.Store.Tests;

public class SchemaTests
{
    [Theory, BothDatabases]
    public async Task Scripts_are_applied_once_even_by_several_nodes_at_once(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Commit(unit => unit.Script("drop table schema_change; drop table reader; drop table event; drop table reader_ahead; drop table replay; drop table replay_table; drop table effect; drop table timer; drop table lease; drop table file_chunk; drop table file; drop table idempotency; drop table node; drop table store_identity"));
        (await new SchemaRunner(store.Database).IsCurrent()).Why?.ToString().ShouldBe("The database is empty: its tables have not been made yet.");
        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => new SchemaRunner(store.Another()).Apply()));
        applied.Count(names => names.Count > 0).ShouldBe(1);
        applied.SelectMany(names => names).ShouldBe(["Moothall.Store/0001-store", "Moothall.Store/0018-nodes", "Moothall.Store/0022-event-trace", "Moothall.Store/0023-failing-timers", "Moothall.Store/0033-claims", "Moothall.Store/0050-scan"]);
        (await new SchemaRunner(store.Database).IsCurrent()).ShouldBe((true, null));
    }

    [Theory, BothDatabases]
    public async Task A_script_changed_after_it_was_applied_is_refused(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Commit(unit => unit.Execute($"update schema_change set hash = {"other"} where number = 1"));
        (await Should.ThrowAsync<SchemaException>(new SchemaRunner(store.Database).Apply())).Message.ShouldContain("Moothall.Store/0001-store changed after it was applied");
        (await new SchemaRunner(store.Database).IsCurrent()).Current.ShouldBeFalse();
    }

    [Theory, BothDatabases]
    public async Task What_was_not_applied_yet_is_counted_in_a_sentence(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var last = await store.Database.Read(s => s.Number($"select max(number) from schema_change"));
        await store.Database.Commit(unit => unit.Execute($"delete from schema_change where number = {last}"));
        (await new SchemaRunner(store.Database).IsCurrent()).Why!.ToString().ShouldBe("One change of the tables has not been applied yet.");
        var before = await store.Database.Read(s => s.Number($"select max(number) from schema_change"));
        await store.Database.Commit(unit => unit.Execute($"delete from schema_change where number = {before}"));
        (await new SchemaRunner(store.Database).IsCurrent()).Why!.ToString().ShouldBe("2 changes of the tables have not been applied yet.");
    }

    [Theory, BothDatabases]
    public async Task A_database_newer_than_the_program_is_refused(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Commit(unit => unit.Execute($"insert into schema_change (module, number, name, hash, applied) values ({"Moothall.Store"}, {9999}, {"future"}, {"h"}, {"later"})"));
        (await Should.ThrowAsync<SchemaException>(new SchemaRunner(store.Database).Apply())).Message.ShouldContain("newer than this program");
    }

    static SchemaRunner Newer(TestStore store, params string[] sql) =>
        new(store.Database, [.. SchemaScript.In(typeof(SchemaRunner).Assembly, store.Dialect), .. sql.Select((script, n) => new SchemaScript("Moothall.Store", 9000 + n, "newer", script))]);

    [Theory, BothDatabases]
    public async Task A_program_serves_on_after_a_newer_one_has_added_something(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        (await Newer(store, "alter table timer add column newer text;").Apply()).ShouldBe(["Moothall.Store/9000-newer"]);
        (await new SchemaRunner(store.Database).Apply()).ShouldBeEmpty();
        (await new SchemaRunner(store.Database).IsCurrent()).ShouldBe((true, null));
        await store.Database.Commit(unit => unit.SetTimer("kind", "key", NodaTime.Instant.FromUtc(2026, 3, 4, 12, 0)));
    }

    [Theory, BothDatabases]
    public async Task What_takes_something_away_waits_until_the_older_nodes_have_stopped_and_keeps_them_out(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var older = new Node("town-hall", "run", "0.1.0", new SchemaRunner(store.Database).Known, "", default, default, true);
        (await Nodes.Enter(store.Database, older)).ShouldBeTrue();
        var contracting = Newer(store, "-- contracts\ndrop table idempotency;", "alter table timer add column newer text;");
        (await contracting.Apply()).ShouldBe(["Moothall.Store/9001-newer"], "what only adds does not wait");
        contracting.Waits.ShouldNotBeNull().ToString().ShouldBe("Moothall.Store/9000-newer takes away what older nodes need, and these still serve: “town-hall” (0.1.0). It is carried out by itself when they have stopped.");
        (await contracting.IsCurrent()).ShouldBe((true, null));
        (await new SchemaRunner(store.Database).IsCurrent()).ShouldBe((true, null));
        await new SchemaRunner(store.Database).CheckMayServe();
        // One that knows the change as well is no hindrance.
        (await Nodes.Enter(store.Database, older with { Name = "newer", Run = "newer", Schema = contracting.Known })).ShouldBeTrue();
        await Nodes.Leave(store.Database, older);
        (await contracting.Apply()).ShouldBe(["Moothall.Store/9000-newer"]);
        contracting.Waits.ShouldBeNull();
        (await Should.ThrowAsync<SchemaException>(new SchemaRunner(store.Database).Apply())).Message.ShouldContain("newer than this program");
        (await Should.ThrowAsync<SchemaException>(new SchemaRunner(store.Database).CheckMayServe())).Message.ShouldContain("newer than this program");
        (await new SchemaRunner(store.Database).IsCurrent()).Current.ShouldBeFalse();
    }

    [Theory, OnlyPostgres]
    public async Task An_older_node_that_enters_while_something_is_taken_away_either_holds_it_up_or_is_kept_out(Dialect dialect)
    {
        for (var i = 0; i < 20; i++)
        {
            await using var store = await TestStore.Create(dialect);
            var contracting = Newer(store, "-- contracts\ndrop table idempotency;");
            var older = new Node("town-hall", "run", "0.1.0", new SchemaRunner(store.Database).Known, "", default, default, true);
            // As a node does it: its tables are looked at, it enters, and they are looked at again.
            async Task<bool> Starts()
            {
                try
                {
                    await new SchemaRunner(store.Database).Apply();
                    await Nodes.Enter(store.Database, older);
                    await new SchemaRunner(store.Database).Apply();
                    return true;
                }
                catch (SchemaException)
                {
                    return false;
                }
            }
            var starting = Starts();
            await Task.Delay(i % 5);
            var isGone = (await contracting.Apply()).Count > 0;
            (await starting).ShouldBe(!isGone);
        }
    }
}
