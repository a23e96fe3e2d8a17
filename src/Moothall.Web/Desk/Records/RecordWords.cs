using Microsoft.AspNetCore.Components;
using Moothall.Definitions;
using Moothall.Records;
using Moothall.Web.Design;

namespace Moothall.Web.Desk.Records;

/// <summary>Codes of records in words. Certificates are kept as codes and short English words, because their hash is over them; here they are said in the reader's language.</summary>
static class RecordWords
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
        : DeskWords.Plain(RecordMessages.OfNoCase(reference) is { } what ? what.In(desk.Look.Phrases) : "–");

    /// <summary>What became of a line.</summary>
    public static string State(DeskVisit desk, ListLine line) => RecordMessages.State(line.State, What(desk, line)).In(desk.Look.Phrases);

    // While a line is listed, what it says is a code for what it was.
    static Message? What(DeskVisit desk, ListLine line)
    {
        if (line.What is not { } code) return null;
        if (line.State != "listed") return code;
        return line.Reference.Split('/')[0] switch
        {
            "token" => DeskWords.Member(desk, code),
            "file" => code.ToUpperInvariant(),
            _ => MessageWords.Kind(desk.Look, code),
        };
    }

    /// <summary>A kind of rows that go.</summary>
    public static string Rows(Look look, string what) => RecordMessages.Rows(what).In(look.Phrases);

    /// <summary>The rule of a line: how long after what, and by which law.</summary>
    public static string Rule(Look look, string rule) => RecordMessages.Rule(rule).In(look.Phrases);

    /// <summary>A ground of article 6(1) in law's words.</summary>
    public static string Because(Look look, string because) => RecordMessages.Because(because).In(look.Phrases);

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
}
