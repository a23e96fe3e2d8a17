using Moothall.Definitions;

namespace Moothall.Cases;

/// <summary>
/// Takes an action that the definition allows at the case's stage: on to another stage, or closed with an outcome. Staff questions are read and found
/// good before; this decides. A closed case allows none.
/// </summary>
public static class TakeAction
{
    /// <summary>The action of that name at the case's stage, or why it cannot be taken.</summary>
    public static Result<WorkAction> Find(CouncilCase @case, ServiceDefinition definition, string name)
    {
        ArgumentNullException.ThrowIfNull(@case);
        ArgumentNullException.ThrowIfNull(definition);
        if (!@case.IsOpen) return Refusal.Invalid("This case is closed. Reopen it before you act on it.");
        var stage = definition.Work.FindStage(@case.Stage);
        if (stage?.FindAction(name) is { } action) return action;
        return definition.Work.Stages.Any(s => s.FindAction(name) is not null)
            ? Refusal.Invalid("“{action}” cannot be done at the stage “{stage}”. Look at the case again to see what can be done now.", ("action", name), ("stage", stage is null ? @case.Stage : stage.Label))
            : Refusal.NotFound;
    }

    /// <summary>The case after the action.</summary>
    /// <param name="situation">The case and what stands around it.</param>
    /// <param name="action">The action, found by <see cref="Find"/>.</param>
    /// <param name="answers">Good answers to the questions the action asks.</param>
    /// <param name="note">A note of the worker, or null.</param>
    /// <param name="handlingSeconds">Seconds of staff time that the handling took.</param>
    public static CaseChange Decide(CaseSituation situation, WorkAction action, Answers answers, string? note, int handlingSeconds)
    {
        ArgumentNullException.ThrowIfNull(situation);
        ArgumentNullException.ThrowIfNull(action);
        var (definition, calendar, now) = (situation.Definition, situation.Calendar, situation.Now);
        var before = Clocks.Resume(situation.Case, definition, calendar, now);
        var questions = action.Ask.Select(definition.Work.FindQuestion).OfType<Question>().ToList();
        var json = questions.Count == 0 ? null : AnswersJson.Write(questions, answers);
        var files = questions.Select(q => answers[q.Name]).OfType<FilesAnswer>().SelectMany(f => f.Files).ToList();
        var version = before.Version + 1;

        if (action.Close is { } outcome)
        {
            var inTime = before.CloseBy is { } closeBy && now <= closeBy;
            var duplicate = questions.Any(q => q.Type.Name == "reference" && answers[q.Name] is TextAnswer);
            var closed = before with { Closed = now, Outcome = outcome, StageDue = null, Question = null, Version = version };
            return new CaseChange(closed,
                [situation.ToLog(new CaseClosed(before.Service, before.Authority, before.Team, before.Channel, action.Name, before.Stage, outcome, before.Received, before.CloseBy, inTime,
                    situation.By, handlingSeconds, duplicate))],
                new HistoryEntry(version, now, "closed", situation.ByMember, action.Name, before.Stage, outcome, note, json, handlingSeconds), files);
        }

        var to = definition.Work.FindStage(action.To!)!;
        var team = situation.Offer?.TeamFor(to.Name) ?? before.Team;
        var stages = definition.Work.Stages.Select(s => s.Name).ToList();
        var returned = stages.IndexOf(to.Name) < stages.IndexOf(before.Stage);
        var after = before with
        {
            Stage = to.Name, Team = team, Assigned = team == before.Team ? before.Assigned : null, Question = null, Version = version,
            StageDue = Clocks.Due(to.Within, before.Decided, calendar, now), StoppedAt = to.Waits ? now : null,
        };
        return new CaseChange(after,
            [situation.ToLog(new CaseAdvanced(before.Service, before.Authority, before.Channel, action.Name, before.Stage, to.Name, before.Team, team, team != before.Team, after.StageDue,
                situation.By, handlingSeconds, returned))],
            new HistoryEntry(version, now, "advanced", situation.ByMember, action.Name, to.Name, null, note, json, handlingSeconds), files);
    }
}
