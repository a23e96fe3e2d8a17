using Microsoft.AspNetCore.Components;
using Moothall.Cases;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Payments;
using Moothall.Web.Design;

namespace Moothall.Web.Desk;

/// <summary>Something that may be done with a case, with its consequence in words before anybody presses it.</summary>
/// <param name="Name">The action's code.</param>
/// <param name="Label">What the button says.</param>
/// <param name="Consequence">What happens then.</param>
/// <param name="Questions">What it asks of staff; with any, it has a page of its own.</param>
/// <param name="Note">How the words that may go with it are asked for; null when there are none.</param>
/// <param name="NoteHint">What they are for.</param>
public sealed record CaseAct(string Name, string Label, MarkupString Consequence, IReadOnlyList<Question> Questions, string? Note, string? NoteHint = null)
{
    /// <summary>The attributes of what holds the label, where it stands in another language than the page.</summary>
    public IReadOnlyDictionary<string, string?>? LabelLanguage { get; init; }

    /// <summary>The words must be there: the action stands for what somebody else said.</summary>
    public bool NeedsNote { get; init; }
    /// <summary>Whether it asks for something, on a page of its own.</summary>
    public bool HasPage => NeedsNote || Questions.Count > 0;

    /// <summary>The field of the form for those words.</summary>
    public const string NoteField = "_note";
    /// <summary>The field with the version of the case that the person saw.</summary>
    public const string VersionField = "_version";

    /// <summary>The field that a refusal of the whole action belongs to.</summary>
    public string FaultField => Name switch { "assign" => "to", "move" => "team", "record-payment" or "add-charge" => "amount", _ => NoteField };
}

/// <summary>What may be done with a case now: what its stage allows, and what every case has.</summary>
static class CaseActs
{
    /// <summary>The actions of the case's stage, as its definition orders them.</summary>
    public static IReadOnlyList<CaseAct> OfStage(CaseFile file, DeskVisit desk) => [.. file.Actions.Select(action => Of(action, file, desk))];

    /// <summary>An action by its name, also one that this stage does not have (the decision refuses it in words); null when the service has none such.</summary>
    public static CaseAct? Find(CaseFile file, DeskVisit desk, string name)
    {
        MarkupString Then(string said) => DeskWords.Plain(said);
        return name switch
        {
            "assign" => new(name, desk.Say("Assign the case"), Then(desk.Say("The person finds it under “Assigned to me”.")), [], null),
            "note" => new(name, desk.Say("Add a note"), Then(desk.Say("Only staff read it.")), [], desk.Say("Note"), desk.Say("What the next person needs to know. Only staff read it.")),
            "ask-customer" => new(name, desk.Say("Ask the customer"), Then(desk.Say("They read it when they follow the case. The clock stands still until they answer.")), [], desk.Say("What do you want to ask?"),
                desk.Say("Write it as you would say it. The customer reads these words.")),
            "move" => new(name, desk.Say("Move the case"), Then(desk.Say("It goes to another team, or begins again as the service it should have been. The customer keeps the reference.")), [], desk.Say("Why (optional)"),
                desk.Say("The other team reads it. The customer does not.")),
            "reopen" => new(name, desk.Say("Reopen the case"), Then(desk.Say("It goes back to the stage it was closed from. The promised date stays as it was.")), [], desk.Say("Why do you reopen it?"), desk.Say("Only staff read it.")),
            "withdraw" => new(name, desk.Say("Withdraw the case"), Then(desk.Say("Closes the case because the person no longer wants it. They read: “You withdrew it”.")), [], desk.Say("Why (optional)"), desk.Say("Only staff read it.")),
            "record-payment" when file.Payments.Due.Count > 0 => new(name, desk.Say("Record a payment"), Then(desk.Say("The customer reads that it is paid. Take the money in the council's own till or card terminal first.")), [], desk.Say("Note (optional)"),
                desk.Say("Only staff read it. Never write card numbers.")),
            "add-charge" when file.Definition.Charges.Count > 0 => new(name, desk.Say("Add a charge"), Then(desk.Say("For what the program could not work out. The customer reads what is to be paid, and how, when they follow the case.")), [], desk.Say("Why is it charged?"),
                desk.Say("Say how you came to the amount. Only staff read it.")),
            "pass-on" when file.ToPassOn.Count > 0 => new(name, desk.Say("Mark as passed on"), Then(desk.Say("Say that you have sent the partner what the agreement covers, and nothing else.")), [], desk.Say("Note (optional)"), desk.Say("Only staff read it.")),
            "send-link" when file.CoSign is not null => new(name, desk.Say("Send the link again"), Then(desk.Say("Whoever must agree gets a new link a minute later, and the whole time to answer. The link before stops working.")), CoSigning.LinkQuestions, desk.Say("Note (optional)"), desk.Say("Only staff read it.")),
            _ => file.Definition.Work.FindStage(file.Case.Stage)?.FindAction(name) is { } here ? Of(here, file, desk)
                : file.Definition.Work.Stages.Select(s => s.FindAction(name)).FirstOrDefault(a => a is not null) is { } elsewhere ? Of(elsewhere, file, desk) : null,
        };
    }

