using Moothall.Council;
using Moothall.Definitions;

namespace Moothall.Cases;

/// <summary>Sends a case to another team, or to the service it should have been. A new service starts at its own first stage with its own times from receipt.</summary>
public static class MoveCase
{
    /// <summary>To another team of the same authority.</summary>
    public static Result<CaseChange> ToTeam(CaseSituation situation, Team? team, string? note, int handlingSeconds)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (!situation.Case.IsOpen) return Refusal.Invalid("This case is closed. Reopen it before you move it.");
        if (team is null || !team.Authorities.Contains(situation.Case.Authority)) return Refusal.Invalid("Choose a team that works for this council.");
        if (team.Id == situation.Case.Team) return Refusal.Invalid("The case is with {team} already. Choose another team.", ("team", team.Name));
        return Moved(situation, situation.Case with { Team = team.Id, Assigned = null }, team.Id, note, handlingSeconds);
    }

    /// <summary>To another service that the authority offers. Answers stay as they were given; the definition they belong to is kept beside them.</summary>
    public static Result<CaseChange> ToService(CaseSituation situation, ServiceDefinition? definition, int definitionVersion, Offer? offer, string? note, int handlingSeconds)
    {
        ArgumentNullException.ThrowIfNull(situation);
        var before = situation.Case;
        if (!before.IsOpen) return Refusal.Invalid("This case is closed. Reopen it before you move it.");
        if (definition is null || offer is null) return Refusal.Invalid("Choose a service that this council offers.");
        if (definition.Name == before.Service) return Refusal.Invalid("The case is with this service already. Choose another service.");
        var start = definition.Work.FindStage(definition.Work.Start)!;
        // Nothing of what the new service asks was answered, so its own decisions come to what holds otherwise.
        var decided = Journey.Decide(definition, Answers.None, situation.Calendar.DayOf(situation.Now));
        var after = before with
        {
            Service = definition.Name, DefinitionVersion = definitionVersion, Stage = start.Name, Team = offer.TeamFor(start.Name), Assigned = null, Question = null, Decided = decided,
            StoppedAt = start.Waits ? situation.Now : null,
            CloseBy = Clocks.DueAfterMove(situation, definition.Work.CloseWithin, decided),
            StageDue = Clocks.Due(start.Within, decided, situation.Calendar, situation.Now),
        };
        return Moved(situation, after, definition.Name, note, handlingSeconds);
    }

    static CaseChange Moved(CaseSituation situation, CouncilCase after, string to, string? note, int handlingSeconds)
    {
        var before = situation.Case;
        after = after with { Version = before.Version + 1 };
        return new CaseChange(after,
            [situation.ToLog(new CaseMoved(before.Service, after.Service, after.Authority, after.Channel, before.Team, after.Team, before.Stage, after.Stage, situation.By, handlingSeconds))],
            new HistoryEntry(after.Version, situation.Now, "moved", situation.ByMember, null, after.Stage, null, note, null, handlingSeconds, to), []);
    }
}
