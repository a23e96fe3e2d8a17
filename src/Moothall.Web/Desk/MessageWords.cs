using Moothall.Notifications;
using Moothall.Web.Design;

namespace Moothall.Web.Desk;

/// <summary>Messages and what keeps them, in words for staff who know nothing of mail servers.</summary>
static class MessageWords
{
    /// <summary>What a message tells.</summary>
    public static string Kind(Look look, string kind) => kind switch
    {
        "received" => look.Say("that we have it"),
        "stage" => look.Say("where it is now"),
        "closed" => look.Say("that it is finished"),
        "question" => look.Say("what we asked them"),
        "late" => look.Say("that it may be late"),
        "reopened" => look.Say("that it was opened again"),
        "moved" => look.Say("that another team has it"),
        "return-link" => look.Say("a link to go on with a form"),
        "account-link" => look.Say("a link to sign in to an account"),
        "account-address" => look.Say("a link to confirm an email address"),
        "account-changed" => look.Say("that their account has another email address"),
        "account-unused" => look.Say("that their account is deleted unless they sign in"),
        "acting" => look.Say("that somebody asks to act for another"),
        "following" => look.Say("that they follow a report"),
        "follow-news" => look.Say("what happened to a report that they follow"),
        "contractor-list" => look.Say("a list of cases for a contractor"),
        "staff-invitation" => look.Say("an invitation of a member of staff"),
        "alert" => look.Say("what was wrong with the running"),
        "co-sign" => look.Say("that somebody must agree"),
        "co-sign-reminder" => look.Say("that they have not agreed yet"),
        "renewal" => look.Say("that something runs out"),
        _ => kind.Replace('-', ' '),
    };

    /// <summary>What keeps messages, as a sentence without its end.</summary>
    public static string Why(Look look, string trouble) => trouble switch
    {
        Trouble.Down => look.Say("The mail server cannot be reached"),
        Trouble.Slow => look.Say("The mail server does not answer in time"),
        Trouble.Busy => look.Say("The mail server asked us to come back later"),
        Trouble.RefusedUs => look.Say("The mail server does not take mail from us"),
        Trouble.RefusedAddress => look.Say("The mail server refused the address"),
        Trouble.RefusedMessage => look.Say("The mail server refused the message"),
        Trouble.Bounced => look.Say("The mail was sent and came back"),
        Trouble.NoAddress => look.Say("No e-mail address was given"),
        Trouble.Erased => look.Say("The personal data were erased"),
        Trouble.AskedForNone => look.Say("They asked for no messages"),
        Trouble.Overtaken => look.Say("It was no longer so when it was to be sent"),
        Trouble.DeadAddress => look.Say("A mail to this address came back before"),
        Trouble.PutAside => look.Say("It was put aside"),
        _ => trouble,
    };

    /// <summary>What to do about it.</summary>
    public static string Mend(Look look, string trouble) => trouble switch
    {
        Trouble.Down or Trouble.Slow => look.Say("Nothing is lost: messages wait and go out by themselves when the server is back. Ask whoever looks after the mail server."),
        Trouble.Busy => look.Say("We try again by ourselves, more slowly each time, for about two days."),
        Trouble.RefusedUs => look.Say("Nothing is lost: messages wait. Ask whoever looks after the mail server to let this program in, or check its user name, password and sender."),
        Trouble.RefusedAddress or Trouble.Bounced => look.Say("The address is probably wrong. Ring the person, then put the message aside. If the address works again, send it again."),
        Trouble.RefusedMessage => look.Say("The server says what it does not like. When that is mended, send them again."),
        _ => "",
    };

    /// <summary>What became of a message, for the person it was written to.</summary>
    public static string Came(Look look, string state) => state switch
    {
        "sent" => look.Say("Sent"),
        "not-sent" => look.Say("It was not sent."),
        "stuck" => look.Say("It did not arrive."),
        _ => look.Say("Waits to be sent"),
    };

    /// <summary>How a message about a case stands, as a sentence: another one follows it.</summary>
    public static string State(Look look, CaseMessage message) => message switch
    {
        { State: "sent" } => look.Say("Sent."),
        { State: "not-sent", Trouble: { } trouble } => look.Say("Not sent. {why}.", ("why", Why(look, trouble))),
        { State: "stuck", Trouble: { } trouble } => look.Say("The mail did not arrive. {why}.", ("why", Why(look, trouble))),
        { Trouble: { } trouble } => look.Say("Waits. {why}.", ("why", Why(look, trouble))),
        _ => look.Say("Waits to be sent."),
    };
}
