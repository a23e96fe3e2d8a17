using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>What is wrong with an audit log.</summary>
public enum AuditFault { Altered, Removed, Inserted, Reordered, Seal, Erasing, Day }

/// <summary>What a look through the whole audit log found: the first fault, in words, or none.</summary>
/// <param name="Entries">How many sealed entries were looked at.</param>
/// <param name="Erased">Of how many of them what was personal had been erased, and that it was is proved.</param>
/// <param name="Waiting">How many are not sealed yet.</param>
public sealed record AuditReport(long Entries, long Batches, long Erased, long Waiting, AuditDay? Newest, AuditFault? Fault, Message? Words);

/// <summary>
/// Walks the whole audit log, a batch at a time: what every entry says is held against its hash, the entries against their batch, the batch against the chain, and the chain against what was
/// published of each day. It stops at the first fault. Who may write to the database can make everything fit again, but not with the days that others have kept.
/// </summary>
public sealed class AuditVerify(Database database)
{
    const int MoreThanSealed = 1_000, DaysAtOnce = 400;
    static readonly LocalDate FirstDay = new(1900, 1, 1);

    long entries, batches, erased;
    string? knownErasing;

    /// <summary>Whether this store has an audit log and its chain: one of an older program has none.</summary>
    public static Task<bool> IsThere(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.HasTable("audit_day");
    }

    /// <summary>Looks through all of it.</summary>
    /// <param name="kept">The days as somebody kept them when they were published, by day, in hexadecimal.</param>
    /// <param name="progress">Called after each batch with the entries looked at and how many there are.</param>
    public async Task<AuditReport> Run(IReadOnlyDictionary<LocalDate, string>? kept = null, Action<long, long>? progress = null, CancellationToken cancel = default)
    {
        (entries, batches, erased, knownErasing) = (0, 0, 0, null);
        var newest = await database.Read(AuditRows.Newest, cancel);
        var before = AuditBatch.None;
        while (before.Number < newest.Number)
        {
            cancel.ThrowIfCancellationRequested();
            var (batch, fault) = await database.Read(async session => await AuditRows.After(session, before.Number) is { } next ? (next, await OfBatch(session, before, next)) : (null, null), cancel);
            if (batch is null) return Report(newest, null, (AuditFault.Seal, new Message("The seals after entry {position} are gone.", ("position", before.Last))), 0);
            if (fault is not null) return Report(newest, null, fault, 0);
            (before, batches) = (batch with { Digests = [] }, batches + 1);
            progress?.Invoke(batch.Last, newest.Last);
        }
        var (day, wrongDay) = await database.Read(session => OfDays(session, kept), cancel);
        return Report(newest, day, wrongDay, await database.Read(session => AuditRows.Waiting(session, newest), cancel));
    }

    AuditReport Report(AuditBatch newest, AuditDay? day, (AuditFault Fault, Message Words)? wrong, long waiting) => new(wrong is null ? newest.Last : entries, batches, erased, waiting, day, wrong?.Fault, wrong?.Words);

    async Task<(AuditFault, Message)?> OfBatch(Session session, AuditBatch before, AuditBatch batch)
    {
        if (batch.Number != before.Number + 1) return (AuditFault.Seal, new Message("The seal of the entries from {position} on is gone.", ("position", before.Last + 1)));
        if (batch.First != before.Last + 1)
            return (AuditFault.Removed, new Message("The entries {first} to {last} were taken away before they were sealed.", ("first", before.Last + 1), ("last", batch.First - 1)));
        var count = batch.Last - batch.First + 1;
        if (batch.Digests.Length != count * AuditHash.Bytes || !AuditHash.Root(batch.Digests, batch.First).AsSpan().SequenceEqual(batch.Root) || !AuditHash.Chain(before.Chain, batch).AsSpan().SequenceEqual(batch.Chain))
            return (AuditFault.Seal, new Message("The seal of the entries {first} to {last} was altered.", ("first", batch.First), ("last", batch.Last)));
        var rows = await AuditRows.Between(session, before, batch, (int)Math.Min(count + MoreThanSealed, int.MaxValue));
        for (var i = 0; i < Math.Max(count, rows.Count); i++)
        {
            var position = batch.First + i;
            if (i >= count || i >= rows.Count || !rows[i].Digest.AsSpan().SequenceEqual(Sealed(batch, i))) return await Differs(session, batch, rows, i);
            if (rows[i] is not { Salt: null } and { SaysWhatItSaid: false } altered) return (AuditFault.Altered, Named(altered, position, new Message("What it says was altered.")));
            if (rows[i].Salt is null && await OfErased(session, rows[i], position) is { } wrong) return wrong;
            entries++;
        }
        return null;
    }

    static ReadOnlySpan<byte> Sealed(AuditBatch batch, int i) => batch.Digests.AsSpan(i * AuditHash.Bytes, AuditHash.Bytes);

