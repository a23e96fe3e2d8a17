using System.Globalization;
using System.Text.Json.Nodes;

namespace Moothall.Definitions;

/// <summary>What may stand after a key: in words for the reference, and as JSON Schema for editors. The schema never refuses what the reader takes.</summary>
sealed record KeyValue(string Words, Func<JsonObject> Schema)
{
    const string APeriod = "((working|clock) +)?hours?|((working|calendar) +)?days?|weeks?|months?|years?";

    /// <summary>The block whose keys stand below.</summary>
    public FileBlock? Block { get; private init; }

    /// <summary>Blocks of which each named thing below is one.</summary>
    public IReadOnlyList<FileBlock> Each { get; private init; } = [];

    /// <summary>Any text: a scalar of YAML, whatever it looks like.</summary>
    public static KeyValue Text { get; } = new("text", () => Shared("text"));
    public static KeyValue Texts { get; } = new("a list of texts", () => ListOf(Shared("text")));
    public static KeyValue Prose { get; } = new("prose", () => Shared("prose"));
    public static KeyValue Proses { get; } = new("a list of prose", () => new() { ["type"] = "array", ["items"] = Shared("prose") });
    public static KeyValue Sentence { get; } = new("a sentence", () => Shared("sentence"));
    public static KeyValue Name { get; } = new("a name", () => Shared("name"));
    public static KeyValue Names { get; } = new("a list of names", () => ListOf(Pattern("^[^ ]+$", "a name, without spaces")));
    public static KeyValue NameMap { get; } = new("names, each with a name", () => Things(Shared("name")));
    public static KeyValue YesNo { get; } = OneOf("yes", "no");
    public static KeyValue Period { get; } = new("a period", () => Shared("period"));
    public static KeyValue PeriodBefore { get; } = Like("a period and `before`", $"^ *[0-9]+ +({AnyCase(APeriod)}) +before$");
    public static KeyValue PeriodAfter { get; } = Like("a period and `after closed` or `after received`", $"^ *[0-9]+ +({AnyCase(APeriod)}) +after (closed|received)$");
    public static KeyValue Pounds { get; } = Like("an amount of pounds", @"^£*[+-]?[0-9,]*\.?[0-9]*$");
    public static KeyValue Rate { get; } = Like("a rate in per cent", @"^[+-]?[0-9]*\.?[0-9]* *%$");

    /// <summary>A time to keep: a period, or one for each value of a decision or a choice.</summary>
    public static KeyValue Time { get; } = new("a period, or one for each value", () => new()
    {
        ["type"] = Types("string", "object"), ["pattern"] = PeriodPattern, ["patternErrorMessage"] = PeriodExample, ["required"] = Array("by"),
        ["properties"] = new JsonObject { ["by"] = Shared("name") }, ["additionalProperties"] = Shared("period"),
    });

    /// <summary>What a charge comes to: one amount, or a row for each with its sentence.</summary>
    public static KeyValue Amount { get; } = new("an amount, or amounts each with a sentence", () => new()
    {
        ["type"] = Types("string", "number", "object"), ["minLength"] = 1, ["additionalProperties"] = Shared("sentence"),
    });

    public static KeyValue Prosy { get; } = new("names, each with prose", () => Things(Shared("prose")));

    public static KeyValue Whole(int least = 1, int? most = null) => new(
        most is null ? $"a whole number, {Figure(least)} or more" : $"a whole number from {Figure(least)} to {Figure(most.Value)}",
        () =>
        {
            var schema = new JsonObject { ["type"] = Types("integer", "string"), ["pattern"] = "^[0-9]+$", ["patternErrorMessage"] = "This must be a whole number.", ["minimum"] = least };
            if (most is { } limit) schema["maximum"] = limit;
            return schema;
        });

    public static KeyValue OneOf(params IReadOnlyList<string> words) => new(Or(words), () => new() { ["enum"] = Array(words) });

    public static KeyValue SomeOf(params IReadOnlyList<string> words) => new($"a list of {Or(words)}", () => ListOf(new() { ["enum"] = Array(words) }));

    /// <summary>Text of a form.</summary>
    public static KeyValue Like(string words, string pattern) => new(words, () => Pattern(pattern, words));

    /// <summary>Keys of its own, on the lines below.</summary>
    public static KeyValue Of(FileBlock block) => new("keys of its own", () => Shared(block.Name)) { Block = block };

