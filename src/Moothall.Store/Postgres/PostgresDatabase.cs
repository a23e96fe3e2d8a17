using Moothall.Store.Statements;
using NodaTime;
using Npgsql;

namespace Moothall.Store.Postgres;

/// <summary>Limits of a connection. Short transactions are a duty: a long one holds back every reader of the log.</summary>
internal sealed record PostgresSettings
{
    public TimeSpan LongestStatement { get; init; } = TimeSpan.FromSeconds(30);
    public TimeSpan LongestIdle { get; init; } = TimeSpan.FromSeconds(15);
}

/// <summary>The council in PostgreSQL, for several equal nodes. Each unit is a transaction of its own at READ COMMITTED.</summary>
internal sealed class PostgresDatabase : Database
{
    private const int MostTries = 5;
    private readonly NpgsqlDataSource source;
    private readonly WarmConnections connections;

    public PostgresDatabase(string connectionString, PostgresSettings settings)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { IncludeErrorDetail = false };
        if (builder.MaxAutoPrepare == 0) builder.MaxAutoPrepare = 200;
        builder.AutoPrepareMinUsages = 2;
        // Nothing here leaves anything behind in a session (settings are `set local`, locks are a transaction's), so there is nothing to reset between two units.
        builder.NoResetOnClose = true;
        // Which write of several that went together touched no row.
        builder.IncludeFailedBatchedCommand = true;
        builder.ApplicationName ??= "moothall";
        builder.Options = string.Join(' ', builder.Options,
            $"-c statement_timeout={(long)settings.LongestStatement.TotalMilliseconds} -c idle_in_transaction_session_timeout={(long)settings.LongestIdle.TotalMilliseconds}").Trim();
        source = NpgsqlDataSource.Create(builder);
        connections = new WarmConnections(source, TimeProvider.System);
    }

    public override Dialect Dialect => Dialect.Postgres;

    public override async Task<T> Read<T>(Func<Session, Task<T>> work, CancellationToken cancel = default)
    {
        try
        {
            return await On(async connection =>
            {
                using var statements = new StatementCache(connection);
                var session = new Session(connection, null, statements, null);
                var result = await work(session);
                session.End();
                return result;
            }, cancel);
        }
        catch (Exception error) when (PostgresErrors.Read(error) is var meant && !ReferenceEquals(meant, error))
        {
            throw meant;
        }
    }

    // It has no transaction number of its own, so no reader of the log waits for it.
    internal override Task<T> Snapshot<T>(Func<Session, Task<T>> work, CancellationToken cancel) =>
        Long(System.Data.IsolationLevel.RepeatableRead, async session =>
        {
            await session.Script("set transaction read only; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0");
            return await work(session);
        }, cancel);

    internal override Task Alone(Func<Session, Task> work, CancellationToken cancel) =>
        Long(System.Data.IsolationLevel.ReadCommitted, async session =>
        {
            // The lock of the schema: a node that starts meanwhile waits until all is there.
            await session.Script("set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; select pg_advisory_xact_lock(7206681)");
            await work(session);
            return true;
        }, cancel);

    private async Task<T> Long<T>(System.Data.IsolationLevel isolation, Func<Session, Task<T>> work, CancellationToken cancel)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancel);
            await using var transaction = await connection.BeginTransactionAsync(isolation, cancel);
            using var statements = new StatementCache(connection);
            var session = new Session(connection, transaction, statements, null);
            var result = await work(session);
            session.End();
            await transaction.CommitAsync(cancel);
            return result;
        }
        catch (Exception error) when (PostgresErrors.Read(error) is var meant && !ReferenceEquals(meant, error))
        {
            throw meant;
        }
    }

    public override Task<Instant> Now() => Read(session => session.Now());

    public override async ValueTask DisposeAsync()
    {
        await connections.DisposeAsync();
        await source.DisposeAsync();
    }

    // One on which something went wrong goes back to the pool, which puts it in order or closes it.
    private async Task<T> On<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancel)
    {
        var connection = await connections.Take(cancel);
        try
        {
            var result = await work(connection);
            await connections.GiveBack(connection);
            return result;
        }
        catch (Exception error)
        {
            await connections.LetGo(connection);
            // The others lead to the same server, which may be gone, or may be no primary any more.
            if (PostgresErrors.Read(error) is StoreUnavailableException) await connections.Clear();
            throw;
        }
    }

    protected override async Task<T> CommitUnit<T>(Func<Unit, Task<T>> work, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Try(work, cancel);
            }
            catch (Exception error)
            {
                var meant = PostgresErrors.Read(error);
                if (meant is StoreConflictException && attempt < MostTries)
                    await Task.Delay(Random.Shared.Next(1, 4 << attempt), cancel);
                else if (ReferenceEquals(meant, error))
                    throw;
                else
                    throw meant;
            }
        }
    }

    private Task<T> Try<T>(Func<Unit, Task<T>> work, CancellationToken cancel) => On(async connection =>
    {
        using var statements = new StatementCache(connection);
        // Beginning sends nothing: it goes with the first statement.
        var unit = new Unit(connection, () => connection.BeginTransaction(System.Data.IsolationLevel.ReadCommitted), statements);
        try
        {
            var result = await RunInside(work, unit);
            var keep = result is not IOutcome { RollsBack: true };
            await unit.Finish(keep);
            if (keep && unit.HasAppended) SignalAppended();
            return result;
        }
        finally
        {
            await unit.Close();
        }
    }, cancel);
}
