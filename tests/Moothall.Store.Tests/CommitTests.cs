using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Store.Tests;

public class CommitTests
{
    private static readonly Instant noon = Instant.FromUtc(2026, 3, 4, 12, 0) + Duration.FromTicks(1230);

    [Theory, BothDatabases]
    public async Task What_is_committed_can_be_read(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Commit(unit => unit.SetTimer("reminder", "WES-1", noon));
        var due = await store.Database.Read(session => session.First($"select due from timer where key = {"WES-1"}", row => row.Instant(0)));
        due.ShouldBe(noon);
    }

    [Theory, BothDatabases]
    public async Task Writes_that_go_together_keep_their_order_and_are_there_for_the_next_question(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Commit(unit => unit.Script("create table place (name text primary key, n integer not null)"));
        var seen = await store.Database.Commit(async unit =>
        {
            for (var i = 1; i <= 30; i++) await unit.Add($"insert into place as held (name, n) values ({"hall"}, {i}) on conflict (name) do update set n = held.n * 2 + {i}");
            var between = await unit.Number($"select n from place where name = {"hall"}");
            await unit.Add($"update place set n = 7 where name = {"hall"}");
            (await unit.Execute($"update place set n = n + 1 where name = {"hall"}")).ShouldBe(1);
            await unit.Add($"insert into place (name, n) values ({"last"}, {1})");
            return between;
        });
        var expected = 1L;
        for (var i = 2; i <= 30; i++) expected = (expected * 2) + i;
        seen.ShouldBe(expected);
        (await store.Database.Read(s => s.Query($"select name, n from place order by name", row => (row.Text(0), row.Int(1))))).ShouldBe([("hall", 8), ("last", 1)]);
    }

    [Theory, BothDatabases]
    public async Task A_write_that_must_touch_a_row_and_touches_none_undoes_the_whole_unit(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Commit(unit => unit.Script("create table place (name text primary key, n integer not null)"));
        await store.Database.Commit(unit => unit.Add($"insert into place (name, n) values ({"hall"}, {1})"));
        (await Should.ThrowAsync<FormatException>(store.Database.Commit(async unit =>
        {
            await unit.Add($"update place set n = 2 where name = {"hall"}", () => new FormatException("the first"));
            await unit.Add($"update place set n = 2 where name = {"nowhere"}", () => new FormatException("the second"));
            await unit.Add($"insert into place (name, n) values ({"last"}, {1})");
        }))).Message.ShouldBe("the second");
        await Should.ThrowAsync<StoreConflictException>(store.Database.Commit(async unit =>
        {
            await unit.Add($"update place set n = 3 where name = {"hall"}");
            await unit.Add($"insert into place (name, n) values ({"hall"}, {4})");
        }));
        (await store.Database.Read(s => s.Query($"select name, n from place", row => (row.Text(0), row.Int(1))))).ShouldBe([("hall", 1)]);
    }

    [Theory, BothDatabases]
    public async Task A_statement_that_is_all_a_unit_writes_is_kept_and_nothing_may_follow_it(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Commit(unit => unit.Script("create table place (name text primary key, n integer not null)"));
        await store.Database.Commit(unit => unit.Add($"insert into place (name, n) values ({"hall"}, {1})"));
        (await store.Database.Commit(unit => unit.Alone($"update place set n = 2 where name = {"hall"}"))).ShouldBeTrue();
        (await N()).ShouldBe(2);
        await Should.ThrowAsync<ObjectDisposedException>(store.Database.Commit(async unit =>
        {
            await unit.Alone($"update place set n = n where name = {"hall"}");
            await unit.Execute($"update place set n = 3 where name = {"hall"}");
        }));
        await Should.ThrowAsync<InvalidOperationException>(store.Database.Commit(async unit =>
        {
            await unit.Alone($"update place set n = n where name = {"hall"}");
            return new Refused();
        }));
        (await N()).ShouldBe(2);

        // Where it touches nothing the unit goes on, all or nothing as ever.
        await store.Database.Commit(async unit =>
        {
            (await unit.Alone($"update place set n = 9 where name = {"nowhere"}")).ShouldBeFalse();
            await unit.Execute($"update place set n = n + 1 where name = {"hall"}");
            await unit.Add($"insert into place (name, n) values ({"last"}, {1})");
        });
        (await N()).ShouldBe(3);
        await Should.ThrowAsync<FormatException>(store.Database.Commit(async unit =>
        {
            await unit.Alone($"update place set n = 9 where name = {"nowhere"}");
            await unit.Execute($"update place set n = 4 where name = {"hall"}");
            throw new FormatException();
        }));
        (await N()).ShouldBe(3);

        Task<long> N() => store.Database.Read(s => s.Number($"select n from place where name = {"hall"}"));
    }

