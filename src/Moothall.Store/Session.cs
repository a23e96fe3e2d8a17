using System.Data.Common;
using Moothall.Store.Statements;
using NodaTime;

namespace Moothall.Store;

/// <summary>
/// Reading from the store. Statements are written in the subset of SQL that both databases understand; what stands in braces
/// becomes a parameter, or a name when it is a <see cref="SqlName"/>, or a list when it is several strings.
/// One statement at a time; a session is over when the work it was given to returns.
/// </summary>
public class Session
{
    private readonly StatementCache statements;
    private readonly IClock? clock;
    private volatile bool over;

    internal Session(DbConnection connection, DbTransaction? transaction, StatementCache statements, IClock? clock)
    {
        Connection = connection;
        Transaction = transaction;
        this.statements = statements;
        this.clock = clock;
        Dialect = clock is null ? Dialect.Postgres : Dialect.Sqlite;
    }

    public Dialect Dialect { get; }

    /// <summary>The open connection, for EF to join. Neither close nor commit it.</summary>
    public DbConnection Connection { get; }

    public DbTransaction? Transaction { get; }

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
        await using var command = statements.Postgres(sql, Transaction);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        var row = new Row(reader);
        while (await reader.ReadAsync()) rows.Add(map(row));
        return rows;
    }

    private async Task<T?> FirstPostgres<T>(FormattableString sql, Func<Row, T> map)
    {
        await using var command = statements.Postgres(sql, Transaction);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? map(new Row(reader)) : default;
    }

    /// <summary>One number; 0 when there is no row or nothing in it.</summary>
    public Task<long> Number(FormattableString sql) => First(sql, row => row.IsNull(0) ? 0 : row.Long(0));

    /// <summary>The version that a stream of the log is at; 0 where it has not begun.</summary>
    public async Task<int> VersionOf(string stream) => (int)await Number($"select max(version) from event where stream = {stream}");

    /// <summary>An event by its stream and version; null when there is none.</summary>
    public Task<LogEvent?> EventOf(string stream, int version) => Log.LogReading.Event(this, stream, version);

    /// <summary>The clock of the database, finer than any transaction.</summary>
    public Task<Instant> Now() => clock is not null
        ? Task.FromResult(StoredTime.Kept(clock.GetCurrentInstant()))
        : First($"select clock_timestamp()", row => row.Instant(0));

    internal void End() => over = true;

    private ObjectDisposedException Over() => new(GetType().FullName);

    private protected Task<int> Run(FormattableString sql)
    {
        if (over) return Task.FromException<int>(Over());
        return statements.IsSqlite ? Task.FromResult(statements.Sqlite(sql).Run()) : RunPostgres(sql);
    }

    private async Task<int> RunPostgres(FormattableString sql)
    {
        await using var command = statements.Postgres(sql, Transaction);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Statements without arguments, several at once: a schema's script.</summary>
    internal async Task Script(string sql)
    {
        ObjectDisposedException.ThrowIf(over, this);
        await using var command = Connection.CreateCommand();
        command.Transaction = Transaction;
#pragma warning disable CA2100 // Scripts are files of the program, never what somebody typed.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
