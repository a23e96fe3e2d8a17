using NodaTime;

namespace Moothall.Definitions;

/// <summary>
/// Where somebody is in a journey, derived from the answers each time: walk the questions from the start, following `when`s,
/// while answered. The back link, which page may be visited, "check your answers" and what is sent all fall out of this one list.
/// </summary>
/// <param name="Path">Questions asked so far, in order, each settled; an answer outside the path is no longer asked.</param>
/// <param name="Next">The first question to be answered, or null when none is left.</param>
/// <param name="Exit">The designed end reached after the last settled question, or null.</param>
public sealed record Walk(IReadOnlyList<Question> Path, Question? Next, Exit? Exit)
{
    /// <summary>The answers on the path: of a group, rows without what is no longer asked in them.</summary>
    public Answers OnPath { get; init; } = Answers.None;
    /// <summary>The dangers that the answers on the path raise, in the order in which they were raised.</summary>
    public IReadOnlyList<RaisedAlert> Alerts { get; init; } = [];
    /// <summary>How far each section of a task list is, in order; those that are not asked are left out. Empty where the form is no task list.</summary>
    public IReadOnlyList<SectionStanding> Sections { get; init; } = [];
    /// <summary>Everything is answered and it may be sent.</summary>
    public bool IsComplete => Next is null && Exit is null;
    /// <summary>Whether a question's page may be shown: it lies on the path, or is the next one (of its section, in a task list).</summary>
    public bool MayVisit(string question) => Next?.Name == question || Path.Any(q => q.Name == question) || Sections.Any(s => s.Next?.Name == question);
}

/// <summary>How far a section of a task list is.</summary>
public enum SectionStatus { CannotStart, NotStarted, InProgress, Completed }

/// <summary>A section of a task list as it stands: how far it is, its first question, and the first that is open.</summary>
/// <param name="First">The first question that is asked; null where the section cannot be started yet.</param>
/// <param name="Next">The first question to be answered; null where it is complete or cannot be started.</param>
public sealed record SectionStanding(AskSection Section, SectionStatus Status, Question? First, Question? Next);

/// <summary>A danger to be told at once, and the question whose answer raised it.</summary>
public sealed record RaisedAlert(Alert Alert, Question After);

/// <summary>Walks journeys: which questions are asked, which comes next, which end is reached, what is decided.</summary>
public static class Journey
{
    /// <summary>The walk from the first question as far as the answers go. Answers off the path do not count for what is asked.</summary>
    public static Walk Walk(ServiceDefinition definition, Answers answers, LocalDate today)
    {
        if (definition.TaskList) return WalkSections(definition, answers, today);
        var path = new List<Question>(definition.Ask.Count);
        var alerts = new List<RaisedAlert>();
        var steps = new Steps(definition, today);
        for (var i = 0; i < definition.Ask.Count; i++)
        {
            var question = definition.Ask[i];
            if (!steps.Asks(question))
                continue;
            if (steps.Kept(question, answers[question.Name]) is not { } answer)
                return new Walk(path, question, null) { Alerts = alerts, OnPath = steps.OnPath };
            if (Settle(steps, question, answer, path, alerts, definition) is { } exit)
                return new Walk(path, null, exit) { Alerts = alerts, OnPath = steps.OnPath };
        }
        return new Walk(path, null, null) { Alerts = alerts, OnPath = steps.OnPath };
    }

