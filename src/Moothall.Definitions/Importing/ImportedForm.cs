namespace Moothall.Definitions.Importing;

/// <summary>
/// A form as every builder of forms has it, whatever its file looks like: pages in an order, what stands on them, and when one goes to which. The readers of the formats
/// make it; <see cref="DefinitionWriter"/> writes it as a service.
/// </summary>
sealed class ImportedForm
{
    public required string Title { get; set; }
    /// <summary>What the whole is called of which this form is a part, where the file says it.</summary>
    public string? PartOf { get; set; }
    public string? WelshTitle { get; set; }
    public string? WelshPartOf { get; set; }
    /// <summary>Whether its words are Welsh alone, so that it is the twin of an English form.</summary>
    public bool IsWelsh { get; set; }
    /// <summary>Whether its words are in Welsh too, in a file of their own.</summary>
    public bool HasWelshTwin { get; set; }
    /// <summary>What is shown after sending.</summary>
    public Said? Afterwards { get; set; }
    public List<ImportedPage> Pages { get; } = [];
    /// <summary>The page that people begin at, by its number.</summary>
    public int Start { get; set; }
    /// <summary>What the language has no words for, each with its place: it is told, and the import is partly done.</summary>
    public List<Message> NotExpressed { get; } = [];
    /// <summary>What every service here does in its own way (banners, widths, messages of faults): it stands as a comment in the file.</summary>
    public List<string> DoneOtherwise { get; } = [];

    public void Lacks(Message what)
    {
        if (!NotExpressed.Any(told => told.ToString() == what.ToString())) NotExpressed.Add(what);
    }

    public void Otherwise(string what)
    {
        if (!DoneOtherwise.Contains(what)) DoneOtherwise.Add(what);
    }

    public IEnumerable<ImportedQuestion> Questions => Pages.SelectMany(p => p.Questions);
}

/// <summary>Words in English, and in Welsh where a twin says them.</summary>
sealed record Said(string English)
{
    public string? Welsh { get; init; }
    public bool IsSame(Said? other) => other is not null && English == other.English && (Welsh is null || other.Welsh is null || Welsh == other.Welsh);
    public static Said? Of(string? text) => string.IsNullOrWhiteSpace(text) ? null : new(text.Trim());
}

/// <summary>What a page is for.</summary>
enum PageKind { Asks, Exit, End }

/// <summary>A page of the form, with its ways on.</summary>
sealed class ImportedPage
{
    /// <summary>What the file calls it (its path or id), for messages.</summary>
    public required string Key { get; init; }
    public required int Line { get; init; }
    public Said? Title { get; set; }
    public PageKind Kind { get; set; }
    /// <summary>The title of its section; null where it has none that people see.</summary>
    public Said? Section { get; set; }
    public string? SectionKey { get; set; }
    public List<Said> Text { get; } = [];
    public List<(Said Title, Said Text)> Details { get; } = [];
    public List<ImportedQuestion> Questions { get; } = [];
    /// <summary>The ways on, the first that holds is taken; a way without a condition is taken when no other holds.</summary>
    public List<(FormCondition? When, int To)> Next { get; } = [];
    /// <summary>Shown only when this holds, apart from the way there.</summary>
    public FormCondition? When { get; set; }
    /// <summary>For messages: `“Your name” (/your-name)`.</summary>
    public string Called => Title is null ? Key : $"“{Shorten(Title.English)}”";

    public static string Shorten(string text) => text.Length <= 60 ? text : text[..57] + "...";
}

/// <summary>A question as it is asked, with the keys that the language has for its type.</summary>
sealed class ImportedQuestion
{
    /// <summary>What conditions of the file call it.</summary>
    public required string Key { get; init; }
    public required string Type { get; set; }
    public required Said Text { get; set; }
    public required int Line { get; init; }
    public Said? Hint { get; set; }
    public Said? Short { get; set; }
    public bool Optional { get; set; }
    public List<ImportedOption> Options { get; } = [];
    public List<string> Accept { get; } = [];
    public int? MostFiles { get; set; }
    public int? MostMegabytes { get; set; }
    public int? MaxLength { get; set; }
    public int? MaxWords { get; set; }
    public string? LooksLike { get; set; }
    public string? AtLeast { get; set; }
    public string? AtMost { get; set; }
    public bool Whole { get; set; }
    /// <summary>The questions of each row, of a group.</summary>
    public List<ImportedQuestion> Inside { get; } = [];
    public Said? One { get; set; }
    /// <summary>Its name in the definition, once it has one.</summary>
    public string Name { get; set; } = "";
    public bool IsGroup => Inside.Count > 0;
}

/// <summary>An answer to choose, with the value that conditions compare.</summary>
sealed class ImportedOption
{
    public required string Value { get; init; }
    public required Said Label { get; set; }
    public Said? Hint { get; set; }
    /// <summary>Whoever chooses it chooses nothing else.</summary>
    public bool Alone { get; set; }
    public string Name { get; set; } = "";
}
