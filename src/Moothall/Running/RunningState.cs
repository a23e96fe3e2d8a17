using Moothall.Exchange;
using Moothall.Store;
using NodaTime;

namespace Moothall.Running;

/// <summary>How the council runs, over all its nodes, as the store knows it. Every list is bounded and every look is by key or by index.</summary>
/// <param name="Now">The time by the database's clock, which nodes and leases go by.</param>
/// <param name="Relay">The reader that hands events to the queue; null where none ever did.</param>
public sealed record RunningState(Instant Now, IReadOnlyList<Node> Nodes, IReadOnlyList<ReaderStanding> Readers, TimerStanding Timers, IReadOnlyList<RecordedEffect> Parked, long ParkedCount, long EffectsDue,
    IReadOnlyList<ParkedArrival> Arrivals, long ArrivalsCount, IReadOnlyList<string> Replays, IReadOnlyList<RunningAlert> Alerts, Instant? LastArchived)
{
    const int MostListed = 20;

    /// <summary>Looks.</summary>
    public static async Task<RunningState> Read(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        var (parked, due) = await Standings.Effects(session);
        return new RunningState(await session.Now(), await Store.Nodes.All(session), await Standings.Readers(session), await Standings.Timers(session), await Effects.Parked(session, MostListed), parked, due,
            await Inbox.Parked(session, MostListed), await Inbox.CountParked(session), await Standings.Replays(session), await Running.Alerts.Now(session), await Standings.LastArchived(session));
    }
}
