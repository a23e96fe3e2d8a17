using Moothall.Store.Sqlite;
using Shouldly;
using Xunit;

namespace Moothall.Store.Tests;

public class UnitQueueTests
{
    static QueuedUnit<int> Unit() => new(_ => Task.FromResult(1), CancellationToken.None);

    static void Write(UnitQueue queue, int together)
    {
        for (var i = 0; i < together; i++) queue.TryAdd(Unit()).ShouldBeTrue();
        queue.Take().ShouldNotBeNull();
        while (queue.TryTake(out _)) { }
    }

    // The writer finds nothing, as it does after each batch when nobody waits, and sleeps; then it is woken by the next unit, whose batch it takes.
    static void Alone(UnitQueue queue)
    {
        var writer = new Thread(() => queue.Take());
        writer.Start();
        while (!writer.ThreadState.HasFlag(ThreadState.WaitSleepJoin)) Thread.Yield();
        queue.TryAdd(Unit()).ShouldBeTrue();
        writer.Join();
    }

    [Fact]
    public void Who_writes_alone_one_thing_after_another_is_kept_waiting_for_nobody()
    {
        var queue = new UnitQueue(100);
        for (var i = 0; i < 30; i++) Alone(queue);
        queue.IsBusyTime.ShouldBeFalse();
    }

    [Fact]
    public void Where_many_write_at_once_the_writer_lets_them_gather_until_they_have_gone()
    {
        var queue = new UnitQueue(100);
        Alone(queue);
        for (var i = 0; i < 10; i++) Write(queue, 5);
        queue.IsBusyTime.ShouldBeTrue();
        for (var i = 0; i < 40; i++) Alone(queue);
        queue.IsBusyTime.ShouldBeFalse();
    }
}
