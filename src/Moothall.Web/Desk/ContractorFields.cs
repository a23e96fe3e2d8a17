using Microsoft.AspNetCore.Components;
using Moothall.Council;
using Moothall.Web.Design;

namespace Moothall.Web.Desk;

/// <summary>To whom a list goes, and what of a person may stand in it: nothing unless it is ticked.</summary>
public sealed class ContractorFields : Drawn
{
    [Parameter, EditorRequired] public required DeskVisit Desk { get; set; }
    [Parameter, EditorRequired] public required BulkAsk Ask { get; set; }
    [Parameter, EditorRequired] public required IReadOnlyList<Contractor> Contractors { get; set; }
    [Parameter] public ErrorMessage? ErrorMessage { get; set; }

    public override void Write(HtmlWriter html)
    {
        ArgumentNullException.ThrowIfNull(html);
        new Design.Select
        {
            Id = "contractor", Name = "contractor", Label = new Label { Text = Desk.Say("To send: to which contractor"), Classes = "govuk-label--s" }, Value = Ask.Contractor, ErrorMessage = ErrorMessage,
            Items = [new SelectItem { Value = "", Text = Desk.Say("Choose a contractor") }, .. Contractors.Select(c => new SelectItem { Value = c.Id, Text = c.Name })],
        }.Write(html);
        new Checkboxes
        {
            Name = "personal", Values = [.. Ask.Personal], Classes = "govuk-checkboxes--small",
            Fieldset = new Fieldset { Legend = new Legend { Text = Desk.Say("To send: what the contractor needs to know of the person"), Classes = "govuk-fieldset__legend--s" } }, Hint = new Hint { Text = Desk.Say("They always get the reference, what it is, where it is and by when. Tick only what the work needs.") },
            Items =
            [
                new ChoiceItem { Value = "name", Text = Desk.Say("Name") },
                new ChoiceItem { Value = "phone", Text = Desk.Say("Telephone number") },
                new ChoiceItem { Value = "email", Text = Desk.Say("Email address") },
            ],
        }.Write(html);
    }
}
