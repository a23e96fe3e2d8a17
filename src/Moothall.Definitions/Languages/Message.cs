using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Definitions;

/// <summary>
/// Something to be said where the reader's language is not known yet: the whole sentence in English and what stands in its braces. A text that was put
/// together beforehand has no translation and is said as it is. Among the values a date, a period, prose and a further message are said in the language, several
/// messages as a list. As text it can be kept and read again, so that what was written down is drawn in the language of whoever reads it.
/// </summary>
public sealed record Message(string English, params (string Name, object? Value)[] Values)
{
    static readonly JsonSerializerOptions Kept = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The message in a language.</summary>
    public string In(Phrases phrases)
    {
        ArgumentNullException.ThrowIfNull(phrases);
        return Values.Length > 0 || (phrases.Language != "en" && phrases.Has(English)) ? phrases.SayMarked(English, [.. Values.Select(v => (v.Name, Said(v.Value, phrases)))]) : English;
    }

    static object? Said(object? value, Phrases phrases) => value switch
    {
        LocalDate day => phrases.Date(day),
        Period period => phrases.Length(period),
        Prose prose => prose.In(phrases.Language),
        Message message => message.In(phrases),
        IEnumerable<Message> several => string.Join(", ", several.Select(m => m.In(phrases))),
        _ => value,
    };

    /// <summary>The same with what mends it, after a semicolon; itself where nothing is known that would.</summary>
    public Message With(Message? mend) => mend is null ? this : new Message("{problem}; {mend}", ("problem", this), ("mend", mend));

    /// <summary>Names as a list of any length: "a, b and c".</summary>
    public static Message List(IReadOnlyCollection<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return names.Count <= 1 ? string.Concat(names) : new Message("{first} and {last}", ("first", string.Join(", ", names.SkipLast(1))), ("last", names.Last()));
    }

    /// <summary>A message without fields.</summary>
    public static implicit operator Message(string english) => new(english);

    /// <summary>The message as text to be kept: its English words alone, or with its values as JSON.</summary>
    public string ToText() => Values.Length == 0 && !English.StartsWith('{') ? English : Json().ToJsonString(Kept);

    JsonObject Json()
    {
        var values = new JsonObject();
        foreach (var (name, value) in Values) values[name] = Json(value);
        return new JsonObject { ["say"] = English, ["with"] = values };
    }

    static JsonNode? Json(object? value) => value switch
    {
        null => null,
        int or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        LocalDate day => new JsonObject { ["day"] = LocalDatePattern.Iso.Format(day) },
        Period period => new JsonObject { ["period"] = period.ToWords() },
        Prose prose => new JsonObject { ["prose"] = new JsonObject(prose.Texts.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)t.Value))) },
        Message message => message.Json(),
        IEnumerable<Message> several => new JsonArray([.. several.Select(m => (JsonNode)m.Json())]),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>A message from kept text; text of any other kind is a message without fields.</summary>
    public static Message FromText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.StartsWith('{')) return new Message(text);
        try
        {
            return Read(JsonNode.Parse(text)) as Message ?? new Message(text);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or UnparsableValueException)
        {
            return new Message(text);
        }
    }

    static object? Read(JsonNode? node) => node switch
    {
        JsonArray several => several.Select(Read).OfType<Message>().ToArray(),
        JsonObject known when known["day"] is { } day => LocalDatePattern.Iso.Parse(day.GetValue<string>()).GetValueOrThrow(),
        JsonObject known when known["period"] is { } period => Period.Parse(period.GetValue<string>()),
        JsonObject known when known["prose"] is JsonObject texts => new Prose(texts.ToDictionary(t => t.Key, t => t.Value!.GetValue<string>())),
        JsonObject known when known["say"] is { } say => new Message(say.GetValue<string>(), known["with"] is JsonObject values ? [.. values.Select(v => (v.Key, Read(v.Value)))] : []),
        JsonValue value => value.GetValueKind() == JsonValueKind.Number ? value.GetValue<long>() : value.GetValue<string>(),
        _ => null,
    };

    public override string ToString() => In(Phrases.English);
}
