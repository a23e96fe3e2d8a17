using System.Data.Common;
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
    private readonly Dialect dialect;

    internal Row(DbDataReader reader, Dialect dialect)
    {
        this.reader = reader;
        this.dialect = dialect;
    }

    public bool IsNull(int i) => reader.IsDBNull(i);
    public string Text(int i) => reader.GetString(i);
    public string? TextOrNull(int i) => IsNull(i) ? null : Text(i);
    public int Int(int i) => checked((int)Long(i));
    public int? IntOrNull(int i) => IsNull(i) ? null : Int(i);
    public long Long(int i) => dialect == Dialect.Postgres && reader.GetFieldType(i) == typeof(decimal) ? (long)reader.GetDecimal(i) : reader.GetFieldValue<long>(i);
    public long? LongOrNull(int i) => IsNull(i) ? null : Long(i);
    public double Double(int i) => dialect == Dialect.Sqlite ? reader.GetDouble(i) : Convert.ToDouble(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture);
    public double? DoubleOrNull(int i) => IsNull(i) ? null : Double(i);
    public bool Bool(int i) => dialect == Dialect.Sqlite ? reader.GetInt64(i) != 0 : reader.GetBoolean(i);
    public bool? BoolOrNull(int i) => IsNull(i) ? null : Bool(i);
    public byte[] Bytes(int i) => reader.GetFieldValue<byte[]>(i);

    public Instant Instant(int i) => dialect == Dialect.Sqlite
        ? Statements.StoredTime.Read(reader.GetString(i))
        : NodaTime.Instant.FromDateTimeUtc(reader.GetDateTime(i));

    public Instant? InstantOrNull(int i) => IsNull(i) ? null : Instant(i);

    public LocalDate Date(int i) => dialect == Dialect.Sqlite
        ? LocalDatePattern.Iso.Parse(reader.GetString(i)).GetValueOrThrow()
        : LocalDate.FromDateOnly(reader.GetFieldValue<DateOnly>(i));

    public LocalDate? DateOrNull(int i) => IsNull(i) ? null : Date(i);
}
