using Moothall.Council;
using Moothall.Definitions;

namespace Moothall.Journeys;

/// <summary>Whose case it is: the authority the place lies in, where an answer says a place that is recognised; else the one that was asked.</summary>
/// <param name="Authority">The authority that the case is for.</param>
/// <param name="Offer">Its offer of the service.</param>
/// <param name="Ward">The ward of the place, where known.</param>
/// <param name="Street">The street of the place by which cases near by are found, where known.</param>
public sealed record Whose(Authority Authority, Offer Offer, string? Ward, string? Street = null)
{
    /// <summary>Finds whose it is, or says that nobody of this council offers it there.</summary>
    /// <param name="definition">The service asked for.</param>
    /// <param name="answers">The answers on the path.</param>
    /// <param name="council">Who offers what, and where places lie.</param>
    /// <param name="asked">The authority of the front door, or the one a program named.</param>
    public static Result<Whose> Find(ServiceDefinition definition, Answers answers, CouncilFiles council, Authority asked)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(council);
        var place = definition.Ask.Select(q => Locate(answers[q.Name], council.Places)).FirstOrDefault(found => found is not null);
        var authority = place is null ? asked : council.FindAuthority(place.Authority) ?? asked;
        var offer = council.FindOffer(definition.Name, authority.Id);
        var street = definition.Near is { } near && answers[near.Question.Name] is LocationAnswer location ? council.Places.StreetOf(location) : null;
        if (offer is not null) return new Whose(authority, offer, place?.Ward, street);
        return Refusal.Invalid("{council} does not offer “{service}”. Ring {phone} and we will help you.", ("council", authority.Name), ("service", definition.Title.English), ("phone", authority.Contact.Phone));
    }

    static PlaceFound? Locate(Answer? answer, Places places) => answer switch
    {
        LocationAnswer location => places.Locate(location),
        AddressAnswer address => places.Locate(address),
        _ => null,
    };
}
