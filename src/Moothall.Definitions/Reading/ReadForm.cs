namespace Moothall.Definitions;

/// <summary>What `ask` holds: the questions in order, and the headings between them.</summary>
sealed record AskedForm(IReadOnlyList<Question> Questions, IReadOnlyList<AskSection> Sections, IReadOnlyList<AskPage> Pages);

/// <summary>
/// Reads `ask`: one flat list of questions with headings between them. A section lasts until the next; a page says in its `ask` which questions that follow
/// stand on it. What a heading's `when` says, it says of everything that belongs to it.
/// </summary>
sealed class ReadForm
{
    static readonly string[] SectionKeys = ["section", "when"];
    static readonly string[] PageKeys = ["page", "text", "details", "ask", "when"];
    static readonly string[] DetailKeys = ["title", "text"];

    readonly IReadOnlyList<YamlEntry> entries;
    readonly SentenceReader sentences;
    readonly List<Finding> findings;
    readonly List<Question> questions = [];
    readonly List<AskSection> sections = [];
    readonly List<AskPage> pages = [];
    AskSection? section;
    Sentence? sectionWhen;
    AskPage? page;
    Sentence? pageWhen;
    /// <summary>Names that the page above still waits for.</summary>
    readonly Queue<string> waiting = new();

    ReadForm(IReadOnlyList<YamlEntry> entries, SentenceReader sentences, List<Finding> findings) => (this.entries, this.sentences, this.findings) = (entries, sentences, findings);

    /// <summary>The form of a service.</summary>
    public static AskedForm Form(YamlMap map, SentenceReader sentences, List<Finding> findings)
    {
        var entries = map.Things("question", [.. ReadAsk.Keys, .. SectionKeys, .. PageKeys], findings);
        if (map.Entries.Count == 0) findings.Add(new(map.Owner, Severity.Error, $"{map.Label} has no questions; write at least one"));
        var form = new ReadForm(entries, sentences, findings);
        for (var i = 0; i < entries.Count; i++) form.Read(entries[i], i);
        form.End();
        var sections = form.sections.Select(form.WithWhatItLooksAt).ToDictionary(s => s.Name, StringComparer.Ordinal);
        AskSection? Of(AskSection? section) => section is null ? null : sections[section.Name];
        var pages = form.pages.Select(p => p with { Section = Of(p.Section) }).ToDictionary(p => p.Name, StringComparer.Ordinal);
        return new([.. form.questions.Select(q => q with { Section = Of(q.Section), Page = q.Page is { } page ? pages[page.Name] : null })], [.. sections.Values], [.. pages.Values]);
    }

    void Read(YamlEntry entry, int number)
    {
        var map = entry.Value as YamlMap;
        var isHeading = map is not null && !map.Has("question") && !map.Has("type");
        if (isHeading && map!.Has("section")) Section(entry, map, number);
        else if (isHeading && map!.Has("page")) Page(entry, map, number);
        else Question(entry, number);
    }

    Sentence? When(YamlText text, int number) => sentences.Read(text, "`when`", questions, [], findings, [.. entries.Skip(number).Where(e => !IsHeading(e)).Select(e => e.Key)]);

    static bool IsHeading(YamlEntry entry) => entry.Value is YamlMap map && !map.Has("question") && !map.Has("type") && (map.Has("section") || map.Has("page"));

    void Question(YamlEntry entry, int number)
    {
        if (waiting.Count > 0 && waiting.Peek() != entry.Key)
        {
            findings.Add(new(entry.Place, Severity.Error, $"the page `{page!.Name}` asks `{waiting.Peek()}` next, but `{entry.Key}` stands here; put the questions of a page directly below it, in the order of its `ask`"));
            Close();
        }
        var on = waiting.Count > 0 ? page : null;
        var read = ReadAsk.One(entry, text => When(text, number), findings);
        if (waiting.Count > 0) waiting.Dequeue();
        if (read is not null)
        {
            if (on is not null && read.When?.Names.FirstOrDefault(on.Ask.Contains) is { } beside)
                findings.Add(new(read.When.Place, Severity.Error, $"`{entry.Key}` looks at `{beside}`, which stands on the same page; give `{entry.Key}` a page of its own after it"));
            var heading = on is null ? sectionWhen : Both(sectionWhen, pageWhen);
            questions.Add(read with { Section = section, Page = on, When = Both(heading, read.When) });
        }
        if (waiting.Count == 0) (page, pageWhen) = (null, null);
    }

