using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime.Text;

namespace Moothall.Performance;

/// <summary>
/// The published figures as JSON, in the very names of the outer surface. Money is a number with two places; a rate is the quotient as it is, or
/// null; channels that have nothing are left out of the maps by channel.
/// </summary>
public static class PerformanceJson
{
    /// <summary>The report as UTF-8 JSON.</summary>
    public static byte[] Write(PerformanceReport report)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(json, report);
        return bytes.ToArray();
    }

    /// <summary>Writes the report as one JSON object.</summary>
    public static void Write(Utf8JsonWriter json, PerformanceReport report)
    {
        json.WriteStartObject();
        json.WriteString("from", LocalDatePattern.Iso.Format(report.From));
        json.WriteString("to", LocalDatePattern.Iso.Format(report.To));
        json.WriteStartArray("services");
        foreach (var service in report.Services)
            Write(json, service);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, ServiceFigures f)
    {
        json.WriteStartObject();
        json.WriteString("service", f.Service);
        json.WriteString("authority", f.Authority);
        json.WriteNumber("started", f.Started);
        json.WriteNumber("completed", f.Completed);
        Numbers(json, "completedByChannel", f.CompletedByChannel);
        Numbers(json, "transactionsByChannel", f.TransactionsByChannel);
        json.WriteStartObject("cases");
        json.WriteNumber("received", f.Cases.Received);
        json.WriteNumber("closed", f.Cases.Closed);
        json.WriteNumber("closedInTime", f.Cases.ClosedInTime);
        json.WriteNumber("open", f.Cases.Open);
        json.WriteEndObject();
        Rate(json, "digitalTakeUp", f.DigitalTakeUp);
        Rate(json, "digitalTakeUpUnassisted", f.DigitalTakeUpUnassisted);
        Rate(json, "completionRate", f.CompletionRate);
        Rate(json, "closedInTimeRate", f.ClosedInTimeRate);
        json.WriteStartObject("satisfaction");
        json.WriteNumber("responses", f.Satisfaction.Responses);
        json.WriteStartObject("counts");
        json.WriteNumber("verySatisfied", f.Satisfaction.Counts.VerySatisfied);
        json.WriteNumber("satisfied", f.Satisfaction.Counts.Satisfied);
        json.WriteNumber("neither", f.Satisfaction.Counts.Neither);
        json.WriteNumber("dissatisfied", f.Satisfaction.Counts.Dissatisfied);
        json.WriteNumber("veryDissatisfied", f.Satisfaction.Counts.VeryDissatisfied);
        json.WriteEndObject();
        Rate(json, "weighted", f.Satisfaction.Weighted);
        Rate(json, "plain", f.Satisfaction.Plain);
        json.WriteEndObject();
        json.WriteStartObject("cost");
        json.WriteString("basis", f.Cost.Basis);
        json.WriteString("currency", Cost.Currency);
        json.WriteNumber("total", Cost.Pence(f.Cost.Total));
        if (f.Cost.PerTransaction is { } each)
            json.WriteNumber("perTransaction", Cost.Pence(each));
        else
            json.WriteNull("perTransaction");
        Money(json, "byChannel", f.Cost.ByChannel);
        if (f.Cost.UnitCosts is { } unit)
            Money(json, "unitCosts", unit);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void Numbers(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, long> byChannel)
    {
        json.WriteStartObject(name);
        foreach (var channel in Channels.InOrder(byChannel.Keys))
            json.WriteNumber(channel, byChannel[channel]);
        json.WriteEndObject();
    }

    static void Money(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, decimal> byChannel)
    {
        json.WriteStartObject(name);
        foreach (var channel in Channels.InOrder(byChannel.Keys))
            json.WriteNumber(channel, Cost.Pence(byChannel[channel]));
        json.WriteEndObject();
    }

    static void Rate(Utf8JsonWriter json, string name, double? rate)
    {
        if (rate is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }
}
