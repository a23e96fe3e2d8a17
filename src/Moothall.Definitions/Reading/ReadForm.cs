namespace Moothall.Definitions;

/// <summary>What `ask` holds: the questions in order, and the headings between them.</summary>
sealed record AskedForm(IReadOnlyList<Question> Questions, IReadOnlyList<AskSection> Sections, IReadOnlyList<AskPage> Pages);

/// <summary>
/// Reads `ask`: one flat list of questions with headings between them. A section lasts until the next; a page or a group says in its `ask` which questions that follow
/// belong to it. What a heading's `when` says, it says of everything that belongs to it.
/// </summary>
sealed class ReadForm
{
    static readonly string[] Headings = ["section", "page", "group"];
    /// <summary>Keys that say what stands in `ask`.</summary>
    internal static readonly string[] FirstKeys = ["question", .. Headings];
    /// <summary>Most questions and headings; the longest forms that we have seen have 400.</summary>
    const int MostEntries = 2_000;
    const int MostRows = 50;
    const int Deepest = 2;

    readonly IReadOnlyList<YamlEntry> entries;
    readonly YamlMap map;
    readonly YamlMap? file;
    readonly SentenceReader sentences;
    readonly List<Finding> findings;
    readonly List<Question> questions = [];
    readonly List<AskSection> sections = [];
    readonly List<AskPage> pages = [];
    AskSection? section;
    Sentence? sectionWhen;
    /// <summary>Pages and groups that still wait for what they ask, the innermost last.</summary>
    readonly List<Heading> open = [];

    /// <summary>A page or group whose questions follow.</summary>
    sealed record Heading(YamlEntry Entry, Sentence? When, IReadOnlyList<string> Asks)
    {
        /// <summary>The page; null of a group.</summary>
        public AskPage? Page { get; init; }
        /// <summary>The group without its questions; null of a page.</summary>
        public Question? Group { get; init; }
        public Queue<string> Waiting { get; } = new(Asks);
        public List<Question> Inside { get; } = [];
        public string Name => Entry.Key;
    }

    ReadForm(IReadOnlyList<YamlEntry> entries, YamlMap map, YamlMap? file, SentenceReader sentences, List<Finding> findings) =>
        (this.entries, this.map, this.file, this.sentences, this.findings) = (entries, map, file, sentences, findings);

    /// <summary>The form of a service.</summary>
    /// <param name="file">The whole file, where something of the form may have strayed to.</param>
    public static AskedForm Form(YamlMap map, YamlMap? file, SentenceReader sentences, List<Finding> findings)
    {
        var entries = map.Things(new Message("the name of a question"), [.. ServiceKeys.Question.Names, .. ServiceKeys.Section.Names, .. ServiceKeys.Page.Names, .. ServiceKeys.Group.Names], findings, MostEntries);
        if (map.Entries.Count == 0) findings.Add(new(map.Owner, Severity.Error, new Message("{label} has no questions; write at least one", ("label", map.Label))));
        var form = new ReadForm(entries, map, file, sentences, findings);
        for (var i = 0; i < entries.Count; i++) form.Read(entries[i], i);
        form.EndOfSection(null);
        var sections = form.sections.Select(form.WithWhatItLooksAt).ToDictionary(s => s.Name, StringComparer.Ordinal);
        AskSection? Of(AskSection? section) => section is null ? null : sections[section.Name];
        var pages = form.pages.Select(p => p with { Section = Of(p.Section) }).ToDictionary(p => p.Name, StringComparer.Ordinal);
        return new([.. form.questions.Select(q => q with { Section = Of(q.Section), Page = q.Page is { } page ? pages[page.Name] : null })], [.. sections.Values], [.. pages.Values]);
    }

    static string? HeadingOf(YamlEntry entry) =>
        entry.Value is YamlMap map && !map.Has("question") && !map.Has("type") ? Headings.FirstOrDefault(map.Has) : null;

