using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Store.Statements;

/// <summary>
/// One prepared statement of a connection to SQLite, kept and used again. It speaks to the engine itself: the layer of ADO.NET looks every parameter up by its
/// name and makes a reader for each question, which costs more than the question (measured by benchmarks/journey.sh).
/// </summary>
internal sealed unsafe class SqliteStatement : IDisposable
{
    private const int Done = 101, HasRow = 100, Null = 5;
    private static readonly nint Copied = -1; // SQLITE_TRANSIENT: the engine takes a copy before bind returns.

    private readonly nint database, statement;
    private readonly bool isReading;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        database = connection.Handle!.DangerousGetHandle();
        var text = Encoding.UTF8.GetBytes(sql);
        fixed (byte* start = text)
        {
            if (SqliteNative.Prepare(database, start, text.Length, SqliteNative.Persistent, out statement, out var rest) != 0) throw Trouble();
            if (!text.AsSpan((int)(rest - start)).Trim(" \t\r\n;"u8).IsEmpty)
            {
                _ = SqliteNative.Finish(statement);
                throw new ArgumentException("One statement at a time: a script is run by Session.Script.", nameof(sql));
            }
        }
        isReading = SqliteNative.IsReadOnly(statement) != 0;
    }

    /// <summary>Gives the values of the parameters, in order.</summary>
    public void Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            if (Bind(i + 1, values[i]) != 0) throw Trouble();
    }

    /// <summary>Runs it to the end; how many rows it changed, or -1 where it only reads.</summary>
    public int Run()
    {
        try
        {
            while (Step()) { }
            return isReading ? -1 : SqliteNative.Changes(database);
        }
        finally
        {
            _ = SqliteNative.Reset(statement);
        }
    }

    /// <summary>All rows of its answer.</summary>
    public List<T> All<T>(Func<Row, T> map)
    {
        try
        {
            var rows = new List<T>();
            while (Step()) rows.Add(map(new Row(this)));
            return rows;
        }
        finally
        {
            _ = SqliteNative.Reset(statement);
        }
    }

    /// <summary>The first row of its answer, or the type's default.</summary>
    public T? First<T>(Func<Row, T> map)
    {
        try
        {
            return Step() ? map(new Row(this)) : default;
        }
        finally
        {
            _ = SqliteNative.Reset(statement);
        }
    }

    public bool IsNull(int i) => SqliteNative.ColumnType(statement, i) == Null;

    public long Long(int i) => IsNull(i) ? throw Nothing(i) : SqliteNative.ColumnLong(statement, i);

    public double Double(int i) => IsNull(i) ? throw Nothing(i) : SqliteNative.ColumnDouble(statement, i);

    public string Text(int i)
    {
        var text = SqliteNative.ColumnText(statement, i);
        return text is null ? throw Nothing(i) : Encoding.UTF8.GetString(text, SqliteNative.ColumnBytes(statement, i));
    }

    public byte[] Bytes(int i)
    {
        if (IsNull(i)) throw Nothing(i);
        var bytes = SqliteNative.ColumnBlob(statement, i);
        return bytes is null ? [] : new ReadOnlySpan<byte>(bytes, SqliteNative.ColumnBytes(statement, i)).ToArray();
    }

    public void Dispose() => _ = SqliteNative.Finish(statement);

    private bool Step() => SqliteNative.Step(statement) switch
    {
        HasRow => true,
        Done => false,
        _ => throw Trouble(),
    };

    private int Bind(int place, object? value) => value switch
    {
        null => SqliteNative.BindNull(statement, place),
        string text => BindText(place, StatementCache.Clean(text)),
        bool yes => SqliteNative.BindLong(statement, place, yes ? 1 : 0),
        int number => SqliteNative.BindLong(statement, place, number),
        long number => SqliteNative.BindLong(statement, place, number),
        double number => SqliteNative.BindDouble(statement, place, number),
        decimal number => SqliteNative.BindDouble(statement, place, (double)number),
        byte[] bytes => BindBytes(place, bytes),
        Instant at => BindText(place, StoredTime.Write(at)),
        LocalDate date => BindText(place, LocalDatePattern.Iso.Format(date)),
        _ => throw StatementCache.Unknown(value),
    };

    private int BindText(int place, string text)
    {
        // One byte more, because an address of nothing would mean null.
        var most = Encoding.UTF8.GetMaxByteCount(text.Length) + 1;
        var rented = most > 1024 ? ArrayPool<byte>.Shared.Rent(most) : null;
        var room = rented ?? stackalloc byte[1024];
        var length = Encoding.UTF8.GetBytes(text, room);
        int outcome;
        fixed (byte* start = room) outcome = SqliteNative.BindText(statement, place, start, length, Copied);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return outcome;
    }

    private int BindBytes(int place, byte[] bytes)
    {
        if (bytes.Length == 0) return SqliteNative.BindZeros(statement, place, 0);
        fixed (byte* start = bytes) return SqliteNative.BindBlob(statement, place, start, bytes.Length, Copied);
    }

    private SqliteException Trouble()
    {
        var code = SqliteNative.ExtendedErrorCode(database);
        return new SqliteException($"SQLite Error {code & 0xff}: '{SqliteNative.ErrorMessage(database)}'.", code & 0xff, code);
    }

    private static InvalidOperationException Nothing(int i) => new($"There is nothing in column {i} of this row: ask IsNull first.");
}
