using System.Collections.Concurrent;
using Shouldly;
using Xunit;

namespace Moothall.Store.Tests;

/// <summary>
/// An effect that a new version brings begins with the moment in which the first node registers it. On PostgreSQL that place is the transaction before the oldest one open (xmin): whatever is in
/// the middle of being written then lies behind it.
/// </summary>
public class NewEffectTests
{
    [Theory, OnlyPostgres]
    public async Task What_was_being_written_when_an_effect_was_registered_is_told_once_and_what_was_over_is_not(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Append("over", 0, 2);
        await store.Database.Settled();
        await using var early = await SlowTransaction.Open(store);
        await using var late = await SlowTransaction.Open(store);
        await early.Append("early", 1);
        // Of a stream whose beginning lies before that moment.
        await late.Append("over", 3);
        await store.Database.Append("beside", 0);

        var heard = new Heard();
        await using var one = new ReaderHost(store.Database, [], [], [heard], [], settings: LogOf.Quick);
        await using var two = new ReaderHost(store.Another(), [], [], [heard], [], settings: LogOf.Quick);
        await Task.WhenAll(one.Start(), two.Start());
        await early.Commit();
        await store.Database.Append("after", 0);
        await late.Commit();
        await store.Database.Append("over", 3);
        await store.Database.Settled();
        await one.WaitUntilCaughtUp();
        // One that was over already, but not yet to be seen by readers because another was still open, counts as being written.
        await LogOf.Until(() => Task.FromResult(heard.Told.Count >= 5));
        await store.Database.Done(5);
        heard.Told.Order().ShouldBe(["after/1", "beside/1", "early/1", "over/3", "over/4"]);
    }

    [Theory, BothDatabases]
    public async Task Under_traffic_nothing_that_was_on_its_way_is_missed_or_told_twice(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await store.Database.Append("over", 0);
        await store.Database.Settled();
        var written = new ConcurrentBag<(string Name, long Ended)>();
        using var stop = new CancellationTokenSource();
        var writers = Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var stream = $"case-{writer}-{i / 3}";
                await store.Database.Commit(async unit =>
                {
                    await unit.Append(stream, i % 3, LogOf.Event());
                    // The event is in the log and its unit is still open.
                    if (dialect == Dialect.Postgres)
                    {
                        await unit.Send();
                        await Task.Delay(Random.Shared.Next(0, 30));
                    }
                });
                written.Add(($"{stream}/{i % 3 + 1}", Environment.TickCount64));
            }
        })));
        // Two that are surely in the middle when the effect is registered; SQLite has one writer, which nobody may hold up.
        var registering = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var held = dialect == Dialect.Sqlite ? [] : Enumerable.Range(0, 2).Select(n => store.Database.Commit(async unit =>
        {
            await unit.Append($"held-{n}", 0, LogOf.Event());
            await unit.Send();
            await registering.Task;
        })).ToList();
        var heard = new Heard();
        await Task.Delay(200);
        await using var one = new ReaderHost(store.Database, [], [], [heard], [], settings: LogOf.Quick);
        await using var two = new ReaderHost(store.Another(), [], [], [heard], [], settings: LogOf.Quick);
        await Task.WhenAll(one.Start(), two.Start());
        var registered = Environment.TickCount64;
        registering.SetResult();
        await Task.WhenAll(held);
        await Task.Delay(300);
        await stop.CancelAsync();
        await writers;
        await store.Database.Settled();
        await one.WaitUntilCaughtUp();
        // The clock counts in milliseconds, so one more is left on either side.
        var due = written.Where(w => w.Ended > registered + 1).Select(w => w.Name).Concat(held.Select((_, n) => $"held-{n}/1")).ToList();
        await LogOf.Until(() => Task.FromResult(due.TrueForAll(heard.Told.Contains)));
        var all = await store.Database.Read(s => s.Number($"select count(*) from effect"));
        await store.Database.Done(all);
        heard.Told.Distinct().Count().ShouldBe(heard.Told.Count, "nothing is told twice");
        heard.Told.Count.ShouldBe((int)all);
        heard.Told.ShouldNotContain("over/1");
    }

    private sealed class Heard : IDelivery
    {
        public string Name => "new-letters";
        public string Kind => "letter";
        public ConcurrentQueue<string> Told { get; } = [];
        public IReadOnlyList<string> Recipients(LogEvent e) => ["applicant"];

        public Task<EffectOutcome> Do(DueEffect due, CancellationToken cancel)
        {
            Told.Enqueue($"{due.Event.Stream}/{due.Event.Version}");
            return Task.FromResult(EffectOutcome.Done);
        }
    }
}

internal static class DoneEffects
{
    /// <summary>Waits until so many effects are done, and none waits.</summary>
    public static Task Done(this Database database, long count) => LogOf.Until(async () =>
        await database.Read(s => s.Number($"select count(*) from effect where state = 'done'")) == count && await database.Read(s => s.Number($"select count(*) from effect where state <> 'done'")) == 0);
}
