using Moothall.Identity;

namespace Moothall.Web.MyAccount;

/// <summary>An agreement in words for one of the two.</summary>
static class AgreementWords
{
    public static string Title(AccountVisit visit, ActingAgreement agreement)
    {
        var look = visit.Look;
        if (agreement.Actor == visit.Id) return agreement.SubjectName is { } subject ? look.Say("You act for {name}", ("name", subject)) : look.Say("You asked {address} whether you may act for them", ("address", agreement.Invited ?? look.Say("somebody")));
        return agreement.ActorName is { } actor ? look.Say("{name} acts for you", ("name", actor)) : look.Say("You asked {address} to act for you", ("address", agreement.Invited ?? look.Say("somebody")));
    }

    public static string State(AccountVisit visit, ActingAgreement agreement)
    {
        var look = visit.Look;
        if (agreement.Ended is { } ended) return agreement.EndedBy == visit.Id ? look.Say("You ended it on {day}.", ("day", visit.Day(ended))) : look.Say("It was ended on {day}.", ("day", visit.Day(ended)));
        if (agreement.IsActive(visit.Now)) return look.Say("Until {day}.", ("day", visit.Day(agreement.Until - NodaTime.Duration.FromSeconds(1))));
        if (agreement.IsWaiting(visit.Now)) return look.Say("They have not answered yet. The invitation waits until {day}.", ("day", visit.Day(agreement.Asked + ActingAgreements.AnswerWithin)));
        return agreement.Accepted is null ? look.Say("They did not answer.") : look.Say("It ended on {day}.", ("day", visit.Day(agreement.Until)));
    }

    /// <summary>For what it is, a service a line.</summary>
    public static IReadOnlyList<string> Services(AccountVisit visit, ActingAgreement agreement) => agreement.Services.Count == 0 ? [visit.Look.Say("Everything that we offer")]
        : [.. agreement.Services.Select(s => visit.House.Services.Find(s)?.Definition.Title.In(visit.Look.Language) ?? s)];
}
