using System.Buffers;
using System.Text.Json;
using Moothall.Store;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Exchange;

/// <summary>
/// An event as it leaves the council or comes to it: CloudEvents 1.0 in its structured JSON form (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md).
/// Source and id together name it for ever: who gets it a second time can tell.
/// </summary>
public sealed record CloudEvent(string Id, string Source, string Type)
{
    public const string MediaType = "application/cloudevents+json";
    /// <summary>Most characters of an attribute, as the standard recommends readers to allow for in sum.</summary>
    const int LongestAttribute = 512;

    /// <summary>What it is about: for ours, the stream of the log (`case/POT-7F3K-92QX`).</summary>
    public string? Subject { get; init; }
    public Instant? Time { get; init; }
    /// <summary>For ours, its place among the events of its subject: 1, 2, 3 and no gap.</summary>
    public int? StreamVersion { get; init; }
    /// <summary>History that was brought in from elsewhere: nobody is to be alarmed by it.</summary>
    public bool Imported { get; init; }
    /// <summary>The trace that it goes on with, where one is recorded (the extension for distributed tracing).</summary>
    public string? TraceParent { get; init; }
    /// <summary>The facts, as JSON.</summary>
    public string? Data { get; init; }

    /// <summary>By what a queue chooses events: the type, and for history the type after `imported.`.</summary>
    public string RoutingKey => Imported ? "imported." + Type : Type;

    /// <summary>The identity of a store as the source of its events.</summary>
    public static string SourceOf(string store) => "urn:uuid:" + store;

    /// <summary>An event of the log on its way out.</summary>
    public static CloudEvent Of(LogEvent e, string source)
    {
        ArgumentNullException.ThrowIfNull(e);
        return new CloudEvent(FormattableString.Invariant($"{e.Stream}/{e.Version}"), source, FormattableString.Invariant($"{e.Type}.v{e.Schema}"))
        {
            Subject = e.Stream, Time = e.At, StreamVersion = e.Version, Imported = e.Imported, TraceParent = e.Trace, Data = e.Json,
        };
    }

    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("specversion", "1.0");
            writer.WriteString("id", Id);
            writer.WriteString("source", Source);
            writer.WriteString("type", Type);
            if (Subject is not null) writer.WriteString("subject", Subject);
            if (Time is { } time) writer.WriteString("time", InstantPattern.ExtendedIso.Format(time));
            if (StreamVersion is { } version) writer.WriteNumber("streamversion", version);
            if (Imported) writer.WriteBoolean("imported", true);
            if (TraceParent is not null) writer.WriteString("traceparent", TraceParent);
            if (Data is not null)
            {
                writer.WriteString("datacontenttype", "application/json");
                writer.WritePropertyName("data");
                writer.WriteRawValue(Data);
            }
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads one that somebody sent; null with the reason when it is none.</summary>
    public static CloudEvent? Read(ReadOnlyMemory<byte> body, out string? why)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return No("The body is no JSON object.", out why);
            string? Text(string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= LongestAttribute } text && !text.Contains('\0', StringComparison.Ordinal) ? text : null;
            if (Text("specversion") != "1.0") return No("It is no CloudEvent of version 1.0: the attribute specversion must be \"1.0\".", out why);
            if (Text("id") is not { } id || Text("source") is not { } source || Text("type") is not { } type)
                return No($"The attributes id, source and type must be there, each a text of 1 to {LongestAttribute} characters.", out why);
            Instant? time = null;
            if (root.TryGetProperty("time", out var given))
            {
                if (given.ValueKind != JsonValueKind.String || OffsetDateTimePattern.Rfc3339.Parse(given.GetString()!) is not { Success: true } read)
                    return No("The attribute time must be a time of RFC 3339, such as 2026-03-02T10:00:00Z.", out why);
                time = read.Value.ToInstant();
            }
            why = null;
            return new CloudEvent(id, source, type) { Subject = Text("subject"), Time = time, Data = root.TryGetProperty("data", out var data) ? data.GetRawText() : null };
        }
        catch (JsonException)
        {
            return No("The body is no JSON.", out why);
        }
    }

    static CloudEvent? No(string reason, out string? why)
    {
        why = reason;
        return null;
    }
}
