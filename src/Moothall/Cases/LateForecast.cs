using Moothall.Store;
using NodaTime;

namespace Moothall.Cases;

/// <summary>
/// Whether a case will be late, before it is. Of the newest cases of the same service that were closed, those are looked at that took longer from the same
/// stage than this one has taken already; half of them were closed by a certain time after they had come to it. When that lies behind what was promised, this
/// one will probably be late. With too few to compare nothing is known.
/// </summary>
public static class LateForecast
{
    /// <summary>How many of the newest closed cases are looked at, so that a look costs the same however long the history.</summary>
    public const int Newest = 100;
    /// <summary>Fewest cases from which anything is concluded.</summary>
    public const int Fewest = 20;
    /// <summary>Fewest of them that were at the stage for longer than the case is already.</summary>
    public const int FewestSlower = 5;

    /// <summary>Whether a case will be late; null when too little is known. Pure.</summary>
    /// <param name="took">How long other cases took from the stage to their close.</param>
    /// <param name="spent">How long this one has been at the stage.</param>
    /// <param name="left">How much time is left until it was promised.</param>
    public static bool? Decide(IReadOnlyList<Duration> took, Duration spent, Duration left)
    {
        ArgumentNullException.ThrowIfNull(took);
        if (took.Count < Fewest) return null;
        var slower = took.Where(t => t > spent).Order().ToList();
        return slower.Count < FewestSlower ? null : slower[(slower.Count - 1) / 2] - spent > left;
    }

    /// <summary>Whether an open case whose clock runs will be late; null when too little is known, and where nothing can be late or is late already.</summary>
    public static async Task<bool?> WillBeLate(Session session, CouncilCase @case, Instant now)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(@case);
        if (@case is not { IsOpen: true, StoppedAt: null, CloseBy: { } closeBy } || closeBy <= now) return null;
        var came = await session.First($"""
            select at from case_history where reference = {@case.Reference} and stage = {@case.Stage} and kind in ('received', 'advanced', 'moved', 'reopened') order by version desc limit 1
            """, row => row.InstantOrNull(0));
        if (came is not { } since) return null;
        // What was withdrawn says nothing about how long the work takes. A case that came back to the stage counts from the last time.
        var took = await session.Query($"""
            select c.closed, max(h.at) from (
                select reference, closed from council_case
                where service = {@case.Service} and authority = {@case.Authority} and status = 'closed' and outcome <> 'withdrawn' order by due desc, number desc limit {Newest}) c
            join case_history h on h.reference = c.reference and h.stage = {@case.Stage} and h.kind in ('received', 'advanced') and h.at <= c.closed
            group by c.reference, c.closed
            """, row => row.Instant(0) - row.Instant(1));
        return Decide(took, now - since, closeBy - now);
    }
}
