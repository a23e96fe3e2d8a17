using System.Globalization;
using System.Text;

namespace Moothall.Definitions.Importing;

/// <summary>
/// Writes an imported form as a service file, as a designer would: named questions in the order of asking, sentences for the ways between the pages, and a plain beginning for what
/// a form does not say and a council decides.
/// </summary>
sealed class DefinitionWriter
{
    readonly ImportedForm form;
    readonly Ways ways;
    readonly StringBuilder file = new();
    readonly FormNames names = new();
    readonly Dictionary<int, (string? When, bool Never)> whens = [];
    readonly List<string> personal = [];
    bool welsh;

    readonly IReadOnlySet<int> never;
    /// <summary>The page, by number, that a question or an end of that name comes from.</summary>
    readonly Dictionary<string, int> pageOf = new(StringComparer.Ordinal);

    DefinitionWriter(ImportedForm form, IReadOnlySet<int> never)
    {
        (this.form, this.never) = (form, never);
        ways = Ways.Of(form);
    }

    /// <summary>The text of the service file.</summary>
    /// <param name="from">The files that it is made from, for its first line.</param>
    /// <param name="never">Pages that the checker has proved nobody comes to.</param>
    public static (string Text, IReadOnlyDictionary<string, int> PageOf) Write(ImportedForm form, string service, string prefix, IReadOnlyList<string> from, IReadOnlySet<int> never)
    {
        if (!form.Questions.Any()) throw new NotImported(new Message("this form asks nothing, and a service asks something; add a question and export it anew"));
        var writer = new DefinitionWriter(form, never);
        return (writer.Whole(service, prefix, from), writer.pageOf);
    }

    /// <summary>The title that a service has by itself: that of its only section, because many forms of one fund bear the fund's name.</summary>
    public static Said TitleOf(ImportedForm form)
    {
        var sections = form.Pages.Where(p => p.Kind == PageKind.Asks).Select(p => p.Section).OfType<Said>().DistinctBy(s => s.English).ToList();
        return sections.Count == 1 && form.PartOf is not null ? sections[0] : new(form.Title) { Welsh = form.WelshTitle };
    }

    string Whole(string service, string prefix, IReadOnlyList<string> from)
    {
        welsh = form.WelshTitle is not null || form.Pages.Any(p => p.Title?.Welsh is not null) || form.Questions.Any(q => q.Text.Welsh is not null);
        var body = Asked();
        var exits = Exits();
        file.Append(ServiceSchema.FirstLine).Append('\n');
        foreach (var line in Beginning(from)) file.Append("# ").Append(line).Append('\n');
        Line(0, $"service: {service}");
        Line(0, $"prefix: {prefix}");
        var title = TitleOf(form);
        Prose(0, "title", title);
        Prose(0, "summary", Summary(title));
        Line(0, $"kind: {KindOf(title.English)}");
        if (form.Afterwards is { } after) Prose(0, "what-happens-next", after);
        file.Append('\n').Append(body).Append(exits);
        Rest();
        return file.ToString();
    }

    IEnumerable<string> Beginning(IReadOnlyList<string> from)
    {
        yield return $"Made by `moothall import` from {string.Join(" and ", from)}. Look through it before it is published, above all at these, which a form does not say:";
        yield return "the prefix, `kind` and `summary`; `work`, with its outcomes and times; what is told; how long and why records are kept; what is measured.";
        if (form.NotExpressed.Count > 0)
        {
            yield return "Not expressed, and to be decided:";
            foreach (var lack in form.NotExpressed) yield return $"- {OneLine(lack.ToString())}";
        }
        if (form.DoneOtherwise.Count == 0) yield break;
        yield return "Left out, because every service here has its own way for it:";
        foreach (var other in form.DoneOtherwise) yield return $"- {OneLine(other)}";
    }

    static string OneLine(string text) => PlainWords.Tidied(text).ReplaceLineEndings(" ");

    Said Summary(Said title)
    {
        if (form.PartOf is { } whole && whole != title.English) return new(Stopped(whole)) { Welsh = form.WelshPartOf is { } cy ? Stopped(cy) : null };
        return new("Answer these questions, and we will tell you what happens next.") { Welsh = welsh ? "Atebwch y cwestiynau hyn, a byddwn yn dweud wrthych beth sy'n digwydd nesaf." : null };
    }

    static string Stopped(string text) => text.TrimEnd() is [.., '.' or '?' or '!'] ? text : text + ".";

