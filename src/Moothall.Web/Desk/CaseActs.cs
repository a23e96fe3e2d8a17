using Moothall.Cases;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Identity;

namespace Moothall.Web.Desk;

/// <summary>Something that may be done with a case, with its consequence in words before anybody presses it.</summary>
/// <param name="Name">The action's code.</param>
/// <param name="Label">What the button says.</param>
/// <param name="Consequence">What happens then.</param>
/// <param name="Questions">What it asks of staff; with any, it has a page of its own.</param>
/// <param name="Note">How the words that may go with it are asked for; null when there are none.</param>
/// <param name="NoteHint">What they are for.</param>
public sealed record CaseAct(string Name, string Label, string Consequence, IReadOnlyList<Question> Questions, string? Note, string? NoteHint = null)
{
    /// <summary>The field of the form for those words.</summary>
    public const string NoteField = "_note";
    /// <summary>The field with the version of the case that the person saw.</summary>
    public const string VersionField = "_version";

    /// <summary>The field that a refusal of the whole action belongs to.</summary>
    public string FaultField => Name switch { "assign" => "to", "move" => "team", "record-payment" => "amount", _ => NoteField };
}

/// <summary>What may be done with a case now: what its stage allows, and what every case has.</summary>
static class CaseActs
{
    /// <summary>The actions of the case's stage, as its definition orders them.</summary>
    public static IReadOnlyList<CaseAct> OfStage(CaseFile file, CouncilFiles council) => [.. file.Actions.Select(action => Of(action, file, council))];

    /// <summary>An action by its name, also one that this stage does not have (the decision refuses it in words); null when the service has none such.</summary>
    public static CaseAct? Find(CaseFile file, CouncilFiles council, string name) => name switch
    {
        "assign" => new(name, "Assign the case", "The person finds it under “Assigned to me”.", [], null),
        "note" => new(name, "Add a note", "Only staff read it.", [], "Note", "What the next person needs to know. Only staff read it."),
        "ask-customer" => new(name, "Ask the customer", "They read it when they follow the case. The clock stands still until they answer.", [], "What do you want to ask?",
            "Write it as you would say it. The customer reads these words."),
        "move" => new(name, "Move the case", "It goes to another team, or begins again as the service it should have been. The customer keeps the reference.", [], "Why (optional)",
            "The other team reads it. The customer does not."),
        "reopen" => new(name, "Reopen the case", "It goes back to the stage it was closed from. The promised date stays as it was.", [], "Why do you reopen it?", "Only staff read it."),
        "withdraw" => new(name, "Withdraw the case", "Closes the case because the person no longer wants it. They read: “You withdrew it”.", [], "Why (optional)", "Only staff read it."),
        "record-payment" when file.Payments.Due.Count > 0 => new(name, "Record a payment", "The customer reads that it is paid. Take the money in the council's own till or card terminal first.", [], "Note (optional)", "Only staff read it. Never write card numbers."),
        "pass-on" when file.ToPassOn.Count > 0 => new(name, "Mark as passed on", "Say that you have sent the partner what the agreement covers, and nothing else.", [], "Note (optional)", "Only staff read it."),
        _ => file.Definition.Work.FindStage(file.Case.Stage)?.FindAction(name) is { } here ? Of(here, file, council)
            : file.Definition.Work.Stages.Select(s => s.FindAction(name)).FirstOrDefault(a => a is not null) is { } elsewhere ? Of(elsewhere, file, council) : null,
    };

    static CaseAct Of(WorkAction action, CaseFile file, CouncilFiles council)
    {
        var questions = action.Ask.Select(file.Definition.Work.FindQuestion).OfType<Question>().ToList();
        return new CaseAct(action.Name, action.Label.English, Consequence(action, file, council), questions, "Note (optional)", "Only staff read it.");
    }

    static string Consequence(WorkAction action, CaseFile file, CouncilFiles council)
    {
        if (action.Close is { } outcome) return $"Closes the case: {CaseQueries.OutcomeWords(file.Definition, outcome, "en")}";
        var stage = file.Definition.Work.FindStage(action.To!)!;
        var team = council.FindOffer(file.Case.Service, file.Case.Authority)?.TeamFor(stage.Name) ?? file.Case.Team;
        var handOver = team == file.Case.Team ? "" : $" with {DeskWords.TeamIn(council, team)}";
        return $"Goes to: {stage.Label.English}{handOver}{(stage.WaitsForResident ? ". The clock stands still there" : "")}";
    }

    /// <summary>Who may work the case, by name.</summary>
    public static IReadOnlyList<Member> Workers(CouncilCase @case, CouncilFiles council) =>
        [.. council.Members.Values.Where(m => !m.IsPartner && Rights.May(StaffSessions.CallerFor(council, m.Id), Right.WorkCases, @case.Authority, @case.Team)).OrderBy(m => m.Name, StringComparer.CurrentCulture)];
}
