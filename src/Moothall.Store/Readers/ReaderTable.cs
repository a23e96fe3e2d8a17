using Moothall.Store.Log;
using NodaTime;

namespace Moothall.Store.Readers;

/// <summary>Where a reader stands: the place it has handled, and the epoch in which it may move on.</summary>
internal sealed record ReaderPlace(LogPosition Position, long Epoch, IReadOnlySet<LogPosition> Ahead);

/// <summary>Another took this reader over; what was done in this unit must be rolled back.</summary>
internal sealed class FencedOutException(string reader) : Exception($"Another node or a replay has taken the reader '{reader}' over.");

/// <summary>
/// The rows of readers. A reader's own rows and its place change in one unit, and only when place and epoch are still
/// those it began with: that is what makes each event count exactly once, whoever believes to hold the lease.
/// </summary>
internal static class ReaderTable
{
    public static async Task<bool> Add(Unit unit, string name, LogPosition position, string? form, string? tables) =>
        await unit.Execute($"""
            insert into reader (name, position, epoch, form, tables) values ({name}, {position.ToString()}, 0, {form}, {tables})
            on conflict (name) do nothing
            """) == 1;

    /// <summary>Takes or keeps the lease; null when another holds it, or when the tables belong to another form of the projection.</summary>
    public static async Task<ReaderPlace?> TakeLease(Unit unit, string name, string holder, string? form, Duration length)
    {
        var now = await unit.Now();
        var until = now + length;
#if PLANTED
        if (PlantedBug.BreaksLease)
        {
            var taken = await unit.First($"update reader set epoch = epoch + 1, holder = {holder}, lease_until = {until} where name = {name} and coalesce(form, '') = {form ?? ""} returning position, epoch",
                row => (Position: LogPosition.Parse(row.Text(0)), Epoch: row.Long(1)));
            return taken.Epoch == 0 ? null : new(taken.Position, taken.Epoch, await Ahead(unit, name));
        }
#endif
        // A lease far in the future was written before the clock jumped back: it does not count.
        var latest = now + (length * 2);
        var place = await unit.First($"""
            update reader set epoch = case when holder = {holder} then epoch else epoch + 1 end, holder = {holder}, lease_until = {until}
            where name = {name} and coalesce(form, '') = {form ?? ""}
              and (holder is null or holder = {holder} or lease_until <= {now} or lease_until > {latest})
            returning position, epoch
            """, row => (Position: LogPosition.Parse(row.Text(0)), Epoch: row.Long(1)));
        return place.Epoch == 0 ? null : new(place.Position, place.Epoch, await Ahead(unit, name));
    }

    public static Task Release(Unit unit, string name, string holder) =>
        unit.Execute($"update reader set holder = null, lease_until = null where name = {name} and holder = {holder}");

    public static async Task MoveOn(Unit unit, string name, long epoch, LogBatch batch)
    {
#if PLANTED
        if (PlantedBug.BreaksLease)
        {
            await unit.Execute($"update reader set position = {batch.To.ToString()} where name = {name}");
            await KeepAhead(unit, name, batch.AheadBefore, batch.Ahead);
            return;
        }
#endif
        await unit.Add($"""
            update reader set position = {batch.To.ToString()}, alert = null
            where name = {name} and position = {batch.From.ToString()} and epoch = {epoch}
            """, () => new FencedOutException(name));
        await KeepAhead(unit, name, batch.AheadBefore, batch.Ahead);
    }

    public static async Task CheckStillMine(Unit unit, string name, long epoch, LogPosition position)
    {
#if PLANTED
        if (PlantedBug.BreaksLease) return;
#endif
        if (await unit.Number($"select count(*) from reader where name = {name} and position = {position.ToString()} and epoch = {epoch}") == 0)
            throw new FencedOutException(name);
    }

    public static Task Alert(Unit unit, string name, long epoch, string alert) =>
        unit.Execute($"update reader set alert = {alert} where name = {name} and epoch = {epoch}");

    public static async Task KeepAhead(Unit unit, string name, IReadOnlySet<LogPosition> before, IReadOnlySet<LogPosition> after)
    {
        foreach (var gone in before)
            if (!after.Contains(gone)) await unit.Add($"delete from reader_ahead where reader = {name} and xid = {gone.Transaction} and number = {gone.Number}");
        foreach (var added in after)
            if (!before.Contains(added)) await unit.Add($"insert into reader_ahead (reader, xid, number) values ({name}, {added.Transaction}, {added.Number})");
    }

    public static async Task<IReadOnlySet<LogPosition>> Ahead(Session session, string name) =>
        (await session.Query($"select xid, number from reader_ahead where reader = {name}", row => new LogPosition(row.Long(0), row.Long(1)))).ToHashSet();
}
