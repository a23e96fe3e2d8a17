using System.Globalization;
using System.Text.RegularExpressions;

namespace Moothall.Definitions.Importing;

/// <summary>
/// Reads the JSON of XGov's digital form builder, and of DEFRA's forms engine version 1, which grew from the same: pages with a `next`, conditions by name, lists by name.
/// </summary>
sealed class ReadXGov
{
    readonly FormNode root;
    readonly ImportedForm form;
    readonly Dictionary<string, FormNode> lists = new(StringComparer.Ordinal);
    readonly Dictionary<string, FormNode> conditions = new(StringComparer.Ordinal);
    readonly Dictionary<string, (string Title, bool Hidden)> sections = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> keys = new(StringComparer.Ordinal);
    int depth;

    ReadXGov(FormNode root, string fileName)
    {
        this.root = root;
        var named = PlainWords.Line(root["name"].Text);
        form = new() { Title = named ?? Words.FromFileName(fileName), PartOf = named, IsWelsh = root["metadata"]["isWelsh"].Is(true) };
    }

    /// <summary>The form, or a refusal that says why this is none.</summary>
    public static ImportedForm Read(FormNode root, string fileName)
    {
        if (!root.IsMap || !root["pages"].IsList) throw NotImported.At(1, new Message("this is no form of the XGov builder: it has no list `pages`; check that the file and the kind of form that you named belong together"));
        if (root["engine"].Text == "V2") throw NotImported.At(root["engine"].Line, new Message("this is a form of DEFRA's engine version 2; import it with `moothall import defra`"));
        var read = new ReadXGov(root, fileName);
        read.Whole();
        return read.form;
    }

    void Whole()
    {
        foreach (var list in root["lists"].Items)
        {
            foreach (var name in new[] { list["name"].Text, list["id"].Text }.OfType<string>()) lists.TryAdd(name, list);
        }
        foreach (var condition in root["conditions"].Items)
            if (condition["name"].Text is { } name) conditions.TryAdd(name, condition);
        foreach (var section in root["sections"].Items)
            if (section["name"].Text is { } name) sections.TryAdd(name, (PlainWords.Line(section["title"].Text) ?? "", section["hideTitle"].Is(true)));

        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var pages = root["pages"].Items.Where(p => p.IsMap).ToList();
        if (pages.Count == 0) throw NotImported.At(root["pages"].Line, new Message("this form has no pages; export it when it has"));
        foreach (var (page, number) in pages.Select((p, i) => (p, i)))
        {
            if (page["path"].Text is not { } path) throw NotImported.At(page.Line, new Message("this page has no `path`; give it one"));
            if (!numbers.TryAdd(path, number)) throw NotImported.At(page.Line, new Message("the path {path} is already that of the page on line {other}; give one of them another", ("path", path), ("other", pages[numbers[path]].Line)));
            form.Pages.Add(Page(page, path));
        }
        if (!form.Questions.Any() && pages.Exists(p => p["components"].IsList)) Beginning(pages[0]);
        foreach (var (page, number) in pages.Select((p, i) => (p, i))) Next(page, form.Pages[number], numbers);
        var start = root["startPage"].Text;
        if (start is not null && !numbers.ContainsKey(start) && !numbers.ContainsKey("/" + start.TrimStart('/')))
            throw NotImported.At(root["startPage"].Line, new Message("the form begins at {start}, and no page has that path; correct `startPage`", ("start", start)));
        form.Start = start is null ? 0 : numbers.TryGetValue(start, out var at) ? at : numbers["/" + start.TrimStart('/')];
        Around();
    }

    /// <summary>A form that nobody has put a question into yet: a service asks something, so that there is one to write over.</summary>
    void Beginning(FormNode page)
    {
        if (form.Pages.FirstOrDefault(p => p.Kind == PageKind.Asks) is not { } first) return;
        first.Questions.Add(new() { Key = "beginning", Type = "long-text", Text = new("What do you want to tell us?"), Line = page.Line });
        form.Lacks(new Message("any question, because the form asks none: the one that stands there is only a beginning, to be written over"));
    }