    static string KindOf(string title) => title.Split(' ')[0].ToLowerInvariant() switch
    {
        "report" => "report",
        "book" => "book",
        "pay" => "pay",
        _ => "apply",
    };

    // A run of pages that belong to one section.
    sealed record Part(Said? Section, List<int> Pages)
    {
        public string Name { get; set; } = "";
    }

    string Asked()
    {
        var pages = ways.InOrder.Where(p => form.Pages[p].Kind == PageKind.Asks).ToList();
        Named(pages);
        foreach (var page in pages) whens[page] = never.Contains(page) ? (null, true) : When(page);
        foreach (var page in pages)
            foreach (var question in form.Pages[page].Questions) pageOf[question.Name] = page;
        foreach (var never in pages.Where(p => whens[p].Never))
            form.Lacks(new Message("the page {page} (line {line}), because no answers lead to it", ("page", form.Pages[never].Called), ("line", form.Pages[never].Line)));
        pages = [.. pages.Where(p => !whens[p].Never && !IsEmpty(form.Pages[p]))];
        var parts = Parts(pages);
        var text = new StringBuilder("ask:\n");
        var pageNames = new Dictionary<int, string>();
        foreach (var part in parts)
        {
            if (parts.Count > 1)
            {
                part.Name = names.For(part.Section!.English, "section", ending: "section");
                text.Append(CultureInfo.InvariantCulture, $"  {part.Name}:\n");
                Prose(4, "section", part.Section, text);
            }
            foreach (var page in part.Pages) Page(form.Pages[page], whens[page].When, text);
        }
        if (personal.Count == 0 && parts.Count == 0) throw new NotImported(new Message("no question of this form can be come to; look at the ways between its pages"));
        return text.ToString();
    }

    bool IsEmpty(ImportedPage page)
    {
        if (page.Questions.Count > 0 || page.Text.Count > 0 || page.Details.Count > 0) return false;
        form.Otherwise($"the page {page.Called}, which has no words and no questions");
        return true;
    }

    (string? When, bool Never) When(int page)
    {
        var (when, never) = ways.When(page);
        if (when is not null && (when.Length > 3900 || when.Split(' ').Length > 200))
        {
            form.Lacks(new Message("for whom the page {page} (line {line}) is: the sentence would be too long, so everybody is asked", ("page", form.Pages[page].Called), ("line", form.Pages[page].Line)));
            when = null;
        }
        return (when, never);
    }

    void Named(List<int> pages)
    {
        foreach (var page in pages.Select(p => form.Pages[p]))
            foreach (var question in page.Questions) NameOf(question, page);
    }

    void NameOf(ImportedQuestion question, ImportedPage page)
    {
        var short_ = question.Text.English.Length > 60 && question.Short is { } s ? s.English : question.Text.English;
        question.Name = names.For(short_, question.IsGroup ? "rows" : "question", page.Title?.English);
        foreach (var inside in question.Inside) inside.Name = names.For(inside.Text.English, "question", question.Text.English);
    }

    /// <summary>The parts of the form, each with a question: a page that is only read goes with the question that it is about.</summary>
    List<Part> Parts(List<int> pages)
    {
        var sections = pages.Select(p => form.Pages[p].Section).ToList();
        if (sections.OfType<Said>().DistinctBy(s => s.English).Count() < 2) return [new(null, Settled(pages))];
        for (var i = 0; i < sections.Count; i++) sections[i] ??= sections.Skip(i).FirstOrDefault(s => s is not null) ?? sections.Take(i).LastOrDefault(s => s is not null);
        var parts = new List<Part>();
        for (var i = 0; i < pages.Count; i++)
        {
            if (parts is [.., var open] && open.Section!.English == sections[i]!.English) open.Pages.Add(pages[i]);
            else parts.Add(new(sections[i], [pages[i]]));
        }
        // What is only read at the end of a part is about what comes next.
        for (var i = 0; i + 1 < parts.Count; i++)
        {
            var from = parts[i].Pages.FindLastIndex(p => form.Pages[p].Questions.Count > 0) + 1;
            parts[i + 1].Pages.InsertRange(0, parts[i].Pages.Skip(from));
            parts[i].Pages.RemoveRange(from, parts[i].Pages.Count - from);
        }
        parts.RemoveAll(p => p.Pages.Count == 0);
        if (parts.Count > 1 && parts[^1].Pages.TrueForAll(p => form.Pages[p].Questions.Count == 0))
        {
            parts[^2].Pages.AddRange(parts[^1].Pages);
            parts.RemoveAt(parts.Count - 1);
        }
        parts[^1] = parts[^1] with { Pages = Settled(parts[^1].Pages) };
        return parts;
    }

