using Moothall.Store.Log;
using NodaTime;
using Npgsql;

namespace Moothall.Store.Tests;

/// <summary>Shorthand for events and for what a tally has counted.</summary>
internal static class LogOf
{
    public static readonly HashSet<LogPosition> Nothing = [];
    public static readonly ReaderSettings Quick = new() { Undo = Duration.Zero, FirstRetry = Duration.Zero, DuePoll = TimeSpan.FromMilliseconds(5), Poll = TimeSpan.FromMilliseconds(5), RetryStopped = TimeSpan.FromMilliseconds(50) };

    public static NewEvent Event(string type = "case.noted", bool imported = false) => new(type, 1, Instant.FromUtc(2026, 3, 4, 12, 0), "{}", imported);

    public static Task<int> Append(this Database database, string stream, int version, int count = 1) =>
        database.Commit(unit => unit.Append(stream, version, [.. Enumerable.Range(0, count).Select(_ => Event())]));

    public static Task<List<(string Stream, int Version, int Times)>> Counted(this Database database, string tally = "tally") =>
        database.Read(s => s.Query($"select stream, version, times from {new SqlName(tally)} order by turn", row => (row.Text(0), row.Int(1), row.Int(2))));

    public static Task<LogBatch> Next(this Database database, LogPosition from, IReadOnlySet<LogPosition>? ahead = null, int most = 100) =>
        database.Read(session => LogReading.Next(session, from, ahead ?? Nothing, most));

    /// <summary>Waits for something that happens in the background; a minute is for ever.</summary>
    public static async Task Until(Func<Task<bool>> isSo)
    {
        var since = System.Diagnostics.Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            if (System.Diagnostics.Stopwatch.GetElapsedTime(since) > TimeSpan.FromMinutes(1)) throw new TimeoutException("It did not happen.");
            await Task.Delay(5);
        }
    }

    /// <summary>Waits until readers may see all that was committed: on PostgreSQL a writer in any database of the cluster holds that back.</summary>
    public static Task Settled(this Database database) => Until(() => database.Read(async session => await LogReading.Head(session) == await LogReading.Newest(session)));

    public static IEnumerable<string> Names(this LogBatch batch) => batch.Events.Select(e => $"{e.Stream}/{e.Version}");
}

/// <summary>A transaction of somebody slow, held open by hand; its number is taken when it is opened.</summary>
internal sealed class SlowTransaction : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;

    private SlowTransaction(NpgsqlConnection connection) => this.connection = connection;

    public static async Task<SlowTransaction> Open(TestStore store)
    {
        var connection = new NpgsqlConnection(store.Place + ";Pooling=false");
        await connection.OpenAsync();
        var slow = new SlowTransaction(connection);
        await slow.Run("begin");
        await slow.Run("select pg_current_xact_id()");
        return slow;
    }

    public Task Append(string stream, int version) =>
        Run($"insert into event (stream, version, type, schema, at, imported, data) values ('{stream}', {version}, 'case.noted', 1, now(), false, '{{}}')");

    public Task Commit() => Run("commit");

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task Run(string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
