using Microsoft.AspNetCore.Components;
using Moothall.Notifications;
using Moothall.Web.Design;

namespace Moothall.Web.Desk;

/// <summary>Who will be told, in words, before anything is pressed. A first name is the most it says of anybody.</summary>
static class ToldAheadWords
{
    /// <summary>"Tells Sam by e-mail: “We have finished”.", or why nobody is told.</summary>
    /// <param name="reference">The reference of the case on whose own page it stands, where a subject need not end with it.</param>
    public static MarkupString Person(ToldAhead told, DeskVisit desk, string? reference = null)
    {
        return told switch
        {
            { Subject: { } subject, FirstName: { } name } => desk.Look.SayHtml("Tells {name} by e-mail: “{subject}”.", ("name", name), ("subject", Marked(subject))),
            { Subject: { } subject } => desk.Look.SayHtml("Tells the customer by e-mail: “{subject}”.", ("subject", Marked(subject))),
            _ => DeskWords.Plain(Nobody(told, desk)),
        };

        // The message is in the person's language, the page in that of staff.
        MarkupString Marked(string subject) => told.Language is { } theirs && theirs != desk.Look.Language ? Told.Marked(theirs, Short(subject, reference)) : DeskWords.Plain(Short(subject, reference));
    }

    static string Nobody(ToldAhead told, DeskVisit desk) => told switch
    {
        { WhyNot: Trouble.NoAddress } => desk.Say("Tells nobody: no address was given."),
        { WhyNot: Trouble.AskedForNone } => desk.Say("Tells nobody: they chose no messages."),
        { WhyNot: Trouble.DeadAddress } => desk.Say("Tells nobody: mail to their address comes back."),
        { WhyNot: Trouble.Erased } => desk.Say("Tells nobody: who asked is no longer kept."),
        { WhyNot: Trouble.Overtaken } => desk.Say("Tells nobody: they were not told that it was closed."),
        _ => desk.Say("Tells nobody: no message is sent about this."),
    };

    static string Short(string subject, string? reference) => reference is not null && subject.EndsWith(", " + reference, StringComparison.Ordinal) ? subject[..^(reference.Length + 2)] : subject;

    /// <summary>"And 3 people who follow it."; null where nobody does.</summary>
    public static string? Followers(ToldAhead told, DeskVisit desk) => told.Followers == 0 ? null
        : told.Subject is null ? desk.Say("{count, plural, one {Tells # person who follows it.} other {Tells # people who follow it.}}", ("count", told.Followers))
        : desk.Say("{count, plural, one {And # person who follows it.} other {And # people who follow it.}}", ("count", told.Followers));
}
