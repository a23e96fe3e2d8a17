using System.Globalization;

namespace Moothall.Definitions;

/// <summary>Proves what is promised about data: look-up tables exist, what is personal is kept as such, what is shared is agreed.</summary>
static class CheckData
{
    public static void Run(ServiceDefinition d, Surroundings s, Findings findings)
    {
        Tables(d, s, findings);
        Personal(d, findings);
        Links(d, findings);
        Hidden(d, findings);
        foreach (var sharing in d.Share) Sharing(d, s, sharing, findings);
    }

    static void Tables(ServiceDefinition d, Surroundings s, Findings findings)
    {
        foreach (var (question, top) in d.Ask.SelectMany(QuestionTree.WithThoseInside).Select(q => (q, "ask")).Concat(d.Work.Questions.Select(q => (q, "work/questions"))))
            foreach (var (part, table) in question.LookUps.Where(l => s.LookUps.ValuesOf(l.Value) is null))
                findings.Error(findings.At($"{top}/{question.Name}/look-up/{part}", question.Place), new Message("there is no table called `{table}` to look up `{question}.{part}` in; check the name, or add the table to the council's places", ("table", table), ("question", question.Name), ("part", part)));
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
                ? new Message("`{name}` is asked in the group `{group}`, which is kept as a whole; write `{group}`", ("name", name), ("group", group.Name))
                : new Message("no question is called `{name}`", ("name", name)).With(DidYouMean.Ending(name, known)));
        var meant = d.Keep.Personal.Where(p => !known.Contains(p)).Select(p => DidYouMean.Among(p, known)).ToHashSet();
        var personal = d.Ask.Concat(d.Work.Questions.Where(q => q.Type.Kind != ValueKind.Files)).Where(q => q.IsPersonal && !d.Keep.Personal.Contains(q.Name) && !meant.Contains(q.Name));
        foreach (var question in personal)
            findings.Error(findings.At("keep/personal", d.Keep.Place), question.IsGroup
                ? new Message("the group `{group}` asks `{question}`, which says who somebody is; add `{group}` to `personal`", ("group", question.Name), ("question", question.Inside.First(q => q.IsPersonal).Name))
                : new Message("`{question}` is of type `{type}`, which says who somebody is; add it to `personal`", ("question", question.Name), ("type", question.Type.Name)));
    }

    /// <summary>Links are passed on, printed and kept in histories: what a question's file calls personal never stands in one.</summary>
    static void Links(ServiceDefinition d, Findings findings)
    {
        foreach (var question in d.Ask.Where(q => q.Prefill.Contains(PrefillSource.Link) && d.Keep.Personal.Contains(q.Name)))
            findings.Error(findings.At($"ask/{question.Name}/prefill", question.Place), new Message("`{question}` is kept as personal, and the address of a page is seen by others; write `earlier-case` in place of `link`, or take it out", ("question", question.Name)));
    }

    /// <summary>Residents are shown no open cases of a service whose cases are hidden from the council's own staff.</summary>
    static void Hidden(ServiceDefinition d, Findings findings)
    {
        if (d is { Sensitive: true, Near: { } near })
            findings.Error(findings.At($"ask/{near.Question.Name}/near", near.Question.Place), new Message("`near` shows open cases to anybody, and this service is `sensitive`; write `near: no`, or take `near` out"));
    }

    static void Sharing(ServiceDefinition d, Surroundings s, Sharing sharing, Findings findings)
    {
        var path = $"share/{sharing.Partner}";
        var questions = d.Ask.Select(q => q.Name).ToList();
        if (!s.Partners.Contains(sharing.Partner))
            findings.Error(sharing.Place, new Message("no partner is called `{name}`", ("name", sharing.Partner)).With(DidYouMean.Ending(sharing.Partner, [.. s.Partners.Order(StringComparer.Ordinal)])));
        if (sharing.Fields.Count == 0) findings.Error(sharing.Place, new Message("nothing is shared with `{partner}`; name questions in `fields`, or take it out", ("partner", sharing.Partner)));
        foreach (var field in sharing.Fields.Where(f => !questions.Contains(f)))
            findings.Error(findings.At($"{path}/fields/{field}", sharing.Place), d.GroupOf(field) is { } group
                ? new Message("`{name}` is asked in the group `{group}`, which is passed on as a whole; write `{group}`", ("name", field), ("group", group.Name))
                : new Message("no question is called `{name}`", ("name", field)).With(DidYouMean.Ending(field, questions)));

        var agreementPlace = findings.At($"{path}/agreement", sharing.Place);
        if (!s.Agreements.TryGetValue(sharing.Agreement, out var agreement))
        {
            findings.Error(agreementPlace, new Message("no agreement is called `{name}`", ("name", sharing.Agreement)).With(DidYouMean.Ending(sharing.Agreement, [.. s.Agreements.Keys.Order(StringComparer.Ordinal)])));
            return;
        }
        if (agreement.Partner != sharing.Partner)
            findings.Error(agreementPlace, new Message("the agreement `{agreement}` is with `{partner}`, not with `{other}`; name the right one", ("agreement", agreement.Id), ("partner", agreement.Partner), ("other", sharing.Partner)));
        if (agreement.Until < s.Today)
            findings.Error(agreementPlace, new Message("the agreement `{agreement}` ended on {day}; renew it, or stop sharing", ("agreement", agreement.Id), ("day", agreement.Until)));
        foreach (var field in sharing.Fields.Where(f => questions.Contains(f) && !agreement.Fields.Contains(f)))
            findings.Error(findings.At($"{path}/fields/{field}", sharing.Place), new Message("the agreement `{agreement}` does not cover `{field}`; take it out of `fields`, or agree it with `{partner}` first", ("agreement", agreement.Id), ("field", field), ("partner", sharing.Partner)));
    }
}
