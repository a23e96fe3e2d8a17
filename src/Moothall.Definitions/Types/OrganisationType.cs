using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Moothall.Definitions;

/// <summary>An organisation: its name, and its company or charity number where it has one.</summary>
public sealed partial class OrganisationType : PartedType
{
    const int Most = 200;

    public override string Name => "organisation";
    public override ValueKind Kind => ValueKind.Other;

    private protected override IReadOnlyList<string> Members { get; } = ["name", "number"];

    private protected override Reading ReadParts(Question question, Func<string, string> part, ReadingContext context, Wording words)
    {
        var name = part("name");
        var number = Between().Replace(Tidy.Plain(part("number")), "").ToUpperInvariant();
        var faults = new List<Fault>();
        if (name.Length == 0)
            faults.Add(FaultAt(question, "name", words.EnterOrganisation));
        if (Tidy.Length(name) > Most)
            faults.Add(FaultAt(question, "name", words.OrganisationTooLong(Most)));
        if (part("number").Length > 0 && !Number().IsMatch(number))
            faults.Add(FaultAt(question, "number", words.NotOrganisationNumber));
        return faults.Count > 0 ? Reading.Wrong(faults) : Reading.Of(new OrganisationAnswer(name, OrNull(number)));
    }

    private protected override IEnumerable<(string Part, string? Value)> Filled(Answer answer) =>
        answer is OrganisationAnswer o ? [("name", o.Name), ("number", o.Number)] : [];

    public override JsonNode? ToJson(Question question, Answer answer) =>
        answer is OrganisationAnswer o ? Written(("name", o.Name), ("number", o.Number)) : null;

    public override Answer FromStored(Question question, JsonElement value) => value.ValueKind == JsonValueKind.Null
        ? SkippedAnswer.Value
        : new OrganisationAnswer(TextOf(value, "name") ?? "", TextOf(value, "number"));

    public override IReadOnlyList<string> Show(Question question, Answer answer, string language) => answer is OrganisationAnswer
        ? [.. Filled(answer).Select(p => p.Value).OfType<string>()]
        : [Wording.In(language).NotProvided];

    public override JsonObject Schema(Question question, string language) => question.Titled(language, ShapeOf(
        ["name"],
        ("name", NeededText(Most)),
        ("number", TextShape(20))));

    [GeneratedRegex("[ .-]")]
    private static partial Regex Between();

    // Companies House: 8 characters, of which up to two letters; charities: 6 to 8 figures, SC (Scotland) or NIC (Northern Ireland) before.
    [GeneratedRegex("^[A-Z]{0,3}[0-9]{5,8}R?$")]
    private static partial Regex Number();
}
