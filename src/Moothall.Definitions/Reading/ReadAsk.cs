namespace Moothall.Definitions;

/// <summary>Reads questions, of residents (`ask`, see <see cref="ReadForm"/>) and of staff (`work.questions`), and the designed ends between them (`exit`).</summary>
static class ReadAsk
{
    /// <summary>Keys that mean something only for some types, with those types.</summary>
    static readonly Dictionary<string, IReadOnlyList<string>> OnlyFor = ServiceKeys.Question.Keys.Where(k => k.Types.Count > 0).ToDictionary(k => k.Name, k => k.Types, StringComparer.Ordinal);

    /// <summary>Keys that only questions of `ask` have.</summary>
    static readonly HashSet<string> OfResidents = ServiceKeys.Question.Keys.Where(k => k.OfResidents).Select(k => k.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>Questions in order, of staff. A `when` may name the questions before it, of the same list and of the lists given.</summary>
    public static IReadOnlyList<Question> Questions(YamlMap map, IReadOnlyList<Question> before, IReadOnlyList<Decision> decisions, SentenceReader sentences, List<Finding> findings)
    {
        var questions = new List<Question>();
        var entries = map.Things(new Message("the name of a question"), ServiceKeys.Question.Names, findings);
        foreach (var (entry, number) in entries.Select((e, i) => (e, i)))
        {
            if (before.Any(q => q.Name == entry.Key))
                findings.Add(new(entry.Place, Severity.Error, new Message("`{key}` is already a question in `ask`; give this one another name, because both stand in the same case", ("key", entry.Key))));
            foreach (var key in (entry.Value as YamlMap)?.Entries.Where(e => OfResidents.Contains(e.Key)) ?? [])
            {
                var why = key.Key is "text" or "details"
                    ? new Message("`{key}` is for the pages of residents, and `{question}` is asked of staff; write a `hint`, or take it out", ("key", key.Key), ("question", entry.Key))
                    : new Message("`{key}` is for questions that residents are asked, and `{question}` is asked of staff; take it out", ("key", key.Key), ("question", entry.Key));
                findings.Add(new(key.Place, Severity.Error, why));
            }
            Sentence? When(YamlText text) => sentences.Read(text, "`when`", [.. before, .. questions], decisions, findings, [.. entries.Skip(number).Select(e => e.Key)]);
            if (One(entry, When, findings) is { } read) questions.Add(read);
        }
        if (questions.Count == 0 && map.Entries.Count == 0) findings.Add(new(map.Owner, Severity.Error, new Message("{label} has no questions; write at least one", ("label", map.Label))));
        return questions;
    }

    /// <summary>One question under its name, or null with what is wrong.</summary>
    public static Question? One(YamlEntry entry, Func<YamlText, Sentence?> readWhen, List<Finding> findings)
    {
        Names.CheckForSentences(entry.Key, entry.Place, findings);
        if (entry.Value is YamlMap question) return Question(entry, question, readWhen, findings);
        findings.Add(new(entry.Place, Severity.Error, new Message("the question `{key}` needs `question:` and `type:` on lines of their own below it, each two spaces further in", ("key", entry.Key))));
        return null;
    }

    static Question? Question(YamlEntry entry, YamlMap map, Func<YamlText, Sentence?> readWhen, List<Finding> findings)
    {
        map.Only(findings, ServiceKeys.Question);
        var words = map.ProseOf("question", findings);
        var type = Type(map, findings);
        var when = map.TextOf("when", findings) is { } sentence ? readWhen(sentence) : null;
        if (type is not null) RefuseOtherTypes(map, type.Name, findings);
        var options = Options(map, type, findings);
        var accept = map.NamesOf("accept", findings);
        foreach (var kind in accept.Where(k => !ServiceKeys.FileKinds.Contains(k.Text)))
            findings.Add(new(kind.Place, Severity.Error, new Message("no kind of file is called `{name}`", ("name", YamlText.Shorten(kind.Text))).With(Kind(kind.Text))));
        var atLeast = Bounds.Read(map, "at-least", type, findings);
        var atMost = Bounds.Read(map, "at-most", type, findings);
        Bounds.CheckOrder(map, atLeast, atMost, findings);
        var hint = map.ProseOf("hint", findings);
        var shortName = map.ProseOf("short", findings);
        var optional = map.YesNoOf("optional", findings) ?? false;
        var whole = map.YesNoOf("whole", findings) ?? false;
        var mostFiles = map.WholeNumberOf("most-files", findings, 1, 20) ?? 1;
        var mostSize = MostSize(map, findings);
        var maxLength = map.WholeNumberOf("max-length", findings, 1, 100_000);
        var maxWords = map.WholeNumberOf("max-words", findings, 1, 10_000);
        var tables = LookUps(map, findings);
        var near = Near(map, findings);
        if (words is null || type is null) return null;
        return new()
        {
            Name = entry.Key, Text = words, Hint = hint, Short = shortName, Type = type, When = when, Optional = optional, Options = options,
            Accept = [.. accept.Select(k => k.Text)], MostFiles = mostFiles, MostSize = mostSize, MaxLength = maxLength, MaxWords = maxWords, LooksLike = LooksLike(map, findings), AtLeast = atLeast, AtMost = atMost,
            Whole = whole, LookUps = tables, Near = near, Prefill = Prefill(map, type, findings), Place = entry.Place,
        };
    }

    /// <summary>What to write for a kind of file that has another name here: `.pdf`, `application/pdf`, `word`.</summary>
    static Message? Kind(string text) => text[(text.LastIndexOf('/') + 1)..].TrimStart('.').ToLowerInvariant() switch
    {
        "jpg" => new Message("write `jpeg`"),
        "heic" => new Message("photos from phones come as `jpeg`, because the place in a HEIC photo cannot be taken out of it"),
        "word" => new Message("write `docx`, and `doc` for older programs"),
        "excel" => new Message("write `xlsx`, and `xls` for older programs"),
        "image" or "images" or "photo" or "photos" or "picture" => new Message("write `jpeg, png`"),
        var bare => DidYouMean.Ending(bare, ServiceKeys.FileKinds),
    };

    /// <summary>`most-size: 5MB`, in whole megabytes, as sizes are told to people.</summary>
    static int? MostSize(YamlMap map, List<Finding> findings)
    {
        if (map.TextOf("most-size", findings) is not { } text) return null;
        if (text.Text.EndsWith("MB", StringComparison.Ordinal) && int.TryParse(text.Text[..^2], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var megabytes) && megabytes is >= 1 and <= Definitions.Question.LargestFile)
            return megabytes;
        findings.Add(new(text.Place, Severity.Error, new Message("`most-size` is the size of the largest file, from 1MB to {most}MB, like `5MB`, but {shape} stands here", ("most", Definitions.Question.LargestFile), ("shape", text.Shape))));
        return null;
    }

    /// <summary>`looks-like: AB 12 34 56 C`: an example that stands for its like.</summary>
    static string? LooksLike(YamlMap map, List<Finding> findings)
    {
        if (map.TextOf("looks-like", findings) is not { } text) return null;
        if (text.Text.Length <= 40 && text.Text.Any(char.IsAsciiLetterOrDigit) && text.Text.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '/' or '.')) return text.Text;
        findings.Add(new(text.Place, Severity.Error, new Message("`looks-like` is an example of letters and figures, with spaces, `-`, `/` or `.` between them and at most 40 long, like `AB 12 34 56 C`, but {shape} stands here", ("shape", text.Shape))));
        return null;
    }

