using Moothall.Council;
using Moothall.Definitions;
using Moothall.Identity;

namespace Moothall.Cases;

/// <summary>Standard replies for a case, with the facts of the case in them. Whoever uses one can change the words before they go.</summary>
public static class StandardReplies
{
    /// <summary>The replies that fit a service, in the order of the file.</summary>
    public static IReadOnlyList<StandardReply> For(CouncilFiles council, string service)
    {
        ArgumentNullException.ThrowIfNull(council);
        return [.. council.Replies.Where(r => r.Service is null || r.Service == service)];
    }

    /// <summary>A reply in the language that the person is written to in, else in English, with the facts of the case; a fact that the case does not have leaves its place empty.</summary>
    public static string Fill(StandardReply reply, CaseFile file, CouncilFiles council, Caller by)
    {
        ArgumentNullException.ThrowIfNull(reply);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(council);
        ArgumentNullException.ThrowIfNull(by);
        var authority = council.FindAuthority(file.Case.Authority) ?? council.Authorities[0];
        var phrases = Phrases.In(reply.Text.Texts.ContainsKey(file.Language) ? file.Language : "en");
        return MailTemplate.Fill(reply.Text.In(phrases.Language), field => field switch
        {
            "reference" => file.Case.Reference,
            "service" => file.Definition.Title.In(phrases.Language),
            "name" => AnswerFacts.Name(file.AnswersDefinition, file.Answers) ?? "",
            "close-by" => file.Case.CloseBy is { } due ? phrases.Day(authority.Calendar.DayOf(due)) : "",
            "council" => authority.Name,
            "phone" => authority.Contact.Phone,
            "worker" => by.Name,
            _ => "",
        });
    }
}
