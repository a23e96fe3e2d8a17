using System.Globalization;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Store;

namespace Moothall.Cases;

/// <summary>Other cases of the same person and of the same place, newest first, and whether there are more than are shown.</summary>
public sealed record RelatedCases(IReadOnlyList<CouncilCase> OfPerson, IReadOnlyList<CouncilCase> OfPlace)
{
    /// <summary>Most cases shown of each.</summary>
    public const int Most = 5;
    const int MostLookedAt = 60;

    /// <summary>Finds them by whole keys of an index: the e-mail or phone number of the person, the postcode, road or spot of the place.</summary>
    public static async Task<RelatedCases> Read(Session session, CouncilCase @case, ServiceDefinition definition, Answers answers, Caller caller)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(@case);
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(answers);
        var person = await Of(session, PersonKeys(definition, answers), @case, caller);
        var place = await Of(session, PlaceKeys(definition, answers), @case, caller);
        return new RelatedCases(person, [.. place.Where(p => person.All(q => q.Reference != p.Reference))]);
    }

    static async Task<IReadOnlyList<CouncilCase>> Of(Session session, IReadOnlyList<string> keys, CouncilCase @case, Caller caller)
    {
        var references = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in keys)
            references.UnionWith(await session.Query($"select reference from case_word where word = {key} limit {MostLookedAt}", row => row.Text(0)));
        references.Remove(@case.Reference);
        if (references.Count == 0) return [];
        return [.. (await CaseRows.Find(session, references)).Where(c => Rights.May(caller, Right.ReadCases, c.Authority, c.Team)).OrderByDescending(c => c.Received).Take(Most)];
    }

    /// <summary>How the person of the answers is known: e-mail addresses and phone numbers as the index has them.</summary>
    internal static IReadOnlyList<string> PersonKeys(ServiceDefinition definition, Answers answers) =>
        [.. definition.Ask.SelectMany(q => answers[q.Name] switch
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