    /// <summary>Whether a charge can be added by hand now.</summary>
    public static bool MayCharge(CaseFile file, DeskVisit desk) =>
        file.Case.IsOpen && AddCharge.Possible(file.Definition, file.Payments).Count > 0 && desk.Council.FindOffer(file.Case.Service, file.Case.Authority) is not null;

    static CaseAct Of(WorkAction action, CaseFile file, DeskVisit desk)
    {
        var questions = action.Ask.Select(file.Definition.Work.FindQuestion).OfType<Question>().ToList();
        var word = CoSigning.StandsForTheirWord(file.Case, file.Definition, action.Name);
        return new CaseAct(action.Name, action.Label.In(desk.Look.Language), Consequence(action, file, desk), questions, word ? desk.Say("How did they tell you?") : desk.Say("Note (optional)"),
            word ? desk.Say("For example, on a form that they signed and brought in. Only staff read it.") : desk.Say("Only staff read it."))
        {
            LabelLanguage = Told.Attributes(desk.Look.Language, action.Label), NeedsNote = word,
        };
    }

    static MarkupString Consequence(WorkAction action, CaseFile file, DeskVisit desk)
    {
        if (action.Close is { } outcome) return desk.Look.SayHtml("Closes the case: {outcome}", ("outcome", DeskWords.Outcome(desk, file.Definition, outcome)));
        var stage = file.Definition.Work.FindStage(action.To!)!;
        var team = desk.Council.FindOffer(file.Case.Service, file.Case.Authority)?.TeamFor(stage.Name) ?? file.Case.Team;
        (string, object?)[] values = [("stage", desk.Html(stage.Label)), ("team", DeskWords.TeamIn(desk.Council, team))];
        return (team == file.Case.Team, stage.Waits) switch
        {
            (true, false) => desk.Look.SayHtml("Goes to: {stage}", values),
            (true, true) => desk.Look.SayHtml("Goes to: {stage}. The clock stands still there", values),
            (false, false) => desk.Look.SayHtml("Goes to: {stage} with {team}", values),
            _ => desk.Look.SayHtml("Goes to: {stage} with {team}. The clock stands still there", values),
        };
    }

    /// <summary>Who may work the case, by name.</summary>
    public static IReadOnlyList<Member> Workers(CouncilCase @case, DeskVisit desk) =>
        [.. desk.Council.Members.Values.Where(m => !m.IsPartner && Rights.May(StaffSessions.AsKnown(desk.Council, m.Id, desk.Now), Right.WorkCases, @case.Authority, @case.Team, @case.Service)).OrderBy(m => m.Name, StringComparer.CurrentCulture)];
}
