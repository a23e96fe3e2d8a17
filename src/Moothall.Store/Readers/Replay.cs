using System.Diagnostics;
using Moothall.Store.Log;
using Moothall.Store.Readers;

namespace Moothall.Store;

/// <summary>How far a replay has come.</summary>
public sealed record ReplayProgress(string Projection, long Events, TimeSpan Time);

/// <summary>What a replay did.</summary>
public sealed record ReplayResult(string Projection, long Events, TimeSpan Time);

/// <summary>Another replay of the same projection was started later and goes on in place of this one.</summary>
public sealed class ReplayTakenOverException(string projection)
    : Exception($"Another replay of {projection} was started after this one and goes on instead. Nothing was changed by this one.");

/// <summary>
/// Builds a projection again from the whole log, into shadow tables beside the live ones, and swaps them in at once: figures
/// never go blank. Nodes may serve and write meanwhile; one that is in the middle of a batch at the swap is fenced out.
/// </summary>
public static class Replay
{
    /// <summary>So many that most of a projection's rows are written once a batch and not once an event; and few enough to lie in memory twice.</summary>
    private const int BatchSize = 20_000;

    public static async Task<ReplayResult> Run(Database database, IProjection projection, Action<ReplayProgress>? progress = null, CancellationToken cancel = default)
    {
        var since = Stopwatch.GetTimestamp();
        var epoch = await database.Commit(unit => Begin(unit, projection), cancel);
        var shadow = TableNames.Shadow(epoch);
        var position = LogPosition.Start;
        IReadOnlySet<LogPosition> ahead = new HashSet<LogPosition>();
        long events = 0;
        var passed = new PassedStreams();
        // No further than the log reached at the start: who goes on writing could otherwise be followed for ever.
        var end = await database.Read(LogReading.Head, cancel);
        var next = Read(position, ahead);
        while (true)
        {
            var batch = await next;
            // The next events are read while these are counted.
            var isLast = !batch.IsFull || batch.IsWaiting || batch.Broken is not null || batch.To >= end;
            if (!isLast) next = Read(batch.To, batch.Ahead);
            try
            {
                if (batch.HasMoved)
                    await database.Commit(async unit =>
                    {
                        await CheckEpoch(unit, projection, epoch);
                        await projection.Apply(unit, shadow, batch.Events);
                    }, cancel);
            }
            catch
            {
                await Task.WhenAny(next);
                throw;
            }
            events += batch.Events.Count;
            position = batch.To;
            ahead = batch.Ahead;
            progress?.Invoke(new(projection.Name, events, Stopwatch.GetElapsedTime(since)));
            if (batch.Broken is not null) throw new InvalidOperationException($"The replay of {projection.Name} stopped: {batch.Broken} Nothing was changed.");
            if (isLast) break;
        }
        events += await database.Commit(unit => SwapIn(unit, projection, epoch, position, ahead), cancel);
        return new(projection.Name, events, Stopwatch.GetElapsedTime(since));

        Task<LogBatch> Read(LogPosition from, IReadOnlySet<LogPosition> before) =>
            Task.Run(() => database.Read(session => LogReading.Next(session, from, before, BatchSize, passed), cancel), cancel);
    }

    private static async Task<long> Begin(Unit unit, IProjection projection)
    {
        await ProjectionReader.Register(unit, projection);
        var epoch = await unit.First($"""
            insert into replay (projection, epoch) values ({projection.Name}, 1)
            on conflict (projection) do update set epoch = replay.epoch + 1
            returning epoch
            """, row => row.Long(0));
        foreach (var dead in await unit.Query($"select name from replay_table where projection = {projection.Name}", row => row.Text(0)))
            await unit.Execute($"drop table if exists {new SqlName(dead)}");
        await unit.Execute($"delete from replay_table where projection = {projection.Name}");
        var shadow = TableNames.Shadow(epoch);
        await unit.Script(projection.Schema(unit.Dialect, shadow));
        foreach (var table in projection.Tables)
            await unit.Execute($"insert into replay_table (name, projection, epoch) values ({shadow[table].Name}, {projection.Name}, {epoch})");
        return epoch;
    }

    private static async Task CheckEpoch(Unit unit, IProjection projection, long epoch)
    {
        var newest = unit.Dialect == Dialect.Sqlite
            ? await unit.Number($"select epoch from replay where projection = {projection.Name}")
            : await unit.Number($"select epoch from replay where projection = {projection.Name} for share");
        if (newest != epoch) throw new ReplayTakenOverException(projection.Name);
    }

    private static async Task<long> SwapIn(Unit unit, IProjection projection, long epoch, LogPosition position, IReadOnlySet<LogPosition> ahead)
    {
        // The lock on the reader's row comes first: a serving node moves its place before it writes, so both go in one order.
        await unit.Execute($"update reader set epoch = epoch + 1, holder = null, lease_until = null where name = {projection.Name}");
        await CheckEpoch(unit, projection, epoch);
        var shadow = TableNames.Shadow(epoch);
        long events = 0;
        LogBatch batch;
        // What comes after this the reader follows as ever.
        var end = await LogReading.Head(unit);
        do
        {
            batch = await LogReading.Next(unit, position, ahead, BatchSize);
            if (batch.Events.Count > 0) await projection.Apply(unit, shadow, batch.Events);
            events += batch.Events.Count;
            (position, ahead) = (batch.To, batch.Ahead);
        }
        while (batch.HasMoved && position < end);

        var live = await unit.First($"select tables from reader where name = {projection.Name}", row => row.TextOrNull(0)) ?? "";
        foreach (var table in live.Split(',', StringSplitOptions.RemoveEmptyEntries).Union(projection.Tables, StringComparer.Ordinal))
            await unit.Execute($"drop table if exists {new SqlName(table)}");
        foreach (var table in projection.Tables)
            await unit.Execute($"alter table {shadow[table]} rename to {TableNames.Live[table]}");
        await unit.Execute($"delete from replay_table where projection = {projection.Name} and epoch = {epoch}");
        await ReaderTable.KeepAhead(unit, projection.Name, await ReaderTable.Ahead(unit, projection.Name), ahead);
        await unit.Execute($"""
            update reader set position = {position.ToString()}, alert = {batch.Broken},
              form = {ProjectionReader.FormOf(projection, unit.Dialect)}, tables = {ProjectionReader.TableList(projection)}
            where name = {projection.Name}
            """);
        return events;
    }
}
