using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moothall.Definitions;

/// <summary>
/// What the council's tables said of a place when it was read, by part (`where.road`): stored with the answer, so that sentences never look anything up.
/// </summary>
static class LookedUp
{
    /// <summary>Nothing was looked up, or found.</summary>
    public static readonly ImmutableSortedDictionary<string, string> Nothing = ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>The member of stored answers that holds the parts. What somebody sends under it is passed over: parts are worked out, never read.</summary>
    public const string Member = "parts";

    /// <summary>Looks up what a question asks for.</summary>
    public static ImmutableSortedDictionary<string, string> For(Question question, Answer answer, ReadingContext context)
    {
        var found = Nothing;
        foreach (var (part, table) in question.LookUps)
            if (context.LookUps.Find(table, answer) is { } value)
                found = found.SetItem(part, value);
        return found;
    }

    /// <summary>Writes the parts into the stored form of an answer.</summary>
    public static void Write(JsonObject written, ImmutableSortedDictionary<string, string> parts)
    {
        if (parts.Count > 0)
            written[Member] = new JsonObject([.. parts.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)JsonValue.Create(p.Value)))]);
    }

    /// <summary>The parts in the stored form of an answer.</summary>
    public static ImmutableSortedDictionary<string, string> FromStored(JsonElement value)
    {
        var parts = Nothing;
        if (value.TryGetProperty(Member, out var found))
            foreach (var part in found.EnumerateObject())
                parts = parts.SetItem(part.Name, part.Value.GetString()!);
        return parts;
    }
}
