using System.Diagnostics;
namespace Moothall.Store;

/// <summary>
/// A reader that reaches people or partners: once per (event, recipient, kind), never replayed, not for imported events, and
/// only after a minute in which a step can be undone. Personal facts are read when it acts, not before.
/// </summary>
public interface IEffect
{
    string Name { get; }
    string Kind { get; }

    /// <summary>Codes of those to be reached about this event ("applicant", "partner:x"), none for events that do not matter. Never a name or an address.</summary>
    IReadOnlyList<string> Recipients(LogEvent e);
}

/// <summary>An effect that reaches somebody outside, which takes as long as it takes: done by itself, outside any unit, and its outcome written down afterwards.</summary>
public interface IDelivery : IEffect
{
    /// <summary>Does it. What it throws counts as failed and is tried again.</summary>
    Task<EffectOutcome> Do(DueEffect due, CancellationToken cancel);
}

/// <summary>An effect whose work is rows of this database, a message of the outbox for one: those that are due together are done in one unit, in which each one's outcome is written down too.</summary>
public interface IWrittenEffect : IEffect
{
    /// <summary>
    /// Does them in the unit, and says how each ended, in their order. Where it throws, or another node took one of them meanwhile, nothing is kept and each is done again in a unit of its own; what it
    /// throws then counts as failed and is tried again.
    /// </summary>
    Task<IReadOnlyList<EffectOutcome>> Write(Unit unit, IReadOnlyList<DueEffect> due);
}

/// <summary>One effect whose time has come. The id stays the same over all attempts: give it to the other side as its key.</summary>
public sealed record DueEffect(long Id, LogEvent Event, string Recipient, string Kind, int Attempt)
{
    internal string Reader { get; init; } = "";

    /// <summary>What is done for it alone goes on with the trace of its event; null where nobody records that.</summary>
    public Activity? GoOn() => Signals.GoOn("effect " + Reader, ActivityKind.Consumer, Event.Trace);
}

/// <summary>How an effect ended: done; not sent, with the reason ("erased"); failed, to be tried again; or parked for an administrator.</summary>
public sealed record EffectOutcome
{
    private EffectOutcome(EffectState state, string? why) => (State, Why) = (state, why);

    public EffectState State { get; }
    public string? Why { get; }

    public static readonly EffectOutcome Done = new(EffectState.Done, null);
    public static EffectOutcome NotSent(string why) => new(EffectState.NotSent, why);
    public static EffectOutcome Failed(string why) => new(EffectState.Waiting, why);
    public static EffectOutcome Parked(string why) => new(EffectState.Parked, why);
}

/// <summary>Where an effect stands.</summary>
public enum EffectState { Waiting, Doing, Done, Parked, NotSent }
