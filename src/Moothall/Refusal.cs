using Moothall.Definitions;
using Moothall.Store;

namespace Moothall;

/// <summary>What kind of no it is; the web layer turns it into a page or a status.</summary>
public enum RefusalKind
{
    /// <summary>The thing does not exist or is out of the caller's scope; the two are indistinguishable.</summary>
    NotFound,
    /// <summary>The caller's role never has this right.</summary>
    NotAllowed,
    /// <summary>Somebody changed the thing meanwhile.</summary>
    Changed,
    /// <summary>The thing was there and its record was erased, with when and why.</summary>
    Gone,
    /// <summary>What was asked cannot be done, with the reason or the faults.</summary>
    Invalid,
}

/// <summary>A no in words that say how to put it right. A value, not an exception: unknown is normal. A unit of work that comes to one is rolled back.</summary>
/// <param name="Message">Why, as a message: said at the edge, in the language of whoever asked.</param>
/// <param name="Faults">What is wrong with which field, said already in the language of the reading.</param>
public sealed record Refusal(RefusalKind Kind, Message Message, IReadOnlyList<Fault> Faults) : IOutcome
{
    /// <summary>True for the rare no that is itself something to keep, as a wrong guess is, which is counted: what the unit wrote then stays.</summary>
    public bool KeepsUnit { get; init; }

    bool IOutcome.RollsBack => !KeepsUnit;

    public static Refusal Invalid(string why, params (string Name, object? Value)[] values) => new(RefusalKind.Invalid, new Message(why, values), []);
    public static Refusal Invalid(IReadOnlyList<Fault> faults) => new(RefusalKind.Invalid, faults.Count > 0 ? faults[0].Why : new Message("There is a problem with the answers."), faults);
    public static readonly Refusal NotFound = new(RefusalKind.NotFound, new Message("There is nothing here by that name, or it is not yours to see."), []);
    public static readonly Refusal NotAllowed = new(RefusalKind.NotAllowed, new Message("Your role does not have this right. Ask an administrator if you need it."), []);
    public static Refusal Gone(string why, params (string Name, object? Value)[] values) => new(RefusalKind.Gone, new Message(why, values), []);
    public static Refusal Changed(string why, params (string Name, object? Value)[] values) => new(RefusalKind.Changed, new Message(why, values), []);

    /// <summary>Why, in English.</summary>
    public string Why => Message.In(Phrases.English);

    /// <summary>What is wrong with which field, in a language: what a module says without knowing the reader's is said now.</summary>
    public IReadOnlyList<Fault> FaultsIn(Phrases phrases) => [.. Faults.Select(f => f.In(phrases))];

    /// <summary>Why, in a language.</summary>
    public string In(Phrases phrases) => Message.In(phrases);
}

/// <summary>What a command came to: a value, or a refusal. A unit of work that comes to a refusal is rolled back.</summary>
public readonly record struct Result<T>(T? Value, Refusal? Refusal) : IOutcome
{
    bool IOutcome.RollsBack => Refusal is { KeepsUnit: false };

    public static implicit operator Result<T>(T value) => new(value, null);
    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);
    public bool IsDone => Refusal is null;
}
