using System.Globalization;

namespace Moothall.Definitions;

/// <summary>Proves what is promised about data: look-up tables exist, what is personal is kept as such, what is shared is agreed.</summary>
static class CheckData
{
    public static void Run(ServiceDefinition d, Surroundings s, Findings findings)
    {
        Tables(d, s, findings);
        Personal(d, findings);
        foreach (var sharing in d.Share) Sharing(d, s, sharing, findings);
    }

    static void Tables(ServiceDefinition d, Surroundings s, Findings findings)
    {
        foreach (var (question, top) in d.Ask.SelectMany(QuestionTree.WithThoseInside).Select(q => (q, "ask")).Concat(d.Work.Questions.Select(q => (q, "work/questions"))))
            foreach (var (part, table) in question.LookUps.Where(l => s.LookUps.ValuesOf(l.Value) is null))
                findings.Error(findings.At($"{top}/{question.Name}/look-up/{part}", question.Place), $"there is no table called `{table}` to look up `{question.Name}.{part}` in; check the name, or add the table to the council's places");
    }

    /// <summary>
    /// Answers that say who somebody is stand under `keep.personal`. Files that staff add are photographs of work as a rule,
    /// and are left to the designer; those that residents send are not.
    /// </summary>
    static void Personal(ServiceDefinition d, Findings findings)
    {
        var known = d.Ask.Concat(d.Work.Questions).Select(q => q.Name).ToList();
        foreach (var name in d.Keep.Personal.Where(p => !known.Contains(p)))
            findings.Error(findings.At($"keep/personal/{name}", d.Keep.Place), d.GroupOf(name) is { } group
                ? $"`{name}` is asked in the group `{group.Name}`, which is kept as a whole; write `{group.Name}`" : $"no question is called `{name}`{DidYouMean.Ending(name, known)}");
        var meant = d.Keep.Personal.Where(p => !known.Contains(p)).Select(p => DidYouMean.Among(p, known)).ToHashSet();
        var personal = d.Ask.Concat(d.Work.Questions.Where(q => q.Type.Kind != ValueKind.Files)).Where(q => q.IsPersonal && !d.Keep.Personal.Contains(q.Name) && !meant.Contains(q.Name));
        foreach (var question in personal)
            findings.Error(findings.At("keep/personal", d.Keep.Place), question.IsGroup
                ? $"the group `{question.Name}` asks `{question.Inside.First(q => q.IsPersonal).Name}`, which says who somebody is; add `{question.Name}` to `personal`"
                : $"`{question.Name}` is of type `{question.Type.Name}`, which says who somebody is; add it to `personal`");
    }

    static void Sharing(ServiceDefinition d, Surroundings s, Sharing sharing, Findings findings)
    {
        var path = $"share/{sharing.Partner}";
        var questions = d.Ask.Select(q => q.Name).ToList();
        if (!s.Partners.Contains(sharing.Partner))
            findings.Error(sharing.Place, $"no partner is called `{sharing.Partner}`{DidYouMean.Ending(sharing.Partner, [.. s.Partners.Order(StringComparer.Ordinal)])}");
        if (sharing.Fields.Count == 0) findings.Error(sharing.Place, $"nothing is shared with `{sharing.Partner}`; name questions in `fields`, or take it out");
        foreach (var field in sharing.Fields.Where(f => !questions.Contains(f)))
            findings.Error(findings.At($"{path}/fields/{field}", sharing.Place), d.GroupOf(field) is { } group
                ? $"`{field}` is asked in the group `{group.Name}`, which is passed on as a whole; write `{group.Name}`" : $"no question is called `{field}`{DidYouMean.Ending(field, questions)}");

        var agreementPlace = findings.At($"{path}/agreement", sharing.Place);
        if (!s.Agreements.TryGetValue(sharing.Agreement, out var agreement))
        {
            findings.Error(agreementPlace, $"no agreement is called `{sharing.Agreement}`{DidYouMean.Ending(sharing.Agreement, [.. s.Agreements.Keys.Order(StringComparer.Ordinal)])}");
            return;
        }
        if (agreement.Partner != sharing.Partner)
            findings.Error(agreementPlace, $"the agreement `{agreement.Id}` is with `{agreement.Partner}`, not with `{sharing.Partner}`; name the right one");
        if (agreement.Until < s.Today)
            findings.Error(agreementPlace, $"the agreement `{agreement.Id}` ended on {agreement.Until.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("en-GB"))}; renew it, or stop sharing");
        foreach (var field in sharing.Fields.Where(f => questions.Contains(f) && !agreement.Fields.Contains(f)))
            findings.Error(findings.At($"{path}/fields/{field}", sharing.Place), $"the agreement `{agreement.Id}` does not cover `{field}`; take it out of `fields`, or agree it with `{sharing.Partner}` first");
    }
}
