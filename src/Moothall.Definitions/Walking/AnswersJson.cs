using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Moothall.Definitions;

/// <summary>
/// Answers as they are stored: one JSON object, questions in the definition's order, the same answers always the same text.
/// An answer to a question that is not in the list is neither written nor read.
/// </summary>
public static class AnswersJson
{
    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>The stored form of a journey's answers.</summary>
    public static string Write(ServiceDefinition definition, Answers answers) => Write(definition.Ask, answers);

    /// <summary>The stored form of the answers to some questions, as those of an action.</summary>
    public static string Write(IReadOnlyList<Question> questions, Answers answers)
    {
        var written = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(written, Plain))
        {
            writer.WriteStartObject();
            foreach (var question in questions)
            {
                if (answers[question.Name] is not { } answer)
                    continue;
                writer.WritePropertyName(question.Name);
                if (question.Type.ToJson(question, answer) is { } json)
                    json.WriteTo(writer);
                else
                    writer.WriteNullValue();
            }
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(written.WrittenSpan);
    }

    /// <summary>A journey's answers back from their stored form, trusting it.</summary>
    public static Answers Read(ServiceDefinition definition, string json) => Read(definition.Ask, json);

    /// <summary>The answers to some questions back from their stored form, trusting it.</summary>
    public static Answers Read(IReadOnlyList<Question> questions, string json)
    {
        using var document = JsonDocument.Parse(json);
        var answers = new List<(string, Answer)>();
        // They stand in the order of the questions, so that one pass finds all; looking each up would read the whole again for each.
        var stored = document.RootElement.EnumerateObject().GetEnumerator();
        var more = stored.MoveNext();
        foreach (var question in questions)
        {
            if (!more) break;
            if (!stored.Current.NameEquals(question.Name)) continue;
            answers.Add((question.Name, question.Type.FromStored(question, stored.Current.Value)));
            more = stored.MoveNext();
        }
        return Answers.Of(more ? InAnyOrder(questions, document.RootElement) : answers);
    }

    /// <summary>Where they stand otherwise, or there are others among them: a service's questions have been put in another order, or taken away.</summary>
    static IEnumerable<(string, Answer)> InAnyOrder(IReadOnlyList<Question> questions, JsonElement stored)
    {
        foreach (var question in questions)
            if (stored.TryGetProperty(question.Name, out var value)) yield return (question.Name, question.Type.FromStored(question, value));
    }
}
