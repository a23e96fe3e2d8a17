using System.Globalization;

namespace Moothall.Definitions.Importing;

/// <summary>The questions of XGov's and DEFRA's components, which share their types and most of their options.</summary>
static partial class XGovComponents
{
    /// <summary>The question of a component, or two where it asks for a date and a time; none where the language has no such question, which is told.</summary>
    public static IReadOnlyList<ImportedQuestion> Read(FormNode component, IReadOnlyDictionary<string, FormNode> lists, ImportedForm form, string page, bool inRow = false)
    {
        var type = component["type"].Text ?? "";
        var key = component["name"].Text ?? component["id"].Text ?? $"line {component.Line}";
        var options = component["options"];
        var schema = component["schema"];
        var title = PlainWords.Line(Words.WithoutAnswers(component["title"].Text, form, component.Line)) ?? Names.InWords(key);
        var question = new ImportedQuestion { Key = key, Type = "", Text = new(title), Line = component.Line, Optional = options["required"].Is(false), Short = Said.Of(PlainWords.Line(component["shortDescription"].Text)) };
        if (question.Short?.English == title) question.Short = null;
        var called = new Message("“{question}” (line {line})", ("question", ImportedPage.Shorten(title)), ("line", component.Line));
        switch (type)
        {
            case "TextField": Texts(question, "text", options, schema, form, called); break;
            case "MultilineTextField" or "FreeTextField": Texts(question, "long-text", options, schema, form, called); break;
            case "YesNoField": question.Type = "yes-no"; break;
            case "NumberField": Numbers(question, options, schema, form, called); break;
            case "EmailAddressField": question.Type = "email"; break;
            case "TelephoneNumberField": question.Type = "phone"; break;
            case "WebsiteField": question.Type = "web"; break;
            case "UkAddressField": question.Type = "address"; break;
            case "GeospatialField" or "LatLongField" or "EastingNorthingField" or "OsGridRefField" or "NationalGridFieldNumberField": question.Type = "location"; break;
            case "DatePartsField" or "DateField": Dates(question, "date", options); break;
            case "MonthYearField": Dates(question, "month", options); break;
            case "TimeField": question.Type = "time"; break;
            case "DateTimeField" or "DateTimePartsField":
                Dates(question, "date", options);
                var time = new ImportedQuestion { Key = key + ".time", Type = "time", Text = new($"{title}: time"), Line = component.Line, Optional = question.Optional };
                question.Text = new($"{title}: date");
                return [question, time];
            case "RadiosField" or "SelectField" or "AutocompleteField": Chosen(question, "choice", component, lists, form, called); break;
            case "CheckboxesField": Chosen(question, "choices", component, lists, form, called); break;
            case "FileUploadField" or "ClientSideFileUploadField": Files(question, options, schema, form, called); break;
            case "DeclarationField": question.Type = "declaration"; break;
            case "MultiInputField" when !inRow: Rows(question, component, lists, form, page); break;
            default:
                _ = component.TellWhole();
                form.Lacks(new Message("the component {question} of the type {kind}", ("question", called), ("kind", type.Length > 40 ? type[..40] : type)));
                return [];
        }
        if (question.Type.Length == 0) return [];
        if (options["disableChangingFromSummary"].Is(true)) form.Otherwise("answers that cannot be changed once they are given: every answer can be, until it is sent");
        if (options["customValidationMessage"].Exists || options["customValidationMessages"].Entries.Count > 0) form.Otherwise("words of its own for faults in an answer");
        var hint = component["hint"].Lines;
        // A note of the builder to itself, like "The MultiInputField needed".
        if (hint is not null && BuildersWord().IsMatch(hint))
        {
            form.Otherwise($"the builder's own note “{ImportedPage.Shorten(PlainWords.Line(hint) ?? "")}”");
            hint = null;
        }
        var unit = question.Hint?.English;
        if (inRow) hint = PlainWords.Line(hint);
        question.Hint = Said.Of(hint is null ? unit : unit is null ? hint : $"{unit}. {hint}");
        return [question];
    }

    static void Texts(ImportedQuestion question, string type, FormNode options, FormNode schema, ImportedForm form, Message called)
    {
        question.Type = type;
        var most = schema["max"].Whole ?? schema["length"].Whole;
        question.MaxWords = options["maxWords"].Whole is > 0 and var words ? words : null;
        if (most is > 0) question.MaxLength = Math.Min(most.Value, 100_000);
        // A line for words and not for a name is a long text.
        if (question.MaxWords is not null || type == "text" && question.MaxLength > TextType.Most) question.Type = "long-text";
        if (schema["regex"].Text is { } pattern && !(question.Type == "text" && (question.LooksLike = ExampleOf(pattern)) is not null)) form.Lacks(new Message("the pattern that the answer to {question} must have", ("question", called)));
        if (schema["min"].Whole is > 1 || schema["length"].Whole is > 0) form.Lacks(new Message("the least length of the answer to {question}", ("question", called)));
    }

