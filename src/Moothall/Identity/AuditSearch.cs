using System.Globalization;
using Moothall.Council;
using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>What an information officer looks for. Days are both included.</summary>
/// <param name="After">The place behind which to go on, as an earlier answer gave it.</param>
public sealed record AuditFilter(string? Who, string? Kind, string? About, LocalDate? From, LocalDate? To, string? After);

/// <summary>Some entries, newest first, and the place to go on from; null when there are no more.</summary>
/// <param name="LookedBackTo">Where the look ended although the page is not full, because it went through many entries that were not meant; null where it did not.</param>
public sealed record AuditFound(IReadOnlyList<StoredEntry> Entries, string? Next, Instant? LookedBackTo);

/// <summary>
/// Looking for entries by who, kind, about what and days: always along an index, newest first, and never through more than some thousand entries at once, however long the log is. Entries
/// of which what they said was erased are not found. Seen are those of the officer's councils, and those that are no single council's by somebody of theirs or by nobody.
/// </summary>
public static class AuditSearch
{
    /// <summary>Entries of a page.</summary>
    public const int PageSize = 50;
    const int MostLookedAt = 5_000, Portion = 500;

    readonly record struct Place(Instant At, long Number) : IComparable<Place>
    {
        public int CompareTo(Place other) => At != other.At ? At.CompareTo(other.At) : Number.CompareTo(other.Number);
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.ToUnixTimeTicks()}-{Number}");
        public static Place? Parse(string? text) => text?.Split('-') is [var ticks, var number] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < Instant.MaxValue.ToUnixTimeTicks()
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? new Place(Instant.FromUnixTimeTicks(at), n) : null;
    }

    /// <summary>A page of what an officer may see.</summary>
    public static async Task<AuditFound> Read(Session session, CouncilFiles council, IReadOnlySet<string> authorities, AuditFilter filter, DateTimeZone zone, int size = PageSize)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(filter);
        var from = filter.From is { } first ? zone.AtStartOfDay(first).ToInstant() : Instant.MinValue;
        var place = Place.Parse(filter.After) ?? new Place(filter.To is { } last ? zone.AtStartOfDay(last.PlusDays(1)).ToInstant() : LaterThanAll, 0);
        var (found, looked) = (new List<StoredEntry>(), 0);
        while (true)
        {
            var rows = await PortionOf(session, authorities, filter, place);
            foreach (var row in rows)
            {
                if (row.At < from) return new AuditFound(found, null, null);
                place = new Place(row.At, row.Number);
                looked++;
                if (!IsMeant(row, filter) || !MaySee(row, council, authorities)) continue;
                found.Add(row);
                if (found.Count == size) return new AuditFound(found, place.ToString(), null);
            }
            if (rows.Count == 0) return new AuditFound(found, null, null);
            if (looked >= MostLookedAt) return new AuditFound(found, place.ToString(), place.At);
        }
    }

    static readonly Instant LaterThanAll = Instant.FromUtc(9000, 1, 1, 0, 0);

    static bool IsMeant(StoredEntry row, AuditFilter filter) =>
        (filter.Who is null || row.Content.Who == filter.Who) && (filter.Kind is null || row.Kind == filter.Kind) && (filter.About is null || row.Content.About == filter.About);

    static bool MaySee(StoredEntry row, CouncilFiles council, IReadOnlySet<string> authorities)
    {
        if (row.Authority is not ("" or AuditErasing.Nobodys)) return authorities.Contains(row.Authority);
        var who = row.Content.Who ?? "";
        return who.StartsWith('#') || (council.Members.GetValueOrDefault(who) ?? council.Away.GetValueOrDefault(who)) is not { } member || member.Authorities.Overlaps(authorities);
    }

    // Along the index that narrows most; by days alone along that of each council, put together.
    static async Task<List<StoredEntry>> PortionOf(Session session, IReadOnlySet<string> authorities, AuditFilter filter, Place before)
    {
        if (filter.About is { } about)
            return await session.Query($"""
                select 0, e.number, e.at, e.kind, e.authority, e.who, e.acting, e.about, e.why, e.detail, e.salt, e.hash, e.erased from audit_entry e
                where e.about = {about} and e.at <= {before.At} and (e.at < {before.At} or e.number < {before.Number}) order by e.at desc, e.number desc limit {Portion}
                """, AuditRows.Read);
        if (filter.Who is { } who)
            return await session.Query($"""
                select 0, e.number, e.at, e.kind, e.authority, e.who, e.acting, e.about, e.why, e.detail, e.salt, e.hash, e.erased from audit_entry e
                where e.who = {who} and e.at <= {before.At} and (e.at < {before.At} or e.number < {before.Number}) order by e.at desc, e.number desc limit {Portion}
                """, AuditRows.Read);
        if (filter.Kind is { } kind)
            return await session.Query($"""
                select 0, e.number, e.at, e.kind, e.authority, e.who, e.acting, e.about, e.why, e.detail, e.salt, e.hash, e.erased from audit_entry e
                where e.kind = {kind} and e.salt is not null and e.at <= {before.At} and (e.at < {before.At} or e.number < {before.Number}) order by e.at desc, e.number desc limit {Portion}
                """, AuditRows.Read);
        var (all, reached) = (new List<StoredEntry>(), default(Place?));
        foreach (var authority in authorities.Append(""))
        {
            var rows = await session.Query($"""
                select 0, e.number, e.at, e.kind, e.authority, e.who, e.acting, e.about, e.why, e.detail, e.salt, e.hash, e.erased from audit_entry e
                where e.authority = {authority} and e.salt is not null and e.at <= {before.At} and (e.at < {before.At} or e.number < {before.Number}) order by e.at desc, e.number desc limit {Portion}
                """, AuditRows.Read);
            all.AddRange(rows);
            // Behind the last row of a full portion there may be more of this council, so nothing older of another may be shown yet.
            if (rows.Count == Portion && new Place(rows[^1].At, rows[^1].Number) is var last && (reached is null || last.CompareTo(reached.Value) > 0)) reached = last;
        }
        return [.. all.Where(e => reached is null || new Place(e.At, e.Number).CompareTo(reached.Value) >= 0).OrderByDescending(e => new Place(e.At, e.Number))];
    }
}
