using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Host.Tests;

public sealed class SteadyClockTests
{
    static readonly Instant Noon = Instant.FromUtc(2026, 11, 29, 12, 0);

    sealed class Machine : IClock
    {
        public Instant Says { get; set; } = Noon;
        public Instant GetCurrentInstant() => Says;
    }

    sealed class Counter : TimeProvider
    {
        public TimeSpan Since { get; set; }
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
        public override long GetTimestamp() => Since.Ticks;
    }

    static (SteadyClock Clock, Machine Machine, Counter Counter) Made()
    {
        var (machine, counter) = (new Machine(), new Counter());
        return (new SteadyClock(machine, counter), machine, counter);
    }

    static void Agree(SteadyClock clock, Instant time) => clock.Agree(time, clock.Count());

    [Theory]
    [InlineData(120)]
    [InlineData(-120)]
    public void A_clock_that_jumps_is_not_followed_and_time_goes_on(int minutes)
    {
        var (clock, machine, counter) = Made();
        Agree(clock, Noon);
        counter.Since += TimeSpan.FromSeconds(3);
        machine.Says = Noon + Duration.FromMinutes(minutes) + Duration.FromSeconds(3);
        clock.GetCurrentInstant().ShouldBe(Noon + Duration.FromSeconds(3));
        // The database says so again: it stays so until somebody has set the clock right.
        Agree(clock, Noon + Duration.FromSeconds(3));
        counter.Since += TimeSpan.FromSeconds(2);
        clock.GetCurrentInstant().ShouldBe(Noon + Duration.FromSeconds(5));
        machine.Says = Noon + Duration.FromSeconds(6);
        clock.GetCurrentInstant().ShouldBe(machine.Says);
    }

    [Fact]
    public void A_clock_that_is_a_little_off_is_followed_as_it_goes()
    {
        var (clock, machine, counter) = Made();
        machine.Says = Noon + Duration.FromSeconds(20);
        clock.GetCurrentInstant().ShouldBe(machine.Says, "nothing is known of the database yet");
        Agree(clock, Noon);
        clock.GetCurrentInstant().ShouldBe(machine.Says);
        counter.Since += TimeSpan.FromMinutes(10);
        machine.Says += Duration.FromMinutes(10);
        clock.GetCurrentInstant().ShouldBe(machine.Says);
    }

    [Fact]
    public void A_machine_that_slept_goes_right_again_with_the_next_look()
    {
        var (clock, machine, counter) = Made();
        Agree(clock, Noon);
        // Its counter stood still meanwhile.
        machine.Says = Noon + Duration.FromHours(3);
        clock.GetCurrentInstant().ShouldBe(Noon);
        Agree(clock, machine.Says);
        clock.GetCurrentInstant().ShouldBe(machine.Says);
    }

    [Fact]
    public void An_answer_that_took_long_says_nothing()
    {
        var (clock, machine, counter) = Made();
        Agree(clock, Noon);
        var asked = clock.Count();
        counter.Since += TimeSpan.FromMinutes(5);
        clock.Agree(Noon, asked);
        machine.Says = Noon + Duration.FromMinutes(5);
        clock.GetCurrentInstant().ShouldBe(machine.Says);
    }
}
