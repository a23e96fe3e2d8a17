using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moothall.Definitions;

/// <summary>One of the question's options, by name; an option's label in any of its languages is read as well.</summary>
public sealed class ChoiceType : OneFieldType
{
    public override string Name => "choice";
    public override ValueKind Kind => ValueKind.Choice;

    private protected override string Missing(Question question, Wording words) => words.SelectOne(question);

    private protected override Reading ReadText(Question question, string text, ReadingContext context, Wording words) =>
        Find(question, text) is { } option ? Reading.Of(new ChoiceAnswer(option)) : question.Wrong(words.NotOneOf(question, text));

    /// <summary>The name of the option that a tidy line names or labels, or null.</summary>
    internal static string? Find(Question question, string text)
    {
        foreach (var option in question.Options)
            if (option.Name == text)
                return option.Name;
        return question.Options.FirstOrDefault(o => o.Name.Equals(text, StringComparison.OrdinalIgnoreCase)
            || o.Label.Texts.Values.Any(label => label.Equals(text, StringComparison.OrdinalIgnoreCase)))?.Name;
    }

    /// <summary>An option's label; its name where the question no longer has it.</summary>
    internal static string Label(Question question, string option, string language) =>
        question.Options.FirstOrDefault(o => o.Name == option)?.Label.In(language) ?? option;

    public override JsonNode? ToJson(Question question, Answer answer) => answer is ChoiceAnswer choice ? JsonValue.Create(choice.Option) : null;

    public override Answer FromStored(Question question, JsonElement value) =>
        value.ValueKind == JsonValueKind.Null ? SkippedAnswer.Value : new ChoiceAnswer(value.GetString()!);

    private protected override string Filled(Question question, Answer answer) => ((ChoiceAnswer)answer).Option;

    public override IReadOnlyList<string> Show(Question question, Answer answer, string language) =>
        [answer is ChoiceAnswer choice ? Label(question, choice.Option, language) : Wording.In(language).NotProvided];

    private protected override JsonObject Shape(Question question) =>
        new() { ["type"] = "string", ["enum"] = new JsonArray([.. question.Options.Select(o => JsonValue.Create(o.Name))]) };
}