    /// <summary>A page that is only read stands before a question: the words after the last one go to it.</summary>
    List<int> Settled(List<int> pages)
    {
        var from = pages.FindLastIndex(p => form.Pages[p].Questions.Count > 0) + 1;
        foreach (var read in pages.Skip(from).Select(p => form.Pages[p]))
            form.Lacks(new Message("the page {page} (line {line}), which is read after the last question: put its words before it, or under `what-happens-next`", ("page", read.Called), ("line", read.Line)));
        return [.. pages.Take(from)];
    }

    void Page(ImportedPage page, string? when, StringBuilder text)
    {
        var groups = page.Questions.Where(q => q.IsGroup).ToList();
        var questions = page.Questions.Where(q => !q.IsGroup).ToList();
        var words = page.Text.Exists(t => WithoutTitle(t, page.Title).English.Length > 0) || page.Details.Count > 0;
        if (questions.Count == 1 && groups.Count == 0 && (page.Title is null || page.Title.IsSame(questions[0].Text)))
        {
            Question(questions[0], when, text, page);
            return;
        }
        var titled = page.Title ?? (questions.Count > 1 ? new Said("About you") { Welsh = welsh ? "Amdanoch chi" : null } : null);
        var isHeading = questions.Count > 1 || questions.Count == 1 && page.Title is not null || questions.Count == 0 && words;
        if (isHeading)
        {
            var name = names.For(titled?.English ?? "About this", "page", ending: "page");
            text.Append(CultureInfo.InvariantCulture, $"  {name}:\n");
            Prose(4, "page", titled ?? new("About this"), text);
            Words(page, text);
            if (questions.Count > 0) text.Append(CultureInfo.InvariantCulture, $"    ask: [{string.Join(", ", questions.Select(q => q.Name))}]\n");
            if (when is not null) text.Append(CultureInfo.InvariantCulture, $"    when: {when}\n");
        }
        foreach (var question in questions) Question(question, isHeading ? null : when, text, isHeading ? null : page);
        foreach (var group in groups) Question(group, when, text, null);
    }

    /// <summary>The words above the questions, and those that are folded away.</summary>
    void Words(ImportedPage page, StringBuilder text)
    {
        var above = page.Text.Select(t => WithoutTitle(t, page.Title)).Where(t => t.English.Length > 0).ToList();
        var folded = page.Details.ToList();
        // A page that is only read has a text.
        if (above.Count == 0 && page.Questions.Count == 0 && folded.Count > 0)
        {
            above.Add(folded[0].Text);
            folded.RemoveAt(0);
        }
        if (above.Count > 0) Prose(4, "text", Joined(above), text);
        if (folded.Count == 0) return;
        text.Append("    details:\n");
        var own = new FormNames();
        foreach (var (title, inside) in folded)
        {
            text.Append(CultureInfo.InvariantCulture, $"      {own.For(title.English, "more")}:\n");
            Prose(8, "title", title, text);
            Prose(8, "text", inside, text);
        }
    }

    /// <summary>Builders repeat the title of a page in its words; here it is said once.</summary>
    static Said WithoutTitle(Said text, Said? title)
    {
        if (title is null || First(text.English, title.English) is not { } rest) return text;
        return new(rest) { Welsh = text.Welsh is null || title.Welsh is null ? text.Welsh : First(text.Welsh, title.Welsh) ?? text.Welsh };

        static string? First(string text, string title)
        {
            var end = text.IndexOf('\n', StringComparison.Ordinal);
            var first = end < 0 ? text : text[..end];
            return string.Equals(first.TrimStart('#', ' ').Trim('*', ' ', '.'), title.Trim(' ', '.'), StringComparison.OrdinalIgnoreCase) ? (end < 0 ? "" : text[end..].TrimStart('\n')) : null;
        }
    }

    static Said Joined(List<Said> pieces) => pieces.Count == 1 ? pieces[0]
        : new(string.Join("\n\n", pieces.Select(p => p.English))) { Welsh = pieces.Exists(p => p.Welsh is not null) ? string.Join("\n\n", pieces.Select(p => p.Welsh ?? p.English)) : null };