    /// <summary>`prefill: [link, earlier-case, account]`: where an answer may come from that is shown to be confirmed.</summary>
    static IReadOnlyList<string> Prefill(YamlMap map, QuestionType type, List<Finding> findings)
    {
        if (map.Find("prefill") is not { } entry) return [];
        var sources = map.NamesOf("prefill", findings);
        if (entry.Value is YamlList { Items.Count: 0 })
            findings.Add(new(entry.Place, Severity.Error, new Message("`prefill` names where an answer may come from, and names nothing here; write `prefill: [earlier-case]`, or take it out")));
        if (PrefillSource.NotFor.Contains(type.Name))
            findings.Add(new(entry.Place, Severity.Error, new Message("a `{type}` is for everybody to give anew; take `prefill` out", ("type", type.Name))));
        foreach (var source in sources.Where(s => !PrefillSource.All.Contains(s.Text)))
            findings.Add(new(source.Place, Severity.Error, new Message("nothing called `{name}` fills answers in", ("name", YamlText.Shorten(source.Text))).With(DidYouMean.Ending(source.Text, PrefillSource.All))));
        if (sources.FirstOrDefault(s => s.Text == PrefillSource.Account) is { } account && !PrefillSource.AccountTypes.Contains(type.Name))
            findings.Add(new(account.Place, Severity.Error, new Message("an account remembers who somebody is and how to reach them ({types}), and this is a `{type}`; write `earlier-case`, or take it out", ("types", string.Join(", ", PrefillSource.AccountTypes.Select(t => $"`{t}`"))), ("type", type.Name))));
        if (sources.FirstOrDefault(s => s.Text == PrefillSource.Link) is { } link && type.Personal)
            findings.Add(new(link.Place, Severity.Error, new Message("a `{type}` says who somebody is, and the address of a page is seen by others; write `earlier-case`, or take it out", ("type", type.Name))));
        return [.. sources.Select(s => s.Text)];
    }

