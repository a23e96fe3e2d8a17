namespace Moothall.Definitions;

/// <summary>
/// Proves what is promised about a second person who must agree: they are asked for, a stage waits for them, whatever they answer leads out of it, and they see only what is there.
/// That they are known whenever they must agree is proved by Reachability.
/// </summary>
static class CheckCoSign
{
    public static void Run(ServiceDefinition d, Findings findings)
    {
        var waiting = d.Work.Stages.Where(s => s.WaitsForCoSigner).ToList();
        if (d.CoSign is not { } coSign)
        {
            foreach (var stage in waiting)
                findings.Error(findings.At($"work/stages/{stage.Name}/waiting-for", stage.Place), new Message("nobody is asked to agree, so no case can wait for them here; say who must with `co-sign:`, or take `waiting-for` out"));
            return;
        }
        Person(d, coSign, findings);
        Shows(d, coSign, findings);
        if (coSign.Remind is { } remind && ReadRenew.Days(remind) >= ReadRenew.Days(coSign.Within))
            findings.Error(findings.At("co-sign/remind", coSign.Place), new Message("a reminder {ahead} before the end comes before the {time} have begun; make it shorter", ("ahead", remind), ("time", coSign.Within)));
        if (waiting.Count == 0)
            findings.Error(coSign.Place, new Message("no stage waits for whoever must agree; write `waiting-for: co-signer` under one of `stages`"));
        foreach (var second in waiting.Skip(1))
            findings.Error(findings.At($"work/stages/{second.Name}/waiting-for", second.Place), new Message("`{first}` waits for whoever must agree already; a case can wait for them in one stage only", ("first", waiting[0].Name)));
        if (waiting is [var stageOf, ..]) Ends(d, coSign, stageOf, findings);
    }

    static void Person(ServiceDefinition d, CoSign coSign, Findings findings)
    {
        var place = findings.At("co-sign/who", coSign.Place);
        var people = d.Ask.Where(q => q.Type.Name is "person" or "email").Select(q => q.Name).ToList();
        if (d.FindQuestion(coSign.Who) is not { } question)
            findings.Error(place, d.GroupOf(coSign.Who) is { } group
                ? new Message("`{name}` is asked in the group `{group}`, so there may be several; one person must agree, so ask for them outside it", ("name", coSign.Who), ("group", group.Name))
                : new Message("no question is called `{name}`", ("name", coSign.Who)).With(DidYouMean.Ending(coSign.Who, people)));
        else if (question.Type.Name is not ("person" or "email"))
            findings.Error(place, new Message("`{name}` asks for no e-mail address, so nobody can be asked to agree; name a question of type `person` or `email`", ("name", coSign.Who)).With(DidYouMean.Ending(coSign.Who, people)));
        if (d.TellTo == coSign.Who)
            findings.Error(findings.At("tell/to", d.Place), new Message("`{name}` must agree, and messages about the case go to whoever asks for it; name another question", ("name", coSign.Who)));
    }

    static void Shows(ServiceDefinition d, CoSign coSign, Findings findings)
    {
        var questions = d.Ask.Select(q => q.Name).ToList();
        if (coSign.Shows.Count == 0)
            findings.Error(findings.At("co-sign/shows", coSign.Place), new Message("nobody can agree to what they do not see; name questions in `shows`"));
        foreach (var name in coSign.Shows.Where(s => !questions.Contains(s)))
            findings.Error(findings.At($"co-sign/shows/{name}", coSign.Place), d.GroupOf(name) is { } group
                ? new Message("`{name}` is asked in the group `{group}`, which is shown as a whole; write `{group}`", ("name", name), ("group", group.Name))
                : new Message("no question is called `{name}`", ("name", name)).With(DidYouMean.Ending(name, questions)));
    }

    /// <summary>Each way that the waiting can end is an action of the stage, which needs nobody of staff and leads out of it.</summary>
    static void Ends(ServiceDefinition d, CoSign coSign, Stage stage, Findings findings)
    {
        var actions = stage.Actions.Select(a => a.Name).ToList();
        foreach (var (key, name) in new[] { ("agrees", coSign.Agrees), ("declines", coSign.Declines), ("no-answer", coSign.NoAnswer) })
        {
            var place = findings.At($"co-sign/{key}", coSign.Place);
            if (stage.FindAction(name) is not { } action)
                findings.Error(place, new Message("the stage `{stage}`, which waits for whoever must agree, has no action called `{name}`", ("stage", stage.Name), ("name", name)).With(DidYouMean.Ending(name, actions)));
            else if (action.Ask.Count > 0)
                findings.Error(place, new Message("the action `{name}` asks staff something, and nobody of staff is there when it is taken; take its `ask` out, or name another action", ("name", name)));
            else if (action.To == stage.Name)
                findings.Error(place, new Message("the action `{name}` leads back to `{stage}`, so the case would wait for ever; name an action that leads on or closes", ("name", name), ("stage", stage.Name)));
        }
        if (coSign.Agrees == coSign.Declines)
            findings.Error(findings.At("co-sign/declines", coSign.Place), new Message("the same comes of agreeing and of declining; name another action for one of them"));
        if (d.Work.Start == stage.Name)
            findings.Error(findings.At("work/start", d.Work.Place), new Message("the work cannot start in `{stage}`: whoever must agree puts a case there by itself; name the stage in which the council begins", ("stage", stage.Name)));
    }
}