    /// <summary>
    /// The walk of a task list: section after section in the definition's order, each as far as its answers go. One whose sentences look at a section that is
    /// not complete waits, answers and all; so whatever order people answer in, the walk is that of somebody who answered from the start.
    /// </summary>
    static Walk WalkSections(ServiceDefinition definition, Answers answers, LocalDate today)
    {
        var path = new List<Question>(definition.Ask.Count);
        var alerts = new List<RaisedAlert>();
        var standings = new List<SectionStanding>(definition.Sections.Count);
        var open = new HashSet<string>(StringComparer.Ordinal);
        var steps = new Steps(definition, today);
        var number = 0;
        foreach (var section in definition.Sections)
        {
            var waits = section.After.Any(open.Contains);
            Question? first = null, next = null;
            for (; number < definition.Ask.Count && definition.Ask[number] is var question && question.Section == section; number++)
            {
                if (waits || next is not null || !steps.Asks(question))
                    continue;
                first ??= question;
                if (steps.Kept(question, answers[question.Name]) is not { } answer)
                    next = question;
                else if (Settle(steps, question, answer, path, alerts, definition) is { } exit)
                    return new Walk(path, null, exit) { Alerts = alerts, OnPath = steps.OnPath, Sections = standings };
            }
            if (waits || next is not null) open.Add(section.Name);
            var status = waits ? SectionStatus.CannotStart : next is null ? SectionStatus.Completed : next == first ? SectionStatus.NotStarted : SectionStatus.InProgress;
            if (waits || first is not null) standings.Add(new SectionStanding(section, status, first, next));
        }
        return new Walk(path, standings.FirstOrDefault(s => s.Next is not null)?.Next, null) { Alerts = alerts, OnPath = steps.OnPath, Sections = standings };
    }

    static Exit? Settle(Steps steps, Question question, Answer answer, List<Question> path, List<RaisedAlert> alerts, ServiceDefinition definition)
    {
        path.Add(question);
        var exit = steps.Settle(question, answer);
        var known = alerts.Count;
        for (var i = 0; i < definition.Alerts.Count; i++)
            if (definition.Alerts[i] is var alert && !IsRaised(alerts, alert) && steps.IsReached(alert.When))
                alerts.Add(new RaisedAlert(alert, LastOf(path, alert.When.Names) ?? question));
        // The questions of a page are settled together: what their answers raise comes in the order of the questions.
        if (alerts.Count > known + 1) alerts.Sort(known, alerts.Count - known, Comparer<RaisedAlert>.Create((one, other) => path.IndexOf(one.After).CompareTo(path.IndexOf(other.After))));
        return exit;
    }

    static bool IsRaised(List<RaisedAlert> alerts, Alert alert)
    {
        foreach (var raised in alerts)
            if (raised.Alert == alert) return true;
        return false;
    }

    static Question? LastOf(List<Question> path, IReadOnlyList<string> names) => path.FindLast(asked => names.Contains(asked.Name));

    /// <summary>Every question that is asked by the answers so far, also after one that is not answered yet: what a form that holds them all shows.</summary>
    public static IReadOnlyList<Question> Asked(ServiceDefinition definition, Answers answers, LocalDate today)
    {
        var asked = new List<Question>(definition.Ask.Count);
        var steps = new Steps(definition, today);
        foreach (var question in definition.Ask)
        {
            if (!steps.Asks(question))
                continue;
            asked.Add(question);
            if (steps.Kept(question, answers[question.Name]) is { } answer)
                _ = steps.Settle(question, answer);
        }
        return asked;
    }

    /// <summary>The decided values by name. Give it only answers on the path (<see cref="Walk.OnPath"/>); later decisions may use earlier ones.</summary>
    public static IReadOnlyDictionary<string, string> Decide(ServiceDefinition definition, Answers answers, LocalDate today)
    {
        var decided = new Dictionary<string, string>(StringComparer.Ordinal);
        var facts = new Facts(definition, answers, decided, today);
        foreach (var decision in definition.Decide)
            if (decision.Rows.FirstOrDefault(row => row.When is null || row.When.Holds(facts)) is { } row)
                decided[decision.Name] = row.Value;
        return decided;
    }

    /// <summary>The question that the back link of a question leads to; null for the first and for one that is not asked.</summary>
    public static Question? Before(Walk walk, string question)
    {
        for (var i = 0; i < walk.Path.Count; i++)
            if (walk.Path[i].Name == question)
                return i == 0 ? null : walk.Path[i - 1];
        return walk.Next?.Name == question && walk.Path.Count > 0 ? walk.Path[^1] : null;
    }
}
