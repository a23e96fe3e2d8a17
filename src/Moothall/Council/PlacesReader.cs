using Moothall.Definitions;

namespace Moothall.Council;

/// <summary>
/// Reads the folder `places`: wards.geojson, places.csv (towns, villages, streets and postcode districts) and roads.csv. Each may be missing: a council
/// begins with what it has.
/// </summary>
sealed class PlacesReader(string folder, string shownAs, IReadOnlyCollection<string> authorities, FindingList findings)
{
    const string District = "postcode-district";
    const string Street = "street";
    static readonly string[] Kinds = ["city", "town", "suburb", "village", "hamlet", Street, District];
    static readonly string[] InOneWard = ["village", "hamlet", Street];
    static readonly string[] RoadClasses = ["motorway", "trunk-road", "a-road", "b-road", "local"];

    /// <summary>All that could be read; what could not is a finding.</summary>
    public Places Read()
    {
        var wardFile = Path.Combine(folder, "wards.geojson");
        var wards = File.Exists(wardFile) ? WardFile.Read(wardFile, $"{shownAs}/wards.geojson", authorities, findings) : [];
        var (places, districts) = ReadPlaces(wards);
        return new(wards, places, ReadRoads(places), districts);
    }

    (List<NamedPlace> Places, List<PostcodeDistrict> Districts) ReadPlaces(List<Ward> wards)
    {
        var places = new List<NamedPlace>();
        var districts = new List<(string District, string Authority)>();
        var streets = new List<(CsvRow Row, NamedPlace Street)>();
        foreach (var row in Rows("places.csv", ["name", "kind", "latitude", "longitude", "authority"], ["ward", "place"]))
        {
            if (row.Needed("name") is not { } name || row.Needed("kind") is not { } kind || AuthorityOf(row) is not { } authority)
                continue;
            if (!Kinds.Contains(kind))
            {
                findings.Error(row.PlaceOf("kind"), new Message("`{kind}` is no kind of place", ("kind", kind)).With(DidYouMean.Ending(kind, Kinds)));
                continue;
            }
            if (kind == District)
            {
                districts.Add((name, authority));
                continue;
            }
            var ward = WardOf(row, authority, wards);
            var place = new NamedPlace(name, kind, row.Number("latitude", -90, 90), row.Number("longitude", -180, 180), authority, InOneWard.Contains(kind) ? ward : null);
            if (kind == Street)
                streets.Add((row, place));
            else
                places.Add(place);
        }
        var byName = places.ToLookup(p => (PlaceWords.Key(p.Name), p.Authority));
        var names = places.Select(p => p.Name).Distinct().ToList();
        foreach (var (row, street) in streets)
        {
            if (row.Needed("place") is not { } town)
                continue;
            if (byName[(PlaceWords.Key(town), street.Authority)].FirstOrDefault() is { } found)
                places.Add(street with { Town = found });
            else
                findings.Error(row.PlaceOf("place"), new Message("no place of {authority} in this file is called `{town}`", ("authority", street.Authority), ("town", town)).With(DidYouMean.Ending(town, names)));
        }
        return (places, [.. districts.GroupBy(d => PlaceWords.Key(d.District)).Select(g => new PostcodeDistrict(g.Key, [.. g.Select(d => d.Authority).Distinct()]))]);
    }

    string? WardOf(CsvRow row, string authority, List<Ward> wards)
    {
        var text = row.Text("ward");
        if (text.Length == 0 || wards.Count == 0)
            return text.Length == 0 ? null : text;
        if (wards.Find(w => w.Authority == authority && (w.Code == text || w.Name == text)) is { } ward)
            return ward.Code;
        findings.Error(row.PlaceOf("ward"), new Message("no ward of {authority} in wards.geojson has the code or name `{text}`", ("authority", authority), ("text", text)).With(DidYouMean.Ending(text, [.. wards.Where(w => w.Authority == authority).Select(w => w.Name)])));
        return null;
    }

    List<NamedRoad> ReadRoads(List<NamedPlace> places)
    {
        var towns = places.Where(p => p.Town is null).ToLookup(p => PlaceWords.Key(p.Name));
        var names = places.Where(p => p.Town is null).Select(p => p.Name).Distinct().ToList();
        var roads = new List<NamedRoad>();
        foreach (var row in Rows("roads.csv", ["name", "class", "place"], ["authority"]))
        {
            if (row.Needed("name") is not { } name || row.Needed("class") is not { } roadClass)
                continue;
            if (!RoadClasses.Contains(roadClass))
            {
                findings.Error(row.PlaceOf("class"), new Message("`{class}` is no class of road", ("class", roadClass)).With(DidYouMean.Ending(roadClass, RoadClasses)));
                continue;
            }
            var place = row.Text("place");
            var authority = row.Text("authority");
            var found = towns[PlaceWords.Key(place)].Where(p => authority.Length == 0 || authority == p.Authority).ToList();
            if (place.Length > 0 && found.Count == 0)
                findings.Error(row.PlaceOf("place"), new Message("no place in places.csv is called `{name}`", ("name", place)).With(DidYouMean.Ending(place, names)).With(new Message("add it there, or leave it empty")));
            else
                roads.Add(new(name, roadClass, found));
        }
        return roads;
    }

    string? AuthorityOf(CsvRow row)
    {
        if (row.Needed("authority") is not { } authority)
            return null;
        if (authorities.Contains(authority))
            return authority;
        findings.Error(row.PlaceOf("authority"), new Message("no authority is called `{name}`", ("name", authority)).With(DidYouMean.Ending(authority, authorities)));
        return null;
    }

    List<CsvRow> Rows(string file, string[] needed, string[] possible) =>
        File.Exists(Path.Combine(folder, file)) ? CsvRows.Read(Path.Combine(folder, file), $"{shownAs}/{file}", needed, possible, findings) : [];
}