    [Theory, BothDatabases]
    public async Task Writes_alone_are_all_kept_or_none_of_them(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Commit(unit => unit.Script("create table place (name text primary key, n integer not null)"));
        await store.Database.Commit(async unit =>
        {
            await unit.Add($"insert into place (name, n) values ({"hall"}, {1})");
            await unit.Append("place/hall", 0, new NewEvent("place.built", 1, noon, "{}"));
        });
        await Should.ThrowAsync<StoreConflictException>(store.Database.Commit(async unit =>
        {
            await unit.Add($"insert into place (name, n) values ({"barn"}, {1})");
            await unit.Append("place/hall", 0, new NewEvent("place.built", 1, noon, "{}"));
        }));
        (await store.Database.Read(s => s.Query($"select name from place", row => row.Text(0)))).ShouldBe(["hall"]);
        (await store.Database.Read(s => s.VersionOf("place/hall"))).ShouldBe(1);
    }

    private sealed record Refused : IOutcome
    {
        public bool RollsBack => true;
    }

    [Fact]
    public async Task The_log_of_the_file_begins_again_however_much_is_written_without_a_pause()
    {
        await using var store = await TestStore.Create(Dialect.Sqlite);
        await store.Database.Commit(unit => unit.Script("create table sheet (n integer primary key, words text not null)"));
        // A page of 4 kB each, three times as many as the log may ever hold before the writer itself makes room.
        var words = new string('a', 3_000);
        const int sheets = 60_000;
        for (var n = 0; n < sheets; n += 500)
            await Task.WhenAll(Enumerable.Range(n, 500).Select(i => store.Database.Commit(unit => unit.Execute($"insert into sheet (n, words) values ({i}, {words})"))));
        new FileInfo(store.Place + "-wal").Length.ShouldBeLessThan(22_000L * 4_120);
        (await store.Database.Read(s => s.Number($"select count(*) from sheet"))).ShouldBe(sheets);
        (await store.Database.Read(s => s.First($"pragma integrity_check", row => row.Text(0)))).ShouldBe("ok");
    }

    [Theory, BothDatabases]
    public async Task Every_kind_of_value_comes_back_as_it_was_given(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Commit(unit => unit.Script(dialect == Dialect.Sqlite
            ? "create table thing (t text, i integer, l integer, d real, b integer, at text, day text, raw blob, n text)"
            : "create table thing (t text, i integer, l bigint, d double precision, b boolean, at timestamptz, day date, raw bytea, n text)"));
        var day = new LocalDate(2026, 11, 22);
        byte[] raw = [0, 1, 255];
        string? nothing = null;
        await store.Database.Commit(unit => unit.Execute($"insert into thing values ({"Łódź 🕳️"}, {7}, {7_000_000_000}, {1.5}, {true}, {noon}, {day}, {raw}, {nothing})"));
        var back = await store.Database.Read(session => session.First($"select t, i, l, d, b, at, day, raw, n from {new SqlName("thing")}",
            row => (row.Text(0), row.Int(1), row.Long(2), row.Double(3), row.Bool(4), row.Instant(5), row.Date(6), row.Bytes(7), row.TextOrNull(8))));
        back.Item1.ShouldBe("Łódź 🕳️");
        (back.Item2, back.Item3, back.Item4, back.Item5, back.Item6, back.Item7, back.Item9).ShouldBe((7, 7_000_000_000, 1.5, true, noon, day, null));
        back.Item8.ShouldBe(raw);
    }

