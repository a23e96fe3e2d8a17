using System.Text.RegularExpressions;
using Moothall.Definitions;

namespace Moothall.Council;

/// <summary>
/// A town, village, or a street with the town it lies in. Ward only where the whole of it lies in one: a town's name says nothing about the ward.
/// </summary>
public sealed record NamedPlace(string Name, string Kind, double? Latitude, double? Longitude, string Authority, string? Ward, NamedPlace? Town = null);

/// <summary>A road and its class (motorway, trunk-road, a-road, b-road, local), with the places it lies in where its name alone does not say which road it is.</summary>
public sealed record NamedRoad(string Name, string Class, IReadOnlyList<NamedPlace> Places);

/// <summary>The first half of a postcode, with the authorities it lies in.</summary>
public sealed record PostcodeDistrict(string District, IReadOnlyList<string> Authorities);

/// <summary>
/// Wards, places and roads of the council, to find whose a location is and what lies there. A name that lies in two authorities decides nothing by
/// itself: nobody's case is sent to the wrong council by a guess.
/// </summary>
public sealed partial class Places : ILookUps
{
    /// <summary>A council that has no data of places.</summary>
    public static readonly Places None = new([], [], [], []);

    /// <summary>The names of the tables there are, to suggest one.</summary>
    public static readonly IReadOnlyList<string> Tables = ["roads", "wards"];

    readonly WardMap map;
    readonly IReadOnlyDictionary<string, Ward> wardsByCode;
    readonly IReadOnlyList<NamedPlace> withMiddle;
    readonly PlaceWords words = new();
    readonly IReadOnlyList<string> wardCodes;
    readonly IReadOnlyList<string> roadClasses;
    readonly IReadOnlyList<NamedPlace> allPlaces;
    readonly IReadOnlyList<NamedRoad> allRoads;

    /// <summary>Places from their files' rows; the town of a street and the places of a road are among the places.</summary>
    public Places(IReadOnlyList<Ward> wards, IReadOnlyList<NamedPlace> places, IReadOnlyList<NamedRoad> roads, IReadOnlyList<PostcodeDistrict> districts)
    {
        (map, allPlaces, allRoads) = (new(wards), places, roads);
        wardsByCode = wards.DistinctBy(w => w.Code).ToDictionary(w => w.Code);
        withMiddle = [.. places.Where(p => p is { Latitude: not null, Longitude: not null })];
        wardCodes = [.. wards.Select(w => w.Code).Distinct()];
        roadClasses = [.. roads.Select(r => r.Class).Distinct()];
        var names = places.Select(p => PlaceWords.Key(p.Name)).ToHashSet();
        foreach (var place in places)
        {
            words.Add(place.Name, meant => (place.Town is null ? meant.Places : meant.Streets).Add(place));
            if (place.Town is null && FullName().Match(place.Name) is { Success: true } full && !names.Contains(PlaceWords.Key(full.Groups[1].Value)))
                words.Add(full.Groups[1].Value, meant => meant.Places.Add(place));
        }
        foreach (var road in roads)
            words.Add(road.Name, meant => meant.Roads.Add(road));
        foreach (var district in districts)
            words.Add(district.District, meant => meant.Districts.Add(district));
    }

    /// <summary>Where a location lies: by coordinates, else by postcode, street and town named in its words; null when nothing is recognised.</summary>
    public PlaceFound? Locate(LocationAnswer location)
    {
        if (location is { Latitude: { } latitude, Longitude: { } longitude } && map.At(latitude, longitude) is { } ward)
            return new(ward.Authority, ward.Code, latitude, longitude);
        return Locate(location.Text) is { } named ? named with { Latitude = location.Latitude ?? named.Latitude, Longitude = location.Longitude ?? named.Longitude } : null;
    }

    /// <summary>A ward by its code, for a map of it.</summary>
    public Ward? Ward(string? code) => code is null ? null : wardsByCode.GetValueOrDefault(code);

    /// <summary>The wards that a rectangle of the map touches, in degrees.</summary>
    public IReadOnlyList<Ward> WardsIn(NetTopologySuite.Geometries.Envelope rectangle) => map.In(rectangle);

    /// <summary>The towns, villages and streets whose middles lie in a rectangle of the map, towns first.</summary>
    public IReadOnlyList<NamedPlace> NamedIn(NetTopologySuite.Geometries.Envelope rectangle)
    {
        ArgumentNullException.ThrowIfNull(rectangle);
        return [.. withMiddle.Where(p => rectangle.Contains(p.Longitude!.Value, p.Latitude!.Value)).OrderBy(p => p.Kind switch { "town" => 0, "village" => 1, _ => 2 })];
    }

    /// <summary>Where an address lies, by its postcode, street and town.</summary>
    public PlaceFound? Locate(AddressAnswer address) => Locate($"{address.Line1}, {address.Line2}, {address.Town}, {address.Postcode}");

