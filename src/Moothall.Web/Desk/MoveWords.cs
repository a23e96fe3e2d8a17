using Microsoft.AspNetCore.Components;
using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Payments;
using Moothall.Web.Design;

namespace Moothall.Web.Desk;

/// <summary>What a move to another service comes to for payments and partners, in sentences: said before it is done and in the history after.</summary>
static class MoveWords
{
    /// <summary>A sentence for each thing.</summary>
    /// <param name="definitions">Those that have the words for the charges.</param>
    public static IEnumerable<MarkupString> Of(MoveCameTo came, IReadOnlyList<ServiceDefinition> definitions, DeskVisit desk)
    {
        var look = desk.Look;
        string Pounds(long pence) => Wording.In(look.Language).Money(pence);
        object Label(NamedCharge charge) => PaymentDue.LabelIn(definitions, charge.Service, charge.Charge) is { } label ? desk.Html(label) : charge.Charge;
        foreach (var charge in came.Withdrawn) yield return look.SayHtml("{amount} is not to be paid any more: {what}.", ("amount", Pounds(charge.Pence)), ("what", Label(charge)));
        foreach (var charge in came.Falling) yield return look.SayHtml("{amount} falls due: {what}.", ("amount", Pounds(charge.Pence)), ("what", Label(charge)));
        foreach (var charge in came.SetOff) yield return look.SayHtml("{amount} of what was paid before is set against it: {what}.", ("amount", Pounds(charge.Pence)), ("what", Label(charge)));
        if (came.PaidPence > 0) yield return TooMuch(came.PaidPence, came.Keeps, desk);
        foreach (var charge in came.NotWorkedOut) yield return NotWorkedOut(Label(charge), desk);
        foreach (var partner in came.PartnersWithdrawn) yield return look.SayHtml("It is not to be passed to {partner} any more.", ("partner", DeskWords.Member(desk, partner)));
        foreach (var partner in came.PartnersDue) yield return look.SayHtml("It is to be passed to {partner}.", ("partner", DeskWords.Member(desk, partner)));
    }

    /// <summary>What each service would change: those where it is the same in one line, with their titles.</summary>
    public static IReadOnlyList<(MarkupString To, MarkupString Said)> Together(IReadOnlyList<(ServiceDefinition To, MoveCameTo CameTo)> services, IReadOnlyList<ServiceDefinition> definitions, DeskVisit desk) =>
        [.. services.GroupBy(s => string.Join(' ', Of(s.CameTo, [s.To, .. definitions], desk).Select(said => said.Value)))
            .Select(g => (new MarkupString(string.Join(", ", g.Select(s => desk.Html(s.To.Title).Value))), new MarkupString(g.Key)))];

    /// <summary>What becomes of money that was paid for what the case was before and counts for nothing now.</summary>
    /// <param name="keeps">Whether another charge may fall due yet.</param>
    public static MarkupString TooMuch(long pence, bool keeps, DeskVisit desk)
    {
        var amount = Wording.In(desk.Look.Language).Money(pence);
        return keeps ? desk.Look.SayHtml("{amount} of what was paid before is kept for what may still fall due. Give back what is left when the case is closed.", ("amount", amount))
            : desk.Look.SayHtml("{amount} of what was paid before is too much: give it back.", ("amount", amount));
    }

    /// <summary>That staff must decide a charge.</summary>
    public static MarkupString NotWorkedOut(object label, DeskVisit desk) =>
        desk.Look.SayHtml("This charge could not be worked out, because the answers were given to another service: {what}. Decide with the customer what is to be paid.", ("what", label));
}