    [Theory, BothDatabases]
    public async Task A_list_may_have_several_members_or_none(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        foreach (var key in new[] { "a", "b", "c" }) await store.Database.Commit(unit => unit.SetTimer("k", key, noon));
        string[] two = ["a", "c"], none = [];
        (await store.Database.Read(s => s.Number($"select count(*) from timer where key in ({two}) and kind = {"k"}"))).ShouldBe(2);
        (await store.Database.Read(s => s.Number($"select count(*) from timer where key in ({none}) and kind = {"k"}"))).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task Numbers_are_a_list_however_many_they_are(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var (none, many) = (new List<long>(), Enumerable.Range(1, 70_000).Select(n => (long)n).ToHashSet());
        foreach (var (numbers, count) in new (IReadOnlyCollection<long>, long)[] { (none, 0), ([2, 3, 9], 2), (many, 3) })
            (await store.Database.Read(s => s.Number($"select count(*) from (select 1 as number union all select 2 union all select 3) as three where number in ({numbers}) and {"k"} = {"k"}"))).ShouldBe(count);
    }

    [Theory, BothDatabases]
    public async Task A_unit_that_throws_leaves_nothing_and_only_it_fails(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var units = Enumerable.Range(0, 40).Select(i => store.Database.Commit(async unit =>
        {
            await unit.SetTimer("k", $"{i}", noon);
            if (i % 4 == 0) throw new InvalidOperationException($"no {i}");
            return i;
        })).ToList();
        for (var i = 0; i < units.Count; i++)
            if (i % 4 == 0) (await Should.ThrowAsync<InvalidOperationException>(units[i])).Message.ShouldBe($"no {i}");
            else (await units[i]).ShouldBe(i);
        (await store.Database.Read(s => s.Number($"select count(*) from timer"))).ShouldBe(30);
    }

    private sealed record Outcome(string Words, bool RollsBack) : IOutcome;

    [Theory, BothDatabases]
    public async Task A_refused_unit_leaves_nothing_and_its_refusal_is_the_answer(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var signals = 0;
        store.Database.Appended += () => Interlocked.Increment(ref signals);
        Task<Outcome> Write(string key, bool refused) => store.Database.Commit(async unit =>
        {
            await unit.SetTimer("k", key, noon);
            await unit.Append("case/" + key, 0, new NewEvent("case.opened", 1, noon, "{}"));
            await Idempotency.Remember(unit, "partner", "POST /cases", key, "hash", key);
            return new Outcome(key, refused);
        });
        (await Write("no", refused: true)).ShouldBe(new Outcome("no", true));
        signals.ShouldBe(0);
        foreach (var table in new[] { "timer", "event", "idempotency" })
            (await store.Database.Read(s => s.Number($"select count(*) from {new SqlName(table)}"))).ShouldBe(0, table);
        // The key is free, the stream is at its start, and the signal comes with what is kept.
        (await Write("no", refused: false)).ShouldBe(new Outcome("no", false));
        // It may come a moment after the answer.
        await LogOf.Until(() => Task.FromResult(Volatile.Read(ref signals) == 1));
        (await store.Database.Read(s => Idempotency.Find(s, "partner", "POST /cases", "no"))).ShouldNotBeNull();
    }

    [Theory, BothDatabases]
    public async Task A_refused_unit_takes_nothing_of_its_neighbours_with_it(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var units = Enumerable.Range(0, 40).Select(i => store.Database.Commit(async unit =>
        {
            await unit.SetTimer("k", $"{i}", noon);
            return new Outcome($"{i}", i % 4 == 0);
        })).ToList();
        (await Task.WhenAll(units)).Select(u => u.Words).ShouldBe(Enumerable.Range(0, 40).Select(i => $"{i}"));
        (await store.Database.Read(s => s.Query($"select key from timer", row => row.Text(0)))).Order().ShouldBe(Enumerable.Range(0, 40).Where(i => i % 4 != 0).Select(i => $"{i}").Order());
    }

    [Theory, BothDatabases]
    public async Task An_append_at_the_wrong_version_is_a_conflict(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        NewEvent Opened() => new("case.opened", 1, noon, "{}");
        (await store.Database.Commit(unit => unit.Append("case-1", 0, Opened(), Opened()))).ShouldBe(2);
        await Should.ThrowAsync<StoreConflictException>(store.Database.Commit(unit => unit.Append("case-1", 1, Opened())));
        await Should.ThrowAsync<StoreConflictException>(store.Database.Commit(unit => unit.Append("case-1", 3, Opened())));
        (await store.Database.Commit(unit => unit.Append("case-1", 2, Opened()))).ShouldBe(3);
    }

    [Theory, BothDatabases]
    public async Task A_unit_that_meets_a_taken_key_is_run_again_from_its_start(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        NewEvent Opened() => new("case.opened", 1, noon, "{}");
        Task Insert(Unit unit, string stream) => unit.Execute(
            $"insert into event (stream, version, type, schema, at, imported, data) values ({stream}, {1}, {"case.opened"}, {1}, {noon}, {false}, {"{}"})");
        await store.Database.Commit(unit => unit.Append("drawn-1", 0, Opened()));
        var draws = 0;
        await store.Database.Commit(async unit =>
        {
            draws++;
            await unit.SetTimer("of draw", $"{draws}", noon);
            await Insert(unit, $"drawn-{draws}");
        });
        draws.ShouldBe(2);
        (await store.Database.Read(s => s.Query($"select key from timer where kind = {"of draw"}", row => row.Text(0)))).ShouldBe(["2"]);
    }

    [Theory, BothDatabases]
    public async Task Many_units_on_one_stream_each_get_a_version_of_their_own(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            for (var i = 0; i < 10; i++)
                while (true)
                {
                    try
                    {
                        await store.Database.Commit(async unit =>
                        {
                            var version = (int)await unit.Number($"select max(version) from event where stream = {"case-1"}");
                            return await unit.Append("case-1", version, new NewEvent("case.noted", 1, noon, "{}"));
                        });
                        break;
                    }
                    catch (StoreConflictException)
                    {
                        // Five tries may not be enough for five at once; nothing was kept, so again.
                    }
                }
        }));
        var versions = await store.Database.Read(s => s.Query($"select version from event where stream = {"case-1"} order by version", row => row.Int(0)));
        versions.ShouldBe(Enumerable.Range(1, 50));
    }

    [Theory, BothDatabases]
    public async Task A_unit_cannot_start_another(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await Should.ThrowAsync<InvalidOperationException>(store.Database.Commit(_ => store.Database.Commit(unit => unit.SetTimer("k", "a", noon))));
    }

    [Theory, BothDatabases]
    public async Task A_unit_is_of_no_use_after_its_end(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        Unit? kept = null;
        await store.Database.Commit(unit => { kept = unit; return Task.CompletedTask; });
        await Should.ThrowAsync<ObjectDisposedException>(kept!.SetTimer("k", "a", noon));
    }

    [Theory, BothDatabases]
    public async Task Text_with_a_null_character_is_refused_in_words(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        (await Should.ThrowAsync<ArgumentException>(store.Database.Commit(unit => unit.SetTimer("k", "a\0b", noon)))).Message.ShouldContain("U+0000");
    }

    [Fact]
    public void A_name_that_is_not_plain_is_refused() => Should.Throw<ArgumentException>(() => new SqlName("event; drop table event"));
}
