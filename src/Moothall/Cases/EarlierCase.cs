using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Cases;

/// <summary>
/// What somebody sent before, for asking for it again: opened by the person's own link, it fills questions in (`prefill: [earlier-case]`), and every answer is shown to be confirmed or
/// changed. The link goes with the reminder that something runs out, and so lives as long as that is of use; raising the case's number revokes it, as it revokes the others.
/// </summary>
/// <param name="AskedBy">The definition that the answers were given to.</param>
public sealed record EarlierCase(string Reference, ServiceDefinition AskedBy, Answers Answers)
{
    /// <summary>How long the link still opens the answers after what was granted ran out; without such a time it ends with the link to the case.</summary>
    public static readonly Duration LifeAfterRunningOut = Duration.FromDays(90);

    /// <summary>The answers of a case of the service, for whoever holds the link; null without it, or where they are not kept any more.</summary>
    public static async Task<EarlierCase?> Open(Session session, House house, string service, string reference, string code)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(house);
        if (CaseReference.Tidy(reference) is not { } tidy || await CaseRows.Find(session, tidy) is not { IsErased: false } found || found.Service != service
            || !house.Codes.OpensAgain(code, found.Reference, found.LinkNumber)) return null;
        return TrackingCodes.HasEnded(found, house.Now) && await RanOut(session, house, found) != false ? null : await Of(session, house.Services, found.Reference);
    }

    /// <summary>Whether what a case granted ran out so long ago that nobody renews it; null where it granted nothing that runs out.</summary>
    static async Task<bool?> RanOut(Session session, House house, CouncilCase found)
    {
        var definition = (await house.Services.Version(found.Service, found.DefinitionVersion)).Definition;
        var calendar = (house.Council.FindAuthority(found.Authority) ?? house.Council.Authorities[0]).Calendar;
        return RemindOfRenewal.LastDay(found, definition, RemindOfRenewal.Answered(definition, await CaseRows.History(session, found.Reference)), calendar) is { } last
            ? last.PlusDays((int)LifeAfterRunningOut.TotalDays) < calendar.DayOf(house.Now) : null;
    }

    /// <summary>The answers of a case, for somebody who may read them; null where they are not kept any more.</summary>
    public static async Task<EarlierCase?> Of(Session session, Journeys.PublishedServices services, string reference)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (await CaseRows.AnswersOf(session, reference) is not { } stored) return null;
        var definition = (await services.Version(stored.Service, stored.Version)).Definition;
        return new EarlierCase(reference, definition, AnswersJson.Read(definition, stored.Json));
    }
}
