using Moothall.Definitions;

namespace Moothall.Cases;

/// <summary>What may be done with every case whatever its definition says: assign, note, ask the customer, and take the customer's answer.</summary>
public static class HandleCase
{
    /// <summary>Longest note or question, in characters.</summary>
    public const int LongestNote = 4_000;

    /// <summary>Gives the case to a member of staff, or to nobody (null).</summary>
    public static Result<CaseChange> Assign(CaseSituation situation, string? member, bool mayWork, string? note, int handlingSeconds)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (!situation.Case.IsOpen) return Refusal.Invalid("This case is closed. Reopen it before you assign it.");
        if (member is not null && !mayWork) return Refusal.Invalid("“{member}” is not somebody who works this team's cases. Choose a member of the team.", ("member", member));
        return Handled(situation, situation.Case with { Assigned = member }, "assign", note, handlingSeconds, member);
    }

    /// <summary>Adds a note for staff.</summary>
    public static Result<CaseChange> Note(CaseSituation situation, string? note, int handlingSeconds)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (string.IsNullOrWhiteSpace(note)) return Refusal.Invalid("Enter a note");
        return Handled(situation, situation.Case, "note", note, handlingSeconds);
    }

    /// <summary>Asks the customer something; the clocks stand still until the answer comes or the work goes on.</summary>
    public static Result<CaseChange> AskCustomer(CaseSituation situation, string? question, int handlingSeconds)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (!situation.Case.IsOpen) return Refusal.Invalid("This case is closed. Reopen it before you ask the customer.");
        if (string.IsNullOrWhiteSpace(question)) return Refusal.Invalid("Enter what you want to ask the customer");
        return Handled(situation, Clocks.Stop(situation.Case with { Question = question }, situation.Now), "ask-customer", question, handlingSeconds);
    }

    /// <summary>Takes the customer's answer; the clocks run again, unless the stage itself waits.</summary>
    public static Result<CaseChange> Answer(CaseSituation situation, string? answer)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (situation.Case is not { IsOpen: true, Question: not null }) return Refusal.Invalid("We are not waiting for an answer about this any more.");
        if (string.IsNullOrWhiteSpace(answer)) return Refusal.Invalid("Enter your answer");
        var resumed = situation.Definition.Work.FindStage(situation.Case.Stage)?.Waits == true
            ? situation.Case : Clocks.Resume(situation.Case, situation.Definition, situation.Calendar, situation.Now);
        return Handled(situation, resumed with { Question = null }, "answered", answer, 0);
    }

    /// <summary>Has another link sent to whoever must agree; it ends the one before.</summary>
    /// <param name="to">Answers to <see cref="CoSigning.LinkQuestions"/>: their address, where the one that was given is wrong.</param>
    public static Result<CaseChange> SendLink(CaseSituation situation, Answers to, string? note, int handlingSeconds)
    {
        ArgumentNullException.ThrowIfNull(situation);
        ArgumentNullException.ThrowIfNull(to);
        if (situation.Imported || !CoSigning.Waits(situation.Case, situation.Definition)) return Refusal.Invalid("This case does not wait for anybody to agree, so there is no link to send.");
        var sent = Handled(situation, situation.Case, "send-link", note, handlingSeconds);
        return sent.Value is { } change && to["email"] is TextAnswer ? change with { Entry = change.Entry with { AnswersJson = AnswersJson.Write(CoSigning.LinkQuestions, to) } } : sent;
    }

    /// <summary>Notes in the history that money came or a charge was waived; also after the case is closed.</summary>
    public static Result<CaseChange> Payment(CaseSituation situation, string? note, int handlingSeconds)
    {
        ArgumentNullException.ThrowIfNull(situation);
        return Handled(situation, situation.Case, "payment", note, handlingSeconds);
    }

    /// <summary>Notes in the history that a member of staff set a charge by hand.</summary>
    public static Result<CaseChange> Charge(CaseSituation situation, string? note, int handlingSeconds)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (situation.Imported) return Refusal.Invalid("History owes nothing, so no charge can be added with “at”.");
        if (!situation.Case.IsOpen) return Refusal.Invalid("This case is closed. Reopen it before you add a charge.");
        if (situation.Offer is null) return Refusal.Invalid("This council does not offer the service any more, so nothing can be charged for it. Move the case to the service that it should be.");
        return Handled(situation, situation.Case, "charge", note, handlingSeconds);
    }

    /// <summary>Notes in the history that a partner got its part; also after the case is closed.</summary>
    public static Result<CaseChange> PassedOn(CaseSituation situation, string? note, int handlingSeconds)
    {
        ArgumentNullException.ThrowIfNull(situation);
        return Handled(situation, situation.Case, "passed-on", note, handlingSeconds);
    }

    static Result<CaseChange> Handled(CaseSituation situation, CouncilCase after, string what, string? note, int handlingSeconds, string? givenTo = null)
    {
        if (note?.Length > LongestNote) return Refusal.Invalid("What you write must be 4,000 characters or fewer");
        after = after with { Version = situation.Case.Version + 1 };
        return new CaseChange(after,
            [situation.ToLog(new CaseHandled(after.Service, after.Authority, after.Team, after.Channel, what, situation.By, handlingSeconds))],
            new HistoryEntry(after.Version, situation.Now, what, situation.ByMember, null, after.Stage, null, note, null, handlingSeconds, givenTo), []);
    }
}
