using System.Globalization;

namespace Moothall.Definitions.Importing;

/// <summary>
/// Reads the forms of DEFRA's forms engine: version 2 (pages in their order, each with a condition of its own, words in Welsh beside them), and version 1, which is as XGov's.
/// </summary>
sealed class ReadDefra
{
    readonly FormNode root;
    readonly ImportedForm form;
    readonly Dictionary<string, FormNode> lists = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> values = new(StringComparer.Ordinal);
    readonly Dictionary<string, FormNode> conditions = new(StringComparer.Ordinal);
    readonly Dictionary<string, FormNode> components = new(StringComparer.Ordinal);
    readonly FormNode welsh;
    int depth;

    ReadDefra(FormNode root, string fileName)
    {
        this.root = root;
        form = new() { Title = PlainWords.Line(root["name"].Text) ?? Words.FromFileName(fileName) };
        welsh = root["metadata"]["translations"]["cy"];
    }

    /// <summary>The form, or a refusal that says why this is none.</summary>
    public static ImportedForm Read(FormNode root, string fileName)
    {
        if (!root.IsMap || !root["pages"].IsList) throw NotImported.At(1, new Message("this is no form of DEFRA's forms engine: it has no list `pages`; check that the file and the kind of form that you named belong together"));
        if (root["engine"].Text != "V2" && root["schema"].Whole is not 2) return ReadXGov.Read(root, fileName);
        var read = new ReadDefra(root, fileName);
        read.Whole();
        return read.form;
    }

    void Whole()
    {
        foreach (var list in root["lists"].Items)
        {
            foreach (var name in new[] { list["name"].Text, list["id"].Text }.OfType<string>()) lists.TryAdd(name, list);
            foreach (var item in list["items"].Items)
                if (item["id"].Text is { } id) values.TryAdd(id, item["value"].Text ?? item["text"].Text ?? "");
        }
        foreach (var condition in root["conditions"].Items)
            foreach (var name in new[] { condition["id"].Text, condition["name"].Text }.OfType<string>()) conditions.TryAdd(name, condition);
        var pages = root["pages"].Items.Where(p => p.IsMap).ToList();
        if (pages.Count == 0) throw NotImported.At(root["pages"].Line, new Message("this form has no pages; export it when it has"));
        foreach (var component in pages.SelectMany(p => p["components"].Items))
            if (component["id"].Text is { } id) components.TryAdd(id, component);
        foreach (var page in pages.Where(p => !IsEnd(p))) form.Pages.Add(Page(page));
        var end = pages.Find(IsEnd);
        // What the page of checking is called, every service says in its own way.
        end?.TellWhole();
        if (end?["id"].Text is { } checks) welsh["pages"][checks].TellWhole();
        if (end is not null && end["components"].Items.Any(c => c["content"].Text is not null)) form.Lacks(new Message("the words of the page where answers are checked (line {line}): a declaration is a question of that type", ("line", end.Line)));
        if (form.Pages.Count == 0) throw NotImported.At(root["pages"].Line, new Message("this form has no page that asks anything; export it when it has"));
        for (var i = 0; i + 1 < form.Pages.Count; i++) form.Pages[i].Next.Add((null, i + 1));
    }

    static bool IsEnd(FormNode page) => page["controller"].Text is { } controller && (controller.StartsWith("Summary", StringComparison.Ordinal) || controller.StartsWith("Status", StringComparison.Ordinal));

    string? Welsh(string kind, FormNode of, string key) => of["id"].Text is { } id ? PlainWords.Line(Words.WithoutAnswers(welsh[kind][id][key].Text, form, of.Line)) : null;

    static Said? With(Said? said, string? welsh) => said is null || welsh is null ? said : said with { Welsh = welsh };

