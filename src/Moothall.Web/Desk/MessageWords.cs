using Moothall.Notifications;

namespace Moothall.Web.Desk;

/// <summary>Messages and what keeps them, in words for staff who know nothing of mail servers.</summary>
static class MessageWords
{
    /// <summary>What a message tells.</summary>
    public static string Kind(string kind) => kind switch
    {
        "received" => "that we have it",
        "stage" => "where it is now",
        "closed" => "that it is finished",
        "question" => "what we asked them",
        "late" => "that it may be late",
        "reopened" => "that it was opened again",
        "moved" => "that another team has it",
        "return-link" => "a link to return to a form",
        "staff-invitation" => "an invitation for staff",
        _ => kind.Replace('-', ' '),
    };

    /// <summary>What keeps messages, as a heading.</summary>
    public static string Trouble(string trouble) => trouble switch
    {
        Notifications.Trouble.Down => "The mail server cannot be reached",
        Notifications.Trouble.Slow => "The mail server does not answer in time",
        Notifications.Trouble.Busy => "The mail server asked us to come back later",
        Notifications.Trouble.RefusedUs => "The mail server does not take mail from us",
        Notifications.Trouble.RefusedAddress => "The mail server refused the address",
        Notifications.Trouble.RefusedMessage => "The mail server refused the message",
        Notifications.Trouble.Bounced => "The mail was sent and came back",
        Notifications.Trouble.NoAddress => "no e-mail address was given",
        Notifications.Trouble.Erased => "the personal data were erased",
        Notifications.Trouble.AskedForNone => "they asked for no messages",
        Notifications.Trouble.Overtaken => "it was no longer so when it was to be sent",
        Notifications.Trouble.DeadAddress => "a mail to this address came back before",
        Notifications.Trouble.PutAside => "it was put aside",
        _ => trouble,
    };

    /// <summary>What to do about it.</summary>
    public static string Mend(string trouble) => trouble switch
    {
        Notifications.Trouble.Down or Notifications.Trouble.Slow => "Nothing is lost: messages wait and go out by themselves when the server is back. Ask whoever looks after the mail server.",
        Notifications.Trouble.Busy => "We try again by ourselves, more slowly each time, for about two days.",
        Notifications.Trouble.RefusedUs => "Nothing is lost: messages wait. Ask whoever looks after the mail server to let this program in, or check its user name, password and sender.",
        Notifications.Trouble.RefusedAddress or Notifications.Trouble.Bounced => "The address is probably wrong. Ring the person, then put the message aside. If the address works again, send it again.",
        Notifications.Trouble.RefusedMessage => "The server says what it does not like. When that is mended, send them again.",
        _ => "",
    };

    /// <summary>How a message about a case stands, as the end of "Told them by e-mail ...".</summary>
    public static string State(CaseMessage message) => message switch
    {
        { State: "sent" } => "Sent",
        { State: "not-sent", Trouble: { } trouble } => $"Not sent: {Trouble(trouble)}",
        { State: "stuck", Trouble: Notifications.Trouble.Bounced } => "The mail did not arrive: it came back",
        { State: "stuck", Trouble: { } trouble } => $"The mail did not arrive: {char.ToLowerInvariant(Trouble(trouble)[0])}{Trouble(trouble)[1..]}",
        { Trouble: { } trouble } => $"Waits: {char.ToLowerInvariant(Trouble(trouble)[0])}{Trouble(trouble)[1..]}",
        _ => "Waits to be sent",
    };
}
