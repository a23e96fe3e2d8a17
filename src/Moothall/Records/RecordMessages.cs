using System.Text.RegularExpressions;
using Moothall.Definitions;

namespace Moothall.Records;

/// <summary>Codes of records as messages. Certificates are kept as codes and short English words, because their hash is over them; here they are said in the reader's language.</summary>
public static partial class RecordMessages
{
    /// <summary>What records are that belong to no case, by the reference of one of them; null for a reference of another kind.</summary>
    public static Message? OfNoCase(string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return reference.Split('/')[0] switch
        {
            "message" => new Message("Messages about no case"),
            "token" => new Message("Tokens of programs"),
            "file" => new Message("Files that nothing used"),
            _ => null,
        };
    }

    /// <summary>What became of a line that was carried out or stands.</summary>
    /// <param name="what">For a line that is listed what it is, as somebody reads it; else what the line says.</param>
    public static Message State(string state, Message? what) => state switch
    {
        "listed" => what is null ? new Message("On the list") : new Message("On the list: {what}", ("what", what)),
        "gone" => new Message("Deleted: {what}", ("what", Amounts(what?.English ?? ""))),
        _ => new Message("Kept: {why}", ("why", Kept(what?.English ?? ""))),
    };

    static Message Kept(string why) => why switch
    {
        "gone already" => new Message("gone already"),
        "opened again" => new Message("opened again"),
        "held" => new Message("held"),
        "no rule" => new Message("no rule"),
        "kept longer now" => new Message("kept longer now"),
        _ => why,
    };

    // "answers 1, search words 7"
    static IEnumerable<Message> Amounts(string what) => what.Split(", ").Select(one => one.LastIndexOf(' ') is > 0 and var at ? new Message("{rows} {count}", ("rows", Rows(one[..at])), ("count", one[(at + 1)..])) : one);

    /// <summary>A kind of rows that go.</summary>
    public static Message Rows(string what) => what switch
    {
        "answers" => new Message("answers"),
        "history" => new Message("history"),
        "files" => new Message("files"),
        "circumstances" => new Message("circumstances"),
        "place" => new Message("place"),
        "followers" => new Message("followers"),
        "asking to agree" => new Message("asking somebody to agree"),
        "search words" => new Message("search words"),
        "messages" => new Message("messages"),
        "readings" => new Message("readings"),
        "drafts" => new Message("drafts"),
        "tokens" => new Message("tokens"),
        "arrivals" => new Message("events of partners"),
        "words" => new Message("words"),
        _ => what,
    };

    /// <summary>The rule of a line: how long after what, and by which law.</summary>
    public static Message Rule(string rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return rule switch
        {
            "30 days after they were sent" => new Message("30 days after they were sent"),
            "48 hours after they were sent" => new Message("48 hours after they were sent"),
            "30 days after they came" => new Message("30 days after they came"),
            "30 days after they ended" => new Message("30 days after they ended"),
            "1 day after they came" => new Message("1 day after they came"),
            _ when rule.StartsWith("request granted, ", StringComparison.Ordinal) => new Message("request granted: {ground}", ("ground", Ground(rule["request granted, ".Length..]))),
            _ when KeepForm().Match(rule) is { Success: true } kept && Period.Parse(kept.Groups[1].Value) is { } time => Keep(time, kept.Groups[2].Value, kept.Groups[3].Value),
            _ => rule,
        };
    }

    /// <summary>"6 years after closed, public task".</summary>
    static Message Keep(Period time, string after, string because) => after == "received"
        ? new Message("{time} after received, {reason}", ("time", time), ("reason", Because(because)))
        : new Message("{time} after closed, {reason}", ("time", time), ("reason", Because(because)));

    /// <summary>A ground of article 6(1) in law's words.</summary>
    public static Message Because(string because) => because switch
    {
        "consent" => new Message("consent"),
        "contract" => new Message("contract"),
        "legal obligation" => new Message("legal obligation"),
        "vital interests" => new Message("vital interests"),
        "public task" => new Message("public task"),
        "legitimate interests" => new Message("legitimate interests"),
        "recognised legitimate interest" => new Message("recognised legitimate interest"),
        _ => because,
    };

    /// <summary>Why a person's request was granted (UK GDPR article 17(1)).</summary>
    public static Message Ground(string code) => code switch
    {
        "no-longer-needed" => new Message("We no longer need it for what it was given for"),
        "consent-withdrawn" => new Message("They took back their consent, and there is no other reason to keep it"),
        "objection" => new Message("They object, and nothing of ours weighs more"),
        "unlawful" => new Message("We should not have kept it"),
        _ => new Message("The law says that it must be deleted"),
    };

    [GeneratedRegex("^([0-9]+ [a-z ]+?) after ([a-z-]+), (.+)$")]
    private static partial Regex KeepForm();
}