    // What stands around the pages.
    void Around()
    {
        foreach (var fee in root["fees"].Items.Where(f => f.TellWhole()))
            form.Lacks(new Message("the fee “{fee}” (line {line}): write it under `charge`, with the income code of your ledger", ("fee", PlainWords.Line(fee["description"].Text) ?? fee["amount"].Text), ("line", fee.Line)));
        if (root["outputs"].TellWhole() && root["outputs"].Items.Count > 0) form.Otherwise("where the builder sent what came in (its outputs): cases come to the team that offers the service");
        if (root["feedback"].TellWhole() && (root["feedback"]["url"].Exists || root["feedback"]["feedbackForm"].Is(true))) form.Otherwise("its own feedback page: every service here asks for feedback at its end");
        if (root["phaseBanner"].TellWhole() && root["phaseBanner"].Entries.Count > 0) form.Otherwise("its phase banner");
        if (root["markAsComplete"].Is(true)) form.Otherwise("the question whether the form is complete: with `task-list: yes` the sections say so themselves");
        if (PlainWords.Line(root["declaration"].Lines) is { } declared)
        {
            var page = new ImportedPage { Key = "declaration", Line = root["declaration"].Line };
            page.Questions.Add(new() { Key = "declaration", Type = "declaration", Text = new(declared), Line = root["declaration"].Line });
            Last(page);
        }
        var confirmation = root["specialPages"]["confirmationPage"]["customText"];
        form.Afterwards = Said.Of(confirmation["nextSteps"].Lines is { } next ? PlainWords.Of(next).Markdown : null);
    }

    /// <summary>A page that everybody comes to who is about to send.</summary>
    void Last(ImportedPage page)
    {
        var number = form.Pages.Count;
        foreach (var of in form.Pages)
        {
            for (var i = 0; i < of.Next.Count; i++)
                if (form.Pages[of.Next[i].To].Kind == PageKind.End) of.Next[i] = (of.Next[i].When, number);
            if (of.Next.Count == 0 && of.Kind == PageKind.Asks) of.Next.Add((null, number));
        }
        form.Pages.Add(page);
    }

    ImportedPage Page(FormNode page, string path)
    {
        var title = Said.Of(PlainWords.Line(Words.WithoutAnswers(page["title"].Text, form, page.Line)));
        var read = new ImportedPage { Key = path, Line = page.Line, Title = title };
        var controller = page["controller"].Text ?? "";
        var components = page["components"].Items.Where(c => c.IsMap).ToList();
        if (controller.Contains("ummary", StringComparison.Ordinal) || controller.Contains("confirm", StringComparison.OrdinalIgnoreCase) || controller.Contains("Status", StringComparison.Ordinal)
            || path == "/summary" && components.Count == 0) read.Kind = PageKind.End;
        if (page["repeatField"].Text is { } repeat) form.Lacks(new Message("that the page {page} (line {line}) is repeated as often as the answer to “{answer}” says: make a group of its questions", ("page", read.Called), ("line", page.Line), ("answer", repeat)));
        if (page["section"].Text is { } key && sections.TryGetValue(key, out var section))
        {
            read.SectionKey = key;
            if (!section.Hidden) read.Section = Said.Of(section.Title);
        }
        if (page["startPageNavigation"].TellWhole()) form.Otherwise("links between several start pages: pages follow each other");
        if (page["continueButtonText"].TellWhole()) form.Otherwise("words of its own on buttons");
        var content = new PageContent(form, read);
        var questions = components.Count(IsQuestion);
        foreach (var component in components) Component(component, page, read, content, questions);
        content.Done(page["options"]["customText"]);
        return read;
    }

    static bool IsQuestion(FormNode component) => component["type"].Text?.EndsWith("Field", StringComparison.Ordinal) == true;

    void Component(FormNode component, FormNode page, ImportedPage read, PageContent content, int questions)
    {
        var type = component["type"].Text ?? "";
        var own = component["options"]["condition"].Text;
        if (own is not null)
        {
            if (read.Questions.Count == 0 && questions == 0 && page["components"].Items.All(c => c["options"]["condition"].Text == own)) read.When = Named(own, read.Line);
            else form.Lacks(new Message("that a part of the page {page} (line {line}) is shown only to some: give it a page of its own with a `when`", ("page", read.Called), ("line", component.Line)));
        }
        switch (type)
        {
            case "Para" or "Html" or "Markdown" or "HelpText": content.Words(component["content"].Lines ?? component["title"].Lines, component.Line, type == "Markdown"); break;
            case "InsetText" or "WarningText" or "NotificationBanner": content.Inset(component["content"].Lines ?? component["text"].Lines, component.Line); break;
            case "Details": content.Folded(component["title"].Text, component["content"].Lines, component.Line); break;
            case "List" or "FlashCard": content.Words(ListWords(component), component.Line, markdown: true); break;
            case "" when component.TellWhole(): form.Lacks(new Message("a component without a type (line {line})", ("line", component.Line))); break;
            default:
                if (XGovComponents.Read(component, lists, form, read.Called) is { Count: > 0 } made)
                {
                    foreach (var question in made) Remember(page, component, question);
                    content.Asks(made, component, questions);
                }
                break;
        }
    }

