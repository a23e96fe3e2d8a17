using Moothall.Cases;

namespace Moothall.Web.Desk;

/// <summary>What is said beside "Undo", and instead of it where something cannot be taken back.</summary>
static class UndoWords
{
    /// <summary>What undoing does not reach, because it happened outside the program; null where it reaches all.</summary>
    public static string? Beside(HistoryEntry last, DeskVisit desk) => last.Kind switch
    {
        "payment" => desk.Say("Undo takes back the record only. Money that was taken is paid back at the till or card terminal."),
        "passed-on" => desk.Say("Undo takes back the mark only. If the partner has it already, tell them."),
        _ => null,
    };

    /// <summary>Why an email to a contractor cannot be taken back.</summary>
    public static string SentIsOver(DeskVisit desk) => desk.Say("The minute for taking this email back is over. Ring the contractor if it was wrong.");

    /// <summary>Why what somebody just did cannot be taken back, and what to do instead; null for what nobody would take back.</summary>
    public static string? WhyNot(HistoryEntry last, DeskVisit desk) => last.Kind switch
    {
        "undone" or "received" => null,
        _ when desk.Now < last.At + UndoCase.Window => null,
        "sent" => SentIsOver(desk),
        "closed" => desk.Say("The minute for taking this back is over. Reopen the case if it was wrong."),
        "payment" => desk.Say("The minute for taking this back is over. Ask whoever keeps the accounts to put it right, and write a note."),
        "charge" => desk.Say("The minute for taking this back is over. Record the charge as waived if it was wrong."),
        "passed-on" => desk.Say("The minute for taking this back is over. Tell the partner if it was wrong, and write a note."),
        "ask-customer" => desk.Say("The minute for taking this back is over, and the customer may have read it. Ask again if it was wrong."),
        _ => desk.Say("The minute for taking this back is over. Put it right by another step if it was wrong."),
    };
}
