using Moothall.Web.Design;

namespace Moothall.Web.Desk.Records;

/// <summary>Codes of records in words.</summary>
static class RecordWords
{
    /// <summary>Why a list was made.</summary>
    public static string Kind(Look look, string kind) => kind switch
    {
        "keep" => look.Say("deleted because their time was over"),
        "request" => look.Say("deleted because a person asked"),
        _ => look.Say("codes and messages that ran out"),
    };

    /// <summary>A service's title, or what there is where it has none.</summary>
    public static string Service(DeskVisit desk, string service) => service.Length == 0 ? "–" : desk.House.Services.Find(service)?.Definition.Title.English ?? service;

    /// <summary>What became of a line.</summary>
    public static string State(Look look, string state, string? what) => state switch
    {
        "listed" => look.Say("On the list"),
        "gone" => look.Say("Deleted: {what}", ("what", what)),
        _ => look.Say("Kept: {why}", ("why", what)),
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
}
