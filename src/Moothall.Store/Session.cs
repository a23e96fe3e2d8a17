using System.Data.Common;
using Moothall.Store.Statements;
using NodaTime;
using Npgsql;

namespace Moothall.Store;

/// <summary>
/// Reading from the store. Statements are written in the subset of SQL that both databases understand; what stands in braces
/// becomes a parameter, or a name when it is a <see cref="SqlName"/>, or a list when it is several strings or long numbers.
/// One statement at a time; a session is over when the work it was given to returns.
/// </summary>
public class Session
{
    private readonly StatementCache statements;
    private readonly IClock? clock;
    private readonly Func<DbTransaction>? begin;
    private volatile bool over;
    // Writes that nobody asked the outcome of: they go to PostgreSQL with the next statement, or at the end of the unit.
    private readonly List<(FormattableString Sql, Func<Exception>? WhenNone)> waiting = [];

    internal Session(DbConnection connection, DbTransaction? transaction, StatementCache statements, IClock? clock, Func<DbTransaction>? begin = null)
    {
        Connection = connection;
        Begun = transaction;
        this.begin = begin;
        this.statements = statements;
        this.clock = clock;
        Dialect = clock is null ? Dialect.Postgres : Dialect.Sqlite;
    }

    public Dialect Dialect { get; }

    /// <summary>The open connection, for EF to join. Neither close nor commit it.</summary>
    public DbConnection Connection => waiting.Count == 0 ? field : throw new InvalidOperationException("There are writes that wait: call Send of the unit before somebody else joins its connection.");

    /// <summary>The transaction of this work. On PostgreSQL that of a unit begins when it is first asked for, because a unit of one statement, or of writes alone, needs none.</summary>
    public DbTransaction? Transaction => Begun ??= begin?.Invoke();

    /// <summary>The transaction, where it has begun.</summary>
    private protected DbTransaction? Begun { get; private set; }

    /// <summary>Whether there is a table of that name: a store of an older program may not have it yet.</summary>
    public async Task<bool> HasTable(string table) => await Number(Dialect == Dialect.Sqlite
        ? (FormattableString)$"select count(*) from sqlite_master where type = 'table' and name = {table}"
        : $"select count(*) from pg_class where oid = to_regclass({table})") > 0;

    /// <summary>All rows of an answer.</summary>
    public Task<List<T>> Query<T>(FormattableString sql, Func<Row, T> map)
    {
        if (over) return Task.FromException<List<T>>(Over());
        return statements.IsSqlite ? Task.FromResult(statements.Sqlite(sql).All(map)) : QueryPostgres(sql, map);
    }

    /// <summary>The first row of an answer, or the type's default when there is none.</summary>
    public Task<T?> First<T>(FormattableString sql, Func<Row, T> map)
    {
        if (over) return Task.FromException<T?>(Over());
        return statements.IsSqlite ? Task.FromResult(statements.Sqlite(sql).First(map)) : FirstPostgres(sql, map);
    }

    private async Task<List<T>> QueryPostgres<T>(FormattableString sql, Func<Row, T> map)
    {
        await SendAll();
        await using var command = statements.Postgres(sql, TransactionFor(sql));
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        var row = new Row(reader);
        while (await reader.ReadAsync()) rows.Add(map(row));
        return rows;
    }

    private async Task<T?> FirstPostgres<T>(FormattableString sql, Func<Row, T> map)
    {
        await SendAll();
        await using var command = statements.Postgres(sql, TransactionFor(sql));
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? map(new Row(reader)) : default;
    }

    /// <summary>
    /// At READ COMMITTED each statement sees the newest anyway, so that questions before the first write need no transaction around them. One that takes a lock begins it: the lock is
    /// held to the end of the unit.
    /// </summary>
    private DbTransaction? TransactionFor(FormattableString question) => Begun ?? (SqlTemplate.Of(question.Format).OnlyAsks ? null : Transaction);

    /// <summary>One number; 0 when there is no row or nothing in it.</summary>
    public Task<long> Number(FormattableString sql) => First(sql, row => row.IsNull(0) ? 0 : row.Long(0));

    /// <summary>The version that a stream of the log is at; 0 where it has not begun.</summary>
    public async Task<int> VersionOf(string stream) => (int)await Number($"select max(version) from event where stream = {stream}");

