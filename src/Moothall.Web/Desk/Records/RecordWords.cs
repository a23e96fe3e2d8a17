using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Moothall.Definitions;
using Moothall.Records;
using Moothall.Web.Design;

namespace Moothall.Web.Desk.Records;

/// <summary>Codes of records in words. Certificates are kept as codes and short English words, because their hash is over them; here they are said in the reader's language.</summary>
static partial class RecordWords
{
    /// <summary>Why a list was made.</summary>
    public static string Kind(Look look, string kind) => kind switch
    {
        "keep" => look.Say("deleted because their time was over"),
        "request" => look.Say("deleted because a person asked"),
        _ => look.Say("what ran out by its own age"),
    };

    /// <summary>A service's title; what it is where it belongs to none.</summary>
    /// <param name="reference">The reference of the line, or of the first of several.</param>
    public static MarkupString Service(DeskVisit desk, string service, string reference) => service.Length > 0 ? DeskWords.Title(desk, service)
        : DeskWords.Plain(reference.StartsWith("message/", StringComparison.Ordinal) ? desk.Say("Messages about no case") : reference.StartsWith("token/", StringComparison.Ordinal) ? desk.Say("Tokens of programs") : "–");

    /// <summary>What became of a line.</summary>
    public static string State(DeskVisit desk, ListLine line) => State(desk.Look, line.State, line.State != "listed" ? line.What : line.What is not { } code ? null
        : line.Reference.StartsWith("token/", StringComparison.Ordinal) ? DeskWords.Member(desk, code) : MessageWords.Kind(desk.Look, code));

    static string State(Look look, string state, string? what) => state switch
    {
        "listed" => what is null ? look.Say("On the list") : look.Say("On the list: {what}", ("what", what)),
        "gone" => look.Say("Deleted: {what}", ("what", Amounts(look, what ?? ""))),
        _ => look.Say("Kept: {why}", ("why", Kept(look, what ?? ""))),
    };

    static string Kept(Look look, string why) => why switch
    {
        "gone already" => look.Say("gone already"),
        "opened again" => look.Say("opened again"),
        "held" => look.Say("held"),
        "no rule" => look.Say("no rule"),
        "kept longer now" => look.Say("kept longer now"),
        _ => why,
    };

    // "answers 1, search words 7"
    static string Amounts(Look look, string what) => string.Join(", ", what.Split(", ").Select(one => one.LastIndexOf(' ') is > 0 and var at ? $"{Rows(look, one[..at])} {one[(at + 1)..]}" : one));

    /// <summary>A kind of rows that go.</summary>
    public static string Rows(Look look, string what) => what switch
    {
        "answers" => look.Say("answers"),
        "history" => look.Say("history"),
        "files" => look.Say("files"),
        "circumstances" => look.Say("circumstances"),
        "place" => look.Say("place"),
        "followers" => look.Say("followers"),
        "search words" => look.Say("search words"),
        "messages" => look.Say("messages"),
        "readings" => look.Say("readings"),
        "drafts" => look.Say("drafts"),
        "tokens" => look.Say("tokens"),
        "arrivals" => look.Say("events of partners"),
        "words" => look.Say("words"),
        _ => what,
    };

    /// <summary>The rule of a line: how long after what, and by which law.</summary>
    public static string Rule(Look look, string rule)
    {
        if (rule == "30 days after they were sent") return look.Say("30 days after they were sent");
        if (rule == "48 hours after they were sent") return look.Say("48 hours after they were sent");
        if (rule == "30 days after they came") return look.Say("30 days after they came");
        if (rule == "30 days after they ended") return look.Say("30 days after they ended");
        if (rule.StartsWith("request granted, ", StringComparison.Ordinal)) return look.Say("request granted: {ground}", ("ground", PersonWords.Ground(look, rule["request granted, ".Length..])));
        if (KeepForm().Match(rule) is not { Success: true } kept || Period.Parse(kept.Groups[1].Value) is not { } time) return rule;
        return Keep(look, time, kept.Groups[2].Value, kept.Groups[3].Value);
    }

    /// <summary>"6 years after closed, public task".</summary>
    static string Keep(Look look, Period time, string after, string because) => after == "received"
        ? look.Say("{time} after received, {reason}", ("time", look.Phrases.Length(time)), ("reason", Because(look, because)))
        : look.Say("{time} after closed, {reason}", ("time", look.Phrases.Length(time)), ("reason", Because(look, because)));

    /// <summary>A ground of article 6(1) in law's words.</summary>
    public static string Because(Look look, string because) => because switch
    {
        "consent" => look.Say("consent"),
        "contract" => look.Say("contract"),
        "legal obligation" => look.Say("legal obligation"),
        "vital interests" => look.Say("vital interests"),
        "public task" => look.Say("public task"),
        "legitimate interests" => look.Say("legitimate interests"),
        "recognised legitimate interest" => look.Say("recognised legitimate interest"),
        _ => because,
    };

    /// <summary>What somebody did.</summary>
    public static string Act(Look look, string what) => what switch
    {
        "held" => look.Say("placed a hold"),
        "released" => look.Say("ended a hold"),
        "given" => look.Say("gave a person their data"),
        "erased" => look.Say("deleted on a granted request"),
        "carried-out" => look.Say("carried a list out"),
        "expired" => look.Say("took away what had run out"),
        _ => what,
    };

    [GeneratedRegex("^([0-9]+ [a-z ]+?) after ([a-z-]+), (.+)$")]
    private static partial Regex KeepForm();
}
