using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moothall.Definitions;

/// <summary>
/// A postal address in the UK, typed by hand. A UPRN comes only with JSON, from a register: an address typed over has none,
/// so the form neither shows nor keeps it.
/// </summary>
public sealed class AddressType : PartedType
{
    const int MostInLine = 200;
    const int MostInTown = 100;

    public override string Name => "address";
    public override ValueKind Kind => ValueKind.Other;
    public override bool Personal => true;

    private protected override IReadOnlyList<string> Members { get; } = ["line1", "line2", "town", "postcode", "uprn"];

    private protected override IReadOnlyList<string> FormParts { get; } = ["line1", "line2", "town", "postcode"];

    private protected override bool TakesNumber(string part) => part == "uprn";

    private protected override bool Ignores(string member) => member == LookedUp.Member;

    private protected override Reading ReadParts(Question question, Func<string, string> part, ReadingContext context, Wording words)
    {
        var (line1, line2, town, postcode, uprn) = (part("line1"), part("line2"), part("town"), part("postcode"), Tidy.Plain(part("uprn")));
        var faults = new List<Fault>();
        if (line1.Length == 0)
            faults.Add(FaultAt(question, "line1", words.EnterLine1));
        if (Tidy.Length(line1) > MostInLine)
            faults.Add(FaultAt(question, "line1", words.Line1TooLong(MostInLine)));
        if (Tidy.Length(line2) > MostInLine)
            faults.Add(FaultAt(question, "line2", words.Line2TooLong(MostInLine)));
        if (Tidy.Length(town) > MostInTown)
            faults.Add(FaultAt(question, "town", words.TownTooLong(MostInTown)));
        var code = PostcodeType.Find(Tidy.Plain(postcode));
        if (code is null)
            faults.Add(FaultAt(question, "postcode", postcode.Length == 0 ? words.EnterPostcode : words.NotPostcode));
        if (uprn.Length > 12 || !uprn.All(char.IsAsciiDigit))
            faults.Add(FaultAt(question, "line1", words.NotUprn));
        if (faults.Count > 0)
            return Reading.Wrong(faults);
        var answer = new AddressAnswer(line1, OrNull(line2), OrNull(town), code!, OrNull(uprn));
        return Reading.Of(answer with { Parts = LookedUp.For(question, answer, context) });
    }

    private protected override IEnumerable<(string Part, string? Value)> Filled(Answer answer) => answer is AddressAnswer a
        ? [("line1", a.Line1), ("line2", a.Line2), ("town", a.Town), ("postcode", a.Postcode), ("uprn", a.Uprn)]
        : [];

    public override IReadOnlyDictionary<string, ValueKind> Parts(Question question)
    {
        var parts = Members.ToDictionary(p => p, _ => ValueKind.Text);
        foreach (var part in question.LookUps.Keys)
            parts[part] = ValueKind.Choice;
        return parts;
    }

    public override string? Part(Answer answer, string part) => answer is AddressAnswer a && a.Parts.TryGetValue(part, out var found) ? found : base.Part(answer, part);

    public override JsonNode? ToJson(Question question, Answer answer)
    {
        if (answer is not AddressAnswer a)
            return null;
        var written = Written(("line1", a.Line1), ("line2", a.Line2), ("town", a.Town), ("postcode", a.Postcode), ("uprn", a.Uprn));
        LookedUp.Write(written, a.Parts);
        return written;
    }

    public override Answer FromStored(Question question, JsonElement value) => value.ValueKind == JsonValueKind.Null
        ? SkippedAnswer.Value
        : new AddressAnswer(TextOf(value, "line1") ?? "", TextOf(value, "line2"), TextOf(value, "town"), TextOf(value, "postcode") ?? "", TextOf(value, "uprn")) { Parts = LookedUp.FromStored(value) };

    public override IReadOnlyList<string> Show(Question question, Answer answer, string language) => answer is AddressAnswer a
        ? [.. new[] { a.Line1, a.Line2, a.Town, a.Postcode }.OfType<string>()]
        : [Wording.In(language).NotProvided];

    public override JsonObject Schema(Question question, string language) => question.Titled(language, ShapeOf(
        ["line1", "postcode"],
        ("line1", NeededText(MostInLine)),
        ("line2", TextShape(MostInLine)),
        ("town", TextShape(MostInTown)),
        ("postcode", NeededText(20)),
        ("uprn", new JsonObject { ["type"] = new JsonArray("string", "null"), ["pattern"] = "^[0-9]{1,12}$" })));
}
