using System.Globalization;
using Microsoft.Data.Sqlite;
using Moothall.Store.Statements;
using NodaTime.Text;
using Npgsql;
using NpgsqlTypes;

namespace Moothall.Store.Backups;

/// <summary>Fills one table after another with the rows of a backup, as fast as the database takes them.</summary>
internal abstract class RowFilling : IAsyncDisposable
{
    public abstract Task Begin(KeptTable table, IReadOnlyList<string> columns, CancellationToken cancel);
    public abstract ValueTask Add(object?[] row, CancellationToken cancel);
    public abstract Task End(CancellationToken cancel);
    public abstract ValueTask DisposeAsync();
}

/// <summary>One prepared statement a table; a key that numbers itself goes on after the largest one there is.</summary>
internal sealed class SqliteFilling(Session session) : RowFilling
{
    private SqliteCommand? insert;

    public override async Task Begin(KeptTable table, IReadOnlyList<string> columns, CancellationToken cancel)
    {
        insert = ((SqliteConnection)session.Connection).CreateCommand();
        insert.Transaction = (SqliteTransaction?)session.Transaction;
#pragma warning disable CA2100 // Names of tables and columns, checked to be names when the manifest was read.
        insert.CommandText = $"insert into \"{table.Name}\" ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) values ({string.Join(", ", columns.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"@p{i}")))})";
#pragma warning restore CA2100
        for (var i = 0; i < columns.Count; i++) insert.Parameters.Add(new SqliteParameter { ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{i}") });
        await insert.PrepareAsync(cancel);
    }

    public override ValueTask Add(object?[] row, CancellationToken cancel)
    {
        for (var i = 0; i < row.Length; i++) insert!.Parameters[i].Value = row[i] ?? DBNull.Value;
        insert!.ExecuteNonQuery();
        return ValueTask.CompletedTask;
    }

    public override async Task End(CancellationToken cancel) => await DisposeAsync();

    public override async ValueTask DisposeAsync()
    {
        if (insert is not null) await insert.DisposeAsync();
        insert = null;
    }
}

/// <summary>COPY, which also writes keys that number themselves; their numbering is set behind the largest afterwards. Where rows keep their transaction, it is 0.</summary>
internal sealed class PostgresFilling(Session session) : RowFilling
{
    private NpgsqlBinaryImporter? copy;
    private KeptTable table = null!;
    private List<KeptColumn> columns = [];

    private bool HasTransaction => KeptTables.HasTransaction(table.Name);

    public override async Task Begin(KeptTable table, IReadOnlyList<string> columns, CancellationToken cancel)
    {
        this.table = table;
        this.columns = [.. columns.Select(name => table.Columns.First(c => c.Name == name))];
        var names = columns.Select(c => $"\"{c}\"").Concat(HasTransaction ? ["xid"] : []);
        copy = await ((NpgsqlConnection)session.Connection).BeginBinaryImportAsync($"copy \"{table.Name}\" ({string.Join(", ", names)}) from stdin (format binary)", cancel);
        copy.Timeout = TimeSpan.FromDays(1);
    }

    public override async ValueTask Add(object?[] row, CancellationToken cancel)
    {
        await copy!.StartRowAsync(cancel);
        for (var i = 0; i < row.Length; i++) await Write(row[i], columns[i], cancel);
        if (HasTransaction) await copy.WriteAsync(0UL, NpgsqlDbType.Xid8, cancel);
    }

    private async Task Write(object? value, KeptColumn column, CancellationToken cancel)
    {
        if (value is null)
        {
            await copy!.WriteNullAsync(cancel);
            return;
        }
        await (column.Type switch
        {
            "text" => copy!.WriteAsync((string)value, NpgsqlDbType.Text, cancel),
            "bigint" => copy!.WriteAsync((long)value, NpgsqlDbType.Bigint, cancel),
            "integer" => copy!.WriteAsync(checked((int)(long)value), NpgsqlDbType.Integer, cancel),
            "smallint" => copy!.WriteAsync(checked((short)(long)value), NpgsqlDbType.Smallint, cancel),
            "boolean" => copy!.WriteAsync((long)value != 0, NpgsqlDbType.Boolean, cancel),
            "double precision" => copy!.WriteAsync(Convert.ToDouble(value, CultureInfo.InvariantCulture), NpgsqlDbType.Double, cancel),
            "timestamp with time zone" => copy!.WriteAsync(StoredTime.Read((string)value).ToDateTimeUtc(), NpgsqlDbType.TimestampTz, cancel),
            "date" => copy!.WriteAsync(LocalDatePattern.Iso.Parse((string)value).GetValueOrThrow().ToDateOnly(), NpgsqlDbType.Date, cancel),
            "bytea" => copy!.WriteAsync((byte[])value, NpgsqlDbType.Bytea, cancel),
            _ => throw new BackupException(new StoreWords("The column {table}.{column} is of a kind ({type}) that a restore does not know.", ("table", table.Name), ("column", column.Name), ("type", column.Type))),
        });
    }

    public override async Task End(CancellationToken cancel)
    {
        await copy!.CompleteAsync(cancel);
        await DisposeAsync();
        foreach (var column in columns.Where(c => c.Identity))
        {
            var (ofTable, ofColumn) = (new SqlName(table.Name), new SqlName(column.Name));
            await session.First($"select setval(pg_get_serial_sequence({table.Name}, {column.Name}), max({ofColumn})) from {ofTable} having max({ofColumn}) is not null", row => row.IsNull(0));
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (copy is not null) await copy.DisposeAsync();
        copy = null;
    }
}
