using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moothall.Definitions;

/// <summary>
/// The same questions for each of several. A file writes it as a heading (`group:`), never as a type. What its rows ask depends on the answers around them, so that they are read
/// with all answers together (<see cref="AnswersReader"/>) or row by row, not here.
/// </summary>
public sealed class GroupType : QuestionType
{
    /// <summary>The one there is.</summary>
    public static readonly GroupType Instance = new();

    GroupType() { }

    public override string Name => "group";
    public override ValueKind Kind => ValueKind.Group;

    /// <summary>The field that says how many rows a form shows.</summary>
    public static string CountField(Question question) => question.Field("rows");

    public override IReadOnlyList<string> Fields(Question question) => [CountField(question)];

    public override Reading Read(Question question, IFormFields typed, ReadingContext context) => throw ReadElsewhere();

    public override Reading ReadJson(Question question, JsonElement value, ReadingContext context) => throw ReadElsewhere();

    static InvalidOperationException ReadElsewhere() => new("The rows of a group are read with the answers around them, by AnswersReader or row by row.");

    public override JsonNode? ToJson(Question question, Answer answer)
    {
        if (answer is not GroupAnswer group) return null;
        var rows = new JsonArray();
        foreach (var row in group.Rows)
        {
            var written = new JsonObject();
            foreach (var inside in question.Inside)
                if (row[inside.Name] is { } given) written[inside.Name] = inside.Type.ToJson(inside, given);
            rows.Add((JsonNode)written);
        }
        return rows;
    }

    public override Answer FromStored(Question question, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null) return SkippedAnswer.Value;
        var rows = ImmutableArray.CreateBuilder<Answers>();
        foreach (var item in value.EnumerateArray())
        {
            var row = Answers.None;
            foreach (var inside in question.Inside)
                if (item.TryGetProperty(inside.Name, out var given)) row = row.With(inside.Name, inside.Type.FromStored(inside, given));
            rows.Add(row);
        }
        return new GroupAnswer(rows.ToImmutable());
    }

    public override IReadOnlyDictionary<string, IReadOnlyList<string>> ToFields(Question question, Answer answer)
    {
        var fields = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (answer is not GroupAnswer group) return fields;
        fields[CountField(question)] = [group.Rows.Length.ToString(CultureInfo.InvariantCulture)];
        for (var number = 1; number <= group.Rows.Length; number++)
            foreach (var inside in question.Inside)
                if (group.Rows[number - 1][inside.Name] is { } given and not SkippedAnswer)
                    foreach (var (field, values) in inside.Type.ToFields(inside.InRow(question, number), given)) fields[field] = values;
        return fields;
    }

    public override IReadOnlyList<string> Show(Question question, Answer answer, string language) => answer is GroupAnswer group
        ? [.. group.Rows.Select(row => ShowRow(question, row, language))] : [Wording.In(language).NotProvided];

    /// <summary>One row in a line: what was answered, with commas between.</summary>
    public static string ShowRow(Question question, Answers row, string language) =>
        string.Join(", ", question.Inside.Where(q => row[q.Name] is not (null or SkippedAnswer)).Select(q => string.Join(", ", q.Type.Show(q, row[q.Name]!, language))));

    public override JsonObject Schema(Question question, string language)
    {
        var row = AnswersSchema.Of(question.Inside, language);
        row.Remove("$schema");
        return question.Titled(language, new JsonObject
        {
            ["type"] = "array",
            ["items"] = row,
            ["minItems"] = question.Optional ? 0 : question.FewestRows,
            ["maxItems"] = question.MostRows,
        });
    }
}
