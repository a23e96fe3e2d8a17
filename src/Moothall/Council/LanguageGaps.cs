using Moothall.Definitions;

namespace Moothall.Council;

/// <summary>
/// What the languages that a council offers lack, so that a reader meets English: messages of the program, prose of services, pages of the council. What is
/// written in English only is the council's choice and is listed when asked for; what is half in a language is a slip, and is always said.
/// </summary>
public static class LanguageGaps
{
    const int MostNamed = 3;

    /// <summary>The gaps as warnings: a line for each language and each half-done file, or a line for every text.</summary>
    public static IReadOnlyList<Finding> Find(CouncilFiles council, IReadOnlyCollection<ServiceDefinition> services, string councilFolder, bool each)
    {
        ArgumentNullException.ThrowIfNull(council);
        var findings = new List<Finding>();
        foreach (var language in council.Authorities.SelectMany(a => a.Languages).Where(l => l != "en").Distinct())
        {
            var phrases = Phrases.In(language);
            findings.AddRange(OfProgram(phrases, each));
            foreach (var service in services) findings.AddRange(OfProse($"`{service.Name}`", [.. ResidentProse.Of(service)], phrases, service.Place, each));
            foreach (var offer in council.Offers.Where(o => o.Pay is not null)) findings.AddRange(OfProse($"the offer of `{offer.Service}`", [offer.Pay!], phrases, offer.Place, each));
            findings.AddRange(OfPages(council, phrases, councilFolder, each));
        }
        return findings;
    }

    static IEnumerable<Finding> OfProgram(Phrases phrases, bool each)
    {
        var lacking = phrases.Lacks();
        if (lacking.Count == 0) return [];
        if (each) return lacking.Select(m => Warning(new(m.File, m.Line, 1), $"{phrases.Name} ({phrases.Language}) has no words for “{m.English}”"));
        return [Warning(new(Path.Combine(Phrases.Folder, phrases.Language), 1, 1), $"{phrases.Name} ({phrases.Language}) lacks {lacking.Count} messages of the program: {Named(lacking.Select(m => m.English))}. They are said in English; see each with --languages")];
    }

    static IEnumerable<Finding> OfProse(string of, IReadOnlyList<Prose> prose, Phrases phrases, SourcePlace place, bool each)
    {
        var lacking = prose.Where(p => !p.Texts.ContainsKey(phrases.Language)).ToList();
        if (each) return lacking.Select(p => Warning(p.Place ?? place, $"there are no words in {phrases.Name} here; add `{phrases.Language}: ...` below `en: ...`"));
        return lacking.Count == 0 || lacking.Count == prose.Count ? []
            : [Warning(lacking[0].Place ?? place, $"{of} is in {phrases.Name} ({phrases.Language}) only in part: {lacking.Count} of {prose.Count} texts are not, the first “{Short(lacking[0].English)}”; add `{phrases.Language}: ...` to each, or see all with --languages")];
    }

    static IEnumerable<Finding> OfPages(CouncilFiles council, Phrases phrases, string folder, bool each)
    {
        var english = council.Pages.Keys.Where(p => !p.Contains('.', StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        var lacking = english.Where(p => !council.Pages.ContainsKey($"{p}.{phrases.Language}")).ToList();
        return each || lacking.Count < english.Count
            ? lacking.Select(p => Warning(new(Path.Combine(folder, "pages", p + ".md"), 1, 1), $"this page is not in {phrases.Name} ({phrases.Language}); write pages/{p}.{phrases.Language}.md beside it")) : [];
    }

    static string Named(IEnumerable<string> messages) => string.Join(", ", messages.Take(MostNamed).Select(m => $"“{Short(m)}”"));

    static string Short(string text) => text.ReplaceLineEndings(" ") is { Length: > 60 } longer ? longer[..60] + "…" : text;

    static Finding Warning(SourcePlace place, string message) => new(place, Severity.Warning, message);
}
