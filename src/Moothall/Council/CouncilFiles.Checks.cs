using System.Globalization;
using Moothall.Definitions;
using NodaTime;

namespace Moothall.Council;

/// <summary>What can be checked of a council only with the services or the day at hand.</summary>
public sealed partial record CouncilFiles
{
    static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>Offers of services that there are not, by the names of those there are.</summary>
    public IReadOnlyList<Finding> CheckOffers(IReadOnlySet<string> services) =>
        [.. Offers.Where(o => !services.Contains(o.Service)).GroupBy(o => o.Service).Select(g => g.First()).Select(o => new Finding(o.Place, Severity.Error,
            $"no service is called `{o.Service}`{DidYouMean.Ending(o.Service, services)}"))];

    /// <summary>The same, and teams for stages that a service does not have, and services that nobody offers.</summary>
    public IReadOnlyList<Finding> CheckOffers(IReadOnlyCollection<ServiceDefinition> services)
    {
        var byName = services.GroupBy(s => s.Name).ToDictionary(g => g.Key, g => g.First());
        var findings = CheckOffers(byName.Keys.ToHashSet()).ToList();
        foreach (var offer in Offers)
            if (byName.TryGetValue(offer.Service, out var service))
                findings.AddRange(offer.StageTeams.Keys.Where(stage => service.Work.FindStage(stage) is null).Select(stage => new Finding(offer.Place, Severity.Error,
                    $"`{offer.Authority}` names a team for stage `{stage}`, but `{offer.Service}` has no such stage{DidYouMean.Ending(stage, [.. service.Work.Stages.Select(s => s.Name)])}")));
        findings.AddRange(services.Where(s => !Offers.Any(o => o.Service == s.Name)).Select(s => new Finding(s.Place, Severity.Warning,
            $"no authority offers `{s.Name}`, so nobody can find it; add it to the council's offers.yaml")));
        return findings;
    }

    /// <summary>Agreements that have ended, or end within 90 days of a day: nothing may be shared under them afterwards.</summary>
    public IReadOnlyList<Finding> CheckAgreements(LocalDate today) =>
        [.. Agreements.Values.Where(a => a.Until < today.PlusDays(90)).Select(a => new Finding(AgreementPlaces.GetValueOrDefault(a.Id), Severity.Warning,
            $"agreement `{a.Id}` with `{a.Partner}` {(a.Until < today ? "ended" : "ends")} on {a.Until.ToString("d MMMM yyyy", English)}; renew it, or take out what is shared under it"))];

    /// <summary>What the checker of definitions must know of this council on a day.</summary>
    /// <param name="services">Names of all services with their prefixes.</param>
    public Surroundings SurroundingsOn(LocalDate today, IReadOnlyDictionary<string, string> services) => new()
    {
        Today = today,
        LookUps = Places,
        Agreements = Agreements,
        Partners = Members.Values.Where(m => m.IsPartner).Select(m => m.Id).ToHashSet(),
        Services = services,
        Calendar = Authorities[0].Calendar,
    };
}