    /// <summary>An event by its stream and version; null when there is none.</summary>
    public Task<LogEvent?> EventOf(string stream, int version) => Log.LogReading.Event(this, stream, version);

    /// <summary>The clock of the database, finer than any transaction.</summary>
    public Task<Instant> Now() => clock is not null
        ? Task.FromResult(StoredTime.Kept(clock.GetCurrentInstant()))
        : Clock();

    // Writes that wait change nothing about it, so they may go on waiting.
    private async Task<Instant> Clock()
    {
        ObjectDisposedException.ThrowIf(over, this);
        await using var command = statements.Postgres($"select clock_timestamp()", Begun);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new Row(reader).Instant(0);
    }

    internal void End() => over = true;

    private ObjectDisposedException Over() => new(GetType().FullName);

    private protected Task<int> Run(FormattableString sql)
    {
        if (over) return Task.FromException<int>(Over());
        return statements.IsSqlite ? Task.FromResult(statements.Sqlite(sql).Run()) : RunPostgres(sql);
    }

    private async Task<int> RunPostgres(FormattableString sql)
    {
        await SendAll();
        await using var command = statements.Postgres(sql, Transaction);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Writes now on SQLite; on PostgreSQL with the writes that wait already. Fails with what <paramref name="whenNone"/> makes when no row was touched.</summary>
    private protected Task Wait(FormattableString sql, Func<Exception>? whenNone)
    {
        if (over) return Task.FromException(Over());
        if (!statements.IsSqlite) waiting.Add((sql, whenNone));
        else if (statements.Sqlite(sql).Run() == 0 && whenNone is not null) return Task.FromException(whenNone());
        return Task.CompletedTask;
    }

    /// <summary>Writes one statement by itself: on PostgreSQL, where nothing was before it, without a transaction of its own.</summary>
    private protected async Task<int> RunAlone(FormattableString sql)
    {
        if (statements.IsSqlite || Begun is not null || waiting.Count > 0) return await Run(sql);
        ObjectDisposedException.ThrowIf(over, this);
        await using var command = statements.Postgres(sql, null);
        return await command.ExecuteNonQueryAsync();
    }

    private protected Task SendAll() => waiting.Count == 0 ? Task.CompletedTask : SendWaiting(Transaction);

    /// <summary>
    /// Sends the last that waits. Several statements that are sent at once are kept together or not at all, so that a unit whose writes all waited needs no transaction around them
    /// (https://www.postgresql.org/docs/15/protocol-flow.html#PROTOCOL-FLOW-PIPELINING): a write that must touch a row fails in the database where it touches none, and takes the others back.
    /// </summary>
    private protected Task SendLast() => waiting.Count == 0 ? Task.CompletedTask : Begun is null ? SendTogether() : SendWaiting(Begun);

    private async Task SendTogether()
    {
        var sent = waiting.ToList();
        waiting.Clear();
        await using var batch = statements.PostgresBatch(sent.Select(w => (w.Sql, w.WhenNone is not null)), null);
        try
        {
            await batch.ExecuteNonQueryAsync();
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.DivisionByZero && sent.ElementAtOrDefault(batch.BatchCommands.IndexOf((NpgsqlBatchCommand)error.BatchCommand!)).WhenNone is { } wrong)
        {
            throw wrong();
        }
    }

    private async Task SendWaiting(DbTransaction? transaction)
    {
        var sent = waiting.ToList();
        waiting.Clear();
        await using var batch = statements.PostgresBatch(sent.Select(w => (w.Sql, false)), transaction);
        await batch.ExecuteNonQueryAsync();
        for (var i = 0; i < sent.Count; i++)
            if (sent[i].WhenNone is { } wrong && batch.BatchCommands[i].RecordsAffected == 0) throw wrong();
    }

    /// <summary>Statements without arguments, several at once: a schema's script.</summary>
    internal async Task Script(string sql)
    {
        ObjectDisposedException.ThrowIf(over, this);
        await SendAll();
        await using var command = Connection.CreateCommand();
        command.Transaction = Transaction;
#pragma warning disable CA2100 // Scripts are files of the program, never what somebody typed.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
