using System.Text.Json;
using NodaTime;

namespace Moothall.Definitions.Tests;

/// <summary>Questions, forms and JSON for tests of types; the day is 22 November 2026.</summary>
static class Asked
{
    public static readonly LocalDate Today = new(2026, 11, 22);
    public static readonly SourcePlace Here = new("test.yaml", 1, 1);
    public static readonly ReadingContext Context = new() { Today = Today };

    public static Question Of(string type, string text = "What is it?", string name = "q", bool optional = false, string? @short = null) => new()
    {
        Name = name,
        Text = new Prose(text),
        Short = @short is null ? null : new Prose(@short),
        Type = QuestionTypes.Find(type)!,
        Optional = optional,
        Options = type is "choice" or "choices"
            ? [new Option("small", new Prose("Smaller than a dinner plate"), null, Here), new Option("large", new Prose("Bigger than a dinner plate"), null, Here)]
            : [],
        Place = Here,
    };

    /// <summary>Reads text typed into the question's own field.</summary>
    public static Reading Typed(Question question, string text) => question.Type.Read(question, new Form((question.Name, text)), Context);

    public static Reading Typed(Question question, params (string Field, string Value)[] fields) => question.Type.Read(question, new Form(fields), Context);

    public static Reading Json(Question question, string json, ReadingContext? context = null)
    {
        using var document = JsonDocument.Parse(json);
        return question.Type.ReadJson(question, document.RootElement, context ?? Context);
    }

    public static string Message(Reading reading)
    {
        reading.Answer.ShouldBeNull();
        return reading.Faults[0].Message;
    }

    public static T Answer<T>(Reading reading) where T : Answer
    {
        reading.Faults.ShouldBeEmpty();
        return reading.Answer.ShouldBeOfType<T>();
    }

    /// <summary>Through the stored form and back.</summary>
    public static Answer Stored(Question question, Answer answer)
    {
        var json = AnswersJson.Write([question], Answers.None.With(question.Name, answer));
        return AnswersJson.Read([question], json)[question.Name]!;
    }

    /// <summary>Through the form's fields and back.</summary>
    public static Reading Refilled(Question question, Answer answer) =>
        question.Type.Read(question, new Form(question.Type.ToFields(question, answer)), Context);
}

/// <summary>A form as typed.</summary>
sealed class Form : IFormFields
{
    readonly ILookup<string, string> fields;

    public Form(params (string Field, string Value)[] fields) => this.fields = fields.ToLookup(f => f.Field, f => f.Value);

    public Form(IReadOnlyDictionary<string, IReadOnlyList<string>> fields) =>
        this.fields = fields.SelectMany(f => f.Value.Select(v => (f.Key, v))).ToLookup(f => f.Key, f => f.v);

    public IReadOnlyList<string> Values(string field) => [.. fields[field]];
}
