using Moothall.Store;
using NodaTime;

namespace Moothall.Records;

/// <summary>
/// A record that belongs to no case and whose time is over: a message, a token. It stands on the same list as cases do, can be held, and has its line in the
/// certificate.
/// </summary>
/// <param name="Key">What its reference says behind the kind: `17` of `message/17`.</param>
/// <param name="Authority">Whose it is; empty where it is nobody's alone.</param>
/// <param name="Since">When its time began.</param>
/// <param name="Note">What it was, as a code, for whoever looks at the list; the certificate does not have it.</param>
/// <param name="IsHeld">Whether a hold on a case, service or person keeps it.</param>
public sealed record LooseRecord(string Key, string Authority, string Rule, Instant Since, string? Note, bool IsHeld);

/// <summary>A kind of records that belong to no case. A module that has such records has a line in <see cref="House.LooseKinds"/>.</summary>
/// <param name="Prefix">What their references begin with: `message/`.</param>
/// <param name="What">What certificates call them.</param>
/// <param name="Over">Those whose time is over behind a key, by key, at most so many.</param>
/// <param name="Find">One of them; null when it is gone or its time is not over.</param>
/// <param name="Authority">Whose one of them is, over or not; null when there is none.</param>
/// <param name="Erase">Takes one away, in the caller's unit.</param>
public sealed record LooseKind(string Prefix, string What, Func<Session, House, HeldNow, Instant, string, int, Task<List<LooseRecord>>> Over,
    Func<Session, House, HeldNow, Instant, string, Task<LooseRecord?>> Find, Func<Session, string, Task<string?>> Authority, Func<Unit, string, Task> Erase)
{
    /// <summary>The kind of a reference; null where it is that of a case.</summary>
    public static LooseKind? Of(House house, string reference)
    {
        ArgumentNullException.ThrowIfNull(house);
        return house.LooseKinds.FirstOrDefault(k => reference.StartsWith(k.Prefix, StringComparison.Ordinal));
    }

    /// <summary>A line of a list carried out: looked at again by the time and the holds of this moment.</summary>
    internal async Task<ListLine> Do(Unit unit, House house, ListLine line, HeldNow held, Instant now)
    {
        var key = line.Reference[Prefix.Length..];
        if (await Find(unit, house, held, now, key) is not { } found) return line with { State = "kept", What = await Authority(unit, key) is null ? "gone already" : "kept longer now" };
        if (found.IsHeld || held.References.Contains(line.Reference)) return line with { State = "kept", What = "held" };
        await Erase(unit, key);
        return line with { State = "gone", What = What + " 1" };
    }
}
