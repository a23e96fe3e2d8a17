namespace Moothall.Cases;

/// <summary>Opens a closed case again, at the stage it was closed from; its promise to be closed by a day stays as it was.</summary>
public static class ReopenCase
{
    public static Result<CaseChange> Decide(CaseSituation situation, string? note, int handlingSeconds)
    {
        ArgumentNullException.ThrowIfNull(situation);
        var before = situation.Case;
        if (before.IsOpen) return Refusal.Invalid("This case is open already.");
        if (string.IsNullOrWhiteSpace(note)) return Refusal.Invalid("Enter why you reopen the case");
        var stage = situation.Definition.Work.FindStage(before.Stage) ?? situation.Definition.Work.FindStage(situation.Definition.Work.Start)!;
        var after = before with
        {
            Closed = null, Outcome = null, Stage = stage.Name, Version = before.Version + 1, StoppedAt = stage.Waits ? situation.Now : null,
            StageDue = Clocks.Due(stage.Within, before.Decided, situation.Calendar, situation.Now),
        };
        var wasInTime = before.CloseBy is { } closeBy && before.Closed <= closeBy;
        return new CaseChange(after,
            [situation.ToLog(new CaseReopened(after.Service, after.Authority, after.Team, after.Channel, after.Stage, after.CloseBy, before.Closed!.Value, wasInTime, situation.By, handlingSeconds))],
            new HistoryEntry(after.Version, situation.Now, "reopened", situation.ByMember, null, after.Stage, null, note, null, handlingSeconds), []);
    }
}
