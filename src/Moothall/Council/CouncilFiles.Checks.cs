using Moothall.Definitions;
using NodaTime;

namespace Moothall.Council;

/// <summary>What can be checked of a council only with the services or the day at hand.</summary>
public sealed partial record CouncilFiles
{
    /// <summary>Offers of services that there are not, by the names of those there are.</summary>
    public IReadOnlyList<Finding> CheckOffers(IReadOnlySet<string> services) =>
        [.. Offers.Where(o => !services.Contains(o.Service)).GroupBy(o => o.Service).Select(g => g.First()).Select(o => new Finding(o.Place, Severity.Error,
            new Message("no service is called `{name}`", ("name", o.Service)).With(DidYouMean.Ending(o.Service, services))))];

    /// <summary>The same, and teams for stages that a service does not have, and services that nobody offers.</summary>
    /// <param name="unread">Names of services whose file is there but cannot be read, which is told of the file.</param>
    public IReadOnlyList<Finding> CheckOffers(IReadOnlyCollection<ServiceDefinition> services, IEnumerable<string> unread)
    {
        var byName = services.GroupBy(s => s.Name).ToDictionary(g => g.Key, g => g.First());
        var findings = CheckOffers(byName.Keys.Concat(unread).ToHashSet()).ToList();
        findings.AddRange(byName.Values.SelectMany(CheckOffersOf));
        findings.AddRange(services.Where(s => !Offers.Any(o => o.Service == s.Name)).Select(s => new Finding(s.Place, Severity.Warning,
            new Message("no authority offers `{service}`, so nobody can find it; add it to the council's offers.yaml", ("service", s.Name)))));
        return findings;
    }

    /// <summary>What the offers of one service lack: it may not be published before they have it.</summary>
    public IReadOnlyList<Finding> CheckOffersOf(ServiceDefinition service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return [.. Offers.Where(o => o.Service == service.Name).SelectMany(offer => offer.StageTeams.Keys.Where(stage => service.Work.FindStage(stage) is null)
            .Select(stage => new Finding(offer.Place, Severity.Error,
                new Message("`{authority}` names a team for stage `{stage}`, but `{service}` has no such stage", ("authority", offer.Authority), ("stage", stage), ("service", offer.Service)).With(DidYouMean.Ending(stage, [.. service.Work.Stages.Select(s => s.Name)]))))
            .Concat(CheckPrices(offer, service)))];
    }

    // Every price that the service's charges look at is there, and people are told how to pay.
    static IEnumerable<Finding> CheckPrices(Offer offer, ServiceDefinition service)
    {
        var needed = service.Charges.SelectMany(c => c.Fees).Distinct().ToList();
        string? Meant(string fee) => DidYouMean.Among(fee, offer.Fees.Keys.Except(needed));
        var misspelt = needed.Where(f => !offer.Fees.ContainsKey(f) && Meant(f) is not null).ToList();
        foreach (var fee in misspelt)
            yield return new(service.Charges.SelectMany(c => c.Amounts).First(a => a.Amount.Fees.Contains(fee)).Amount.Place, Severity.Error, new Message("no fee is called `{fee}` in the council's offers; did you mean `{meant}`?", ("fee", fee), ("meant", Meant(fee))));
        foreach (var fee in needed.Except(misspelt).Where(f => !offer.Fees.ContainsKey(f)))
            yield return new(offer.Place, Severity.Error, new Message("`{service}` charges the fee `{fee}`, but `{authority}` does not say how much it is; add it to `fees`, for example `{example}`", ("service", offer.Service), ("fee", fee), ("authority", offer.Authority), ("example", $"fees: {{{fee}: £12}}")));
        foreach (var fee in offer.Fees.Keys.Where(f => !needed.Contains(f) && misspelt.TrueForAll(m => Meant(m) != f)))
            yield return new(offer.Place, Severity.Warning, new Message("`{authority}` has a fee `{fee}`, but `{service}` charges none of that name", ("authority", offer.Authority), ("fee", fee), ("service", offer.Service)).With(DidYouMean.Ending(fee, needed)));
        foreach (var charge in offer.IncomeCodes.Keys.Where(c => service.Charges.All(known => known.Name != c)))
            yield return new(offer.Place, Severity.Warning, new Message("`{authority}` has an income code for `{charge}`, but `{service}` has no charge of that name", ("authority", offer.Authority), ("charge", charge), ("service", offer.Service)).With(DidYouMean.Ending(charge, [.. service.Charges.Select(c => c.Name)])));
        if (service.Charges.Count > 0 && offer.Pay is null)
            yield return new(offer.Place, Severity.Error, new Message("`{service}` charges, but `{authority}` does not say how to pay; add `pay:` with words such as `Ring 01632 960000 and pay by card.`", ("service", offer.Service), ("authority", offer.Authority)));
    }

    /// <summary>Agreements that have ended, or end within 90 days of a day: nothing may be shared under them afterwards.</summary>
    public IReadOnlyList<Finding> CheckAgreements(LocalDate today) =>
        [.. Agreements.Values.Where(a => a.Until < today.PlusDays(90)).Select(a => new Finding(AgreementPlaces.GetValueOrDefault(a.Id), Severity.Warning,
            a.Until < today
                ? new Message("agreement `{agreement}` with `{partner}` ended on {day}; renew it, or take out what is shared under it", ("agreement", a.Id), ("partner", a.Partner), ("day", a.Until))
                : new Message("agreement `{agreement}` with `{partner}` ends on {day}; renew it, or take out what is shared under it", ("agreement", a.Id), ("partner", a.Partner), ("day", a.Until))))];

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