    /// <summary>Named things, each of which is one of these blocks.</summary>
    public static KeyValue EachOf(string words, params IReadOnlyList<FileBlock> blocks) =>
        new(words, () => Things(blocks is [var one] ? Shared(one.Name) : new() { ["anyOf"] = new JsonArray([.. blocks.Select(b => Shared(b.Name))]) })) { Each = blocks };

    /// <summary>Named things, each of which is prose, or keys of its own.</summary>
    public static KeyValue ProseOr(FileBlock block) => new("names, each with prose or keys of its own", () => Things(new()
    {
        ["if"] = new JsonObject { ["type"] = "object", ["not"] = new JsonObject { ["required"] = Array("en") } }, ["then"] = Shared(block.Name), ["else"] = Shared("prose"),
    })) { Each = [block] };

    /// <summary>Named things, each of which is the first block where it has its first key, and else the second.</summary>
    public static KeyValue EachOfTwo(string words, FileBlock first, FileBlock second) => new(words, () => Things(new()
    {
        ["if"] = new JsonObject { ["required"] = Array(first.Names[0]) }, ["then"] = Shared(first.Name), ["else"] = Shared(second.Name),
    })) { Each = [first, second] };

    /// <summary>A sentence, or keys of its own.</summary>
    public static KeyValue SentenceOr(FileBlock block) => new("a sentence, or keys of its own", () => new()
    {
        ["if"] = new JsonObject { ["type"] = "object" }, ["then"] = Shared(block.Name), ["else"] = Shared("sentence"),
    }) { Each = [block] };

    /// <summary>What many keys take, under the names that schemas share.</summary>
    public static IReadOnlyDictionary<string, Func<JsonObject>> SharedSchemas { get; } = new Dictionary<string, Func<JsonObject>>
    {
        ["text"] = () => new() { ["type"] = Scalar },
        ["name"] = () => new() { ["type"] = "string", ["pattern"] = NamePattern, ["patternErrorMessage"] = "A name is lower-case letters and figures with hyphens, and begins with a letter.", ["maxLength"] = 60 },
        ["prose"] = () => new()
        {
            ["type"] = Types("string", "number", "boolean", "object"), ["minLength"] = 1, ["required"] = Array("en"),
            ["properties"] = new JsonObject { ["en"] = English("The words in English."), ["cy"] = English("The words in Welsh.") },
            ["propertyNames"] = new JsonObject { ["pattern"] = "^[a-z]{2}$", ["patternErrorMessage"] = "Here stand languages, each with two letters, like `cy`." }, ["additionalProperties"] = Shared("text"),
        },
        ["sentence"] = () => new() { ["type"] = Scalar, ["minLength"] = 1, ["maxLength"] = 4000 },
        ["period"] = () => Pattern(PeriodPattern, "a time that can be counted"),
    };

    /// <summary>What a name looks like.</summary>
    public const string NamePattern = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$";

    static string PeriodPattern => $"^ *[0-9]+ +({AnyCase(APeriod)}) *$";

    const string PeriodExample = "Write a time that can be counted, for example 2 hours, 10 working days, 3 weeks or 6 years.";

    static JsonArray Scalar => Types("string", "number", "boolean");

    public static JsonObject Shared(string name) => new() { ["$ref"] = $"#/$defs/{name}" };

    public static JsonArray Array(params IEnumerable<string> words) => [.. words.Select(w => (JsonNode)w)];

    /// <summary>Things under names, each with the same shape.</summary>
    public static JsonObject Things(JsonObject each) => new()
    {
        ["type"] = "object", ["propertyNames"] = Shared("name"), ["additionalProperties"] = each,
    };

    static JsonObject English(string says) => new() { ["$ref"] = "#/$defs/text", ["description"] = says };

    static JsonObject ListOf(JsonObject each) => new() { ["type"] = "array", ["items"] = each, ["uniqueItems"] = true };

    static JsonObject Pattern(string pattern, string words) => new() { ["type"] = Scalar, ["pattern"] = pattern, ["patternErrorMessage"] = $"This must be {words}." };

    static JsonArray Types(params IEnumerable<string> names) => Array(names);

    /// <summary>The words of a pattern in capitals too, as the reader takes them.</summary>
    static string AnyCase(string pattern) => string.Concat(pattern.Select(c => char.IsAsciiLetterLower(c) ? $"[{char.ToUpperInvariant(c)}{c}]" : c.ToString()));

    static string Or(IReadOnlyList<string> words) => words.Count == 1 ? $"`{words[0]}`" : $"{string.Join(", ", words.SkipLast(1).Select(w => $"`{w}`"))} or `{words[^1]}`";

    static string Figure(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
