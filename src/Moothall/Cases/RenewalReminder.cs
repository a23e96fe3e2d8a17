using Moothall.Council;
using Moothall.Definitions;
using Moothall.Notifications;
using Moothall.Store;
using NodaTime;

namespace Moothall.Cases;

/// <summary>The reminder that something runs out: whom it goes to, and how to ask for it again.</summary>
static class RenewalReminder
{
    /// <summary>Queues the reminder in the unit; false when there is nobody to send it to.</summary>
    public static async Task<bool> Queue(Unit unit, House house, CouncilCase @case, ServiceDefinition definition, Authority authority, LocalDate last)
    {
        if (await CaseRows.AnswersOf(unit, @case.Reference) is not { } stored || stored.Service != @case.Service || stored.Version != @case.DefinitionVersion) return false;
        if (Whom(definition, AnswersJson.Read(definition, stored.Json)) is not { } person) return false;
        var chosen = (await MessageChoice.Of(unit, @case.Reference)).Language ?? (await CaseQueries.Circumstance(unit, @case.Reference))?.Language ?? "en";
        return await QueueMail.Queue(unit, house, new OutgoingMail
        {
            Key = $"renewal/{@case.Reference}/{@case.Version}", Kind = "renewal", Authority = @case.Authority, To = person.Email, Language = chosen, Service = @case.Service,
            About = @case.Reference, Version = @case.Version, Template = "renewal",
            Fields = new Dictionary<string, string?>
            {
                ["name"] = person.Name, ["title"] = definition.Title.In(chosen), ["reference"] = @case.Reference, ["last-day"] = Wording.In(chosen).Date(last),
                ["link"] = LinkOf(house, @case, authority), ["phone"] = house.Council.FindOffer(@case.Service, @case.Authority)?.Phone ?? authority.Contact.Phone,
            },
        });
    }

    // Where answers are filled in, the link opens those of this case; the service as it is now decides.
    static string LinkOf(House house, CouncilCase @case, Authority authority)
    {
        var address = $"{authority.PublicAddress}/services/{@case.Service}";
        return house.Services.Find(@case.Service)?.Definition.FillsInFromCases == true ? $"{address}/again?case={@case.Reference}&code={house.Codes.ForAgain(@case.Reference, @case.LinkNumber)}" : address;
    }

    /// <summary>The first who gave an email address among the answers, with their name where it is known; never whoever had to agree.</summary>
    public static (string? Name, string Email)? Whom(ServiceDefinition definition, Answers answers)
    {
        foreach (var question in definition.AskedOfApplicant)
            if (answers[question.Name] is PersonAnswer { Email: { Length: > 0 } email } person) return (person.Name, email);
            else if (question.Type.Name == "email" && answers[question.Name] is TextAnswer text) return (null, text.Text);
        return null;
    }
}
