using System.Data.Common;
using Microsoft.Data.Sqlite;
using NodaTime;
using Npgsql;
using NpgsqlTypes;

namespace Moothall.Store.Statements;

/// <summary>
/// Makes the statements of one connection. On SQLite a statement stays prepared with its connection and is used again; on
/// PostgreSQL the driver prepares by itself what comes often.
/// </summary>
internal sealed class StatementCache(DbConnection connection) : IDisposable
{
    private const int MostPrepared = 400;
    // By the literal of the code itself, which is one object; and by the text, for statements that names and lists change.
    private readonly Dictionary<object, (SqlTemplate Template, SqliteStatement? Plain)> literals = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, SqliteStatement> prepared = new(StringComparer.Ordinal);
    private readonly List<object?> values = [];
    private readonly SqliteConnection? sqlite = connection as SqliteConnection;

    public bool IsSqlite => sqlite is not null;

    /// <summary>A statement of SQLite with its values, to be run before another is asked for.</summary>
    public SqliteStatement Sqlite(FormattableString sql)
    {
        var (format, arguments) = (sql.Format, sql.GetArguments());
        if (!literals.TryGetValue(format, out var known))
        {
            if (literals.Count >= MostPrepared) Dispose();
            known = (SqlTemplate.Of(format), null);
        }
        var isPlain = SqlTemplate.IsPlain(arguments);
        var statement = isPlain ? known.Plain : null;
        if (statement is not null) known.Template.Order(arguments, values);
        else
        {
            statement = Prepared(known.Template.Write(Dialect.Sqlite, arguments, values));
            literals[format] = (known.Template, isPlain ? statement : null);
        }
        statement.Bind(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(values));
        return statement;
    }

    /// <summary>A command of PostgreSQL with its values; its caller disposes of it.</summary>
    public NpgsqlCommand Postgres(FormattableString sql, DbTransaction? transaction)
    {
        var text = SqlTemplate.Of(sql.Format).Write(Dialect.Postgres, sql.GetArguments(), values);
        var command = new NpgsqlCommand(text, (NpgsqlConnection)connection, (NpgsqlTransaction?)transaction);
        foreach (var value in values) command.Parameters.Add(PostgresParameter(value));
        return command;
    }

    /// <summary>Several commands of PostgreSQL that go and come back together; its caller disposes of it.</summary>
    /// <param name="statements">What is written, and whether it must touch a row: then it fails with a division by zero where it touches none.</param>
    public NpgsqlBatch PostgresBatch(IEnumerable<(FormattableString Sql, bool MustTouch)> statements, DbTransaction? transaction)
    {
        var batch = new NpgsqlBatch((NpgsqlConnection)connection, (NpgsqlTransaction?)transaction);
        foreach (var (sql, mustTouch) in statements)
        {
            var text = SqlTemplate.Of(sql.Format).Write(Dialect.Postgres, sql.GetArguments(), values);
            var command = new NpgsqlBatchCommand(mustTouch ? $"with touched as ({text} returning 1) select 1 / count(*) from touched" : text);
            foreach (var value in values) command.Parameters.Add(PostgresParameter(value));
            batch.BatchCommands.Add(command);
        }
        return batch;
    }

    private SqliteStatement Prepared(string text)
    {
        if (prepared.TryGetValue(text, out var statement)) return statement;
        if (prepared.Count >= MostPrepared) Dispose();
        statement = new SqliteStatement(sqlite!, text);
        prepared.Add(text, statement);
        return statement;
    }

    private static NpgsqlParameter PostgresParameter(object? value) => value switch
    {
        null => new NpgsqlParameter { Value = DBNull.Value },
        string text => new NpgsqlParameter<string> { TypedValue = Clean(text), NpgsqlDbType = NpgsqlDbType.Text },
        bool yes => new NpgsqlParameter<bool> { TypedValue = yes, NpgsqlDbType = NpgsqlDbType.Boolean },
        int number => new NpgsqlParameter<int> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Integer },
        long number => new NpgsqlParameter<long> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Bigint },
        string[] keys => new NpgsqlParameter<string[]> { TypedValue = keys, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
        long[] numbers => new NpgsqlParameter<long[]> { TypedValue = numbers, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint },
        double number => new NpgsqlParameter<double> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Double },
        decimal number => new NpgsqlParameter<decimal> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Numeric },
        byte[] bytes => new NpgsqlParameter<byte[]> { TypedValue = bytes, NpgsqlDbType = NpgsqlDbType.Bytea },
        Instant at => new NpgsqlParameter<DateTime> { TypedValue = StoredTime.Kept(at).ToDateTimeUtc(), NpgsqlDbType = NpgsqlDbType.TimestampTz },
        LocalDate date => new NpgsqlParameter<DateOnly> { TypedValue = date.ToDateOnly(), NpgsqlDbType = NpgsqlDbType.Date },
        _ => throw Unknown(value),
    };

    // PostgreSQL cannot keep U+0000 in text; refused on both so that they agree.
    internal static string Clean(string text) => text.Contains('\0')
        ? throw new ArgumentException("Text to be kept cannot hold the character U+0000: take it out before.")
        : text;

    internal static ArgumentException Unknown(object value) => new($"A {value.GetType().Name} cannot be an argument of a statement: turn it into text, a number, a time or bytes first.");

    public void Dispose()
    {
        foreach (var statement in prepared.Values) statement.Dispose();
        prepared.Clear();
        literals.Clear();
    }
}