    /// <summary>Where words say that something is: postcodes first, then street and town, then towns and villages. Coordinates are the named place's middle.</summary>
    public PlaceFound? Locate(string text)
    {
        var named = Named.From(words.In(text));
        var streets = named.Streets.SelectMany(meant => meant).Where(s => named.Mentions(s.Town)).ToList();
        var authorities = new Narrowing();
        foreach (var meant in named.Districts)
            authorities.By(meant.SelectMany(d => d.Authorities));
        authorities.NextKind();
        if (streets.Count > 0)
            authorities.By(streets.Select(s => s.Authority));
        else if (named.Places.Count == 0)
            foreach (var meant in named.Streets)
                authorities.By(meant.Select(s => s.Authority));
        authorities.NextKind();
        foreach (var meant in named.Places)
            authorities.By(meant.Select(p => p.Authority));
        if (authorities.Only is not { } authority)
            return null;
        var candidates = streets.Count > 0 ? streets : named.Places.Count > 0 ? named.Places.SelectMany(meant => meant) : named.Streets.SelectMany(meant => meant);
        return candidates.Where(p => p.Authority == authority).Distinct().ToList() is [var place] ? new(authority, place.Ward, place.Latitude, place.Longitude) : new(authority, null, null, null);
    }

    /// <summary>Table `roads` gives the class of the road named; table `wards` the code of the ward.</summary>
    public string? Find(string table, Answer answer) => table switch
    {
        "roads" => RoadClass(answer),
        "wards" => answer switch
        {
            LocationAnswer location => Locate(location)?.Ward,
            AddressAnswer address => Locate(address)?.Ward,
            TextAnswer text => Locate(text.Text)?.Ward,
            _ => null,
        },
        _ => null,
    };

    public IReadOnlyList<string>? ValuesOf(string table) => table switch
    {
        "roads" => roadClasses,
        "wards" => wardCodes,
        _ => null,
    };

    /// <inheritdoc />
    public IReadOnlyList<string> WordsFor(string table, string value) => [.. (table switch
    {
        "roads" => allRoads.Where(r => r.Class == value).Select(r => r.Places is [var place, ..] ? $"{r.Name}, {place.Name}" : r.Name),
        "wards" => allPlaces.Where(p => p.Ward == value).Select(p => p.Town is { } town ? $"{p.Name}, {town.Name}" : p.Name),
        _ => [],
    }).Take(2)];

    string? RoadClass(Answer answer)
    {
        var (text, at) = answer switch
        {
            LocationAnswer location => (location.Text, location),
            AddressAnswer address => ($"{address.Line1}, {address.Line2}, {address.Town}", null),
            TextAnswer plain => (plain.Text, null),
            _ => ("", null),
        };
        var named = Named.From(words.In(text));
        if (named.Roads is not [var roads, ..])
            return Motorway().IsMatch(text) && roadClasses.Contains("motorway") ? "motorway" : null;
        var inNamedPlaces = roads.Where(r => r.Places.Any(named.Mentions)).ToList();
        if (inNamedPlaces.Count > 0)
            roads = inNamedPlaces;
        if (roads.Select(r => r.Class).Distinct().Count() == 1)
            return roads[0].Class;
        return at is { Latitude: { } latitude, Longitude: { } longitude }
            ? roads.SelectMany(r => r.Places.Select(p => (r.Class, Far: Far(p, latitude, longitude)))).OrderBy(r => r.Far).Select(r => r.Class).FirstOrDefault()
            : null;
    }

    static double Far(NamedPlace place, double latitude, double longitude)
    {
        if (place is not { Latitude: { } y, Longitude: { } x })
            return double.MaxValue;
        var north = y - latitude;
        var east = (x - longitude) * Math.Cos(latitude * Math.PI / 180);
        return north * north + east * east;
    }

    [GeneratedRegex(@"\bM[1-9][0-9]?\b|\bA1 ?\(M\)", RegexOptions.CultureInvariant)]
    private static partial Regex Motorway();

    /// <summary>"Henley-on-Thames", which people call Henley.</summary>
    [GeneratedRegex("^(.+?)[ -](?:on|upon|under|by|cum|in)[ -]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FullName();

    /// <summary>What a text names, sorted by kind; a town that only begins the name of an unknown street is left out.</summary>
    sealed record Named(List<List<PostcodeDistrict>> Districts, List<List<NamedRoad>> Roads, List<List<NamedPlace>> Streets, List<List<NamedPlace>> Places)
    {
        public static Named From(List<PlaceWords.Found> found)
        {
            var named = new Named([], [], [], []);
            foreach (var name in found)
            {
                if (name.Meant.Districts.Count > 0)
                    named.Districts.Add(name.Meant.Districts);
                if (name.Meant.Roads.Count > 0)
                    named.Roads.Add(name.Meant.Roads);
                if (name.Meant.Streets.Count > 0)
                    named.Streets.Add(name.Meant.Streets);
                if (name.Meant.Places.Count > 0 && !name.BeginsStreetName)
                    named.Places.Add(name.Meant.Places);
            }
            return named;
        }

        public bool Mentions(NamedPlace? place)
        {
            foreach (var meant in Places)
                foreach (var named in meant)
                    if (ReferenceEquals(named, place))
                        return true;
            return false;
        }
    }

    /// <summary>
    /// The authorities that all the words allow. Words of one kind that contradict each other leave none; a later, weaker kind may narrow but not contradict.
    /// </summary>
    struct Narrowing
    {
        List<string>? allowed;
        List<string>? before;

        public readonly string? Only => allowed is [var one] ? one : null;

        public void NextKind() => before = allowed;

        public void By(IEnumerable<string> authorities)
        {
            var these = authorities.Distinct().ToList();
            if (these.Count == 0)
                return;
            var both = allowed is null ? these : [.. allowed.Intersect(these)];
            if (both.Count > 0 || before is null)
                allowed = both;
        }
    }
}