    void Read(YamlEntry entry, int number)
    {
        if (entry.Value is YamlMap map && map.Find("use") is { } use)
        {
            findings.Add(new(use.Place, Severity.Error, new Message("`use` stands alone below its name, as `use: contact-details`, and names a fragment that is there; what else stands below `{key}` belongs into the fragment", ("key", entry.Key))));
            return;
        }
        if (HeadingOf(entry) is null && entry.Value is YamlMap asked && !asked.Has("question") && !asked.Has("type")
            && asked.Entries.FirstOrDefault(e => DidYouMean.IsSlip(e.Key, Headings)) is { } slip)
        {
            findings.Add(new(slip.Place, Severity.Error, new Message("no key called `{name}` here", ("name", slip.Key)).With(DidYouMean.Suggestion(slip.Key, Headings))));
            return;
        }
        switch (HeadingOf(entry))
        {
            case "section": Section(entry, (YamlMap)entry.Value, number); break;
            case "page": Page(entry, (YamlMap)entry.Value, number); break;
            case "group": Group(entry, (YamlMap)entry.Value, number); break;
            default: Question(entry, number); break;
        }
    }

    Sentence? When(YamlMap map, int number) => map.TextOf("when", findings) is { } text ? When(text, number) : null;

    /// <summary>A sentence here: it may look at what was asked before, in the rows around it too.</summary>
    Sentence? When(YamlText text, int number) =>
        sentences.Read(text, "`when`", [.. questions, .. open.SelectMany(h => h.Inside)], [], findings, [.. entries.Skip(number).Where(e => HeadingOf(e) is null or "group").Select(e => e.Key), .. open.Where(h => h.Group is not null).Select(h => h.Name)]);

    /// <summary>Whether the heading above waits for this entry; if it waits for another, that is said, and it waits no more.</summary>
    bool IsAsked(YamlEntry entry)
    {
        if (open is not [.., var heading]) return false;
        if (heading.Waiting.Peek() == entry.Key) return true;
        Missing(heading, entry);
        return false;
    }

    void Missing(Heading heading, YamlEntry? stands)
    {
        var (isPage, name, next) = (heading.Page is not null, ("name", (object?)heading.Name), ("next", (object?)heading.Waiting.Peek()));
        var problem = stands is null
            ? isPage ? new Message("the page `{name}` asks `{next}` next", name, next) : new Message("the group `{name}` asks `{next}` next", name, next)
            : isPage ? new Message("the page `{name}` asks `{next}` next, but `{stands}` stands here", name, next, ("stands", stands.Key))
            : new Message("the group `{name}` asks `{next}` next, but `{stands}` stands here", name, next, ("stands", stands.Key));
        findings.Add(new(stands?.Place ?? heading.Entry.Place, Severity.Error, problem.With(isPage
            ? new Message("put the questions of a page directly below it, in the order of its `ask`") : new Message("put the questions of a group directly below it, in the order of its `ask`"))));
        while (open.Count > 0) Close();
    }

    void Question(YamlEntry entry, int number)
    {
        var heading = IsAsked(entry) ? open[^1] : null;
        var read = ReadAsk.One(entry, text => When(text, number), findings);
        if (read is not null && entry.Value is YamlMap of) read = WithSameAs(read, of, number);
        if (read is not null) NoLookAside(read, heading);
        Add(entry, read is not null && entry.Value is YamlMap map ? WithWords(read, entry, map, heading) : read, heading);
    }

