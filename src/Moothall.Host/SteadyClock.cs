using NodaTime;

namespace Moothall.Host;

/// <summary>
/// The clock of a node in a cluster: this machine's, as long as it agrees with the database's. One that jumps away is not followed: from the last agreement on time is then counted by the
/// machine's steady counter, so that nothing is put off by two hours, or done two hours early, until somebody has set the clock right.
/// </summary>
/// <param name="machine">The machine's clock.</param>
/// <param name="counter">Counts time that goes on whatever the clock says; the machine's where none is given.</param>
sealed class SteadyClock(IClock machine, TimeProvider? counter = null) : IClock
{
    sealed record Agreement(Instant Time, long Count);

    readonly TimeProvider counter = counter ?? TimeProvider.System;
    volatile Agreement? last;

    /// <summary>What the machine's clock says, however wrong.</summary>
    public Instant OfMachine => machine.GetCurrentInstant();

    /// <summary>A count to be taken before the database is asked for its time.</summary>
    public long Count() => counter.GetTimestamp();

    /// <summary>The database said what time it is.</summary>
    /// <param name="count">What <see cref="Count"/> said before it was asked. An answer that took long says too little, and is passed over.</param>
    public void Agree(Instant time, long count)
    {
        if (counter.GetElapsedTime(count) < TimeSpan.FromSeconds(1)) last = new Agreement(time, count);
    }

    public Instant GetCurrentInstant()
    {
        var now = OfMachine;
        if (last is not { } agreed) return now;
        var steady = agreed.Time + Duration.FromTimeSpan(counter.GetElapsedTime(agreed.Count));
        return now - steady > NodeLife.MostOff || steady - now > NodeLife.MostOff ? steady : now;
    }
}
