using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Store.Tests;

public class StandingsTests
{
    static readonly Instant Past = Instant.FromUtc(2020, 1, 1, 0, 0), Later = Instant.FromUtc(2999, 1, 1, 0, 0);

    [Theory, BothDatabases]
    public async Task Timers_that_are_due_and_the_next_one_are_told(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        (await store.Database.Read(Standings.Timers)).Due.ShouldBe(0);
        await store.Database.Commit(unit => unit.SetTimer("reminder", "later", Later));
        var waiting = await store.Database.Read(Standings.Timers);
        (waiting.Due, waiting.Since, waiting.Next).ShouldBe((0, null, Later));
        await store.Database.Commit(unit => unit.SetTimer("reminder", "now", Past));
        var due = await store.Database.Read(Standings.Timers);
        (due.Due, due.Since, due.Next).ShouldBe((1, Past, null));
    }

    /// <summary>Whoever looks at the timers here finds that one came as soon as the look is over, so that what is read in two looks does not fit together.</summary>
    [Theory, OnlyPostgres]
    public async Task A_timer_that_comes_between_two_looks_disturbs_nobody(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Commit(async unit =>
        {
            await unit.Execute($"alter table timer rename to timer_kept");
            await unit.Execute($"""
                create function comes() returns boolean language plpgsql volatile as $$ begin
                  insert into timer_kept (kind, key, due, next_try, attempts) values ('reminder', gen_random_uuid()::text, '2020-01-01', '2020-01-01', 0); return true;
                end $$
                """);
            await unit.Execute($"create view timer as select t.* from (select comes() as came offset 0) as c left join timer_kept t on c.came where t.key is not null");
        });
        var first = await store.Database.Read(Standings.Timers);
        (first.Due, first.Since).ShouldBe((0, null));
        (await store.Database.Read(Standings.Timers)).Due.ShouldBeGreaterThan(0);
    }
}