    void Question(ImportedQuestion q, string? when, StringBuilder text, ImportedPage? alone, bool inRow = false)
    {
        text.Append(CultureInfo.InvariantCulture, $"  {q.Name}:\n");
        if (q.IsGroup)
        {
            Prose(4, "group", q.Text, text);
            Prose(4, "one", q.One ?? OneOf(q.Text), text);
        }
        else Prose(4, "question", q.Text, text);
        if (alone is not null) Words(alone, text);
        if (q.Hint is { } hint && !hint.IsSame(q.Text)) Prose(4, "hint", hint, text);
        if (q.Short is { } shorter && !shorter.IsSame(q.Text)) Prose(4, "short", shorter, text);
        if (q.IsGroup) text.Append(CultureInfo.InvariantCulture, $"    ask: [{string.Join(", ", q.Inside.Select(i => i.Name))}]\n");
        else text.Append(CultureInfo.InvariantCulture, $"    type: {q.Type}\n");
        if (q.Options.Count > 0)
        {
            text.Append("    options:\n");
            foreach (var option in q.Options)
            {
                if (option.Hint is null && !option.Alone) Prose(6, option.Name, option.Label, text);
                else
                {
                    text.Append(CultureInfo.InvariantCulture, $"      {option.Name}:\n");
                    Prose(8, "label", option.Label, text);
                    if (option.Hint is { } help) Prose(8, "hint", help, text);
                    if (option.Alone) text.Append("        alone: yes\n");
                }
            }
        }
        if (q.Accept.Count > 0) text.Append(CultureInfo.InvariantCulture, $"    accept: [{string.Join(", ", q.Accept)}]\n");
        if (q.MostFiles is { } files) text.Append(CultureInfo.InvariantCulture, $"    most-files: {files}\n");
        if (q.MostMegabytes is { } size) text.Append(CultureInfo.InvariantCulture, $"    most-size: {size}MB\n");
        if (q.MaxWords is { } most) text.Append(CultureInfo.InvariantCulture, $"    max-words: {most}\n");
        if (q.LooksLike is { } example) Scalar(4, "looks-like", example, text);
        if (q.MaxLength is { } length) text.Append(CultureInfo.InvariantCulture, $"    max-length: {length}\n");
        if (q.AtLeast is { } least) text.Append(CultureInfo.InvariantCulture, $"    at-least: {least}\n");
        if (q.AtMost is { } limit) text.Append(CultureInfo.InvariantCulture, $"    at-most: {limit}\n");
        if (q.Whole) text.Append("    whole: yes\n");
        if (q.Optional) text.Append("    optional: yes\n");
        if (when is not null) text.Append(CultureInfo.InvariantCulture, $"    when: {when}\n");
        foreach (var inside in q.Inside) Question(inside, null, text, null, inRow: true);
        // A group is kept as a whole.
        if (!inRow && IsPersonal(q)) personal.Add(q.Name);
    }

    static bool IsPersonal(ImportedQuestion q) => q.IsGroup ? q.Inside.Any(IsPersonal) : QuestionTypes.Find(q.Type)!.Personal;