    /// <summary>`near: 50 metres`, or `near: no`.</summary>
    static int? Near(YamlMap map, List<Finding> findings)
    {
        if (map.TextOf("near", findings) is not { } text) return null;
        if (text.Text == "no") return 0;
        if (text.Text.Split(' ') is [var number, "metres" or "metre"] && int.TryParse(number, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var metres)
            && metres is >= NearBy.Least and <= NearBy.Most) return metres;
        findings.Add(new(text.Place, Severity.Error, new Message("`near` is a distance from {least} to {most} metres, like `50 metres`, or `no`, but {shape} stands here", ("least", NearBy.Least), ("most", NearBy.Most), ("shape", text.Shape))));
        return null;
    }

    static QuestionType? Type(YamlMap map, List<Finding> findings)
    {
        if (map.TextOf("type", findings) is not { } text) return null;
        if (QuestionTypes.Find(text.Text) is { } type) return type;
        if (text.Text.IndexOf('#', StringComparison.Ordinal) is > 0 and var hash && QuestionTypes.Find(text.Text[..hash].Trim()) is { } meant)
        {
            findings.Add(new(text.Place, Severity.Error, new Message("a comment has two spaces before its `#` and one after it; write `type: {type}  # {comment}`", ("type", meant.Name), ("comment", YamlText.Shorten(text.Text[(hash + 1)..].Trim())))));
            return meant;
        }
        findings.Add(new(text.Place, Severity.Error, QuestionTypes.Reserved.Contains(text.Text)
            ? new Message("the type `{text}` is not available yet; take another for now", ("text", text.Text))
            : text.Text == GroupType.Instance.Name ? new Message("a group is a heading: write `group:` with what is asked in place of `question:`, and name in its `ask` the questions that follow")
            : new Message("no type is called `{name}`", ("name", YamlText.Shorten(text.Text)))
                .With(QuestionTypes.Elsewhere(text.Text) is { } here ? new Message("write `{name}`", ("name", here)) : DidYouMean.Suggestion(text.Text, QuestionTypes.Names) ?? new Message("there are {names}", ("names", DidYouMean.List([.. QuestionTypes.Names.Order(StringComparer.Ordinal)]))))));
        return null;
    }

