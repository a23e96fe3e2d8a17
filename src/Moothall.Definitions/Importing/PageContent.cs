namespace Moothall.Definitions.Importing;

/// <summary>Puts the words of a page where they are read: above its questions, folded away, or as the help of the question that follows them.</summary>
sealed class PageContent(ImportedForm form, ImportedPage page)
{
    /// <summary>Words that stand between two questions, until the second comes.</summary>
    readonly List<string> between = [];

    public void Words(string? html, int line, bool markdown = false)
    {
        if (Importing.Words.WithoutAnswers(html, form, line) is not { } text) return;
        var read = markdown ? new PlainWords.Words(PlainWords.Tidied(text).Trim(), []) : PlainWords.Of(text);
        var words = read.Markdown;
        foreach (var (title, inside) in read.Folded) Folded(title, inside, line, markdown: true);
        if (words.Length == 0) return;
        if (page.Questions.Count == 0) page.Text.Add(new(words));
        else between.Add(words);
    }

    public void Inset(string? html, int line)
    {
        if (Importing.Words.WithoutAnswers(html, form, line) is not { } text || PlainWords.Of(text).Markdown is not { Length: > 0 } words) return;
        page.Text.Add(new(string.Join('\n', words.Split('\n').Select(l => l.Length == 0 ? ">" : $"> {l}"))));
    }

    public void Folded(string? title, string? html, int line, bool markdown = false)
    {
        if (Importing.Words.WithoutAnswers(html, form, line) is not { } text) return;
        var words = markdown ? text.Trim() : PlainWords.Of(text).Markdown;
        if (words.Length > 0) page.Details.Add((new(PlainWords.Line(Importing.Words.WithoutAnswers(title, form, line)) ?? "More about this"), new(words)));
    }

    /// <summary>Puts the questions of a component on the page, with their help.</summary>
    /// <param name="questions">How many questions the page has.</param>
    public void Asks(IReadOnlyList<ImportedQuestion> made, FormNode component, int questions)
    {
        var first = made[0];
        var help = Importing.Words.WithoutAnswers(first.Hint?.English, form, component.Line);
        first.Hint = null;
        if (component["content"].Lines is { } content && first.Type == "declaration") Words(content, component.Line, markdown: true);
        if (help is not null && PlainWords.IsLong(help) && questions == 1 && !first.IsGroup) Words(help, component.Line);
        else first.Hint = Said.Of(PlainWords.Line(help));
        if (between.Count > 0)
        {
            if (first.Hint is null && !between.Any(b => b.Contains("](", StringComparison.Ordinal))) first.Hint = Said.Of(PlainWords.Line(string.Join(" ", between)));
            else page.Text.AddRange(between.Select(b => new Said(b)));
            between.Clear();
        }
        // The label is hidden, so the page's title is what is asked.
        if (component["options"]["hideTitle"].Is(true) && questions == 1 && made.Count == 1 && page.Title is { } title && !title.IsSame(first.Text))
        {
            first.Short ??= first.Text;
            first.Text = title;
        }
        page.Questions.AddRange(made);
    }

    /// <summary>The page is read to its end.</summary>
    public void Done(FormNode custom)
    {
        page.Text.AddRange(between.Select(b => new Said(b)));
        if (page.Questions.FirstOrDefault(q => q.IsGroup) is { } rows && PlainWords.Line(custom["samePageTableItemName"].Text) is { } one) rows.One = new(one);
        if (page.Questions.FirstOrDefault(q => q.IsGroup) is { } group && PlainWords.Line(custom["samePageTitle"].Text ?? custom["separatePageTitle"].Text) is { } title && title != group.Text.English)
        {
            group.Short ??= group.Text;
            group.Text = new(title);
        }
    }
}

/// <summary>Words of forms that stand for something else.</summary>
static partial class Words
{
    /// <summary>A title from a file's name: `green-belt-declarations.json` is "Green belt declarations".</summary>
    public static string FromFileName(string fileName)
    {
        var stem = Path.GetFileNameWithoutExtension(fileName);
        var words = string.Join(' ', stem.Split(['-', '_', ' ', '.'], StringSplitOptions.RemoveEmptyEntries));
        return words.Length == 0 ? "Form" : char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>The text without the answers that a template puts in (`{{ firstName }}`), which is told.</summary>
    public static string? WithoutAnswers(string? text, ImportedForm form, int line)
    {
        if (text is null || !text.Contains("{{", StringComparison.Ordinal)) return text;
        form.Lacks(new Message("words with an answer put in between (line {line}): “{words}”", ("line", line), ("words", ImportedPage.Shorten(PlainWords.Line(text) ?? ""))));
        return Template().Replace(text, "…");
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"\{\{[^{}]*\}\}(\s*\{\{[^{}]*\}\})*")]
    private static partial System.Text.RegularExpressions.Regex Template();
}
