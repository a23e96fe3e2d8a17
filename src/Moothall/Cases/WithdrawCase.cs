namespace Moothall.Cases;

/// <summary>Ends a case because the person no longer wants it. Its outcome is `withdrawn`, which every service has without writing it.</summary>
public static class WithdrawCase
{
    /// <summary>The outcome's code.</summary>
    public const string Outcome = "withdrawn";

    public static Result<CaseChange> Decide(CaseSituation situation, string? note, int handlingSeconds)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (!situation.Case.IsOpen) return Refusal.Invalid("This case is closed already.");
        var before = Clocks.Resume(situation.Case, situation.Definition, situation.Calendar, situation.Now);
        var after = before with { Closed = situation.Now, Outcome = Outcome, StageDue = null, Question = null, Version = before.Version + 1 };
        return new CaseChange(after,
            [situation.ToLog(new CaseClosed(after.Service, after.Authority, after.Team, after.Channel, "withdraw", after.Stage, Outcome, after.Received, after.CloseBy,
                after.CloseBy is { } closeBy && situation.Now <= closeBy, situation.By, handlingSeconds, false))],
            new HistoryEntry(after.Version, situation.Now, "closed", situation.ByMember, "withdraw", after.Stage, Outcome, note, null, handlingSeconds), []);
    }
}
