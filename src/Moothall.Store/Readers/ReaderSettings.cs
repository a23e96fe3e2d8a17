using NodaTime;

namespace Moothall.Store;

/// <summary>How readers of the log, effects and timers go about their work. The defaults are for a serving council.</summary>
public sealed record ReaderSettings
{
    /// <summary>How often the log is looked at when no commit of this process has called.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(25);

    /// <summary>How long events gather after a look that found some, before the next look: each round costs every reader a unit, however few events there are.</summary>
    public TimeSpan Gather { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How often due timers and effects are looked for.</summary>
    public TimeSpan DuePoll { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>For how long one node keeps a reader to itself. Saves double work; does not decide correctness.</summary>
    public Duration Lease { get; init; } = Duration.FromSeconds(10);

    public int BatchSize { get; init; } = 500;

    /// <summary>How long effects wait before they reach anybody: the minute in which a step can be undone, and a little for an undo on its way.</summary>
    public Duration Undo { get; init; } = Duration.FromSeconds(65);

    /// <summary>How often an effect is tried before it is parked.</summary>
    public int MostAttempts { get; init; } = 8;

    /// <summary>The wait after a first failure; it doubles with each further one, up to an hour.</summary>
    public Duration FirstRetry { get; init; } = Duration.FromSeconds(30);

    /// <summary>For how long a claimed effect is given to end before another may take it, while the node that claimed it is alive.</summary>
    public Duration Claim { get; init; } = Duration.FromMinutes(5);

    /// <summary>After how long a stopped reader tries its event again.</summary>
    public TimeSpan RetryStopped { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait while the other side of a relay takes nothing; the first is a quarter of a second and each further one twice as long.</summary>
    public TimeSpan LongestRelayWait { get; init; } = TimeSpan.FromSeconds(15);

    internal Duration WaitAfter(int attempts)
    {
        var wait = FirstRetry * (1L << Math.Clamp(attempts - 1, 0, 20));
        return wait < Duration.FromHours(1) ? wait : Duration.FromHours(1);
    }
}