    // Conditions name a question with its section before it, or without.
    void Remember(FormNode page, FormNode component, ImportedQuestion question)
    {
        if (component["name"].Text is not { } name) return;
        if (page["section"].Text is { } section) keys.TryAdd($"{section}.{name}", question.Key);
        keys.TryAdd(name, question.Key);
    }

    string? ListWords(FormNode component) =>
        component["list"].Text is { } name && lists.TryGetValue(name, out var list) ? string.Join('\n', list["items"].Items.Select(i => $"- {PlainWords.Line(i["text"].Text)}")) : null;

    void Next(FormNode page, ImportedPage read, Dictionary<string, int> numbers)
    {
        if (read.Kind == PageKind.End) return;
        foreach (var way in page["next"].Items.Where(n => n.IsMap))
        {
            var path = way["path"].Text ?? "";
            if (!numbers.TryGetValue(path, out var to) && !numbers.TryGetValue("/" + path.TrimStart('/'), out to))
                throw NotImported.At(way.Line, new Message("the page {page} leads to {to}, and no page has that path; correct `next`", ("page", read.Called), ("to", path.Length == 0 ? new Message("nothing") : path)));
            read.Next.Add((way["condition"].Text is { } condition ? Named(condition, way.Line) : null, to));
        }
        // The runner's end of the form where nothing else is said; words without a way on are an end before sending.
        if (read.Next.Count == 0) read.Kind = read.Questions.Count > 0 ? PageKind.Asks : PageKind.Exit;
    }

    FormCondition Named(string name, int line)
    {
        if (!conditions.TryGetValue(name, out var condition)) return new Unsayable(new Message("the condition {name} (line {line}), which stands nowhere in the file", ("name", name), ("line", line)));
        if (++depth > 20) throw NotImported.At(condition.Line, new Message("the condition {name} looks at itself; take the circle out", ("name", name)));
        var value = condition["value"];
        var meaning = value.IsMap ? Tree(value["conditions"], value.Line) : ConditionText.Read(value.Text ?? "", Field, PlainWords.Line(condition["displayName"].Text) ?? name, condition.Line);
        depth--;
        return meaning;
    }

    string Field(string name) => keys.TryGetValue(name, out var key) ? key : keys.TryGetValue(name[(name.LastIndexOf('.') + 1)..], out key) ? key : name;

    /// <summary>A list of conditions, each joined to what is before it; `and` binds closer.</summary>
    FormCondition Tree(FormNode list, int line)
    {
        var either = new List<List<FormCondition>>();
        foreach (var item in list.Items)
        {
            var meaning = item["conditions"].IsList ? Nested(item) : item["conditionName"].Text is { } name ? Named(name, item.Line) : Test(item);
            if (either.Count == 0 || item["coordinator"].Text == "or") either.Add([meaning]);
            else either[^1].Add(meaning);
        }
        return either.Count == 0 ? new Unsayable(new Message("a condition that says nothing (line {line})", ("line", line)))
            : either.Count == 1 ? All(either[0]) : new OneHolds([.. either.Select(All)]);
    }

    FormCondition Nested(FormNode item)
    {
        if (++depth > 20) throw NotImported.At(item.Line, new Message("conditions are nested more than 20 deep; say it in fewer"));
        var tree = Tree(item["conditions"], item.Line);
        depth--;
        return tree;
    }

    static FormCondition All(List<FormCondition> of) => of.Count == 1 ? of[0] : new AllHold(of);

    FormCondition Test(FormNode item)
    {
        var field = item["field"];
        var key = Field(field["name"].Text ?? "");
        var value = item["value"].IsMap ? item["value"] : item;
        var said = new Message("the condition “{question} {how} {value}” (line {line})", ("question", PlainWords.Line(field["display"].Text) ?? key), ("how", item["operator"].Text ?? ""), ("value", PlainWords.Line(value["display"].Text) ?? value["value"].Text ?? ""), ("line", item.Line));
        return Comparisons.Of(key, item["operator"].Text ?? "", value["value"].Text ?? "", value, field["type"].Text ?? "") ?? new Unsayable(said);
    }
}
