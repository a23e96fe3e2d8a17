namespace Moothall.Definitions;

/// <summary>All types a definition may use, by name.</summary>
public static class QuestionTypes
{
    static readonly Dictionary<string, QuestionType> ByName = new(StringComparer.Ordinal);

    /// <summary>The type of that name, or null.</summary>
    public static QuestionType? Find(string name) => ByName.GetValueOrDefault(name);
    public static IReadOnlyCollection<string> Names => ByName.Keys;
    /// <summary>Names kept for later issues; the reader says so instead of "unknown".</summary>
    public static readonly IReadOnlyList<string> Reserved = ["slot", "group", "vehicle"];
}
