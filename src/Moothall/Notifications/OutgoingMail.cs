using NodaTime;

namespace Moothall.Notifications;

/// <summary>
/// A message for somebody outside, as a module hands it over: either the name of a template with its fields, or a subject and a body in Markdown of the
/// program's own words, in which ((field)) stands for what people wrote. Values are escaped wherever they stand, so a name can be neither markup nor a header.
/// </summary>
public sealed record OutgoingMail
{
    /// <summary>What must not be sent twice, for ever: `case/POT-7F3K-92QX/3`, `return/ID/2`. A key that is queued already queues nothing.</summary>
    public required string Key { get; init; }
    /// <summary>A code for figures and the desk: `received`, `closed`, `return-link`, `staff-invitation`.</summary>
    public required string Kind { get; init; }
    /// <summary>Whose message it is: its name, telephone and quiet hours.</summary>
    public required string Authority { get; init; }
    /// <summary>The address; null where there is none, which is kept as "not sent: no address".</summary>
    public string? To { get; init; }
    /// <summary>The language it is written in; English where there is no template in it.</summary>
    public string Language { get; init; } = "en";
    public string? Service { get; init; }
    /// <summary>The reference of the case that it is about; the message is erased with it.</summary>
    public string? About { get; init; }
    /// <summary>
    /// The references of several cases that it tells of, instead of About. Each begins with a paragraph that is its reference in bold, and what is said of it is a
    /// list: so what the message says of one can be taken out with that case.
    /// </summary>
    public IReadOnlyList<string> Cases { get; init; } = [];
    /// <summary>The version of the case that it tells of.</summary>
    public int? Version { get; init; }

    /// <summary>The template to write it with: `templates/NAME.LANGUAGE.md` of the council, or the program's own. Else Subject and Body.</summary>
    public string? Template { get; init; }
    public string? Subject { get; init; }
    /// <summary>Markdown, with fields as ((field)).</summary>
    public string? Body { get; init; }
    /// <summary>Values by name. What is called `link` or ends in `-link` is a web address; a paragraph with a field that has no value is left out.</summary>
    public IReadOnlyDictionary<string, string?> Fields { get; init; } = new Dictionary<string, string?>();
    /// <summary>Where mails about this are stopped, where that makes sense.</summary>
    public string? StopLink { get; init; }
    /// <summary>Whether it is for the person whose case it is, so that their choice of no messages holds; not for somebody who follows it.</summary>
    public bool IsForApplicant { get; init; } = true;
    public MailAttachment? Attachment { get; init; }

    /// <summary>What was read in this very unit of whom it goes to; null where it is to be read.</summary>
    internal Audience? Audience { get; init; }

    /// <summary>Not to be sent earlier.</summary>
    public Instant? NotBefore { get; init; }
    /// <summary>Somebody waits for it now, so quiet hours do not hold it back: a link to sign in or to return.</summary>
    public bool AtOnce { get; init; }
}

/// <summary>A file that goes with a message.</summary>
/// <param name="Kind">Its media type: text/csv.</param>
public sealed record MailAttachment(string Name, string Kind, byte[] Content);