    /// <summary>`same-as: home`: an earlier question of the same type, whose answer one tick takes over. In a group it may stand in the same row.</summary>
    Question WithSameAs(Question read, YamlMap map, int number)
    {
        if (map.TextOf("same-as", findings) is not { } text || !SameAsType.Types.Contains(read.Type.Name)) return read;
        IReadOnlyList<Question> before = [.. questions, .. open.SelectMany(h => h.Inside)];
        var like = before.Where(q => q.Type.Name == read.Type.Name).Select(q => q.Name).ToList();
        var (name, question) = (("name", (object?)YamlText.Shorten(text.Text)), ("question", (object?)read.Name));
        Question Refused(SourcePlace at, Message what)
        {
            // An earlier question that could not be read is not missed as well.
            sentences.Add(new(at, Severity.Error, what));
            return read;
        }
        if (map.Find("optional") is { } optional && read.Optional)
            return Refused(optional.Place, new Message("`{question}` is answered with one tick where it is the same, so it cannot be left empty as well; take `optional` or `same-as` out", question));
        if (map.Find("prefill") is { } prefill)
            return Refused(prefill.Place, new Message("`{question}` is filled in by its tick already; take `prefill` or `same-as` out", question));
        if (before.FirstOrDefault(q => q.Name == text.Text) is { } earlier)
        {
            if (earlier.Type.Name != read.Type.Name)
                return Refused(text.Place, new Message("`{name}` is of type `{type}`, and `{question}` of type `{other}`, so that they cannot be the same", name, ("type", earlier.Type.Name), question, ("other", read.Type.Name)).With(DidYouMean.Ending(text.Text, like)));
            if (read.LookUps.FirstOrDefault(part => earlier.LookUps.GetValueOrDefault(part.Key) != part.Value) is { Key: { } part })
                return Refused(text.Place, new Message("`{question}` looks up its `{part}`, which `{name}` does not; give `{name}` the same `look-up`", question, ("part", part), name));
            return read with { Type = SameAsType.Of(read.Type), SameAs = new SameAs(earlier.Name, earlier.Short ?? earlier.Text) };
        }
        if (questions.GroupAsking(text.Text) is { } group)
            return Refused(text.Place, new Message("`{name}` is asked in the rows of `{group}`, of which there may be several; name a question outside it", name, ("group", group.Name)));
        return Refused(text.Place, entries.Skip(number).Any(e => e.Key == text.Text)
            ? new Message("`{name}` is not asked before `{question}`; name an earlier question of type `{type}`", name, question, ("type", read.Type.Name)).With(like.Count > 0 ? DidYouMean.Ending(text.Text, like) : null)
            : new Message("no question is called `{name}`", name).With(DidYouMean.Ending(text.Text, like)));
    }

    /// <summary>A question with words above it has a page of its own, whose title it is.</summary>
    Question WithWords(Question read, YamlEntry entry, YamlMap map, Heading? heading)
    {
        if ((map.Find("text") ?? map.Find("details")) is not { } words) return read;
        if (heading is not null)
        {
            findings.Add(new(words.Place, Severity.Error, heading.Page is not null
                ? new Message("`{key}` stands above a question that has a page of its own, and `{question}` is on the page `{page}`; write it there", ("key", words.Key), ("question", read.Name), ("page", heading.Name))
                : new Message("`{key}` stands above a question that has a page of its own, and `{question}` is asked in the rows of `{group}`; write a `hint`, or a page that is only read before the group", ("key", words.Key), ("question", read.Name), ("group", heading.Name))));
            return read;
        }
        var page = new AskPage(read.Name, read.Text, entry.Place) { Text = map.ProseOf("text", findings), Details = Details(map), Ask = [read.Name], At = questions.Count, Section = section };
        pages.Add(page);
        return read with { Page = page };
    }

    /// <summary>Nothing on a page can appear after an answer on the same page: it would need script.</summary>
    void NoLookAside(Question read, Heading? heading)
    {
        if (heading?.Page is { } page && page.Ask.FirstOrDefault(read.LooksAt) is { } beside)
            findings.Add(new(read.When?.Names.Contains(beside) == true ? read.When.Place : read.Place, Severity.Error, new Message("`{name}` looks at `{beside}`, which stands on the same page; give `{name}` a page of its own after it", ("name", read.Name), ("beside", beside))));
        if (heading?.Group is not null && read.Near is not null)
            findings.Add(new(read.Place, Severity.Error, new Message("`near` shows what is reported already at one place, and the group `{group}` may have several; take `near` out", ("group", heading.Name))));
        if (heading?.Group is not null && read.Prefill.Count > 0)
            findings.Add(new(read.Place, Severity.Error, new Message("`prefill` fills in one answer, and the group `{group}` may have several; take `prefill` out", ("group", heading.Name))));
    }

    /// <summary>Puts a question where it belongs: into the group around it, or into the list.</summary>
    void Add(YamlEntry entry, Question? read, Heading? heading)
    {
        if (heading?.Group is not null)
        {
            if (read is not null) heading.Inside.Add(read);
        }
        else if (read is not null)
            questions.Add(read with { Section = section, Page = heading?.Page ?? read.Page, When = Both(Both(sectionWhen, heading?.When), read.When) });
        if (heading is null) return;
        heading.Waiting.Dequeue();
        if (heading.Waiting.Count == 0) Close();
    }

