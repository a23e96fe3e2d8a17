using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moothall.Definitions;

/// <summary>A person: a full name in any script, and an email address or a phone number, or both.</summary>
public sealed class PersonType : PartedType
{
    const int Most = 200;

    public override string Name => "person";
    public override ValueKind Kind => ValueKind.Other;
    public override bool Personal => true;

    private protected override IReadOnlyList<string> Members { get; } = ["name", "email", "phone"];

    private protected override Reading ReadParts(Question question, Func<string, string> part, ReadingContext context, Wording words)
    {
        var (name, typedEmail, typedPhone) = (part("name"), part("email"), part("phone"));
        var faults = new List<Fault>();
        if (name.Length == 0)
            faults.Add(FaultAt(question, "name", words.EnterName));
        if (Tidy.Length(name) > Most)
            faults.Add(FaultAt(question, "name", words.NameTooLong(Most)));
        if (typedEmail.Length + typedPhone.Length == 0)
            faults.Add(FaultAt(question, "email", words.EnterEmailOrPhone));
        var email = EmailType.Find(typedEmail);
        if (typedEmail.Length > 0 && email is null)
            faults.Add(FaultAt(question, "email", words.NotEmail));
        var phone = PhoneType.Find(Tidy.Plain(typedPhone));
        if (typedPhone.Length > 0 && phone is null)
            faults.Add(FaultAt(question, "phone", words.EnterPhone));
        return faults.Count > 0 ? Reading.Wrong(faults) : Reading.Of(new PersonAnswer(name, email, phone));
    }

    private protected override IEnumerable<(string Part, string? Value)> Filled(Answer answer) => answer is PersonAnswer p
        ? [("name", p.Name), ("email", p.Email), ("phone", p.Phone is null ? null : PhoneType.Grouped(p.Phone))]
        : [];

    public override JsonNode? ToJson(Question question, Answer answer) =>
        answer is PersonAnswer p ? Written(("name", p.Name), ("email", p.Email), ("phone", p.Phone)) : null;

    public override Answer FromStored(Question question, JsonElement value) => value.ValueKind == JsonValueKind.Null
        ? SkippedAnswer.Value
        : new PersonAnswer(TextOf(value, "name") ?? "", TextOf(value, "email"), TextOf(value, "phone"));

    public override IReadOnlyList<string> Show(Question question, Answer answer, string language) => answer is PersonAnswer
        ? [.. Filled(answer).Select(p => p.Value).OfType<string>()]
        : [Wording.In(language).NotProvided];

    public override JsonObject Schema(Question question, string language)
    {
        var shape = ShapeOf(
            ["name"],
            ("name", NeededText(Most)),
            ("email", new JsonObject { ["type"] = new JsonArray("string", "null"), ["format"] = "idn-email", ["maxLength"] = 254 }),
            ("phone", TextShape(60)));
        if (!question.Optional)
            shape["anyOf"] = new JsonArray(
                new JsonObject { ["required"] = new JsonArray("email") },
                new JsonObject { ["required"] = new JsonArray("phone") });
        return question.Titled(language, shape);
    }
}
