using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moothall.Definitions;

/// <summary>
/// A place in words, as coordinates from the map (WGS84, kept to about 10 cm), or both. What the question looks up (the road, the ward)
/// is put into the answer's parts when it is read, and stored with it, so that sentences never look anything up.
/// </summary>
public sealed class LocationType : PartedType
{
    const int Most = 500;

    // Great Britain's rough box, from Scilly to Shetland and Lowestoft.
    const double South = 49.8, North = 60.9, West = -8.7, East = 1.8;

    public override string Name => "location";
    public override ValueKind Kind => ValueKind.Other;
    public override bool Personal => true;

    private protected override IReadOnlyList<string> Members { get; } = ["text", "latitude", "longitude"];

    private protected override string? WholePart => "text";

    private protected override bool TakesNumber(string part) => part is "latitude" or "longitude";

    private protected override bool Ignores(string member) => member == LookedUp.Member;

    private protected override string FieldOf(Question question, string part) => part == "text" ? question.Name : question.Field(part);

    private protected override Reading ReadParts(Question question, Func<string, string> part, ReadingContext context, Wording words)
    {
        var (text, latitude, longitude) = (part("text"), part("latitude"), part("longitude"));
        var faults = new List<Fault>();
        if (text.Length == 0 && latitude.Length == 0 && longitude.Length == 0)
            faults.Add(FaultAt(question, "text", words.EnterPlace(question)));
        if (Tidy.Length(text) > Most)
            faults.Add(FaultAt(question, "text", words.TooLong(question, Most)));
        var (north, east) = (Degrees(latitude), Degrees(longitude));
        if (latitude.Length + longitude.Length > 0)
        {
            if (north is null)
                faults.Add(FaultAt(question, "latitude", words.EnterLatitude));
            if (east is null)
                faults.Add(FaultAt(question, "longitude", words.EnterLongitude));
            if (north is not null && east is not null && (north is < South or > North || east is < West or > East))
                faults.Add(FaultAt(question, north is < South or > North ? "latitude" : "longitude", words.NotInBritain));
        }
        if (faults.Count > 0)
            return Reading.Wrong(faults);
        var answer = new LocationAnswer(text, north, east, LookedUp.Nothing);
        return Reading.Of(answer with { Parts = LookedUp.For(question, answer, context) });
    }

    static double? Degrees(string text) =>
        double.TryParse(Tidy.Plain(text), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var degrees)
        && double.IsFinite(degrees)
            ? Math.Round(degrees, 6) + 0.0
            : null;

    static string? Written(double? degrees) => degrees?.ToString("0.######", CultureInfo.InvariantCulture);

    private protected override IEnumerable<(string Part, string? Value)> Filled(Answer answer) => answer is LocationAnswer l
        ? [("text", l.Text), ("latitude", Written(l.Latitude)), ("longitude", Written(l.Longitude))]
        : [];

    public override IReadOnlyDictionary<string, ValueKind> Parts(Question question) =>
        question.LookUps.Keys.ToDictionary(p => p, _ => ValueKind.Choice);

    public override string? Part(Answer answer, string part) => answer is LocationAnswer l ? l.Parts.GetValueOrDefault(part) : null;

    public override JsonNode? ToJson(Question question, Answer answer)
    {
        if (answer is not LocationAnswer l)
            return null;
        var written = new JsonObject { ["text"] = l.Text };
        if (l is { Latitude: { } latitude, Longitude: { } longitude })
        {
            written["latitude"] = latitude;
            written["longitude"] = longitude;
        }
        LookedUp.Write(written, l.Parts);
        return written;
    }

    public override Answer FromStored(Question question, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return SkippedAnswer.Value;
        return new LocationAnswer(TextOf(value, "text") ?? "", DegreesOf(value, "latitude"), DegreesOf(value, "longitude"), LookedUp.FromStored(value));
    }

    static double? DegreesOf(JsonElement value, string member) =>
        value.TryGetProperty(member, out var found) && found.ValueKind == JsonValueKind.Number ? found.GetDouble() : null;

    public override IReadOnlyList<string> Show(Question question, Answer answer, string language) => answer switch
    {
        LocationAnswer { Text.Length: > 0 } l => [l.Text],
        LocationAnswer l => [$"{Written(l.Latitude)}, {Written(l.Longitude)}"],
        _ => [Wording.In(language).NotProvided],
    };

    public override JsonObject Schema(Question question, string language)
    {
        var shape = ShapeOf(
            [],
            ("text", new JsonObject { ["type"] = "string", ["maxLength"] = Most }),
            ("latitude", new JsonObject { ["type"] = new JsonArray("number", "null"), ["minimum"] = South, ["maximum"] = North }),
            ("longitude", new JsonObject { ["type"] = new JsonArray("number", "null"), ["minimum"] = West, ["maximum"] = East }));
        shape.Remove("required");
        if (!question.Optional)
            shape["anyOf"] = new JsonArray(
                new JsonObject { ["required"] = new JsonArray("text") },
                new JsonObject { ["required"] = new JsonArray("latitude", "longitude") });
        return question.Titled(language, shape);
    }
}
