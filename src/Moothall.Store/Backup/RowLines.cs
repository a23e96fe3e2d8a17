using System.Buffers;
using System.Data.Common;
using System.Text.Encodings.Web;
using System.Text.Json;
using Moothall.Store.Statements;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Store.Backups;

/// <summary>
/// Rows as lines of JSON, the same from both databases: times as UTC text, yes and no as 1 and 0, bytes as {"b": base64}. What a
/// value is to become is decided by the column it is put into.
/// </summary>
internal sealed class RowLines : IDisposable
{
    private readonly ArrayBufferWriter<byte> buffer = new(64 * 1024);
    private readonly Utf8JsonWriter json;

    public RowLines() => json = new(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>A row as a line with its line feed; good until the next one.</summary>
    public ReadOnlyMemory<byte> Write(IReadOnlyList<object?> values)
    {
        buffer.ResetWrittenCount();
        json.Reset();
        json.WriteStartArray();
        foreach (var value in values) Write(value);
        json.WriteEndArray();
        json.Flush();
        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    private void Write(object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool yes: json.WriteNumberValue(yes ? 1 : 0); break;
            case short or int or long: json.WriteNumberValue(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)); break;
            case float or double: json.WriteNumberValue(Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture)); break;
            case decimal number: json.WriteNumberValue((double)number); break;
            case DateTime at: json.WriteStringValue(StoredTime.Write(Instant.FromDateTimeUtc(at))); break;
            case DateOnly day: json.WriteStringValue(LocalDatePattern.Iso.Format(LocalDate.FromDateOnly(day))); break;
            case byte[] bytes:
                json.WriteStartObject();
                json.WriteBase64String("b"u8, bytes);
                json.WriteEndObject();
                break;
            default: throw new BackupException(new StoreWords("A {type} cannot be put into a backup: keep it as text, a number, a time or bytes.", ("type", value.GetType().Name)));
        }
    }

    /// <summary>One value of an answer, as it is.</summary>
    public static object? Value(DbDataReader reader, int i, KeptColumn column) =>
        reader.IsDBNull(i) ? null : column.Type == "date" ? reader.GetFieldValue<DateOnly>(i) : reader.GetValue(i);

    /// <summary>The values of a line: text, whole numbers, numbers, bytes or null.</summary>
    public static object?[] Read(ReadOnlySpan<byte> line, int columns)
    {
        var reader = new Utf8JsonReader(line);
        var values = new object?[columns];
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray) throw new JsonException("A row is not a list.");
        for (var i = 0; i < columns; i++)
        {
            if (!reader.Read()) throw new JsonException("A row ends too soon.");
            values[i] = reader.TokenType switch
            {
                JsonTokenType.Null => null,
                JsonTokenType.String => reader.GetString(),
                JsonTokenType.Number => reader.TryGetInt64(out var whole) ? whole : (object)reader.GetDouble(),
                JsonTokenType.StartObject => Bytes(ref reader),
                _ => throw new JsonException("A row has something that is no value."),
            };
        }
        if (!reader.Read() || reader.TokenType != JsonTokenType.EndArray) throw new JsonException("A row has more values than its table has columns.");
        return values;
    }

    private static byte[] Bytes(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName || !reader.Read()) throw new JsonException("Bytes are not written as such.");
        var bytes = reader.GetBytesFromBase64();
        if (!reader.Read() || reader.TokenType != JsonTokenType.EndObject) throw new JsonException("Bytes are not written as such.");
        return bytes;
    }

    public void Dispose() => json.Dispose();
}

/// <summary>A stream cut at its line feeds, with room for one line in memory.</summary>
internal sealed class LineReader(Stream stream)
{
    private const int LongestLine = 64 * 1024 * 1024;
    private byte[] buffer = new byte[128 * 1024];
    private int start, end;

    /// <summary>The next line with its line feed; null at the end. What comes after the last line feed is a line cut off.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> Next(CancellationToken cancel)
    {
        var searched = start;
        while (true)
        {
            var feed = buffer.AsSpan(searched, end - searched).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                var line = buffer.AsMemory(start, searched + feed + 1 - start);
                start = searched + feed + 1;
                return line;
            }
            if (start > 0)
            {
                buffer.AsSpan(start, end - start).CopyTo(buffer);
                (start, end) = (0, end - start);
            }
            if (end == buffer.Length)
            {
                if (end >= LongestLine) throw new InvalidDataException("A line is longer than any row.");
                Array.Resize(ref buffer, buffer.Length * 2);
            }
            searched = end;
            var read = await stream.ReadAsync(buffer.AsMemory(end), cancel);
            if (read == 0) return end == start ? null : throw new InvalidDataException("The last line is cut off.");
            end += read;
        }
    }
}
