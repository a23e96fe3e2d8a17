using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;

namespace Moothall.Definitions;

/// <summary>Something wrong with an answer, in the words the page shows and the API returns; it says how to mend it.</summary>
/// <param name="Question">The question's name.</param>
/// <param name="Field">The form field to go to: the question's name, or `name-part` for a part (`born-month`).</param>
/// <param name="Message">A whole sentence in the person's language, without HTML.</param>
public sealed record Fault(string Question, string Field, string Message)
{
    readonly Message? unsaid;

    /// <summary>A fault found where the reader's language is not known yet; until it is, its words are the English ones.</summary>
    public Fault(string question, string field, Message message) : this(question, field, message?.ToString() ?? "") => unsaid = message;

    /// <summary>What is wrong, to be said in any language.</summary>
    public Message Why => unsaid ?? Message;

    /// <summary>The fault in a language. Words that were put together in one already stay as they are.</summary>
    public Fault In(Phrases phrases) => new(Question, Field, Why.In(phrases));

    /// <summary>The same words about the same field are the same fault.</summary>
    public bool Equals(Fault? other) => other is not null && (Question, Field, Message) == (other.Question, other.Field, other.Message);

    public override int GetHashCode() => HashCode.Combine(Question, Field, Message);
}

/// <summary>What reading an answer gave: an answer (SkippedAnswer when an optional question was left empty), or faults.</summary>
public readonly record struct Reading(Answer? Answer, IReadOnlyList<Fault> Faults)
{
    public static Reading Of(Answer answer) => new(answer, []);
    public static Reading Wrong(params IReadOnlyList<Fault> faults) => new(null, faults);
    public bool IsGood => Answer is not null;
}

/// <summary>Fields of a form as typed: the values of a field by its name, empty when it was not sent.</summary>
public interface IFormFields
{
    IReadOnlyList<string> Values(string field);
    /// <summary>The first value of a field, or "" when it was not sent.</summary>
    string Value(string field) => Values(field) is [var first, ..] ? first : "";
}

/// <summary>A file in the store, as a question needs to know it.</summary>
/// <param name="Kind">jpeg, png, pdf ... as found in its bytes, never as claimed.</param>
public sealed record KnownFile(string Id, string Name, string Kind, long Bytes);

/// <summary>What reading needs to know from outside: the day, the language, files already stored, and data to look things up in.</summary>
public sealed record ReadingContext
{
    public required LocalDate Today { get; init; }
    public string Language { get; init; } = "en";
    /// <summary>A stored file by its id, or null when unknown or not this person's.</summary>
    public Func<string, KnownFile?> File { get; init; } = _ => null;
    public ILookUps LookUps { get; init; } = NoLookUps.Value;
}

/// <summary>Data files and registers that answers are looked up in (`look-up: {road: roads}`).</summary>
public interface ILookUps
{
    /// <summary>The value that a table gives for an answer (`motorway`), or null when it knows none.</summary>
    string? Find(string table, Answer answer);
    /// <summary>The values a table can give, or null when there is no such table; for the checker.</summary>
    IReadOnlyList<string>? ValuesOf(string table);
    /// <summary>Words that somebody may write for which a table gives a value: examples, to try; none where it has none.</summary>
    IReadOnlyList<string> WordsFor(string table, string value) => [];
}

/// <summary>No data to look anything up in.</summary>
public sealed class NoLookUps : ILookUps
{
    public static readonly NoLookUps Value = new();
    public string? Find(string table, Answer answer) => null;
    public IReadOnlyList<string>? ValuesOf(string table) => null;
}

/// <summary>What a value is when sentences compare it.</summary>
public enum ValueKind { Text, Number, Money, Date, Month, Time, YesNo, Choice, Choices, Files, Other, Group }

/// <summary>
/// A kind of question. It reads what a person typed (forgivingly), says what is wrong (GOV.UK wording), shows an answer,
/// turns it into JSON and back, describes it as JSON Schema, and says what sentences may compare.
/// One class per type, stateless; all that differs between questions stands in the question.
/// </summary>
public abstract class QuestionType
{
    /// <summary>Its name in files: `yes-no`.</summary>
    public abstract string Name { get; }
    /// <summary>How sentences see the answer.</summary>
    public abstract ValueKind Kind { get; }
    /// <summary>The form fields of a question of this type, first the one a fault links to by default.</summary>
    public abstract IReadOnlyList<string> Fields(Question question);
    /// <summary>Reads a form; an optional question left empty gives SkippedAnswer.</summary>
    public abstract Reading Read(Question question, IFormFields typed, ReadingContext context);
    /// <summary>Reads the API's JSON with the same forgiveness, and faults in the same words.</summary>
    public abstract Reading ReadJson(Question question, JsonElement value, ReadingContext context);
    /// <summary>The answer as stored and as the API gives it; null for SkippedAnswer.</summary>
    public abstract JsonNode? ToJson(Question question, Answer answer);
    /// <summary>The stored form back as an answer, trusting it: it was good when written.</summary>
    public abstract Answer FromStored(Question question, JsonElement value);
    /// <summary>The form fields filled with an answer, to show it again for changing.</summary>
    public abstract IReadOnlyDictionary<string, IReadOnlyList<string>> ToFields(Question question, Answer answer);
    /// <summary>The answer in words, a line each; files show their number (the page shows names).</summary>
    public abstract IReadOnlyList<string> Show(Question question, Answer answer, string language);
    /// <summary>JSON Schema 2020-12 of the API value.</summary>
    public abstract JsonObject Schema(Question question, string language);
    /// <summary>Named parts sentences may use (`where.road`), with their kinds; for look-ups the values come from the table.</summary>
    public virtual IReadOnlyDictionary<string, ValueKind> Parts(Question question) => new Dictionary<string, ValueKind>();
    /// <summary>The value of a part, as text; null when not known.</summary>
    public virtual string? Part(Answer answer, string part) => null;
    /// <summary>Whether the answer usually says who somebody is; the checker wants such questions under `keep.personal`.</summary>
    public virtual bool Personal => false;
}
