using Moothall.Web.Capacity;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Capacity;

/// <summary>Who goes in, who waits, and who is asked to come again. The time is the test's own.</summary>
public sealed class GateTests
{
    sealed class HandTime : TimeProvider
    {
        long now;

        public override long TimestampFrequency => 1000;
        public override long GetTimestamp() => Volatile.Read(ref now);
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Told(this);
        /// <summary>When the gate last asked to be woken.</summary>
        public TimeSpan? Wake { get; private set; }
        public void Pass(TimeSpan by) => Volatile.Write(ref now, now + (long)by.TotalMilliseconds);

        sealed class Told(HandTime time) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                time.Wake = dueTime;
                return true;
            }


            public void Dispose() { }
            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }

    readonly HandTime time = new();

    Gate With(int inside, int waiting) => new(new GateSettings { MostInside = inside, MostWaiting = waiting, WaitInProgress = TimeSpan.FromSeconds(5), WaitNew = TimeSpan.FromSeconds(1) }, time);

    static Task<Pass> Ask(Gate gate, bool isInProgress, CancellationToken gaveUp = default) => gate.TryEnter() ? Task.FromResult(Pass.Inside) : gate.Enter(isInProgress, gaveUp);

    [Fact]
    public async Task Who_finds_room_goes_in_and_who_does_not_waits_until_one_leaves()
    {
        using var gate = With(2, 2);
        (await Ask(gate, false)).ShouldBe(Pass.Inside);
        (await Ask(gate, false)).ShouldBe(Pass.Inside);
        var third = Ask(gate, false);
        third.IsCompleted.ShouldBeFalse();
        (gate.Inside, gate.Waiting).ShouldBe((2, 1));
        gate.Leave();
        (await third).ShouldBe(Pass.Inside);
        gate.Leave();
        gate.Leave();
        (gate.Inside, gate.Waiting).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Who_is_in_the_middle_of_something_goes_before_who_has_only_come()
    {
        using var gate = With(1, 4);
        await Ask(gate, false);
        var newest = Ask(gate, false);
        var first = Ask(gate, true);
        var second = Ask(gate, true);
        gate.Leave();
        (await first).ShouldBe(Pass.Inside);
        (newest.IsCompleted, second.IsCompleted).ShouldBe((false, false));
        gate.Leave();
        (await second).ShouldBe(Pass.Inside);
        newest.IsCompleted.ShouldBeFalse();
        gate.Leave();
        (await newest).ShouldBe(Pass.Inside);
    }

    [Fact]
    public async Task A_full_line_refuses_who_has_only_come_and_gives_their_places_to_those_in_the_middle_of_something()
    {
        using var gate = With(1, 2);
        await Ask(gate, false);
        var (early, late) = (Ask(gate, false), Ask(gate, false));
        (await Ask(gate, false)).ShouldBe(Pass.Refused);
        var journey = Ask(gate, true);
        (await late).ShouldBe(Pass.Refused);
        early.IsCompleted.ShouldBeFalse();
        var other = Ask(gate, true);
        (await early).ShouldBe(Pass.Refused);
        (await Ask(gate, true)).ShouldBe(Pass.Refused);
        gate.Refused.ShouldBe((1, 3));
        gate.Leave();
        (await journey).ShouldBe(Pass.Inside);
        gate.Leave();
        (await other).ShouldBe(Pass.Inside);
    }

    [Fact]
    public async Task A_wait_has_an_end_which_comes_later_for_those_in_the_middle_of_something()
    {
        using var gate = With(1, 4);
        await Ask(gate, false);
        var journey = Ask(gate, true);
        time.Wake.ShouldBe(TimeSpan.FromSeconds(5));
        var newcomer = Ask(gate, false);
        time.Wake.ShouldBe(TimeSpan.FromSeconds(1));
        time.Pass(TimeSpan.FromMilliseconds(999));
        gate.RefuseOverdue();
        newcomer.IsCompleted.ShouldBeFalse();
        time.Pass(TimeSpan.FromMilliseconds(1));
        gate.RefuseOverdue();
        (await newcomer).ShouldBe(Pass.Refused);
        time.Wake.ShouldBe(TimeSpan.FromSeconds(4));
        journey.IsCompleted.ShouldBeFalse();
        time.Pass(TimeSpan.FromSeconds(4));
        gate.RefuseOverdue();
        (await journey).ShouldBe(Pass.Refused);
        gate.Leave();
        (await Ask(gate, false)).ShouldBe(Pass.Inside);
    }

    [Fact]
    public async Task Who_has_gone_is_not_begun_and_holds_up_nobody()
    {
        using var gate = With(1, 2);
        await Ask(gate, false);
        using var gone = new CancellationTokenSource();
        var (first, second) = (Ask(gate, true, gone.Token), Ask(gate, true));
        await gone.CancelAsync();
        (await first).ShouldBe(Pass.GivenUp);
        gate.Waiting.ShouldBe(1);
        gate.Leave();
        (await second).ShouldBe(Pass.Inside);
        (gate.GivenUp, gate.Inside).ShouldBe((1, 1));
        // One that was gone before it came.
        (await Ask(gate, true, gone.Token)).ShouldBe(Pass.GivenUp);
    }

    [Fact]
    public async Task Refusing_allocates_nothing()
    {
        using var gate = With(1, 1);
        await Ask(gate, true);
        _ = Ask(gate, true);
        static void Refuse(Gate gate)
        {
            if (gate.TryEnter() || !gate.Enter(false, default).IsCompletedSuccessfully) throw new InvalidOperationException("It was not refused.");
        }
        Refuse(gate);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) Refuse(gate);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public async Task Under_many_hands_no_place_is_given_twice_or_lost()
    {
        using var gate = With(3, 1000);
        var (inside, most, served) = (0, 0, 0);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(hand => Task.Run(async () =>
        {
            for (var turn = 0; turn < 500; turn++)
            {
                if (await Ask(gate, (hand + turn) % 2 == 0) != Pass.Inside) throw new InvalidOperationException("One was refused.");
                var now = Interlocked.Increment(ref inside);
                for (var seen = Volatile.Read(ref most); now > seen && Interlocked.CompareExchange(ref most, now, seen) != seen; seen = Volatile.Read(ref most)) { }
                if (turn % 7 == 0) await Task.Yield();
                Interlocked.Increment(ref served);
                Interlocked.Decrement(ref inside);
                gate.Leave();
            }
        })));
        served.ShouldBe(4000);
        most.ShouldBeLessThanOrEqualTo(3);
        (gate.Inside, gate.Waiting).ShouldBe((0, 0));
    }
}
