using System.Globalization;

namespace Moothall.Definitions;

/// <summary>
/// Plain words: warns on questions that are hard to read and on pages that have the same title. Nobody should need a second
/// reading to be helped.
/// </summary>
static class CheckWords
{
    const int OldestReadingAge = 14;
    const int MostWordsInASentence = 25;

    public static void Run(ServiceDefinition d, Findings findings)
    {
        foreach (var (question, top) in d.Ask.SelectMany(QuestionTree.WithThoseInside).Select(q => (q, "ask")).Concat(d.Work.Questions.Select(q => (q, "work/questions"))))
        {
            Sentences(question.Text, findings.At($"{top}/{question.Name}/{Key(question)}", question.Place), findings);
            if (question.Hint is { } hint) Sentences(hint, findings.At($"{top}/{question.Name}/hint", question.Place), findings);
            var all = question.Hint is null ? question.Text.English : $"{Stopped(question.Text.English)} {question.Hint.English}";
            if (ReadingAge.Of(all) is { } age && age > OldestReadingAge)
                findings.Warn(findings.At($"{top}/{question.Name}/{Key(question)}", question.Place), new Message("this question reads as if for age {age}; use shorter words and sentences, for {oldest} or younger", ("age", age), ("oldest", OldestReadingAge)));
        }
        foreach (var page in d.Pages)
        {
            if (page.Text is { } text) Sentences(text, findings.At($"ask/{page.Name}/text", page.Place), findings);
            foreach (var detail in page.Details) Sentences(detail.Text, findings.At($"ask/{page.Name}/details/{detail.Name}/text", detail.Place), findings);
        }
        foreach (var exit in d.Exits) Sentences(exit.Text, findings.At($"exit/{exit.Name}/text", exit.Place), findings);
        foreach (var alert in d.Alerts) Sentences(alert.Text, findings.At($"alert/{alert.Name}/text", alert.Place), findings);
        if (d.CoSign is { } coSign)
        {
            Sentences(coSign.Statement, findings.At("co-sign/statement", coSign.Place), findings);
            if (coSign.Text is { } text) Sentences(text, findings.At("co-sign/text", coSign.Place), findings);
        }
        Sentences(d.Summary, findings.At("summary", d.Place), findings);
        Titles(d, findings);
    }

    static string Key(Question question) => question.IsGroup ? "group" : "question";

    static void Sentences(Prose prose, SourcePlace place, Findings findings)
    {
        var longest = ReadingAge.SentencesOf(prose.English).Select(ReadingAge.CountWords).DefaultIfEmpty(0).Max();
        if (longest > MostWordsInASentence) findings.Warn(place, new Message("a sentence here has {longest} words; write two of at most {most} each", ("longest", longest), ("most", MostWordsInASentence)));
    }

    static void Titles(ServiceDefinition d, Findings findings)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        var pages = d.Ask.Select(q => (q.Name, q.Text, Place: findings.At($"ask/{q.Name}/question", q.Place)))
            .Concat(d.Pages.Where(p => !p.IsOfQuestion).Select(p => (p.Name, Text: p.Title, Place: findings.At($"ask/{p.Name}/page", p.Place))))
            .Concat(d.Exits.Select(e => (e.Name, Text: e.Title, Place: findings.At($"exit/{e.Name}/title", e.Place))))
            .Concat(d.Alerts.Select(a => (a.Name, Text: a.Title, Place: findings.At($"alert/{a.Name}/title", a.Place))));
        foreach (var (name, text, place) in pages)
        {
            var title = string.Join(' ', ReadingAge.WordsOf(text.English)).ToLowerInvariant();
            if (!seen.TryAdd(title, name)) findings.Warn(place, new Message("`{name}` has the same title as `{other}`; make each page's title its own, so that people know where they are", ("name", name), ("other", seen[title])));
        }
    }

    static string Stopped(string text) => text.TrimEnd() is [.., '.' or '?' or '!'] ? text : text + ".";
}