    /// <summary>Ends the innermost heading; a group then stands as a question in the heading around it, or in the list.</summary>
    void Close()
    {
        var heading = open[^1];
        open.RemoveAt(open.Count - 1);
        if (heading.Group is not { } group || heading.Inside.Count == 0) return;
        var around = open is [.., var outer] && outer.Waiting.TryPeek(out var next) && next == heading.Name ? outer : null;
        Add(heading.Entry, group with { Inside = [.. heading.Inside] }, around);
    }

    void Section(YamlEntry entry, YamlMap map, int number)
    {
        EndOfSection(entry);
        map.Only(findings, ServiceKeys.Section);
        if (sections.Count == 0 && (questions.Count > 0 || pages.Count > 0))
            findings.Add(new(entry.Place, Severity.Error, new Message("what stands above `{key}` belongs to no section; write a section before it too, as the first of `ask`", ("key", entry.Key))));
        sectionWhen = When(map, number);
        section = new(entry.Key, map.ProseOf("section", findings) ?? Names.Label(entry.Key, entry.Place), entry.Place);
        sections.Add(section);
    }

    void Page(YamlEntry entry, YamlMap map, int number)
    {
        if (open is [.., var heading]) Missing(heading, entry);
        map.Only(findings, ServiceKeys.Page);
        var when = When(map, number);
        var asks = Asks(map, entry);
        if (!map.IsMeant("ask")) map.Need("text", "text: You need your last accounts.", findings);
        var read = new AskPage(entry.Key, map.ProseOf("page", findings) ?? Names.Label(entry.Key, entry.Place), entry.Place)
        {
            Text = map.ProseOf("text", findings), Details = Details(map), Ask = asks, At = questions.Count, Section = section, When = asks.Count == 0 ? Both(sectionWhen, when) : null,
        };
        pages.Add(read);
        foreach (var group in entries.Where(e => asks.Contains(e.Key) && HeadingOf(e) == "group"))
            findings.Add(new(map.Find("ask")!.Place, Severity.Error, new Message("`{group}` is a group and has pages of its own; take it out of `ask`, and let it stand after the page", ("group", group.Key))));
        if (!read.IsOnlyRead) open.Add(new Heading(entry, when, asks) { Page = read });
    }

    void Group(YamlEntry entry, YamlMap map, int number)
    {
        var heading = IsAsked(entry) ? open[^1] : null;
        if (heading?.Page is not null)
        {
            // Its page has said so already.
            Close();
            heading = null;
        }
        Names.CheckForSentences(entry.Key, entry.Place, findings);
        map.Only(findings, ServiceKeys.Group);
        var when = When(map, number);
        var optional = map.YesNoOf("optional", findings) ?? false;
        var least = map.WholeNumberOf("at-least", findings, 0, MostRows);
        var most = map.WholeNumberOf("at-most", findings, 1, MostRows);
        if (least > (most ?? Definitions.Question.UsualMostRows))
            findings.Add(new(map.Find("at-least")!.Place, Severity.Error, most is null
                ? new Message("`at-least` is greater than `at-most`, which is {most} where it is not written, so that no answer would do; change one of them", ("most", Definitions.Question.UsualMostRows))
                : new Message("`at-least` is greater than `at-most`, so that no answer would do; change one of them")));
        if (least == 0)
            findings.Add(new(map.Find("at-least")!.Place, Severity.Error, new Message("a group that may stay empty is `optional: yes`; write that in place of `at-least: 0`")));
        if (open.Count(h => h.Group is not null) >= Deepest)
            findings.Add(new(entry.Place, Severity.Error, new Message("`{key}` is a group in a group in a group; two deep is the most, so ask something simpler here", ("key", entry.Key))));
        var words = map.ProseOf("group", findings);
        var group = words is null ? null : new Question
        {
            Name = entry.Key, Text = words, Hint = map.ProseOf("hint", findings), Short = map.ProseOf("short", findings), One = map.ProseOf("one", findings), Type = GroupType.Instance, When = when,
            Optional = optional, AtLeast = least is { } low ? new Bound(low, null, false, 0) : null, AtMost = most is { } high ? new Bound(high, null, false, 0) : null, Place = entry.Place,
        };
        var asks = Asks(map, entry);
        if (asks.Count > 0 && group is not null) open.Add(new Heading(entry, null, asks) { Group = group });
        else Add(entry, null, heading);
    }

