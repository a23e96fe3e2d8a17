namespace Moothall.Definitions;

/// <summary>
/// Proves that work comes to an end: every name in it resolves, every stage can be reached from the start, and from every
/// stage some way leads to a close.
/// </summary>
static class CheckWork
{
    public static void Run(ServiceDefinition d, Findings findings)
    {
        var work = d.Work;
        var stages = work.Stages.Select(s => s.Name).ToList();
        var outcomes = work.Outcomes.Select(o => o.Name).ToList();
        if (stages.Count == 0) findings.Error(findings.At("work/stages", work.Place), "`work` has no stages; write at least one, with an action that closes the case");
        if (outcomes.Count == 0) findings.Error(findings.At("work/outcomes", work.Place), "`work` has no outcomes; write at least one, so that a case can be closed");
        if (!stages.Contains(work.Start)) findings.Error(findings.At("work/start", work.Place), $"no stage is called `{work.Start}`{DidYouMean.Ending(work.Start, stages)}");
        foreach (var stage in work.Stages)
            foreach (var action in stage.Actions) Action(work, stage, action, stages, outcomes, findings);
        // An action whose end is misspelt leads where it was meant to: roads are followed when all ends are right.
        if (findings.All.All(f => f.Severity != Severity.Error)) Roads(work, findings);
        Unused(work, findings);
        Tellings(d, stages, findings);
    }

    static void Action(Work work, Stage stage, WorkAction action, List<string> stages, List<string> outcomes, Findings findings)
    {
        var path = $"work/stages/{stage.Name}/actions/{action.Name}";
        if (action.To is null && action.Close is null)
            findings.Error(action.Place, $"the action `{action.Name}` leads nowhere; add `to:` with a stage or `close:` with an outcome");
        if (action.To is not null && action.Close is not null)
            findings.Error(action.Place, $"the action `{action.Name}` has both `to` and `close`; keep one of them");
        if (action.To is { } to && !stages.Contains(to))
            findings.Error(findings.At($"{path}/to", action.Place), outcomes.Contains(to) ? $"`{to}` is an outcome, not a stage; write `close: {to}`" : $"no stage is called `{to}`{DidYouMean.Ending(to, stages)}");
        if (action.Close is { } close && !outcomes.Contains(close))
            findings.Error(findings.At($"{path}/close", action.Place), stages.Contains(close) ? $"`{close}` is a stage, not an outcome; write `to: {close}`" : $"no outcome is called `{close}`{DidYouMean.Ending(close, outcomes)}");
        foreach (var question in action.Ask.Where(q => work.FindQuestion(q) is null))
            findings.Error(findings.At($"{path}/ask/{question}", action.Place), $"no question under `work` is called `{question}`{DidYouMean.Ending(question, [.. work.Questions.Select(q => q.Name)])}");
    }

    static void Roads(Work work, Findings findings)
    {
        if (work.FindStage(work.Start) is null) return;
        var reached = Spread([work.Start], name => work.FindStage(name)!.Actions.Select(a => a.To).OfType<string>().Where(to => work.FindStage(to) is not null));
        foreach (var stage in work.Stages.Where(s => !reached.Contains(s.Name)))
            findings.Error(stage.Place, $"no action leads to the stage `{stage.Name}`; add an action with `to: {stage.Name}`, or take the stage out");

        var closing = work.Stages.Where(s => s.Actions.Any(a => a.Close is not null)).Select(s => s.Name);
        var ending = Spread(closing, name => work.Stages.Where(s => s.Actions.Any(a => a.To == name)).Select(s => s.Name));
        foreach (var stage in work.Stages.Where(s => !ending.Contains(s.Name)))
            findings.Error(stage.Place, $"a case in the stage `{stage.Name}` can never be closed; add an action with `close:`, or one with `to:` a stage that leads to one");
    }

    static HashSet<string> Spread(IEnumerable<string> from, Func<string, IEnumerable<string>> next)
    {
        var reached = new HashSet<string>(from, StringComparer.Ordinal);
        var waiting = new Queue<string>(reached);
        while (waiting.TryDequeue(out var name))
            foreach (var more in next(name))
                if (reached.Add(more)) waiting.Enqueue(more);
        return reached;
    }

    static void Unused(Work work, Findings findings)
    {
        var actions = work.Stages.SelectMany(s => s.Actions).ToList();
        foreach (var outcome in work.Outcomes.Where(o => actions.TrueForAll(a => a.Close != o.Name)))
            findings.Warn(outcome.Place, $"no action closes with `{outcome.Name}`; use it in a `close:` or take it out");
        foreach (var question in work.Questions.Where(q => actions.TrueForAll(a => !a.Ask.Contains(q.Name))))
            findings.Warn(question.Place, $"no action asks `{question.Name}`; name it in the `ask:` of an action or take it out");
    }

    static void Tellings(ServiceDefinition d, List<string> stages, Findings findings)
    {
        foreach (var telling in d.Tell.Where(t => t.Stage is not null && !stages.Contains(t.Stage)))
            findings.Error(telling.Place, $"no stage is called `{telling.Stage}`{DidYouMean.Ending(telling.Stage!, stages)}");
        var places = d.Ask.Where(q => q.Type.Name is "person" or "email").Select(q => q.Name).ToList();
        if (d.TellTo is { } to && !places.Contains(to))
            findings.Error(findings.At("tell/to", d.Place), d.Ask.Any(q => q.Name == to)
                ? $"messages cannot go to `{to}`, because it asks for no e-mail address; name a question of type `person` or `email`{(places.Count > 0 ? $", for example `to: {places[0]}`" : "")}"
                : $"no question is called `{to}`{DidYouMean.Ending(to, places)}");
        if (d.Tell.Count > 0 && places.Count == 0)
            findings.Warn(d.Tell[0].Place, "nobody can be told, because no question asks for an e-mail address; ask a question of type `person` or `email`");
    }
}