    /// <summary>An example of what a pattern takes, where it is letters and figures in a fixed order: `^[A-Z]{2}\d{3}$` takes AB123.</summary>
    static string? ExampleOf(string pattern)
    {
        if (!FixedPattern().IsMatch(pattern)) return null;
        var example = new System.Text.StringBuilder();
        var (letter, figure) = (0, 0);
        foreach (System.Text.RegularExpressions.Match piece in PatternPiece().Matches(pattern.Trim('^', '$')))
        {
            var times = piece.Groups["times"].Success ? int.Parse(piece.Groups["times"].Value, CultureInfo.InvariantCulture) : 1;
            for (var i = 0; i < times; i++) example.Append(piece.Groups["figure"].Success ? (char)('0' + ++figure % 10) : piece.Groups["letter"].Success ? (char)('A' + letter++ % 26) : piece.Value[^1]);
            if (example.Length > 40) return null;
        }
        return example.ToString();
    }

    const string Pieces = @"(?<letter>\[(?:A-Za-z|a-zA-Z|A-Z|a-z)\])(?:\{(?<times>[0-9]{1,2})\})?|(?<figure>\\d|\[0-9\])(?:\{(?<times>[0-9]{1,2})\})?|[-/ ]";
    [System.Text.RegularExpressions.GeneratedRegex("^\\^?(?:" + Pieces + ")+\\$?$")]
    private static partial System.Text.RegularExpressions.Regex FixedPattern();
    [System.Text.RegularExpressions.GeneratedRegex(Pieces)]
    private static partial System.Text.RegularExpressions.Regex PatternPiece();

    static void Numbers(ImportedQuestion question, FormNode options, FormNode schema, ImportedForm form, Message called)
    {
        var money = (options["prefix"].Text ?? "").Contains('£', StringComparison.Ordinal);
        question.Type = money ? "money" : "number";
        question.Whole = !money && (schema["integer"].Is(true) || schema["precision"].Whole == 0 && schema["precision"].Exists);
        question.AtLeast = Limit(schema["min"].Number, money);
        question.AtMost = Limit(schema["max"].Number, money);
        var unit = new[] { money ? null : options["prefix"].Text, options["suffix"].Text }.Where(u => u is not null).ToList();
        if (unit.Count > 0) question.Hint = new($"In {string.Join(' ', unit)}");
        if (schema["min"].Text is { } least && question.AtLeast is null || schema["max"].Text is not null && question.AtMost is null) form.Lacks(new Message("a limit of the number {question}", ("question", called)));
    }

    internal static string? Limit(decimal? number, bool money) =>
        number is { } value && Math.Abs(value) < 1_000_000_000_000m ? $"{(value < 0 ? "-" : "")}{(money ? "£" : "")}{Math.Abs(value).ToString("0.############", CultureInfo.InvariantCulture)}" : null;

    static void Dates(ImportedQuestion question, string type, FormNode options)
    {
        question.Type = type;
        question.AtLeast = options["maxDaysInPast"].Whole is { } past ? past == 0 ? "today" : $"today - {past} days" : null;
        question.AtMost = options["maxDaysInFuture"].Whole is { } future ? future == 0 ? "today" : $"today + {future} days" : null;
    }

    static void Chosen(ImportedQuestion question, string type, FormNode component, IReadOnlyDictionary<string, FormNode> lists, ImportedForm form, Message called)
    {
        question.Type = type;
        var name = component["list"].Text ?? component["options"]["list"].Text ?? component["values"]["list"].Text;
        var items = name is not null && lists.TryGetValue(name, out var list) ? list["items"].Items : component["values"]["items"].Items;
        var names = new FormNames();
        foreach (var item in items)
        {
            var label = PlainWords.Line(item["text"].Text) ?? PlainWords.Line(item["label"].Text) ?? item["value"].Text;
            if (label is null) continue;
            if (item["condition"].Text is not null) form.Lacks(new Message("that the answer “{answer}” to {question} is offered only to some", ("answer", ImportedPage.Shorten(label)), ("question", called)));
            question.Options.Add(new() { Value = item["value"].Text ?? label, Label = new(label), Hint = Said.Of(PlainWords.Line(item["description"].Lines ?? item["hint"]["text"].Lines)), Name = names.ForOption(label) });
        }
        if (question.Options.Count == 0)
        {
            form.Lacks(new Message("the answers to {question}, which are not in the file: add them under `options`", ("question", called)));
            question.Type = "text";
        }
        if (component["options"]["behaviour"].Text == "exclusive" && question.Options.Find(o => o.Value == component["options"]["behaviourItemValue"].Text) is { } alone) alone.Alone = type == "choices";
    }

