namespace Moothall.Definitions;

/// <summary>
/// Finds the name somebody meant when they misspelt one: the nearest by letters added, dropped, changed or swapped
/// (optimal string alignment), as long as most letters are right.
/// </summary>
public static class DidYouMean
{
    /// <summary>The nearest of the names, or null when none is near.</summary>
    public static string? Among(string word, IEnumerable<string> names)
    {
        if (word.Length > 60) return null;
        var allowed = word.Length <= 3 ? 1 : word.Length <= 6 ? 2 : 3;
        return names.Where(name => Math.Abs(name.Length - word.Length) <= allowed).Select(name => (name, far: Distance(word.ToLowerInvariant(), name.ToLowerInvariant())))
            .Where(x => x.far <= allowed && x.far < Math.Max(x.name.Length, word.Length))
            // Of names that are as near, letters in another order are the likelier slip, then a wrong letter, then one too many or too few.
            .OrderBy(x => x.far).ThenByDescending(x => x.name.Order().SequenceEqual(word.Order())).ThenBy(x => Math.Abs(x.name.Length - word.Length)).ThenBy(x => x.name, StringComparer.Ordinal)
            .Select(x => x.name).FirstOrDefault();
    }

    /// <summary>Whether a word is one of the names with a single letter wrong.</summary>
    public static bool IsSlip(string word, IEnumerable<string> names) => word.Length is > 2 and <= 60 && names.Any(name => Math.Abs(name.Length - word.Length) <= 1 && Distance(word.ToLowerInvariant(), name.ToLowerInvariant()) == 1);

    /// <summary>What mends a name that there is not: "did you mean `size`?", or the names there are; nothing when there are none.</summary>
    public static Message? Ending(string word, IReadOnlyCollection<string> names) =>
        Suggestion(word, names) ?? (names.Count is > 0 and <= 14 ? new Message("{count, plural, one {there is {names}} other {there are {names}}}", ("count", names.Count), ("names", List(names))) : null);

    /// <summary>What mends a name that there is not: "did you mean `size`?", or nothing.</summary>
    public static Message? Suggestion(string word, IEnumerable<string> names) => Among(word, names) is { } near ? new Message("did you mean `{near}`?", ("near", near)) : null;

    /// <summary>Names for a message: `a`, `b` and `c`.</summary>
    public static Message List(IReadOnlyCollection<string> names) => Message.List([.. names.Select(n => $"`{n}`")]);

    static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var change = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }
}
