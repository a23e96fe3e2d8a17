using Moothall.Store.Sqlite;
using Shouldly;
using Xunit;

namespace Moothall.Store.Tests;

/// <summary>What nobody waits for in front of a screen gives way on SQLite to what people write, and goes on all the same.</summary>
public class UnhurriedTests
{
    [Fact]
    public void Units_that_are_unhurried_are_taken_behind_all_others()
    {
        var queue = new UnitQueue(10);
        queue.TryAdd(new Named("timer", unhurried: true)).ShouldBeTrue();
        queue.TryAdd(new Named("letter", unhurried: true)).ShouldBeTrue();
        queue.TryAdd(new Named("answer", unhurried: false)).ShouldBeTrue();
        queue.Take().ShouldBeOfType<Named>().Name.ShouldBe("answer");
        queue.TryTake(andUnhurried: false, out _).ShouldBeFalse();
        queue.TryTake(andUnhurried: true, out var next).ShouldBeTrue();
        next.ShouldBeOfType<Named>().Name.ShouldBe("timer");
        queue.TryTakeUnhurried(out next).ShouldBeTrue();
        next.ShouldBeOfType<Named>().Name.ShouldBe("letter");
        queue.TryTakeUnhurried(out _).ShouldBeFalse();
        queue.Close();
        queue.Take().ShouldBeNull();
    }

    [Fact]
    public async Task Who_saves_an_answer_waits_for_none_of_the_timers_that_fall_due_at_once()
    {
        await using var store = await TestStore.Create(Dialect.Sqlite);
        var (timers, ended, gate) = (new List<Task>(), 0, new ManualResetEventSlim());
        // The writer is held up until all of them wait.
        var first = store.Database.Commit(_ => { gate.Wait(); return Task.FromResult(0); });
        await Task.Run(() =>
        {
            Unhurried.Begin();
            for (var i = 0; i < 100; i++)
                timers.Add(store.Database.Commit(_ => { Thread.Sleep(2); Interlocked.Increment(ref ended); return Task.FromResult(0); }));
        });
        var answer = store.Database.Commit(_ => Task.FromResult(Volatile.Read(ref ended)));
        gate.Set();
        (await answer).ShouldBe(0);
        await first;
        await Task.WhenAll(timers);
        ended.ShouldBe(100);
    }

    [Fact]
    public async Task Unhurried_work_goes_on_while_people_write_without_end()
    {
        await using var store = await TestStore.Create(Dialect.Sqlite);
        using var stop = new CancellationTokenSource();
        var people = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) await store.Database.Commit(_ => { Thread.SpinWait(20_000); return Task.FromResult(0); });
        })).ToList();
        await Task.Run(async () =>
        {
            Unhurried.Begin();
            for (var i = 0; i < 20; i++) await store.Database.Commit(_ => Task.FromResult(0));
        }).WaitAsync(TimeSpan.FromMinutes(1));
        await stop.CancelAsync();
        await Task.WhenAll(people);
    }

    [Fact]
    public async Task Only_the_method_that_says_so_is_unhurried_and_what_it_begins()
    {
        async Task Timer()
        {
            Unhurried.Begin();
            await Task.Yield();
            Unhurried.IsHere.ShouldBeTrue();
            await Task.Run(() => Unhurried.IsHere.ShouldBeTrue());
        }
        await Timer();
        Unhurried.IsHere.ShouldBeFalse();
    }

    private sealed class Named : QueuedUnit
    {
        public Named(string name, bool unhurried) => (Name, IsUnhurried) = (name, unhurried);
        public string Name { get; }
        public override bool IsUnhurried { get; }
        public override bool IsWanted => true;
        public override bool RollsBack => false;
        public override void Run(Unit unit, TimeSpan longest) { }
        public override void Succeed() { }
        public override void Fail(Exception error) { }
    }
}
