using NodaTime;

namespace Moothall.Definitions;

/// <summary>The path that an example takes through a service, and the parts that it consists of.</summary>
/// <param name="Example">The example.</param>
/// <param name="Answers">Its answers on the path.</param>
/// <param name="Taken">The parts that it takes.</param>
/// <param name="Findings">Why it does not come as far as it says: answers that are refused, actions that are not there.</param>
public sealed record ExampleRoute(ServiceExample Example, Answers Answers, IReadOnlySet<PathPart> Taken, IReadOnlyList<Finding> Findings)
{
    /// <summary>Walks an example as somebody with its answers would be walked, and its case as staff would work it.</summary>
    /// <param name="lookUps">The council's tables.</param>
    public static ExampleRoute Of(ServiceDefinition definition, ServiceExample example, ILookUps lookUps, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(example);
        var context = new ReadingContext { Today = today, LookUps = lookUps, File = FileNamed };
        var (answers, faults) = AnswersReader.ReadAll(definition, example.Answers, context, today);
        var walk = Journey.Walk(definition, answers, today);
        var taken = RouteParts.Of(definition, walk, today);
        // What stands after the first that is wrong would not have been asked yet.
        var findings = faults.Take(1).Select(fault => new Finding(example.Place, Severity.Error, new Message("the example `{example}` ends at `{question}`: {fault}", ("example", example.Name), ("question", fault.Question), ("fault", fault.Message)))).ToList();
        if (walk.IsComplete) findings.AddRange(Work(definition, example, taken, CoSign.BeginningOf(definition, walk.OnPath, Journey.Decide(definition, walk.OnPath, today), today)));
        return new ExampleRoute(example, walk.OnPath, taken, findings);
    }

    static IEnumerable<Finding> Work(ServiceDefinition definition, ServiceExample example, HashSet<PathPart> taken, string begins)
    {
        var stage = definition.Work.FindStage(begins);
        foreach (var done in example.Work)
        {
            if (stage is null)
            {
                yield return new(done.Place, Severity.Error, new Message("the example `{example}` goes on with `{action}` after its case was closed; take it out", ("example", example.Name), ("action", done.Name)));
                yield break;
            }
            if (stage.FindAction(done.Name) is not { } action)
            {
                yield return new(done.Place, Severity.Error, new Message("the stage `{stage}` has no action `{action}`", ("stage", stage.Name), ("action", done.Name)).With(DidYouMean.Ending(done.Name, [.. stage.Actions.Select(a => a.Name)])));
                yield break;
            }
            taken.Add(new(PathKind.Action, stage.Name, action.Name));
            stage = action.To is { } to ? definition.Work.FindStage(to) : null;
            if (stage is not null) taken.Add(new(PathKind.Stage, stage.Name));
        }
    }

    /// <summary>A file that an example names. What it is is read from its bytes when it is sent; its name is enough to walk.</summary>
    static KnownFile? FileNamed(string name)
    {
        var ending = name[(name.LastIndexOf('.') + 1)..].ToLowerInvariant();
        return new KnownFile(name, name, ending == "jpg" ? "jpeg" : ending, 1);
    }
}

/// <summary>The parts that a walk has taken.</summary>
static class RouteParts
{
    public static HashSet<PathPart> Of(ServiceDefinition definition, Walk walk, LocalDate today)
    {
        var taken = new HashSet<PathPart>();
        var asked = walk.Path.Select(q => q.Name).ToHashSet(StringComparer.Ordinal);
        // What stands after the last question that was come to was neither asked nor passed over.
        var came = walk.IsComplete ? definition.Ask.Count : definition.Ask.Select((q, at) => asked.Contains(q.Name) ? at + 1 : 0).DefaultIfEmpty().Max();
        for (var at = 0; at < came; at++)
        {
            var question = definition.Ask[at];
            if (asked.Contains(question.Name)) Asked(question, walk.OnPath, taken);
            else if (question.When is not null && IsSettled(walk, question)) taken.Add(new(PathKind.PassedOver, question.Name));
        }
        var facts = new Facts(definition, walk.OnPath, Nothing, today);
        foreach (var page in definition.Pages.Where(p => p is { IsOnlyRead: true, When: not null } && p.At < came))
            taken.Add(new(page.When!.Holds(facts) ? PathKind.Shown : PathKind.NotShown, page.Name));
        foreach (var raised in walk.Alerts) taken.Add(new(PathKind.Alert, raised.Alert.Name));
        if (walk.Exit is { } exit) taken.Add(new(PathKind.Exit, exit.Name));
        if (!walk.IsComplete) return taken;

        var decided = Journey.Decide(definition, walk.OnPath, today);
        foreach (var (decision, value) in decided) taken.Add(new(PathKind.Decided, decision, value));
        facts = facts with { Decided = decided };
        foreach (var charge in definition.Charges.Where(c => c.When is not null)) taken.Add(new(charge.When!.Holds(facts) ? PathKind.Charged : PathKind.NotCharged, charge.Name));
        foreach (var share in definition.Share.Where(s => s.When is not null)) taken.Add(new(share.When!.Holds(facts) ? PathKind.Shared : PathKind.NotShared, share.Partner));
        taken.Add(new(PathKind.Stage, CoSign.BeginningOf(definition, walk.OnPath, decided, today)));
        return taken;
    }

    // In a task list a section that waits has asked nothing yet.
    static bool IsSettled(Walk walk, Question question) =>
        walk.Sections.Count == 0 || walk.Sections.FirstOrDefault(s => s.Section == question.Section) is not { } section || section.Status == SectionStatus.Completed;

    static void Asked(Question question, Answers around, HashSet<PathPart> taken)
    {
        taken.Add(new(PathKind.Asked, question.Name));
        if (around[question.Name] is not GroupAnswer group) return;
        foreach (var row in group.Rows)
            foreach (var inside in question.Inside)
                if (row.Settled(inside.Name)) Asked(inside, row, taken);
                else if (inside.When is not null) taken.Add(new(PathKind.PassedOver, inside.Name));
    }

    static readonly Dictionary<string, string> Nothing = [];
}
