using System.Text.Json;
using Moothall.Definitions;
using NetTopologySuite.Geometries;

namespace Moothall.Council;

/// <summary>
/// Reads wards.geojson (RFC 7946): a FeatureCollection of polygons in WGS84, each with properties code, name and authority. Fault places are those where
/// the ward begins.
/// </summary>
static class WardFile
{
    static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip };

    public static List<Ward> Read(string file, string shownAs, IReadOnlyCollection<string> authorities, FindingList findings)
    {
        var wards = new List<Ward>();
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(file);
            if (bytes.AsSpan().StartsWith("\uFEFF"u8))
                bytes = bytes[3..];
            using var document = JsonDocument.Parse(bytes, Options);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("features", out var features) || features.ValueKind != JsonValueKind.Array)
            {
                findings.Error(new(shownAs, 1, 1), new Message("this file must be a GeoJSON FeatureCollection: an object with a list of `features`"));
                return wards;
            }
            var places = PlacesOfFeatures(bytes, shownAs);
            var codes = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (feature, place) in features.EnumerateArray().Zip(places))
                if (ReadWard(feature, place, authorities, findings) is { } ward)
                {
                    if (codes.Add(ward.Code))
                        wards.Add(ward);
                    else
                        findings.Error(place, new Message("ward `{code}` is already in this file; a ward in pieces is one MultiPolygon", ("code", ward.Code)));
                }
        }
        catch (JsonException e)
        {
            findings.Error(new(shownAs, (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1), new Message("this is not JSON; export the wards as GeoJSON again"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            findings.Error(new(shownAs, 1, 1), new Message("this file cannot be read: {trouble}", ("trouble", e.Message)));
        }
        return wards;
    }

    static Ward? ReadWard(JsonElement feature, SourcePlace place, IReadOnlyCollection<string> authorities, FindingList findings)
    {
        string? Property(string name) =>
            feature.ValueKind == JsonValueKind.Object && feature.TryGetProperty("properties", out var all) && all.ValueKind == JsonValueKind.Object
            && all.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

        if (Property("code") is not { } code || Property("name") is not { } name || Property("authority") is not { } authority)
        {
            findings.Error(place, new Message("a ward needs the properties `code`, `name` and `authority`"));
            return null;
        }
        if (!authorities.Contains(authority))
        {
            findings.Error(place, new Message("ward {name}: no authority is called `{authority}`", ("name", name), ("authority", authority)).With(DidYouMean.Ending(authority, authorities)));
            return null;
        }
        if (!feature.TryGetProperty("geometry", out var geometry) || Shape(geometry) is not { } shape)
        {
            findings.Error(place, new Message("ward {name}: its geometry must be a Polygon or MultiPolygon whose rings are closed, with longitude before latitude in degrees", ("name", name)));
            return null;
        }
        if (!shape.IsValid)
            findings.Warn(place, new Message("ward {name}: its border crosses itself; points near the crossing may be taken for a neighbour's", ("name", name)));
        return new(code, name, authority, shape);
    }

    static Geometry? Shape(JsonElement geometry)
    {
        if (geometry.ValueKind != JsonValueKind.Object || !geometry.TryGetProperty("type", out var type) || !geometry.TryGetProperty("coordinates", out var coordinates)
            || type.ValueKind != JsonValueKind.String || coordinates.ValueKind != JsonValueKind.Array)
            return null;
        switch (type.GetString())
        {
            case "Polygon":
                return ReadPolygon(coordinates);
            case "MultiPolygon":
                var parts = coordinates.EnumerateArray().Select(ReadPolygon).ToArray();
                return parts.Length == 0 || parts.Contains(null) ? null : GeometryFactory.Default.CreateMultiPolygon(parts!);
            default:
                return null;
        }
    }

    static Polygon? ReadPolygon(JsonElement rings)
    {
        if (rings.ValueKind != JsonValueKind.Array)
            return null;
        var read = rings.EnumerateArray().Select(ReadRing).ToArray();
        return read.Length == 0 || read.Contains(null) ? null : GeometryFactory.Default.CreatePolygon(read[0], read[1..]!);
    }

    static LinearRing? ReadRing(JsonElement ring)
    {
        if (ring.ValueKind != JsonValueKind.Array)
            return null;
        var points = new List<Coordinate>(ring.GetArrayLength());
        foreach (var pair in ring.EnumerateArray())
        {
            if (pair.ValueKind != JsonValueKind.Array || pair.GetArrayLength() < 2 || pair[0].ValueKind != JsonValueKind.Number || pair[1].ValueKind != JsonValueKind.Number)
                return null;
            var (longitude, latitude) = (pair[0].GetDouble(), pair[1].GetDouble());
            if (longitude is < -180 or > 180 || latitude is < -90 or > 90)
                return null;
            points.Add(new(longitude, latitude));
        }
        return points.Count >= 4 && points[0].Equals2D(points[^1]) ? GeometryFactory.Default.CreateLinearRing([.. points]) : null;
    }

    static List<SourcePlace> PlacesOfFeatures(byte[] bytes, string file)
    {
        var places = new List<SourcePlace>();
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip });
        var (line, lineStart, counted) = (1, 0, 0);
        var inFeatures = false;
        while (reader.Read())
        {
            if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName)
                inFeatures = reader.ValueTextEquals("features"u8);
            if (!inFeatures || reader.CurrentDepth != 2 || reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                continue;
            for (var at = (int)reader.TokenStartIndex; counted < at; counted++)
                if (bytes[counted] == '\n')
                    (line, lineStart) = (line + 1, counted + 1);
            places.Add(new(file, line, (int)reader.TokenStartIndex - lineStart + 1));
        }
        return places;
    }
}
