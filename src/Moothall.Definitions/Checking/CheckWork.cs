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
        if (stages.Count == 0) findings.Error(findings.At("work/stages", work.Place), new Message("`work` has no stages; write at least one, with an action that closes the case"));
        if (outcomes.Count == 0) findings.Error(findings.At("work/outcomes", work.Place), new Message("`work` has no outcomes; write at least one, so that a case can be closed"));
        if (!stages.Contains(work.Start)) findings.Error(findings.At("work/start", work.Place), new Message("no stage is called `{name}`", ("name", work.Start)).With(DidYouMean.Ending(work.Start, stages)));
        foreach (var stage in work.Stages)
            foreach (var action in stage.Actions) Action(work, stage, action, stages, outcomes, findings);
        // An action whose end is misspelt leads where it was meant to: roads are followed when all ends are right.
        if (findings.All.All(f => f.Severity != Severity.Error)) Roads(d, findings);
        Unused(work, findings);
        Tellings(d, stages, findings);
    }

    static void Action(Work work, Stage stage, WorkAction action, List<string> stages, List<string> outcomes, Findings findings)
    {
        var path = $"work/stages/{stage.Name}/actions/{action.Name}";
        if (action.To is null && action.Close is null)
            findings.Error(action.Place, new Message("the action `{action}` leads nowhere; add `to:` with a stage or `close:` with an outcome", ("action", action.Name)));
        if (action.To is not null && action.Close is not null)
            findings.Error(action.Place, new Message("the action `{action}` has both `to` and `close`; keep one of them", ("action", action.Name)));
        if (action.To is { } to && !stages.Contains(to))
            findings.Error(findings.At($"{path}/to", action.Place), outcomes.Contains(to) ? new Message("`{name}` is an outcome, not a stage; write `close: {name}`", ("name", to))
                : new Message("no stage is called `{name}`", ("name", to)).With(DidYouMean.Ending(to, stages)));
        if (action.Close is { } close && !outcomes.Contains(close))
            findings.Error(findings.At($"{path}/close", action.Place), stages.Contains(close) ? new Message("`{name}` is a stage, not an outcome; write `to: {name}`", ("name", close))
                : new Message("no outcome is called `{name}`", ("name", close)).With(DidYouMean.Ending(close, outcomes)));
        foreach (var question in action.Ask.Where(q => work.FindQuestion(q) is null))
            findings.Error(findings.At($"{path}/ask/{question}", action.Place), new Message("no question under `work` is called `{question}`", ("question", question)).With(DidYouMean.Ending(question, [.. work.Questions.Select(q => q.Name)])));
    }

    static void Roads(ServiceDefinition d, Findings findings)
    {
        var work = d.Work;
        if (work.FindStage(work.Start) is null) return;
        // Whoever must agree puts a case into the stage that waits for them, without an action.
        string[] begun = d.CoSign is not null && work.CoSignStage is { } waiting ? [work.Start, waiting.Name] : [work.Start];
        var reached = Spread(begun, name => work.FindStage(name)!.Actions.Select(a => a.To).OfType<string>().Where(to => work.FindStage(to) is not null));
        foreach (var stage in work.Stages.Where(s => !reached.Contains(s.Name)))
            findings.Error(stage.Place, new Message("no action leads to the stage `{stage}`; add an action with `to: {stage}`, or take the stage out", ("stage", stage.Name)));

        var closing = work.Stages.Where(s => s.Actions.Any(a => a.Close is not null)).Select(s => s.Name);
        var ending = Spread(closing, name => work.Stages.Where(s => s.Actions.Any(a => a.To == name)).Select(s => s.Name));
        foreach (var stage in work.Stages.Where(s => !ending.Contains(s.Name)))
            findings.Error(stage.Place, new Message("a case in the stage `{stage}` can never be closed; add an action with `close:`, or one with `to:` a stage that leads to one", ("stage", stage.Name)));
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
            findings.Warn(outcome.Place, new Message("no action closes with `{outcome}`; use it in a `close:` or take it out", ("outcome", outcome.Name)));
        foreach (var question in work.Questions.Where(q => actions.TrueForAll(a => !a.Ask.Contains(q.Name))))
            findings.Warn(question.Place, new Message("no action asks `{question}`; name it in the `ask:` of an action or take it out", ("question", question.Name)));
    }

    static void Tellings(ServiceDefinition d, List<string> stages, Findings findings)
    {
        foreach (var telling in d.Tell.Where(t => t.Stage is not null && !stages.Contains(t.Stage)))
            findings.Error(telling.Place, new Message("no stage is called `{name}`", ("name", telling.Stage)).With(DidYouMean.Ending(telling.Stage!, stages)));
        var places = d.Ask.Where(q => q.Type.Name is "person" or "email").Select(q => q.Name).ToList();
        if (d.TellTo is { } to && !places.Contains(to))
            findings.Error(findings.At("tell/to", d.Place), d.Ask.Any(q => q.Name == to)
                ? places.Count > 0
                    ? new Message("messages cannot go to `{to}`, because it asks for no e-mail address; name a question of type `person` or `email`, for example `to: {place}`", ("to", to), ("place", places[0]))
                    : new Message("messages cannot go to `{to}`, because it asks for no e-mail address; name a question of type `person` or `email`", ("to", to))
                : new Message("no question is called `{name}`", ("name", to)).With(DidYouMean.Ending(to, places)));
        if (d.Tell.Count > 0 && places.Count == 0)
            findings.Warn(d.Tell[0].Place, new Message("nobody can be told, because no question asks for an e-mail address; ask a question of type `person` or `email`"));
    }
}
