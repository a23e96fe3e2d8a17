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
    /// <summary>The dangers that the answers on the path raise, in the order in which they were raised.</summary>
    public IReadOnlyList<RaisedAlert> Alerts { get; init; } = [];
    /// <summary>Everything is answered and it may be sent.</summary>
    public bool IsComplete => Next is null && Exit is null;
    /// <summary>Whether a question's page may be shown: it lies on the path, or is the next one.</summary>
    public bool MayVisit(string question) => Next?.Name == question || Path.Any(q => q.Name == question);
}

/// <summary>A danger to be told at once, and the question whose answer raised it.</summary>
public sealed record RaisedAlert(Alert Alert, Question After);

/// <summary>Walks journeys: which questions are asked, which comes next, which end is reached, what is decided.</summary>
public static class Journey
{
    /// <summary>The walk from the first question as far as the answers go. Answers off the path do not count for what is asked.</summary>
    public static Walk Walk(ServiceDefinition definition, Answers answers, LocalDate today)
    {
        var path = new List<Question>(definition.Ask.Count);
        var alerts = new List<RaisedAlert>();
        var steps = new Steps(definition, today);
        foreach (var question in definition.Ask)
        {
            if (!steps.Asks(question))
                continue;
            if (answers[question.Name] is not { } answer)
                return new Walk(path, question, null) { Alerts = alerts };
            path.Add(question);
            var exit = steps.Settle(question, answer);
            foreach (var alert in definition.Alerts)
                if (!alerts.Exists(raised => raised.Alert == alert) && steps.IsReached(alert.When))
                    alerts.Add(new RaisedAlert(alert, question));
            if (exit is not null)
                return new Walk(path, null, exit) { Alerts = alerts };
        }
        return new Walk(path, null, null) { Alerts = alerts };
    }

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
            if (answers[question.Name] is { } answer)
                _ = steps.Settle(question, answer);
        }
        return asked;
    }

    /// <summary>The decided values by name. Give it only answers on the path (<see cref="Keep"/>); later decisions may use earlier ones.</summary>
    public static IReadOnlyDictionary<string, string> Decide(ServiceDefinition definition, Answers answers, LocalDate today)
    {
        var decided = new Dictionary<string, string>(StringComparer.Ordinal);
        var facts = new Facts(definition, answers, decided, today);
        foreach (var decision in definition.Decide)
            if (decision.Rows.FirstOrDefault(row => row.When is null || row.When.Holds(facts)) is { } row)
                decided[decision.Name] = row.Value;
        return decided;
    }

    /// <summary>Only the answers on the path: what is shown to check and what is sent.</summary>
    public static Answers Keep(ServiceDefinition definition, Walk walk, Answers answers)
    {
        var kept = Answers.None;
        foreach (var question in walk.Path)
            if (answers[question.Name] is { } answer)
                kept = kept.With(question.Name, answer);
        return kept;
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
