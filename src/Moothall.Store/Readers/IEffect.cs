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

    /// <summary>Does it. What it throws counts as failed and is tried again.</summary>
    Task<EffectOutcome> Do(DueEffect due, CancellationToken cancel);
}

/// <summary>One effect whose time has come. The id stays the same over all attempts: give it to the other side as its key.</summary>
public sealed record DueEffect(long Id, LogEvent Event, string Recipient, string Kind, int Attempt)
{
    internal Func<Unit, EffectOutcome, Task>? Note { get; init; }

    /// <summary>
    /// For an effect whose work is a unit of its own: writes down in that unit how it ended, so that both are kept or neither, and no further unit is needed. Where the claim was lost
    /// meanwhile the unit fails. Gives the outcome back, for the effect to return.
    /// </summary>
    public async Task<EffectOutcome> End(Unit unit, EffectOutcome outcome)
    {
        if (Note is not null) await Note(unit, outcome);
        return outcome;
    }
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
