using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using NodaTime;
using NodaTime.Text;
using Npgsql;
using NpgsqlTypes;

namespace Moothall.Store.Statements;

/// <summary>
/// Makes commands for one connection. On SQLite a command stays prepared with its connection and is used again; on
/// PostgreSQL the driver prepares by itself what comes often.
/// </summary>
internal sealed class StatementCache(DbConnection connection) : IDisposable
{
    private const int MostPrepared = 400;
    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);
    private readonly List<object?> values = [];

    public DbCommand For(FormattableString sql, DbTransaction? transaction)
    {
        var template = SqlTemplate.Of(sql.Format);
        if (connection is SqliteConnection sqlite)
        {
            var text = template.Write(Dialect.Sqlite, sql.GetArguments(), values);
            return Sqlite(sqlite, text, (SqliteTransaction?)transaction);
        }
        var command = new NpgsqlCommand(template.Write(Dialect.Postgres, sql.GetArguments(), values), (NpgsqlConnection)connection, (NpgsqlTransaction?)transaction);
        foreach (var value in values) command.Parameters.Add(PostgresParameter(value));
        return command;
    }

    /// <summary>Gives a command back: kept on SQLite, let go on PostgreSQL.</summary>
    public static void Done(DbCommand command)
    {
        if (command is NpgsqlCommand) command.Dispose();
    }

    private SqliteCommand Sqlite(SqliteConnection sqlite, string text, SqliteTransaction? transaction)
    {
        if (!prepared.TryGetValue(text, out var command))
        {
            if (prepared.Count >= MostPrepared) Dispose();
            command = sqlite.CreateCommand();
            command.CommandText = text;
            for (var i = 0; i < values.Count; i++)
                command.Parameters.Add(new SqliteParameter { ParameterName = "@p" + i.ToString(CultureInfo.InvariantCulture) });
            prepared.Add(text, command);
        }
        command.Transaction = transaction;
        for (var i = 0; i < values.Count; i++) command.Parameters[i].Value = SqliteValue(values[i]);
        return command;
    }

    private static object SqliteValue(object? value) => value switch
    {
        null => DBNull.Value,
        string text => Clean(text),
        bool yes => yes ? 1L : 0L,
        int or long or double or byte[] => value,
        decimal number => (double)number,
        Instant at => StoredTime.Write(at),
        LocalDate date => LocalDatePattern.Iso.Format(date),
        _ => throw Unknown(value),
    };

    private static NpgsqlParameter PostgresParameter(object? value) => value switch
    {
        null => new NpgsqlParameter { Value = DBNull.Value },
        string text => new NpgsqlParameter<string> { TypedValue = Clean(text), NpgsqlDbType = NpgsqlDbType.Text },
        bool yes => new NpgsqlParameter<bool> { TypedValue = yes },
        int number => new NpgsqlParameter<int> { TypedValue = number },
        long number => new NpgsqlParameter<long> { TypedValue = number },
        double number => new NpgsqlParameter<double> { TypedValue = number },
        decimal number => new NpgsqlParameter<decimal> { TypedValue = number },
        byte[] bytes => new NpgsqlParameter<byte[]> { TypedValue = bytes },
        Instant at => new NpgsqlParameter<DateTime> { TypedValue = StoredTime.Kept(at).ToDateTimeUtc(), NpgsqlDbType = NpgsqlDbType.TimestampTz },
        LocalDate date => new NpgsqlParameter<DateOnly> { TypedValue = date.ToDateOnly(), NpgsqlDbType = NpgsqlDbType.Date },
        _ => throw Unknown(value),
    };

    // PostgreSQL cannot keep U+0000 in text; refused on both so that they agree.
    private static string Clean(string text) => text.Contains('\0')
        ? throw new ArgumentException("Text to be kept cannot hold the character U+0000: take it out before.")
        : text;

    private static ArgumentException Unknown(object value) => new($"A {value.GetType().Name} cannot be an argument of a statement: turn it into text, a number, a time or bytes first.");

    public void Dispose()
    {
        foreach (var command in prepared.Values) command.Dispose();
        prepared.Clear();
    }
}
