using Moothall.Definitions;
using Moothall.Notifications;

namespace Moothall.Council;

/// <summary>
/// What the languages that a council offers lack, so that a reader meets English: messages of the program, mails, prose of services for residents and for staff, pages of the
/// council. A service in English only is the council's choice and is listed when asked for; what is half in a language is a slip, and is always said.
/// </summary>
public static class LanguageGaps
{
    const int MostNamed = 3;

    /// <summary>The gaps as warnings: a line for each language and each half-done file, or a line for every text.</summary>
    public static IReadOnlyList<Finding> Find(CouncilFiles council, IReadOnlyCollection<ServiceDefinition> services, string councilFolder, bool each)
    {
        ArgumentNullException.ThrowIfNull(council);
        var findings = new List<Finding>();
        foreach (var phrases in Offered(council))
        {
            findings.AddRange(OfProgram(phrases, each));
            findings.AddRange(OfMails(council, phrases, each));
            foreach (var service in services) findings.AddRange(OfService(service, phrases, each));
            foreach (var offer in council.Offers.Where(o => o.Pay is not null)) findings.AddRange(OfProse(new Message("the offer of `{service}`", ("service", offer.Service)), [offer.Pay!], phrases, offer.Place, each));
            findings.AddRange(OfProse("`replies.yaml`", [.. council.Replies.SelectMany(r => new[] { r.Title, r.Text })], phrases, new(Path.Combine(councilFolder, "replies.yaml"), 1, 1), each));
            findings.AddRange(OfPages(council, phrases, councilFolder, each));
        }
        return findings;
    }

    /// <summary>The same of one service alone.</summary>
    public static IEnumerable<Finding> FindIn(ServiceDefinition service, CouncilFiles council, bool each) => Offered(council).SelectMany(phrases => OfService(service, phrases, each));

    static IEnumerable<Phrases> Offered(CouncilFiles council) => council.Authorities.SelectMany(a => a.Languages).Where(l => l != "en").Distinct().Select(Phrases.In);

    static IEnumerable<Finding> OfProgram(Phrases phrases, bool each)
    {
        var lacking = phrases.Lacks();
        if (lacking.Count == 0) return [];
        if (each) return lacking.Select(m => Warning(new(m.File, m.Line, 1), new Message("{language} ({code}) has no words for “{english}”", ("language", phrases.Name), ("code", phrases.Language), ("english", m.English))));
        return [Warning(new(Path.Combine(Phrases.Folder, phrases.Language), 1, 1), new Message("{language} ({code}) lacks {count, plural, one {# message} other {# messages}} of the program: {first}. They are said in English; see each with --languages", ("language", phrases.Name), ("code", phrases.Language), ("count", lacking.Count), ("first", Named(lacking.Select(m => m.English)))))];
    }

    // A mail is in a language when the program, the languages' folder or the council has a template of it.
    static IEnumerable<Finding> OfMails(CouncilFiles council, Phrases phrases, bool each)
    {
        var place = new SourcePlace(Path.Combine(Phrases.Folder, phrases.Language), 1, 1);
        var wrong = CheckTemplates.OfCouncil(phrases.Templates.Select(t => (t.Key + ".md", t.Value)), Templates.OtherFields);
        var lacking = Templates.Lacking(council, phrases);
        if (each || lacking.Count == 0) return [.. wrong, .. lacking.Select(m => Warning(place, new Message("{language} ({code}) has no mail `{mail}`; write {mail}.{code}.md, here or in the council's templates", ("language", phrases.Name), ("code", phrases.Language), ("mail", m))))];
        return [.. wrong, Warning(place, new Message("{language} ({code}) lacks {count, plural, one {# mail} other {# mails}}: {first}. They are written in English; see each with --languages", ("language", phrases.Name), ("code", phrases.Language), ("count", lacking.Count), ("first", Named(lacking))))];
    }

    static IEnumerable<Finding> OfService(ServiceDefinition service, Phrases phrases, bool each)
    {
        List<Prose> residents = [.. ServiceProse.OfResidents(service)], staff = [.. ServiceProse.OfStaff(service)];
        var findings = OfProse($"`{service.Name}`", residents, phrases, service.Place, each);
        var lacking = staff.Where(p => !p.Texts.ContainsKey(phrases.Language)).ToList();
        if (each) return findings.Concat(OfProse("", staff, phrases, service.Place, each));
        // Where residents are spoken to in the language, those who work for them are too.
        return lacking.Count == 0 || !residents.Concat(staff).Any(p => p.Texts.ContainsKey(phrases.Language)) ? findings
            : findings.Append(Warning(lacking[0].Place ?? service.Place, new Message("what staff read of `{service}` at the desk is not all in {language} ({code}): {count} of {all} texts are not, the first “{first}”; {mend}, or see all with --languages", ("service", service.Name), ("language", phrases.Name), ("code", phrases.Language), ("count", lacking.Count), ("all", staff.Count), ("first", Short(lacking[0].English)), ("mend", Mend(lacking[0], phrases)))));
    }

    static Message Mend(Prose prose, Phrases phrases) =>
        prose.IsName ? new Message("write a `label:` with `en: ...` and `{code}: ...`", ("code", phrases.Language)) : new Message("add `{code}: ...` below `en: ...`", ("code", phrases.Language));

    static IEnumerable<Finding> OfProse(Message of, IReadOnlyList<Prose> prose, Phrases phrases, SourcePlace place, bool each)
    {
        var lacking = prose.Where(p => !p.Texts.ContainsKey(phrases.Language)).ToList();
        if (each) return lacking.Select(p => Warning(p.Place ?? place, new Message("there are no words in {language} here; {mend}", ("language", phrases.Name), ("mend", Mend(p, phrases)))));
        return lacking.Count == 0 || lacking.Count == prose.Count ? []
            : [Warning(lacking[0].Place ?? place, new Message("{of} is in {language} ({code}) only in part: {count} of {all} texts are not, the first “{first}”; add `{code}: ...` to each, or see all with --languages", ("of", of), ("language", phrases.Name), ("code", phrases.Language), ("count", lacking.Count), ("all", prose.Count), ("first", Short(lacking[0].English))))];
    }

    static IEnumerable<Finding> OfPages(CouncilFiles council, Phrases phrases, string folder, bool each)
    {
        var english = council.Pages.Keys.Where(p => !p.Contains('.', StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        var lacking = english.Where(p => !council.Pages.ContainsKey($"{p}.{phrases.Language}")).ToList();
        return each || lacking.Count < english.Count
            ? lacking.Select(p => Warning(new(Path.Combine(folder, "pages", p + ".md"), 1, 1), new Message("this page is not in {language} ({code}); write pages/{page}.{code}.md beside it", ("language", phrases.Name), ("code", phrases.Language), ("page", p)))) : [];
    }

    static string Named(IEnumerable<string> messages) => string.Join(", ", messages.Take(MostNamed).Select(m => $"“{Short(m)}”"));

    static string Short(string text) => text.ReplaceLineEndings(" ") is { Length: > 60 } longer ? longer[..60] + "…" : text;

    static Finding Warning(SourcePlace place, Message message) => new(place, Severity.Warning, message);
}