    static readonly Dictionary<string, string> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["image/jpeg"] = "jpeg", ["jpg"] = "jpeg", ["jpeg"] = "jpeg", ["image/jpg"] = "jpeg", ["image/png"] = "png", ["png"] = "png", ["application/pdf"] = "pdf", ["pdf"] = "pdf", ["text/plain"] = "txt", ["txt"] = "txt",
        ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"] = "docx", ["docx"] = "docx", ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] = "xlsx", ["xlsx"] = "xlsx",
        ["application/vndopenxmlformats-officedocument.wordprocessingml.document"] = "docx",
        ["text/csv"] = "csv", ["csv"] = "csv", ["application/vnd.oasis.opendocument.text"] = "odt", ["odt"] = "odt", ["application/vnd.oasis.opendocument.spreadsheet"] = "ods", ["ods"] = "ods",
        ["application/msword"] = "doc", ["doc"] = "doc", ["application/vnd.ms-excel"] = "xls", ["xls"] = "xls",
    };

    static void Files(ImportedQuestion question, FormNode options, FormNode schema, ImportedForm form, Message called)
    {
        question.Type = "file";
        var zone = options["dropzoneConfig"];
        foreach (var kind in (zone["acceptedFiles"].Text ?? options["accept"].Text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Kinds.TryGetValue(kind.TrimStart('.'), out var known) || !ServiceKeys.FileKinds.Contains(known)) form.Lacks(new Message("that {question} takes files of the kind {kind}", ("question", called), ("kind", known ?? kind)));
            else if (!question.Accept.Contains(known)) question.Accept.Add(known);
        }
        var most = zone["maxFiles"].Whole ?? schema["max"].Whole ?? schema["length"].Whole ?? (options["multiple"].Is(true) ? 10 : null);
        if (most > 20) form.Lacks(new Message("that {question} takes {most} files; the most is 20", ("question", called), ("most", most)));
        if (most > 1) question.MostFiles = Math.Min(most.Value, 20);
        if (schema["min"].Whole is > 1 and var least || zone.Exists && options["minimumRequiredFiles"].Whole is > 1 and var also) form.Lacks(new Message("that {question} takes several files at least", ("question", called)));
        if (options["minimumRequiredFiles"].Exists && options["minimumRequiredFiles"].Whole == 0) question.Optional = true;
        if (zone["maxFilesize"].Whole is { } size)
        {
            if (size > Question.LargestFile) form.Lacks(new Message("that a file of {question} may have {size}MB; the most is {limit}MB", ("question", called), ("size", size), ("limit", Question.LargestFile)));
            else if (size > 0 && size != Question.UsualFile) question.MostMegabytes = size;
        }
    }

    [System.Text.RegularExpressions.GeneratedRegex("[a-z][A-Z][a-z]+Field")]
    private static partial System.Text.RegularExpressions.Regex BuildersWord();

    /// <summary>A table of rows that people add: a group.</summary>
    static void Rows(ImportedQuestion question, FormNode component, IReadOnlyDictionary<string, FormNode> lists, ImportedForm form, string page)
    {
        question.Type = "group";
        // The table's own totals; each column says its unit itself.
        component["options"]["prefix"].TellWhole();
        var titles = component["options"]["columnTitles"].Items;
        var children = component["children"].Items.Where(c => c.IsMap).ToList();
        foreach (var (child, number) in children.Select((c, i) => (c, i)))
        {
            foreach (var inside in Read(child, lists, form, page, inRow: true))
            {
                // The last column of the table is for changing and removing.
                if (titles.Count >= children.Count && PlainWords.Line(titles[number].Text) is { } head && head != inside.Text.English && inside.Short is null) inside.Short = new(head);
                question.Inside.Add(inside);
            }
        }
        question.AtMost = component["options"]["maxMultiInputFieldRows"].Whole is { } most and > 0 ? Math.Min(most, 50).ToString(CultureInfo.InvariantCulture) : null;
        if (question.Inside.Count > 0) return;
        question.Type = "";
        form.Lacks(new Message("the rows of “{question}” (line {line}), which ask nothing that can be said", ("question", ImportedPage.Shorten(question.Text.English)), ("line", component.Line)));
    }
}
