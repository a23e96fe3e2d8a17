using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moothall.Definitions;

/// <summary>A type whose form has one field: what was typed there and what JSON holds are read by the same words.</summary>
public abstract class OneFieldType : QuestionType
{
    /// <summary>What to say when nothing was given.</summary>
    private protected abstract string Missing(Question question, Wording words);

    /// <summary>What to say of JSON of the wrong kind.</summary>
    private protected virtual string Unreadable(Question question, Wording words) => Missing(question, words);

    /// <summary>What was typed, cleaned; "" counts as not given.</summary>
    private protected virtual string Cleaned(string typed) => Tidy.Line(typed);

    /// <summary>Reads typed text that is clean and not empty.</summary>
    private protected abstract Reading ReadText(Question question, string text, ReadingContext context, Wording words);

    /// <summary>JSON as the text a person would have typed, or null when it is of a kind that cannot be an answer.</summary>
    private protected virtual string? Typed(JsonElement value) => TypedJson.Text(value);

    /// <summary>The text that the form shows for an answer.</summary>
    private protected abstract string Filled(Question question, Answer answer);

    /// <summary>The type's own part of its JSON Schema, without title and description.</summary>
    private protected abstract JsonObject Shape(Question question);

    public sealed override IReadOnlyList<string> Fields(Question question) => [question.Name];

    public sealed override Reading Read(Question question, IFormFields typed, ReadingContext context) =>
        ReadTyped(question, typed.Value(question.Name), context);

    public sealed override Reading ReadJson(Question question, JsonElement value, ReadingContext context) =>
        Typed(value) is { } typed
            ? ReadTyped(question, typed, context)
            : question.Wrong(Unreadable(question, Wording.In(context.Language)));

    public sealed override IReadOnlyDictionary<string, IReadOnlyList<string>> ToFields(Question question, Answer answer) =>
        answer is SkippedAnswer ? AnswerFields.None : AnswerFields.Of((question.Name, Filled(question, answer)));

    public sealed override JsonObject Schema(Question question, string language) => question.Titled(language, Shape(question));

    Reading ReadTyped(Question question, string typed, ReadingContext context)
    {
        var words = Wording.In(context.Language);
        var text = Cleaned(typed);
        return text.Length == 0 ? question.NotGiven(Missing(question, words)) : ReadText(question, text, context, words);
    }
}