    /// <summary>The names that a heading asks, those left out that stand nowhere.</summary>
    List<string> Asks(YamlMap map, YamlEntry entry)
    {
        var asked = map.NamesOf("ask", findings);
        foreach (var unknown in asked.Where(a => entries.All(e => e.Key != a.Text) && !IsToldElsewhere(a.Text)))
            findings.Add(new(unknown.Place, Severity.Error, new Message("no question is called `{name}`", ("name", YamlText.Shorten(unknown.Text)))
                .With(DidYouMean.Ending(unknown.Text, [.. entries.Where(e => HeadingOf(e) is null or "group").Select(e => e.Key)]))));
        if (map.Find("ask") is { Value: YamlList { Items.Count: 0 } } at)
            findings.Add(new(at.Place, Severity.Error, map.Has("page")
                ? new Message("`{key}` asks nothing; name questions in its `ask`, or take `ask` out where the page is only read", ("key", entry.Key))
                : new Message("`{key}` asks nothing; name questions in its `ask`", ("key", entry.Key))));
        return [.. asked.Select(a => a.Text).Where(a => entries.Any(e => e.Key == a))];
    }

    /// <summary>Whether a question that is missed is there all the same, in a column or under a name that is told of already: missing it would only lead away from that.</summary>
    bool IsToldElsewhere(string name)
    {
        var spoilt = map.Entries.Where(e => !Names.IsName(e.Key) || !Names.IsForSentences(e.Key)).Select(e => e.Key.ToLowerInvariant().Replace('_', '-')).ToList();
        if (spoilt.Exists(s => s == name || s.EndsWith("-" + name, StringComparison.Ordinal) || !Names.IsForSentences(s))) return true;
        return file is not null && file.Entries.Select(e => e.Value).OfType<YamlMap>().Concat(entries.Select(e => e.Value).OfType<YamlMap>()).Prepend(file)
            .Any(m => m != map && m.Find(name)?.Value is YamlMap question && FirstKeys.Any(question.Has));
    }

    List<PageDetail> Details(YamlMap map)
    {
        var details = new List<PageDetail>();
        foreach (var entry in map.MapOf("details", findings)?.Things(new Message("the name of a detail"), ServiceKeys.Detail.Names, findings) ?? [])
        {
            if (entry.Value is not YamlMap detail)
            {
                findings.Add(new(entry.Place, Severity.Error, new Message("the detail `{key}` needs `title:` and `text:` on lines of their own below it", ("key", entry.Key))));
                continue;
            }
            detail.Only(findings, ServiceKeys.Detail);
            if (detail.ProseOf("title", findings) is { } title && detail.ProseOf("text", findings) is { } text) details.Add(new(entry.Key, title, text, entry.Place));
        }
        return details;
    }

    /// <summary>The end of a section, or of the form: nothing waits, and something was asked.</summary>
    void EndOfSection(YamlEntry? before)
    {
        if (open is [.., var heading]) Missing(heading, before);
        foreach (var read in pages.Where(p => p.IsOnlyRead && p.At == questions.Count && p.Section == section))
            findings.Add(new(read.Place, Severity.Error, section is null
                ? new Message("no question follows the page `{page}`; a page that is only read stands before the question it is about", ("page", read.Name))
                : new Message("no question follows the page `{page}` in its section; a page that is only read stands before the question it is about", ("page", read.Name))));
        if (section is not null && questions.All(q => q.Section != section) && findings.TrueForAll(f => f.Severity != Severity.Error))
            findings.Add(new(section.Place, Severity.Error, new Message("the section `{section}` asks nothing; put questions below it, or take it out", ("section", section.Name))));
    }

    AskSection WithWhatItLooksAt(AskSection of)
    {
        var names = questions.Where(q => q.Section == of).SelectMany(QuestionTree.WithThoseInside).Select(q => q.When).Concat(pages.Where(p => p.Section == of).Select(p => p.When))
            .OfType<Sentence>().SelectMany(s => s.Names).ToHashSet(StringComparer.Ordinal);
        return of with { After = [.. questions.Where(q => names.Contains(q.Name) && q.Section is not null && q.Section != of).Select(q => q.Section!.Name).Distinct()] };
    }

    static Sentence? Both(Sentence? heading, Sentence? own) => heading is null ? own : own is null ? heading : Sentence.Both(heading, own);
}
