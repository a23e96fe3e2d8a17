namespace Moothall.Definitions;

/// <summary>What a path can consist of: see <see cref="PathParts"/>.</summary>
public enum PathKind { Asked, PassedOver, Shown, NotShown, Exit, Alert, Decided, Charged, NotCharged, Shared, NotShared, Stage, Action }

/// <summary>One thing that a person's path, or that of their case, takes or leaves: a question that is asked, the other side of its `when`, an exit, a value, a stage, an action.</summary>
/// <param name="Of">What it belongs to: the decision of a value, the stage of an action; else its own name.</param>
/// <param name="Name">Its name.</param>
public sealed record PathPart(PathKind Kind, string Of, string Name)
{
    /// <summary>A part that belongs to nothing else.</summary>
    public PathPart(PathKind kind, string name) : this(kind, name, name) { }
}

/// <summary>The parts that the paths of a service are made of, in the order of its file. A question without `when` is one part; each `when` has two sides.</summary>
public static class PathParts
{
    /// <summary>All parts of a service.</summary>
    public static IReadOnlyList<PathPart> Of(ServiceDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var parts = new List<PathPart>();
        foreach (var question in definition.Ask.SelectMany(QuestionTree.WithThoseInside))
        {
            parts.Add(new(PathKind.Asked, question.Name));
            if (question.When is not null) parts.Add(new(PathKind.PassedOver, question.Name));
        }
        foreach (var page in definition.Pages.Where(p => p is { IsOnlyRead: true, When: not null }))
            parts.AddRange([new(PathKind.Shown, page.Name), new(PathKind.NotShown, page.Name)]);
        parts.AddRange(definition.Exits.Select(e => new PathPart(PathKind.Exit, e.Name)));
        parts.AddRange(definition.Alerts.Select(a => new PathPart(PathKind.Alert, a.Name)));
        parts.AddRange(definition.Decide.SelectMany(d => d.Rows.Select(row => new PathPart(PathKind.Decided, d.Name, row.Value))));
        foreach (var charge in definition.Charges.Where(c => c.When is not null))
            parts.AddRange([new(PathKind.Charged, charge.Name), new(PathKind.NotCharged, charge.Name)]);
        foreach (var share in definition.Share.Where(s => s.When is not null))
            parts.AddRange([new(PathKind.Shared, share.Partner), new(PathKind.NotShared, share.Partner)]);
        foreach (var stage in definition.Work.Stages)
        {
            parts.Add(new(PathKind.Stage, stage.Name));
            parts.AddRange(stage.Actions.Select(action => new PathPart(PathKind.Action, stage.Name, action.Name)));
        }
        return [.. parts.Distinct()];
    }

    /// <summary>The parts that nobody can take, whatever is answered and done: as far as it is proved, by the proof of the checker; of the work, by where actions lead.</summary>
    public static IReadOnlySet<PathPart> Never(ServiceDefinition definition, ILookUps lookUps)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var never = new HashSet<PathPart>(Reachability.Never(definition, lookUps));
        var reached = WorkRoutes.From(definition.Work);
        foreach (var stage in definition.Work.Stages.Where(s => !reached.ContainsKey(s.Name)))
        {
            never.Add(new(PathKind.Stage, stage.Name));
            never.UnionWith(stage.Actions.Select(action => new PathPart(PathKind.Action, stage.Name, action.Name)));
        }
        return never;
    }
}

/// <summary>How a stage is come to: the stage of a new case, and the actions that lead on from it.</summary>
public sealed record WorkRoute(string Begins, IReadOnlyList<string> Actions);

/// <summary>How stages are come to.</summary>
public static class WorkRoutes
{
    /// <summary>The fewest actions that lead to each stage from the start; to what no action leads to from there, from where a case waits for whoever must agree. What none leads to is left out.</summary>
    public static IReadOnlyDictionary<string, WorkRoute> From(Work work)
    {
        ArgumentNullException.ThrowIfNull(work);
        var routes = new Dictionary<string, WorkRoute>(StringComparer.Ordinal);
        var next = new Queue<string>();
        foreach (var begins in work.Beginnings)
        {
            if (work.FindStage(begins) is not null && routes.TryAdd(begins, new(begins, []))) next.Enqueue(begins);
            while (next.TryDequeue(out var at))
                foreach (var action in work.FindStage(at)!.Actions)
                    if (action.To is { } to && work.FindStage(to) is not null && routes.TryAdd(to, new(begins, [.. routes[at].Actions, action.Name]))) next.Enqueue(to);
        }
        return routes;
    }
}
