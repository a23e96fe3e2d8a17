namespace Moothall.Definitions;

/// <summary>Proves what charges and renewals promise: stages and outcomes are there, amounts have limits, the start page tells the price.</summary>
static class CheckCharges
{
    public static void Run(ServiceDefinition d, Findings findings)
    {
        foreach (var charge in d.Charges) Charge(d, charge, findings);
        if (d.Charges.Count > 0 && d.Start.Cost is null)
            findings.Warn(d.Charges[0].Place, new Message("this service charges, but its start page says that it is free; add `cost:` under `start-page`"));
        if (d.Renew is { } renewal) Renew(d, renewal, findings);
    }

    static void Charge(ServiceDefinition d, Charge charge, Findings findings)
    {
        if (charge.Stage is { } stage && d.Work.FindStage(stage) is null)
            findings.Error(findings.At($"charge/{charge.Name}/due", charge.Place), new Message("no stage is called `{name}`", ("name", stage)).With(DidYouMean.Ending(stage, [.. d.Work.Stages.Select(s => s.Name)])));
        foreach (var row in charge.Amounts.SkipLast(1).Where(r => r.When is null))
            findings.Error(row.Place, new Message("`{amount}: otherwise` must be the last line of `{charge}`, because it takes all that is left; move it down", ("amount", row.Amount.Text), ("charge", charge.Name)));
        foreach (var row in charge.Amounts.Where(r => r.Amount.Fixed is < 0 or > Amount.MostPence))
            findings.Error(row.Amount.Place, new Message("an amount lies between £0 and £1,000,000"));
        var workedWith = charge.Amounts.SelectMany(r => r.Amount.Names.Select(d.FindQuestion).OfType<Question>().Concat(r.Amount.Sums)).Distinct();
        foreach (var question in workedWith.Where(q => q.Type.Kind is ValueKind.Number or ValueKind.Money))
            if (question.AtLeast is null || question.AtMost is null)
                findings.Error(question.Place, new Message("the charge `{charge}` is worked out from `{name}`; give `{name}` an `at-least` and an `at-most`, so that nobody can be charged a wild amount", ("charge", charge.Name), ("name", question.Name)));
    }

    static void Renew(ServiceDefinition d, Renewal renewal, Findings findings)
    {
        foreach (var outcome in renewal.After.Where(o => d.Work.FindOutcome(o) is null))
            findings.Error(findings.At($"renew/after/{outcome}", renewal.Place), new Message("no outcome is called `{name}`", ("name", outcome)).With(DidYouMean.Ending(outcome, [.. d.Work.Outcomes.Select(o => o.Name)])));
        if (renewal.After.Count == 0) findings.Error(renewal.Place, new Message("`after` names no outcome; name those that begin the time, such as `after: [granted]`"));
        if (ReadRenew.Days(renewal.Remind) >= ReadRenew.Days(renewal.Every))
            findings.Error(findings.At("renew/remind", renewal.Place), new Message("a reminder {ahead} before the end comes before the {every} have begun; make it shorter", ("ahead", renewal.Remind), ("every", renewal.Every)));
        if (renewal.Question is { } counted) RenewalDate(d, renewal, counted, findings);
        if (!d.Ask.Any(q => q.Type.Name is "person" or "email"))
            findings.Warn(renewal.Place, new Message("nobody can be reminded, because no question asks for an email address; add one of type `person` or `email`"));
    }

    // The day that it counts from is one that staff are asked before the time begins.
    static void RenewalDate(ServiceDefinition d, Renewal renewal, string counted, Findings findings)
    {
        var place = findings.At(renewal.Begins is null ? "renew/ends" : "renew/begins", renewal.Place);
        if (d.Work.FindQuestion(counted) is not { } question)
        {
            findings.Error(place, new Message("no question of staff is called `{name}`", ("name", counted)).With(DidYouMean.Ending(counted, [.. d.Work.Questions.Select(q => q.Name)])).With(new Message("add it under `work: questions`")));
            return;
        }
        if (question.Type.Name != "date")
            findings.Error(place, new Message("`{counted}` does not ask for a date, so no time can be counted from it; name a question of type `date`", ("counted", counted)));
        foreach (var action in d.Work.Stages.SelectMany(s => s.Actions).Where(a => a.Close is { } outcome && renewal.After.Contains(outcome) && !a.Ask.Contains(counted)))
            findings.Warn(place, new Message("the action `{action}` closes with `{close}` and does not ask `{counted}`; add it to its `ask`, else the time counts from the close where it was not asked before", ("action", action.Name), ("close", action.Close), ("counted", counted)));
    }
}