    // The entries of the batch are not those that were sealed: what happened to the first that differs. An entry may have slipped into the next batch, or one of that into this.
    static async Task<(AuditFault, Message)> Differs(Session session, AuditBatch batch, List<StoredEntry> rows, int at)
    {
        var behind = (await AuditRows.Settled(session, batch, MoreThanSealed)).Select(r => Convert.ToHexString(r.Digest)).ToHashSet();
        var later = await AuditRows.After(session, batch.Number) is { } next ? Enumerable.Range(0, next.Digests.Length / AuditHash.Bytes).Select(i => Convert.ToHexString(Sealed(next, i))).ToHashSet() : [];
        var position = batch.First + at;
        var there = rows.Select(r => Convert.ToHexString(r.Digest)).ToList();
        var sealedOnes = Enumerable.Range(0, batch.Digests.Length / AuditHash.Bytes).Select(i => Convert.ToHexString(Sealed(batch, i))).ToList();
        var (sealedHere, hereNow) = (at < sealedOnes.Count ? sealedOnes[at] : null, at < there.Count ? there[at] : null);
        var isGone = sealedHere is not null && !there.Contains(sealedHere) && !behind.Contains(sealedHere);
        var isNew = hereNow is not null && !later.Contains(hereNow) && there.Take(at + 1).Count(d => d == hereNow) > sealedOnes.Count(d => d == hereNow);
        return (isGone, isNew) switch
        {
            (true, true) => (AuditFault.Altered, Named(rows[at], position, new Message("It is not what was sealed: its kind, time, council or hash was altered."))),
            (true, false) => (AuditFault.Removed, new Message("Entry {position} was taken away: it was sealed at {time}, and is not there.", ("position", position), ("time", Time(batch.Sealed)))),
            (false, true) => (AuditFault.Inserted, Named(rows[at], position, new Message("It was put in after the entries around it were sealed."))),
            _ => (AuditFault.Reordered, new Message("Entry {position} is not where it was sealed: entries {first} to {last} were put into another order.", ("position", position), ("first", batch.First), ("last", batch.Last))),
        };
    }

    // What was erased names an entry of erasing, which says how many went with it and a hash over theirs.
    async Task<(AuditFault, Message)?> OfErased(Session session, StoredEntry entry, long position)
    {
        erased++;
        if (entry.Erased is { } known && known == knownErasing) return null;
        if (entry.Content != new AuditContent(null, null, null, null, null)) return (AuditFault.Altered, Named(entry, position, new Message("What it says was altered.")));
        if (entry.Erased is not { } name || await AuditErasing.Find(session, name) is not { } erasing)
            return (AuditFault.Erasing, Named(entry, position, new Message("What it said was taken away, and nothing says that it was erased.")));
        var hashes = await session.Query($"select hash from audit_entry where erased = {name}", row => row.Bytes(0));
        if (!erasing.SaysWhatItSaid || !AuditErasing.IsOf(erasing, hashes))
            return (AuditFault.Erasing, Named(entry, position, new Message("It is not one of those that were erased with it: some were made to look erased.")));
        knownErasing = name;
        return null;
    }

    static Message Named(StoredEntry entry, long position, Message what) =>
        new Message("Entry {position} ({kind}, {time}): {what}", ("position", position), ("kind", (object?)AuditKinds.Find(entry.Kind)?.Words ?? entry.Kind), ("time", Time(entry.At)), ("what", what));

    static string Time(Instant at) => NodaTime.Text.InstantPattern.General.Format(at);

    static async Task<(AuditDay?, (AuditFault, Message)?)> OfDays(Session session, IReadOnlyDictionary<LocalDate, string>? kept)
    {
        AuditDay? before = null;
        var missing = kept?.Keys.ToHashSet() ?? [];
        while (true)
        {
            var days = await AuditRows.DaysAfter(session, before?.Day ?? FirstDay, DaysAtOnce);
            foreach (var day in days)
            {
                missing.Remove(day.Day);
                if (await AuditRows.ChainAt(session, day.Batch) is not { } chain || !chain.AsSpan().SequenceEqual(day.Root) || day.Entries != day.Total - (before?.Total ?? 0))
                    return (before, (AuditFault.Day, new Message("What was published of {day} was altered.", ("day", day.Day))));
                if (kept is not null && kept.TryGetValue(day.Day, out var root) && !string.Equals(root, Convert.ToHexStringLower(day.Root), StringComparison.OrdinalIgnoreCase))
                    return (before, (AuditFault.Day, new Message("The root of {day} is not the one that was published: the log up to that day was written anew.", ("day", day.Day))));
                before = day;
            }
            if (days.Count < DaysAtOnce) break;
        }
        return missing.Count == 0 ? (before, null) : (before, (AuditFault.Day, new Message("The day {day} was published and is not in this log: its end was cut off.", ("day", missing.Min()))));
    }
}
