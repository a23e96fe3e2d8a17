using Moothall.Definitions;

namespace Moothall.Council;

/// <summary>Two places in words as one place on the ground: the streets (or roads by number) and the town that they name.</summary>
public sealed partial class Places
{
    /// <summary>
    /// A key that is the same for words that name the same street, or corner of streets, of the same town; null where they name none that is known. A town
    /// alone is no place to meet at.
    /// </summary>
    public string? StreetOf(LocationAnswer location)
    {
        ArgumentNullException.ThrowIfNull(location);
        var named = Named.From(words.In(location.Text));
        var streets = named.Streets.SelectMany(meant => meant).Where(s => named.Mentions(s.Town)).Select(s => (Name: PlaceWords.Key(s.Name), Town: PlaceWords.Key(s.Town!.Name))).Distinct().ToList();
        if (streets.Count > 0)
            return streets.Select(s => s.Town).Distinct().Count() == 1 ? $"{string.Join('+', streets.Select(s => s.Name).Order(StringComparer.Ordinal))}/{streets[0].Town}" : null;
        var roads = named.Roads.SelectMany(meant => meant).Select(r => PlaceWords.Key(r.Name)).Distinct().Order(StringComparer.Ordinal).ToList();
        var towns = named.Places.SelectMany(meant => meant).Select(p => PlaceWords.Key(p.Name)).Distinct().ToList();
        return roads.Count > 0 && towns is [var town] ? $"{string.Join('+', roads)}/{town}" : null;
    }
}
