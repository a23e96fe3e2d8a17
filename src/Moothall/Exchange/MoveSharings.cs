using Moothall.Store;
using NodaTime;

namespace Moothall.Exchange;

/// <summary>
/// What a move to another service makes of what a case gives to partners: what the service it was would have given and did not is withdrawn, what was passed on
/// stays under that service's name, and what the new service gives is to be passed on.
/// </summary>
/// <param name="Withdrawn">Each with the service that it was for.</param>
/// <param name="Kept">What was passed on for services that it was.</param>
public sealed record MovedSharings(IReadOnlyList<SharingDue> Withdrawn, IReadOnlyList<SharingDue> Kept, IReadOnlyList<SharingDue> Falling)
{
    /// <summary>Decides. Pure.</summary>
    /// <param name="serviceOf">The service whose definition shares with a partner.</param>
    /// <param name="due">What the new service gives; fields that it gave already, before the case was moved away and came back, are not given again.</param>
    public static MovedSharings Decide(IReadOnlyList<SharingDue> known, Func<string, string> serviceOf, string toService, IReadOnlyList<SharingDue> due)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(serviceOf);
        ArgumentNullException.ThrowIfNull(due);
        var (withdrawn, kept) = (new List<SharingDue>(), known.Where(s => s.EarlierService is not null).ToList());
        foreach (var sharing in known.Where(s => s.EarlierService is null).Select(s => s with { EarlierService = serviceOf(s.Partner) }))
        {
            if (sharing.PassedAt is null) { withdrawn.Add(sharing); continue; }
            var same = kept.FindIndex(s => (s.EarlierService, s.Partner) == (sharing.EarlierService, sharing.Partner));
            if (same < 0) kept.Add(sharing);
            else kept[same] = sharing with { Fields = [.. kept[same].Fields.Union(sharing.Fields)] };
        }
        var given = kept.Where(s => s.EarlierService == toService).ToLookup(s => (s.Partner, s.Agreement));
        return new MovedSharings(withdrawn, kept, [.. due.Where(d => d.Fields.Except(given[(d.Partner, d.Agreement)].SelectMany(g => g.Fields)).Any())]);
    }

    /// <summary>Writes it in the unit of whoever moves the case.</summary>
    /// <param name="version">The version of the stream, read before what is known.</param>
    /// <returns>What takes it back.</returns>
    public async Task<SharingsBefore?> Write(Unit unit, string reference, string service, string authority, IReadOnlyList<SharingDue> known, int version, Instant now, Actor by)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(known);
        if (known.Count == 0 && Falling.Count == 0) return null;
        await Replace(unit, reference, Kept);
        foreach (var gone in Withdrawn)
            version = await unit.Append(Sharings.Stream(reference), version, [EventJson.ToLog(new SharingWithdrawn(gone.EarlierService!, authority, gone.Partner, gone.Agreement, by), now)]);
        if (Falling.Count > 0) await Sharings.FallDue(unit, reference, service, authority, Falling, now);
        return new SharingsBefore(now, known, Withdrawn);
    }

    internal static async Task Replace(Unit unit, string reference, IReadOnlyList<SharingDue> rows)
    {
        await unit.Execute($"delete from sharing_due where reference = {reference}");
        foreach (var row in rows) await Sharings.Insert(unit, reference, row);
    }
}

/// <summary>What a case gave to partners before a move, kept for the minute in which it can be taken back.</summary>
public sealed record SharingsBefore(Instant At, IReadOnlyList<SharingDue> Due, IReadOnlyList<SharingDue> Withdrawn)
{
    /// <summary>Puts it back as it was, and says so in the log. What is passed on is an act of its own, after which a move cannot be taken back.</summary>
    /// <param name="service">The service that the case was moved to.</param>
    public async Task PutBack(Unit unit, string reference, string service, string authority, Instant now, Actor by)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var version = await unit.VersionOf(Sharings.Stream(reference));
        async Task Keep(string of, SharingDue sharing, Instant at, string what) => version = await unit.Append(Sharings.Stream(reference), version,
            [EventJson.ToLog(new SharingTakenBack(of, authority, sharing.Partner, sharing.Agreement, at, by) { What = what }, now)]);
        foreach (var sharing in (await Sharings.Of(unit, reference)).Where(s => s.EarlierService is null)) await Keep(service, sharing, sharing.DueAt ?? At, "due");
        foreach (var gone in Withdrawn) await Keep(gone.EarlierService!, gone, At, "withdrawn");
        await MovedSharings.Replace(unit, reference, Due);
    }
}
