namespace Moothall.Definitions;

/// <summary>All types a definition may use, by name.</summary>
public static class QuestionTypes
{
    static readonly Dictionary<string, QuestionType> ByName = new QuestionType[]
    {
        new LocalType("text", ValueKind.Text, false), new LocalType("long-text", ValueKind.Text, false), new LocalType("number", ValueKind.Number, false),
        new LocalType("money", ValueKind.Money, false), new LocalType("date", ValueKind.Date, false), new LocalType("month", ValueKind.Month, false),
        new LocalType("time", ValueKind.Time, false), new LocalType("yes-no", ValueKind.YesNo, false), new LocalType("choice", ValueKind.Choice, false),
        new LocalType("choices", ValueKind.Choices, false), new LocalType("file", ValueKind.Files, true), new LocalType("email", ValueKind.Text, true),
        new LocalType("phone", ValueKind.Text, true), new LocalType("web", ValueKind.Text, false), new LocalType("address", ValueKind.Other, true),
        new LocalType("location", ValueKind.Other, false), new LocalType("person", ValueKind.Other, true), new LocalType("organisation", ValueKind.Other, false),
        new LocalType("postcode", ValueKind.Text, false), new LocalType("reference", ValueKind.Text, false), new LocalType("declaration", ValueKind.Other, false),
    }.ToDictionary(t => t.Name, StringComparer.Ordinal);

    /// <summary>The type of that name, or null.</summary>
    public static QuestionType? Find(string name) => ByName.GetValueOrDefault(name);
    public static IReadOnlyCollection<string> Names => ByName.Keys;
    /// <summary>Names kept for later issues; the reader says so instead of "unknown".</summary>
    public static readonly IReadOnlyList<string> Reserved = ["slot", "group", "vehicle"];
}
