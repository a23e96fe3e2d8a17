using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moothall.Definitions;

/// <summary>
/// Files already in the store, by their ids. What kind a file is was found in its bytes; the type only checks that the file is
/// known, of a kind the question takes, and that there are not too many.
/// </summary>
public sealed class FileType : QuestionType
{
    public override string Name => "file";
    public override ValueKind Kind => ValueKind.Files;

    public override IReadOnlyList<string> Fields(Question question) => [question.Name];

    public override Reading Read(Question question, IFormFields typed, ReadingContext context) =>
        ReadIds(question, typed.Values(question.Name), context);

    public override Reading ReadJson(Question question, JsonElement value, ReadingContext context)
    {
        if (value.ValueKind != JsonValueKind.Array)
            return TypedJson.Text(value) is { } one ? ReadIds(question, [one], context) : question.Wrong(Wording.In(context.Language).SelectFile(question));
        var several = new List<string>();
        foreach (var item in value.EnumerateArray())
        {
            if (TypedJson.Text(item) is not { } text)
                return question.Wrong(Wording.In(context.Language).SelectFile(question));
            several.Add(text);
        }
        return ReadIds(question, several, context);
    }

    static Reading ReadIds(Question question, IReadOnlyList<string> typed, ReadingContext context)
    {
        var words = Wording.In(context.Language);
        var ids = typed.Select(Tidy.Line).Where(id => id.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (ids.Count == 0)
            return question.NotGiven(words.SelectFile(question));
        if (ids.Count > question.MostFiles)
            return question.Wrong(words.TooManyFiles(question));
        var files = ids.Select(context.File).ToList();
        if (files.Any(f => f is null))
            return question.Wrong(words.UploadAgain);
        if (question.Accept.Count > 0 && files.Any(f => !question.Accept.Contains(f!.Kind, StringComparer.Ordinal) && !(f.Kind == "csv" && question.Accept.Contains("txt"))))
            return question.Wrong(words.WrongKind(question));
        if (files.Any(f => f!.Bytes > Question.Bytes(question.MostMegabytes)))
            return question.Wrong(words.FileTooLarge(question));
        return Reading.Of(new FilesAnswer([.. ids]));
    }

    public override JsonNode? ToJson(Question question, Answer answer) =>
        answer is FilesAnswer files ? new JsonArray([.. files.Files.Select(f => JsonValue.Create(f))]) : null;

    public override Answer FromStored(Question question, JsonElement value) => value.ValueKind == JsonValueKind.Null
        ? SkippedAnswer.Value
        : new FilesAnswer([.. value.EnumerateArray().Select(f => f.GetString()!)]);

    public override IReadOnlyDictionary<string, IReadOnlyList<string>> ToFields(Question question, Answer answer) => answer is FilesAnswer files
        ? new Dictionary<string, IReadOnlyList<string>> { [question.Name] = files.Files }
        : AnswerFields.None;

    public override IReadOnlyList<string> Show(Question question, Answer answer, string language) =>
        [answer is FilesAnswer files ? Wording.In(language).Files(files.Files.Length) : Wording.In(language).NotProvided];

    public override JsonObject Schema(Question question, string language) => question.Titled(language, new JsonObject
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "string" },
            new JsonObject
            {
                ["type"] = "array",
                ["items"] = new JsonObject { ["type"] = "string" },
                ["minItems"] = question.Optional ? 0 : 1,
                ["maxItems"] = question.MostFiles,
            }),
    });
}
