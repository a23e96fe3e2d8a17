using Microsoft.AspNetCore.Components;
using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Web.Design;

namespace Moothall.Web.Desk;

/// <summary>What one thing done to many cases is called, and what comes of it for a case.</summary>
static class BulkWords
{
    /// <summary>The order where marks can stand.</summary>
    public static MarkupString OrderHtml(BulkOrder order, DeskVisit desk, PublishedServices services) =>
        ActionOf(order, services) is { } action ? desk.Html(action.Label) : DeskWords.Plain(Order(order, desk, services));

    static WorkAction? ActionOf(BulkOrder order, PublishedServices services) => order.Action is "assign" or "move" or "note" or "send" ? null
        : services.All.SelectMany(s => s.Definition.Work.Stages).Select(s => s.FindAction(order.Action)).FirstOrDefault(a => a is not null);

    /// <summary>"Assign to Tomasz Zieliński".</summary>
    public static string Order(BulkOrder order, DeskVisit desk, PublishedServices services) => order.Action switch
    {
        "assign" => order.Choices.GetValueOrDefault("to") is { } to ? desk.Say("Assign to {name}", ("name", DeskWords.Member(desk, to))) : desk.Say("Take from whoever has it"),
        "move" => desk.Say("Move to {team}", ("team", DeskWords.TeamIn(desk.Council, order.Choices.GetValueOrDefault("team") ?? ""))),
        "note" => desk.Say("Add a note"),
        "send" => desk.Council.Contractors.FirstOrDefault(c => c.Id == order.Choices.GetValueOrDefault("contractor"))?.Name is { } name ? desk.Say("Send to {name}", ("name", name)) : desk.Say("Send to a contractor"),
        _ => ActionOf(order, services)?.Label.In(desk.Look.Language) ?? order.Action,
    };

    /// <summary>What a case comes to.</summary>
    public static MarkupString After(BulkForecast forecast, BulkOrder order, DeskVisit desk, PublishedServices services)
    {
        var (before, after) = (forecast.Case, forecast.After!);
        var definition = services.Find(after.Service)?.Definition;
        var look = desk.Look;
        return order.Action switch
        {
            "assign" when after.Assigned is { } who => before.Assigned is { } had ? look.SayHtml("From {one} to {other}", ("one", DeskWords.Member(desk, had)), ("other", DeskWords.Member(desk, who))) : look.SayHtml("To {name}", ("name", DeskWords.Member(desk, who))),
            "assign" => look.SayHtml("Nobody has it"),
            "move" => look.SayHtml("From {one} to {other}", ("one", DeskWords.TeamIn(desk.Council, before.Team)), ("other", DeskWords.TeamIn(desk.Council, after.Team))),
            "note" => look.SayHtml("Gets the note"),
            _ when after.Outcome is { } outcome => look.SayHtml("Closes: {outcome}", ("outcome", definition is null ? outcome : DeskWords.Outcome(desk, definition, outcome))),
            _ => look.SayHtml("Goes to “{stage}”", ("stage", DeskWords.Stage(desk, definition, after.Stage))),
        };
    }

    /// <summary>Actions that ask nothing and that every one of the cases has at its stage; those are done to many at once.</summary>
    public static IReadOnlyList<WorkAction> Common(IReadOnlyList<CouncilCase> cases, PublishedServices services)
    {
        IReadOnlyList<WorkAction>? common = null;
        foreach (var kind in cases.Where(c => c.IsOpen).Select(c => (c.Service, c.Stage)).Distinct())
        {
            var here = services.Find(kind.Service)?.Definition.Work.FindStage(kind.Stage)?.Actions.Where(a => a.Ask.Count == 0).ToList() ?? [];
            common = common is null ? here : [.. common.Where(a => here.Any(h => h.Name == a.Name))];
        }
        return common ?? [];
    }
}