    static void RefuseOtherTypes(YamlMap map, string type, List<Finding> findings)
    {
        foreach (var entry in map.Entries)
        {
            if (OnlyFor.TryGetValue(entry.Key, out var types) && !types.Contains(type))
                findings.Add(new(entry.Place, Severity.Error, new Message("`{key}` has no meaning for a question of type `{type}`, only for {types}; take it out or change the type", ("key", entry.Key), ("type", type), ("types", DidYouMean.List(types)))));
        }
    }

    static List<Option> Options(YamlMap map, QuestionType? type, List<Finding> findings)
    {
        var options = new List<Option>();
        if (type?.Name is "choice" or "choices") map.Need("options", "options:", findings);
        if (map.Find("options") is { Value: YamlList list } listed)
        {
            findings.Add(new(listed.Place, Severity.Error, new Message("each option has a name and a label; write them without dashes or brackets, each on a line of its own: `small: Smaller than a dinner plate`")));
            return options;
        }
        foreach (var entry in map.MapOf("options", findings)?.Things(new Message("the name of an option"), [], findings) ?? [])
        {
            if (entry.Value is YamlMap { InFlow: false } full && full.Entries.All(e => e.Key is not "en"))
            {
                full.Only(findings, ServiceKeys.Option.Names, ServiceReader.Reserved);
                var alone = full.YesNoOf("alone", findings) ?? false;
                if (alone && type?.Name == "choice") findings.Add(new(full.Find("alone")!.Place, Severity.Error, new Message("of a `choice` every answer is chosen alone; take `alone` out")));
                full.Need("label", $"label: {Names.InWords(entry.Key)}", findings);
                if (full.ProseOf("label", findings) is { } label) options.Add(new(entry.Key, label, full.ProseOf("hint", findings), entry.Place) { Alone = alone });
            }
            else if (entry.Value is YamlMap { InFlow: true } cramped && cramped.Has("label"))
                findings.Add(new(cramped.Place, Severity.Error, new Message("an option with a hint goes on lines of its own: `label: ...` and below it `hint: ...`, without brackets")));
            else if (entry.Value.IsEmpty)
                findings.Add(new(entry.Place, Severity.Error, new Message("the option `{key}` has no label; write what people read after the colon", ("key", entry.Key))));
            else if (YamlProse.Read(entry, findings) is { } prose) options.Add(new(entry.Key, prose, null, entry.Place));
        }
        return options;
    }

    static Dictionary<string, string> LookUps(YamlMap map, List<Finding> findings)
    {
        var tables = new Dictionary<string, string>(StringComparer.Ordinal);
        if (map.MapOf("look-up", findings) is not { } parts) return tables;
        foreach (var entry in parts.Things(new Message("the name of a part"), [], findings))
        {
            if (parts.NameOf(entry.Key, findings) is { } table) tables[entry.Key] = table;
        }
        return tables;
    }

    /// <summary>Designed ends. Their sentences may name any question of `ask` and any decision.</summary>
    public static IReadOnlyList<Exit> Exits(YamlMap? map, IReadOnlyList<Question> ask, IReadOnlyList<Decision> decide, SentenceReader sentences, List<Finding> findings)
    {
        var exits = new List<Exit>();
        foreach (var entry in map?.Things(new Message("the name of an exit"), ServiceKeys.Exit.Names, findings) ?? [])
        {
            if (entry.Value is not YamlMap exit)
            {
                findings.Add(new(entry.Place, Severity.Error, new Message("the exit `{key}` needs `when:`, `title:` and `text:` on lines of their own below it", ("key", entry.Key))));
                continue;
            }
            exit.Only(findings, ServiceKeys.Exit);
            var when = exit.TextOf("when", findings) is { } sentence ? sentences.Read(sentence, "`when`", ask, decide, findings) : null;
            var title = exit.ProseOf("title", findings);
            var text = exit.ProseOf("text", findings);
            if (entry.Key == Exit.Followed)
                findings.Add(new(entry.Place, Severity.Error, new Message("`followed` is how a journey ends when somebody follows a case that is there already; give this exit another name")));
            if (when is not null && title is not null && text is not null) exits.Add(new(entry.Key, when, title, text, entry.Place));
        }
        return exits;
    }
}
