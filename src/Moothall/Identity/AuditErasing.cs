using System.Security.Cryptography;
using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>
/// Takes what is personal out of entries of the audit log and leaves their hashes. That it was done is an entry of its own, which says how many they were and a hash over theirs:
/// so an entry that was erased can be told from one that was made away with. Such an entry is never erased itself.
/// </summary>
public static class AuditErasing
{
    /// <summary>How long what is personal in an entry is kept where nothing else takes it away earlier: as long as somebody may sue over it (Limitation Act 1980, section 5).</summary>
    public const int YearsKept = 6;

    /// <summary>The council of entries of erasing: nobody's, so that they never stand among those whose time is over.</summary>
    internal const string Nobodys = "#audit";
    const int Portion = 1_000;

    /// <summary>Erases the entries about something, in the caller's unit; says how many.</summary>
    public static async Task<int> About(Unit unit, string about, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (await unit.Number($"select count(*) from (select 1 from audit_entry where about = {about} limit 1) as found") == 0) return 0;
        var name = NewName();
        await unit.Execute($"update audit_entry set who = null, acting = null, about = null, why = null, detail = null, salt = null, erased = {name} where about = {about}");
        var hashes = await unit.Query($"select hash from audit_entry where erased = {name}", row => row.Bytes(0));
        await Note(unit, name, hashes, now);
        return hashes.Count;
    }

    /// <summary>What an entry of erasing is about: the name that the erased entries have.</summary>
    internal static string Stream(string name) => "audit/" + name;

    /// <summary>The entry that says that those of a name were erased; null when there is none.</summary>
    internal static Task<StoredEntry?> Find(Session session, string name) => session.First($"""
        select 0, e.number, e.at, e.kind, e.authority, e.who, e.acting, e.about, e.why, e.detail, e.salt, e.hash, e.erased from audit_entry e where e.about = {Stream(name)} and e.kind = {AuditKinds.AuditErased.Code}
        """, AuditRows.Read);

    /// <summary>Whether an entry of erasing speaks of entries with these hashes.</summary>
    internal static bool IsOf(StoredEntry erasing, IReadOnlyCollection<byte[]> hashes) =>
        Message.FromText(erasing.Content.Detail ?? "").Values is [("count", long count), ("hash", string hash)] && count == hashes.Count && hash == OfAll(hashes);

    /// <summary>Whether there is anything of an authority that is older than a time: one look at an index.</summary>
    internal static async Task<bool> AnyOlder(Session session, string authority, Instant before) =>
        await session.Number($"select count(*) from (select 1 from audit_entry where authority = {authority} and at < {before} and salt is not null limit 1) as found") > 0;

    /// <summary>Erases what is personal in entries of an authority that are older than a time, the oldest first and some at a time; says how many.</summary>
    public static async Task<int> Older(Unit unit, string authority, Instant before, IReadOnlyCollection<string> heldMembers, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        // Those that are held are passed over, so that however many they are nothing behind them waits.
        IReadOnlyCollection<string> held = heldMembers.Count == 0 ? [""] : heldMembers;
        var old = await unit.Query($"select at from audit_entry where authority = {authority} and at < {before} and salt is not null and who not in ({held}) order by at limit {Portion}", row => row.Instant(0));
        if (old.Count == 0) return 0;
        var (upTo, name) = (old[^1], NewName());
        await unit.Execute($"""
            update audit_entry set who = null, acting = null, about = null, why = null, detail = null, salt = null, erased = {name}
            where authority = {authority} and at <= {upTo} and salt is not null and who not in ({held})
            """);
        await Note(unit, name, await unit.Query($"select hash from audit_entry where erased = {name}", row => row.Bytes(0)), now);
        return old.Count;
    }

    static string NewName() => Guid.CreateVersion7().ToString("n");

    static Task Note(Unit unit, string name, IReadOnlyCollection<byte[]> hashes, Instant now) => Audit.Note(unit, now, new AuditEntry(AuditKinds.AuditErased, AuditBy.Rule, Stream(name))
    {
        Authority = Nobodys,
        Detail = [new Message("{count, plural, one {# entry} other {# entries}}; the hash over the hashes is {hash}.", ("count", hashes.Count), ("hash", OfAll(hashes)))],
    });

    /// <summary>The hash over the hashes of entries, whatever their order.</summary>
    internal static string OfAll(IEnumerable<byte[]> hashes)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var hash in hashes.Select(Convert.ToHexStringLower).Order(StringComparer.Ordinal)) all.AppendData(Convert.FromHexString(hash));
        return Convert.ToHexStringLower(all.GetHashAndReset());
    }
}
