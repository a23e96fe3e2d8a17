using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>
/// Seals the audit log: the entries behind the last batch, below the oldest transaction still open, become a batch whose root hangs on the chain before. One unit a batch: what is killed
/// in between has sealed nothing. The number of the batch is its fence: of two that seal at once one comes second, and is run again.
/// </summary>
public static class AuditSeal
{
    /// <summary>Most entries of a batch; on PostgreSQL more where one unit wrote more, because a batch ends where a transaction does.</summary>
    public const int Most = 1_000;

    /// <summary>Seals one batch, and closes the days that are over; true when there may be more to seal.</summary>
    public static async Task<bool> Step(Unit unit, Instant now, DateTimeZone zone, int most = Most)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var before = await AuditRows.Newest(unit);
        var closed = await CloseDays(unit, before, now.InZone(zone).Date);
        var found = await AuditRows.Settled(unit, before, most);
        var entries = unit.Dialect == Dialect.Sqlite ? WithoutGap(found) : await WholeTransactions(unit, found, most);
        if (entries.Count == 0) return false;

        var digests = new byte[entries.Count * AuditHash.Bytes];
        foreach (var (i, entry) in entries.Index()) entry.Digest.CopyTo(digests, i * AuditHash.Bytes);
        // On SQLite the numbers are the positions: a gap in them is an entry that somebody took away before it was sealed, and stays one.
        var first = unit.Dialect == Dialect.Sqlite ? entries[0].Number : before.Last + 1;
        var today = now.InZone(zone).Date;
        var day = closed is { } last && last.Day >= today ? last.Day.PlusDays(1) : today;
        var batch = new AuditBatch(before.Number + 1, entries[^1].Transaction, first, first + entries.Count - 1, Instant.FromUnixTimeTicks(now.ToUnixTimeTicks() / 10 * 10), day, digests, AuditHash.Root(digests, first), []);
        await AuditRows.Insert(unit, batch with { Chain = AuditHash.Chain(before.Chain, batch) });
        return found.Count == most;
    }

    static List<StoredEntry> WithoutGap(List<StoredEntry> found)
    {
        var count = found.Count == 0 ? 0 : 1;
        while (count < found.Count && found[count].Number == found[count - 1].Number + 1) count++;
        return count == found.Count ? found : found[..count];
    }

    // A batch ends where a transaction does: so its place is that transaction alone. After a restore all have transaction 0, and the place is the position.
    static async Task<List<StoredEntry>> WholeTransactions(Unit unit, List<StoredEntry> found, int most)
    {
        if (found.Count < most || found[^1].Transaction == 0) return found;
        var last = found[^1].Transaction;
        var whole = found.Where(e => e.Transaction != last).ToList();
        return whole.Count > 0 ? whole : await AuditRows.OfTransaction(unit, last);
    }

    /// <summary>Writes down the chain at the end of each day that is over since the last that was; the newest day that is closed.</summary>
    static async Task<AuditDay?> CloseDays(Unit unit, AuditBatch newest, LocalDate today)
    {
        var closed = await AuditRows.NewestDay(unit);
        if (newest.Number == 0) return closed;
        for (var day = closed is null ? newest.Day : closed.Day.PlusDays(1); day < today; day = day.PlusDays(1))
        {
            closed = new AuditDay(day, newest.Number, newest.Last - (closed?.Total ?? 0), newest.Last, newest.Chain);
            await AuditRows.Insert(unit, closed);
        }
        return closed;
    }
}
