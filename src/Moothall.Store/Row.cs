using System.Data.Common;
using Moothall.Store.Statements;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Store;

/// <summary>
/// One row of an answer, read by place from 0. The same calls work on both databases, although SQLite keeps times and dates
/// as text and yes or no as 1 or 0. Only good inside the function it was given to.
/// </summary>
public readonly struct Row
{
    private readonly DbDataReader reader;
    private readonly SqliteStatement? sqlite;

    internal Row(DbDataReader reader) => this.reader = reader;

    internal Row(SqliteStatement statement) => (reader, sqlite) = (null!, statement);

    public bool IsNull(int i) => sqlite?.IsNull(i) ?? reader.IsDBNull(i);
    public string Text(int i) => sqlite?.Text(i) ?? reader.GetString(i);
    public string? TextOrNull(int i) => IsNull(i) ? null : Text(i);
    public int Int(int i) => checked((int)Long(i));
    public int? IntOrNull(int i) => IsNull(i) ? null : Int(i);
    public long Long(int i) => sqlite?.Long(i) ?? (reader.GetFieldType(i) == typeof(decimal) ? (long)reader.GetDecimal(i) : reader.GetFieldValue<long>(i));
    public long? LongOrNull(int i) => IsNull(i) ? null : Long(i);
    public double Double(int i) => sqlite?.Double(i) ?? Convert.ToDouble(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture);
    public double? DoubleOrNull(int i) => IsNull(i) ? null : Double(i);
    public bool Bool(int i) => sqlite is null ? reader.GetBoolean(i) : sqlite.Long(i) != 0;
    public bool? BoolOrNull(int i) => IsNull(i) ? null : Bool(i);
    public byte[] Bytes(int i) => sqlite?.Bytes(i) ?? reader.GetFieldValue<byte[]>(i);

    public Instant Instant(int i) => sqlite is null ? NodaTime.Instant.FromDateTimeUtc(reader.GetDateTime(i)) : StoredTime.Read(sqlite.Text(i));

    public Instant? InstantOrNull(int i) => IsNull(i) ? null : Instant(i);

    public LocalDate Date(int i) => sqlite is null ? LocalDate.FromDateOnly(reader.GetFieldValue<DateOnly>(i)) : LocalDatePattern.Iso.Parse(sqlite.Text(i)).GetValueOrThrow();

    public LocalDate? DateOrNull(int i) => IsNull(i) ? null : Date(i);
}