    void Section(YamlEntry entry, YamlMap map, int number)
    {
        Finish(entry);
        map.Only(findings, SectionKeys);
        if (sections.Count == 0 && (questions.Count > 0 || pages.Count > 0))
            findings.Add(new(entry.Place, Severity.Error, $"what stands above `{entry.Key}` belongs to no section; write a section before it too, as the first of `ask`"));
        sectionWhen = map.TextOf("when", findings) is { } text ? When(text, number) : null;
        section = new(entry.Key, map.ProseOf("section", findings) ?? Names.Label(entry.Key, entry.Place), entry.Place);
        sections.Add(section);
    }

    void Page(YamlEntry entry, YamlMap map, int number)
    {
        Unfinished(entry);
        map.Only(findings, PageKeys);
        var when = map.TextOf("when", findings) is { } text ? When(text, number) : null;
        var asked = map.TextsOf("ask", findings);
        foreach (var unknown in asked.Where(a => entries.All(e => e.Key != a.Text)))
            findings.Add(new(unknown.Place, Severity.Error, $"no question is called `{YamlText.Shorten(unknown.Text)}`{DidYouMean.Ending(unknown.Text, [.. entries.Where(e => !IsHeading(e)).Select(e => e.Key)])}"));
        var known = asked.Where(a => entries.Any(e => e.Key == a.Text)).ToList();
        if (map.Has("ask") && asked.Count == 0 && map.Find("ask")!.Value is YamlList)
            findings.Add(new(map.Find("ask")!.Place, Severity.Error, $"the page `{entry.Key}` asks nothing; name questions in its `ask`, or take `ask` out where it is only read"));
        if (asked.Count == 0) map.Need("text", "text: You need your last accounts.", findings);
        var read = new AskPage(entry.Key, map.ProseOf("page", findings) ?? Names.Label(entry.Key, entry.Place), entry.Place)
        {
            Text = map.ProseOf("text", findings), Details = Details(map), Ask = [.. known.Select(a => a.Text)], At = questions.Count, Section = section,
            When = asked.Count == 0 ? Both(sectionWhen, when) : null,
        };
        pages.Add(read);
        if (read.IsOnlyRead) return;
        (page, pageWhen) = (read, when);
        foreach (var name in read.Ask) waiting.Enqueue(name);
    }

    List<PageDetail> Details(YamlMap map)
    {
        var details = new List<PageDetail>();
        foreach (var entry in map.MapOf("details", findings)?.Things("detail", DetailKeys, findings) ?? [])
        {
            if (entry.Value is not YamlMap detail)
            {
                findings.Add(new(entry.Place, Severity.Error, $"the detail `{entry.Key}` needs `title:` and `text:` on lines of their own below it"));
                continue;
            }
            detail.Only(findings, DetailKeys);
            detail.Need("title", "title: Why we ask", findings).Need("text", "text: We use this only to write to you.", findings);
            if (detail.ProseOf("title", findings) is { } title && detail.ProseOf("text", findings) is { } text) details.Add(new(entry.Key, title, text, entry.Place));
        }
        return details;
    }

    /// <summary>A page that waits for more when another heading comes, or the end.</summary>
    void Unfinished(YamlEntry? before)
    {
        if (waiting.Count > 0)
            findings.Add(new(before?.Place ?? page!.Place, Severity.Error, $"the page `{page!.Name}` asks `{waiting.Peek()}` next{(before is null ? "" : $", but `{before.Key}` stands here")}; put the questions of a page directly below it, in the order of its `ask`"));
        Close();
    }

    void Close()
    {
        waiting.Clear();
        (page, pageWhen) = (null, null);
    }

    /// <summary>The end of a section, or of the form: nothing waits, and something was asked.</summary>
    void Finish(YamlEntry? before)
    {
        Unfinished(before);
        foreach (var read in pages.Where(p => p.IsOnlyRead && p.At == questions.Count && p.Section == section))
            findings.Add(new(read.Place, Severity.Error, $"no question follows the page `{read.Name}`{(section is null ? "" : " in its section")}; a page that is only read stands before the question it is about"));
        if (section is not null && questions.All(q => q.Section != section) && findings.TrueForAll(f => f.Severity != Severity.Error))
            findings.Add(new(section.Place, Severity.Error, $"the section `{section.Name}` asks nothing; put questions below it, or take it out"));
    }

    void End() => Finish(null);

    AskSection WithWhatItLooksAt(AskSection of)
    {
        var names = questions.Where(q => q.Section == of).Select(q => q.When).Concat(pages.Where(p => p.Section == of).Select(p => p.When)).OfType<Sentence>().SelectMany(s => s.Names).ToHashSet(StringComparer.Ordinal);
        return of with { After = [.. questions.Where(q => names.Contains(q.Name) && q.Section is not null && q.Section != of).Select(q => q.Section!.Name).Distinct()] };
    }

    static Sentence? Both(Sentence? heading, Sentence? own) => heading is null ? own : own is null ? heading : Sentence.Both(heading, own);
}