    ImportedPage Page(FormNode page)
    {
        var title = With(Said.Of(PlainWords.Line(Words.WithoutAnswers(page["title"].Text, form, page.Line))), Welsh("pages", page, "title"));
        var read = new ImportedPage { Key = page["path"].Text ?? page["id"].Text ?? $"line {page.Line}", Line = page.Line, Title = title };
        if (page["section"].Text is { } key && root["sections"].Items.FirstOrDefault(s => s["name"].Text == key || s["id"].Text == key) is { } section && !section["hideTitle"].Is(true))
            read.Section = With(Said.Of(PlainWords.Line(section["title"].Text)), Welsh("sections", section, "title"));
        if (page["condition"].Text is { } condition) read.When = Named(condition, page.Line);
        if (page["controller"].Text == "TerminalPageController") read.Kind = PageKind.Exit;
        var content = new PageContent(form, read);
        var all = page["components"].Items.Where(c => c.IsMap).ToList();
        var questions = all.Count(c => c["type"].Text?.EndsWith("Field", StringComparison.Ordinal) == true);
        foreach (var component in all)
        {
            switch (component["type"].Text)
            {
                case "Markdown": content.Words(component["content"].Lines, component.Line, markdown: true); break;
                case "Html" or "Para": content.Words(component["content"].Lines, component.Line); break;
                case "InsetText": content.Inset(component["content"].Lines, component.Line); break;
                case "NotificationBanner":
                    content.Inset(string.Join("\n\n", new[] { component["options"]["heading"].Text, component["content"].Lines }.OfType<string>()), component.Line);
                    break;
                case "Details": content.Folded(component["title"].Text, component["content"].Lines, component.Line); break;
                case "List": content.Words(component["list"].Text is { } name && lists.TryGetValue(name, out var list) ? string.Join('\n', list["items"].Items.Select(i => $"- {PlainWords.Line(i["text"].Text)}")) : null, component.Line, markdown: true); break;
                default:
                    if (XGovComponents.Read(component, lists, form, read.Called) is { Count: > 0 } made)
                    {
                        Translate(made, component);
                        content.Asks(made, component, questions);
                    }
                    break;
            }
        }
        content.Done(page["options"]["customText"]);
        if (page["repeat"].IsMap) Repeated(page, read);
        return read;
    }

    void Translate(IReadOnlyList<ImportedQuestion> made, FormNode component)
    {
        if (made.Count > 1) return;
        var question = made[0];
        question.Text = With(question.Text, Welsh("components", component, "title"))!;
        question.Short = With(question.Short, Welsh("components", component, "shortDescription"));
        var items = component["list"].Text is { } name && lists.TryGetValue(name, out var list) ? list["items"].Items : [];
        foreach (var option in question.Options)
            if (items.FirstOrDefault(i => i["value"].Text == option.Value) is { } item) option.Label = With(option.Label, Welsh("listItems", item, "text"))!;
    }

    /// <summary>A page whose questions are asked for each of several.</summary>
    void Repeated(FormNode page, ImportedPage read)
    {
        if (read.Questions.Count == 0) return;
        var options = page["repeat"]["options"];
        var schema = page["repeat"]["schema"];
        var one = PlainWords.Line(options["title"].Text);
        var group = new ImportedQuestion
        {
            Key = options["name"].Text ?? read.Key, Type = "group", Line = page.Line, Text = read.Title ?? new(one ?? "Add another"), One = one is null ? null : new(char.ToLowerInvariant(one[0]) + one[1..]),
            AtLeast = schema["min"].Whole is > 1 and var least ? Math.Min(least, 50).ToString(CultureInfo.InvariantCulture) : null, AtMost = schema["max"].Whole is > 0 and var most ? Math.Min(most, 50).ToString(CultureInfo.InvariantCulture) : null,
        };
        if (schema["max"].Whole > 50) form.Lacks(new Message("that {page} (line {line}) takes {rows} rows; the most is 50", ("page", read.Called), ("line", page.Line), ("rows", schema["max"].Whole)));
        foreach (var question in read.Questions) question.Hint = Said.Of(PlainWords.Line(question.Hint?.English));
        group.Inside.AddRange(read.Questions);
        read.Questions.Clear();
        read.Questions.Add(group);
    }

    FormCondition Named(string name, int line)
    {
        if (!conditions.TryGetValue(name, out var condition)) return new Unsayable(new Message("the condition {name} (line {line}), which stands nowhere in the file", ("name", name), ("line", line)));
        if (++depth > 20) throw NotImported.At(condition.Line, new Message("the condition “{name}” looks at itself; take the circle out", ("name", condition["displayName"].Text ?? name)));
        var of = condition["items"].Items.Select(Item).ToList();
        depth--;
        return of.Count == 0 ? new Unsayable(new Message("the condition “{name}” (line {line}), which says nothing", ("name", condition["displayName"].Text ?? name), ("line", condition.Line)))
            : of.Count == 1 ? of[0] : condition["coordinator"].Text == "or" ? new OneHolds(of) : new AllHold(of);
    }

    FormCondition Item(FormNode item)
    {
        if (item["conditionId"].Text is { } name) return Named(name, item.Line);
        var component = item["componentId"].Text is { } id && components.TryGetValue(id, out var found) ? found : null;
        var key = component?["name"].Text ?? item["componentId"].Text ?? "";
        var value = item["value"];
        var text = value["itemId"].Text is { } listed ? values.GetValueOrDefault(listed, listed) : value["value"].Text ?? value.Text ?? "";
        return Comparisons.Of(key, item["operator"].Text ?? "", text, value.IsMap ? value : item, component?["type"].Text ?? "")
            ?? new Unsayable(new Message("the condition “{question} {how} {value}” (line {line})", ("question", PlainWords.Line(component?["title"].Text) ?? key), ("how", item["operator"].Text ?? ""), ("value", text), ("line", item.Line)));
    }
}
