namespace Moothall.Definitions.Importing;

/// <summary>Two files with one form in English and in Welsh: the same questions under the same keys, with other words. Joined, they are one form in two languages.</summary>
static class WelshTwin
{
    /// <summary>How much two forms are the same, from 0 to 1: the share of their questions that both ask under one key.</summary>
    public static double Likeness(ImportedForm one, ImportedForm other)
    {
        HashSet<string> a = [.. one.Questions.Select(q => q.Key)], b = [.. other.Questions.Select(q => q.Key)];
        return a.Count == 0 || b.Count == 0 ? 0 : (double)a.Intersect(b).Count() / a.Union(b).Count();
    }

    /// <summary>Puts the Welsh words beside the English.</summary>
    public static void Join(ImportedForm english, ImportedForm welsh)
    {
        english.WelshTitle = welsh.Title;
        english.WelshPartOf = welsh.PartOf;
        if (english.Afterwards is not null && welsh.Afterwards is { } after) english.Afterwards = With(english.Afterwards, after);
        var left = welsh.Pages.ToList();
        foreach (var (page, number) in english.Pages.Select((p, i) => (p, i)))
        {
            var keys = page.Questions.Select(q => q.Key).ToHashSet(StringComparer.Ordinal);
            var twin = keys.Count > 0 ? left.OrderByDescending(p => p.Questions.Count(q => keys.Contains(q.Key))).FirstOrDefault(p => p.Questions.Exists(q => keys.Contains(q.Key)))
                : left.FirstOrDefault(p => p.Questions.Count == 0 && p.Key == page.Key) ?? (number < welsh.Pages.Count && welsh.Pages[number] is { Questions.Count: 0 } same && left.Contains(same) ? same : left.FirstOrDefault(p => p.Questions.Count == 0 && p.Kind == page.Kind));
            if (twin is null) continue;
            left.Remove(twin);
            Join(page, twin);
        }
    }

    static void Join(ImportedPage page, ImportedPage twin)
    {
        page.Title = With(page.Title, twin.Title);
        page.Section = With(page.Section, twin.Section);
        if (page.Text.Count == twin.Text.Count)
            for (var i = 0; i < page.Text.Count; i++) page.Text[i] = With(page.Text[i], twin.Text[i])!;
        else if (page.Text.Count > 0 && twin.Text.Count > 0)
        {
            var whole = new Said(string.Join("\n\n", page.Text.Select(t => t.English))) { Welsh = string.Join("\n\n", twin.Text.Select(t => t.English)) };
            page.Text.Clear();
            page.Text.Add(whole);
        }
        for (var i = 0; i < Math.Min(page.Details.Count, twin.Details.Count); i++)
            page.Details[i] = (With(page.Details[i].Title, twin.Details[i].Title)!, With(page.Details[i].Text, twin.Details[i].Text)!);
        foreach (var question in page.Questions)
            if (twin.Questions.Find(q => q.Key == question.Key) is { } other) Join(question, other);
    }

    static void Join(ImportedQuestion question, ImportedQuestion twin)
    {
        question.Text = With(question.Text, twin.Text)!;
        question.Hint = With(question.Hint, twin.Hint);
        question.Short = With(question.Short, twin.Short);
        question.One = With(question.One, twin.One);
        for (var i = 0; i < question.Options.Count; i++)
        {
            var option = question.Options[i];
            if ((twin.Options.Find(o => o.Value == option.Value) ?? (twin.Options.Count == question.Options.Count ? twin.Options[i] : null)) is not { } other) continue;
            option.Label = With(option.Label, other.Label)!;
            option.Hint = With(option.Hint, other.Hint);
        }
        foreach (var inside in question.Inside)
            if (twin.Inside.Find(q => q.Key == inside.Key) is { } other) Join(inside, other);
    }

    static Said? With(Said? english, Said? welsh) => english is null || welsh is null ? english : english with { Welsh = welsh.English };
}