    /// <summary>What one row is called: "Capital costs" are of one "capital cost"; where that cannot be told, an "entry".</summary>
    Said OneOf(Said rows)
    {
        var entry = new Said("entry") { Welsh = welsh ? "cofnod" : null };
        if (welsh) return entry;
        var words = rows.English.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is 0 or > 3 || rows.English.Any(c => !char.IsAsciiLetter(c) && c != ' ')) return entry;
        var last = words[^1].ToLowerInvariant();
        var one = last.EndsWith("ies", StringComparison.Ordinal) && last.Length > 4 ? last[..^3] + "y" : last.EndsWith('s') && !last.EndsWith("ss", StringComparison.Ordinal) && !last.EndsWith("us", StringComparison.Ordinal) && last.Length > 3 ? last[..^1] : null;
        return one is null ? entry : new(string.Join(' ', words.SkipLast(1).Where(w => w is not ("Your" or "your")).Select(w => w.ToLowerInvariant()).Append(one)));
    }

    string Exits()
    {
        var text = new StringBuilder();
        var own = new FormNames();
        var ends = ways.InOrder.Where(p => form.Pages[p].Kind == PageKind.Exit).ToList();
        foreach (var number in ends)
        {
            var page = form.Pages[number];
            var isOneOfMany = ends.Exists(e => e != number && form.Pages[e].Title?.English == page.Title?.English);
            var whens = never.Contains(number) ? [] : ways.ExitWhen(number);
            var words = Joined([.. page.Text, .. page.Details.Select(d => d.Text), .. page.Text.Count + page.Details.Count == 0 ? new[] { page.Title ?? new Said("There is nothing more to do here.") } : Array.Empty<Said>()]);
            if (whens is { Count: 0 }) form.Lacks(new Message("the end {page} (line {line}), because no answers surely lead to it", ("page", page.Called), ("line", page.Line)));
            else if (whens is null)
            {
                // Everybody comes to it, so it is what is said after sending.
                form.Afterwards ??= words;
            }
            else
            {
                if (text.Length == 0) text.Append("\nexit:\n");
                foreach (var when in whens)
                {
                    var name = (isOneOfMany || whens.Count > 1 ? own.Exactly(Why(when)) : null) ?? own.For(page.Title?.English ?? "", "not-for-us");
                    pageOf[name] = number;
                    text.Append(CultureInfo.InvariantCulture, $"  {name}:\n    when: {when}\n");
                    Prose(4, "title", page.Title ?? new("You cannot use this service"), text);
                    Prose(4, "text", words, text);
                }
            }
        }
        return text.ToString();
    }

    /// <summary>What sets an end apart from others with its title: the answer that leads to it. `based-in-uk is no` is `based-in-uk-no`.</summary>
    static string Why(string when) => when.Split(" and ")[^1].Replace(" is ", "-", StringComparison.Ordinal);

    void Rest()
    {
        var done = new Said("We have dealt with what you sent us") { Welsh = welsh ? "Rydym wedi delio â'r hyn a anfonoch atom" : null };
        var refused = new Said("We cannot help with what you sent us") { Welsh = welsh ? "Ni allwn helpu gyda'r hyn a anfonoch atom" : null };
        file.Append("\n# The council decides how this is worked; this is the least that can be.\nwork:\n  close-within: 20 working days\n  outcomes:\n");
        Prose(4, "done", done);
        Prose(4, "refused", refused);
        file.Append("  start: look-at-it\n  stages:\n    look-at-it:\n");
        Prose(6, "label", new("Look at it") { Welsh = welsh ? "Edrych arno" : null });
        Prose(6, "shown-as", new("We have what you sent and are looking at it.") { Welsh = welsh ? "Mae gennym yr hyn a anfonoch ac rydym yn edrych arno." : null });
        file.Append("      actions:\n        done:\n");
        Prose(10, "label", new("Done") { Welsh = welsh ? "Wedi'i wneud" : null });
        file.Append("          close: done\n        refuse:\n");
        Prose(10, "label", new("Refuse it") { Welsh = welsh ? "Gwrthod" : null });
        file.Append("          close: refused\n");
        if (form.Questions.Any(q => q.Type is "email" or "person" && q.Name.Length > 0)) file.Append("\ntell:\n  on received: [email]\n  on closed: [email]\n  on question: [email]\n");
        file.Append("\n# How long and why is the council's to decide, and which other answers say who somebody is.\nkeep:\n  for: 6 years after closed\n  because: public task\n");
        if (personal.Count > 0) file.Append(CultureInfo.InvariantCulture, $"  personal: [{string.Join(", ", personal)}]\n");
        file.Append("\nmeasure:\n  target: {closed-in-time: 90%}\n");
    }

    void Line(int indent, string line) => file.Append(' ', indent).Append(line).Append('\n');

    void Prose(int indent, string key, Said said) => Prose(indent, key, said, file);

    static void Prose(int indent, string key, Said said, StringBuilder text)
    {
        if (said.Welsh is null)
        {
            Scalar(indent, key, said.English, text);
            return;
        }
        text.Append(' ', indent).Append(key).Append(":\n");
        Scalar(indent + 2, "en", said.English, text);
        Scalar(indent + 2, "cy", said.Welsh, text);
    }

    static void Scalar(int indent, string key, string value, StringBuilder text)
    {
        var words = string.Join('\n', PlainWords.Tidied(value).Split('\n').Select(l => l.TrimEnd())).Trim();
        text.Append(' ', indent).Append(key).Append(": ");
        if (words.Contains('\n', StringComparison.Ordinal))
        {
            text.Append("|\n");
            foreach (var line in words.Split('\n'))
            {
                if (line.Length > 0) text.Append(' ', indent + 2).Append(line);
                text.Append('\n');
            }
        }
        else text.Append(NeedsQuotes(words) ? $"\"{words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : words).Append('\n');
    }

    static bool NeedsQuotes(string words) =>
        words.Length == 0 || "[]{}&*!|>'\"%@`#-?:,~=".Contains(words[0], StringComparison.Ordinal) || words.Contains(": ", StringComparison.Ordinal) || words.EndsWith(':') || words.Contains('#', StringComparison.Ordinal)
        || words.StartsWith("...", StringComparison.Ordinal);
}
