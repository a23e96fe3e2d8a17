using Moothall.Definitions;

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

/// <summary>A no in words that say how to put it right. A value, not an exception: unknown is normal.</summary>
public sealed record Refusal(RefusalKind Kind, string Why, IReadOnlyList<Fault> Faults)
{
    public static Refusal Invalid(string why) => new(RefusalKind.Invalid, why, []);
    public static Refusal Invalid(IReadOnlyList<Fault> faults) => new(RefusalKind.Invalid, faults.Count > 0 ? faults[0].Message : "There is a problem with the answers.", faults);
    public static readonly Refusal NotFound = new(RefusalKind.NotFound, "There is nothing here by that name, or it is not yours to see.", []);
    public static readonly Refusal NotAllowed = new(RefusalKind.NotAllowed, "Your role does not have this right. Ask an administrator if you need it.", []);
    public static Refusal Changed(string why) => new(RefusalKind.Changed, why, []);
}

/// <summary>What a command came to: a value, or a refusal.</summary>
public readonly record struct Result<T>(T? Value, Refusal? Refusal)
{
    public static implicit operator Result<T>(T value) => new(value, null);
    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);
    public bool IsDone => Refusal is null;
}
