using Moothall.Definitions;

namespace Moothall.Notifications;

/// <summary>The mail server of the council, which is somebody else's system.</summary>
public interface IMailer
{
    /// <summary>Hands one message to the mail server, within a limit of time. It never throws for what a server or a network does.</summary>
    Task<MailOutcome> Send(Letter letter, CancellationToken cancel);

    /// <summary>Whether the mail server is set up and can be reached: a sentence with the mend when it is not, else null.</summary>
    Task<Message?> Check(CancellationToken cancel);
}

/// <summary>A message as it is handed to a mail server.</summary>
/// <param name="Token">Its own secret name, the same over all attempts: mail programs show two of one name once, and what comes back carries it.</param>
/// <param name="FromName">The council's name.</param>
/// <param name="ReplyTo">Where an answer goes.</param>
/// <param name="StopLink">Where such mails are stopped; null where they cannot be.</param>
public sealed record Letter(string Token, string To, string FromName, string ReplyTo, string Language, string Subject, string Plain, string Html, string? StopLink, MailAttachment? Attachment);

/// <summary>How far a fault reaches.</summary>
public enum MailFault
{
    /// <summary>None: it was taken.</summary>
    None,
    /// <summary>This message, for now.</summary>
    ForNow,
    /// <summary>This message, for good.</summary>
    ForGood,
    /// <summary>The mail server as a whole: the others need not be tried.</summary>
    Server,
}

/// <summary>What came of handing a message over.</summary>
/// <param name="Trouble">A code of <see cref="Notifications.Trouble"/>; null when it was taken.</param>
/// <param name="Words">What the mail server said, without the address.</param>
public sealed record MailOutcome(MailFault Fault, string? Trouble, Message? Words)
{
    public static readonly MailOutcome Sent = new(MailFault.None, null, null);
}
