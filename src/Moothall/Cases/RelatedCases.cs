using System.Globalization;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Store;

namespace Moothall.Cases;

/// <summary>Other cases of the same person or place: those shown, newest first, and how many there are.</summary>
/// <param name="Count">How many were found that the reader may read, bounded by what is looked at.</param>
/// <param name="HasMore">Whether there are more than were looked at.</param>
public sealed record OtherCases(IReadOnlyList<CouncilCase> Shown, int Count, bool HasMore)
{
    public static readonly OtherCases None = new([], 0, false);
}

/// <summary>Other cases of the same person and of the same place.</summary>
public sealed record RelatedCases(OtherCases OfPerson, OtherCases OfPlace)
{
    /// <summary>Most cases shown of each on a case's own page.</summary>
    public const int Most = 5;
    /// <summary>Most that are counted: beyond that there are "more than 50".</summary>
    public const int MostCounted = 50;

    /// <summary>Finds them by whole keys of an index: the e-mail or phone number of the person, the postcode, road or spot of the place.</summary>
    /// <param name="most">How many of each are given.</param>
    public static async Task<RelatedCases> Read(Session session, CouncilCase @case, ServiceDefinition definition, Answers answers, Caller caller, int most = Most)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(@case);
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(answers);
        var (person, more) = await Of(session, PersonKeys(definition, answers), @case, caller);
        var (place, moreThere) = await Of(session, PlaceKeys(definition, answers), @case, caller);
        var known = person.Select(p => p.Reference).ToHashSet(StringComparer.Ordinal);
        return new RelatedCases(List(person, more, most), List([.. place.Where(p => !known.Contains(p.Reference))], moreThere, most));
    }

    static OtherCases List(List<CouncilCase> found, bool hasMore, int most) =>
        new([.. found.Take(Math.Min(most, MostCounted))], Math.Min(found.Count, MostCounted), hasMore || found.Count > MostCounted);

    // A key is looked up whole, the newest first and no further than one more than is counted, whatever stands under it.
    static async Task<(List<CouncilCase> Found, bool HasMore)> Of(Session session, IReadOnlyList<string> keys, CouncilCase @case, Caller caller)
    {
        var (numbers, more) = (new HashSet<long>(), false);
        foreach (var key in keys)
        {
            // Itself is among them, so two more than are counted say that there are more.
            var found = await session.Query($"select number from case_search_word where word = {key} order by number desc limit {MostCounted + 2}", row => row.Long(0));
            more |= found.Count == MostCounted + 2;
            numbers.UnionWith(found);
        }
        if (numbers.Count == 0) return ([], false);
        return ([.. (await CaseRows.Find(session, numbers)).Where(c => c.Reference != @case.Reference && Rights.May(caller, Right.ReadCases, c.Authority, c.Team, c.Service)).OrderByDescending(c => c.Received)], more);
    }

    /// <summary>How the person of the answers is known: e-mail addresses and phone numbers as the index has them.</summary>
    internal static IReadOnlyList<string> PersonKeys(ServiceDefinition definition, Answers answers) =>
        [.. definition.AskedOfApplicant.SelectMany(q => answers[q.Name] switch
        {
            PersonAnswer person => new[] { person.Email ?? "", person.Phone ?? "" },
            TextAnswer text when q.Type.Name is "email" or "phone" => [text.Text],
            _ => [],
        }).SelectMany(CaseWords.Split).Distinct(StringComparer.Ordinal)];

    /// <summary>How the place of the answers is known: its postcode, and keys that no word can be (they begin with ~): the spot, and its words.</summary>
    internal static IReadOnlyList<string> PlaceKeys(ServiceDefinition definition, Answers answers) =>
        [.. definition.Ask.SelectMany(q => answers[q.Name] switch
        {
            AddressAnswer address => CaseWords.Split(address.Postcode),
            TextAnswer text when q.Type.Name == "postcode" => CaseWords.Split(text.Text),
            LocationAnswer location => OfSpot(location),
            _ => [],
        }).Distinct(StringComparer.Ordinal)];

    static IEnumerable<string> OfSpot(LocationAnswer location)
    {
        // A cell of about a hundred metres.
        if (location is { Latitude: { } latitude, Longitude: { } longitude }) yield return string.Create(CultureInfo.InvariantCulture, $"~{latitude:F3},{longitude:F3}");
        var words = string.Join(' ', CaseWords.Split(location.Text).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        if (words.Length > 0) yield return "~" + (words.Length <= 80 ? words : words[..(char.IsHighSurrogate(words[79]) ? 79 : 80)]);
    }
}
