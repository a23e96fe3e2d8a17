namespace Moothall.Definitions;

/// <summary>Reads how a case is worked: outcomes, questions of staff, stages with their actions and times.</summary>
static class ReadWork
{
    public static Work? Work(YamlMap map, IReadOnlyList<Question> ask, IReadOnlyList<Decision> decide, SentenceReader sentences, List<Finding> findings)
    {
        map.Only(findings, ServiceKeys.Work);
        var closeWithin = Target(map, "close-within", findings);
        var outcomes = Outcomes(map.MapOf("outcomes", findings), findings);
        var questions = map.MapOf("questions", findings) is { } own ? ReadAsk.Questions(own, ask, decide, sentences, findings) : [];
        var (ends, steps) = (Worded(map, "outcomes", ""), Worded(map, "stages", "label"));
        var start = Named(map, "start", steps, findings);
        var stages = Stages(map.MapOf("stages", findings), ends, steps, findings);
        return start is null ? null : new()
        {
            CloseWithin = closeWithin, Outcomes = outcomes, Questions = questions, Start = start, Stages = stages,
            Place = map.Find("start")!.Place,
        };
    }

    static List<Outcome> Outcomes(YamlMap? map, List<Finding> findings)
    {
        var outcomes = new List<Outcome>();
        foreach (var entry in map?.Things(new Message("the name of an outcome"), [], findings) ?? [])
        {
            if (map!.ProseOf(entry.Key, findings) is { } label) outcomes.Add(new(entry.Key, label, entry.Place));
        }
        return outcomes;
    }

    /// <summary>The words for people of things that are named elsewhere, with their names.</summary>
    static Dictionary<string, string> Worded(YamlMap work, string things, string label)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in (work.Find(things)?.Value as YamlMap)?.Entries ?? [])
        {
            var words = label.Length == 0 ? entry.Value : (entry.Value as YamlMap)?.Find(label)?.Value;
            foreach (var said in (words as YamlMap)?.Entries.Select(e => e.Value).OfType<YamlText>() ?? []) names.TryAdd(said.Text.Trim(), entry.Key);
            if (words is YamlText { IsEmpty: false } only) names.TryAdd(only.Text.Trim(), entry.Key);
        }
        return names;
    }

    /// <summary>A name under a key; who writes the words for people there is told the name.</summary>
    static string? Named(YamlMap map, string key, Dictionary<string, string> byWords, List<Finding> findings)
    {
        if (map.Find(key)?.Value is not YamlText { IsEmpty: false } text || Names.IsName(text.Text) || !byWords.TryGetValue(text.Text.Trim(), out var name)) return map.NameOf(key, findings);
        findings.Add(new(text.Place, Severity.Error, new Message("`{key}` takes a name, and these are its words for people; write `{name}`", ("key", key), ("name", name))));
        return null;
    }

    static List<Stage> Stages(YamlMap? map, Dictionary<string, string> ends, Dictionary<string, string> steps, List<Finding> findings)
    {
        var stages = new List<Stage>();
        foreach (var entry in map?.Things(new Message("the name of a stage"), ServiceKeys.Stage.Names, findings) ?? [])
        {
            if (entry.Value is not YamlMap stage)
            {
                findings.Add(new(entry.Place, Severity.Error, new Message("the stage `{key}` needs `actions:` on a line of its own below it, two spaces further in", ("key", entry.Key))));
                continue;
            }
            stage.Only(findings, ServiceKeys.Stage);
            var waits = stage.TextOf("waiting-for", findings);
            if (waits is not null && waits.Text is not ("resident" or "co-signer"))
                findings.Add(new(waits.Place, Severity.Error, new Message("a stage can wait only for the `resident` or the `co-signer`, but {shape} stands here", ("shape", waits.Shape)).With(DidYouMean.Suggestion(waits.Text, ["resident", "co-signer"]))));
            stages.Add(new()
            {
                Name = entry.Key, Label = stage.ProseOf("label", findings) ?? Names.Label(entry.Key, entry.Place),
                ShownAs = stage.ProseOf("shown-as", findings), Within = Target(stage, "within", findings),
                WaitsForResident = waits is not null && waits.Text != "co-signer", WaitsForCoSigner = waits?.Text == "co-signer", Actions = Actions(stage.MapOf("actions", findings), ends, steps, findings), Place = entry.Place,
            });
        }
        return stages;
    }

    static List<WorkAction> Actions(YamlMap? map, Dictionary<string, string> ends, Dictionary<string, string> steps, List<Finding> findings)
    {
        var actions = new List<WorkAction>();
        foreach (var entry in map?.Things(new Message("the name of an action"), ServiceKeys.Action.Names, findings) ?? [])
        {
            if (entry.Value is not YamlMap action)
            {
                findings.Add(new(entry.Place, Severity.Error, new Message("the action `{key}` needs `to:` or `close:` on a line of its own below it, two spaces further in", ("key", entry.Key))));
                continue;
            }
            action.Only(findings, ServiceKeys.Action);
            actions.Add(new(entry.Key, action.ProseOf("label", findings) ?? Names.Label(entry.Key, entry.Place),
                Named(action, "to", steps, findings), Named(action, "close", ends, findings), [.. action.NamesOf("ask", findings).Select(q => q.Text)], entry.Place));
        }
        return actions;
    }

    /// <summary>A time to keep: `1 working day`, or `{by: priority, urgent: 2 hours, routine: 3 working days}`.</summary>
    static Target? Target(YamlMap owner, string key, List<Finding> findings)
    {
        if (owner.Find(key) is not { } entry) return null;
        if (entry.Value is not YamlMap map)
            return owner.PeriodOf(key, findings) is { } always ? new(always, null, new Dictionary<string, Period>(), entry.Place) : null;
        map.Need("by", "by: priority", findings);
        var by = map.NameOf("by", findings);
        var periods = new Dictionary<string, Period>(StringComparer.Ordinal);
        foreach (var row in map.Entries.Where(e => e.Key != "by"))
        {
            if (map.PeriodOf(row.Key, findings) is { } period) periods[row.Key] = period;
        }
        return by is null ? null : new(null, by, periods, entry.Place);
    }
}
