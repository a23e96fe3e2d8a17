using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Moothall.Definitions.Importing;

/// <summary>
/// Names made from the words that people read: the few that carry the meaning, lower-case with hyphens. No two are alike; where the first words do not tell two things apart, more
/// words do, and a number only at last.
/// </summary>
sealed partial class FormNames
{
    const int MostWords = 4;
    const int MostLetters = 32;

    static readonly HashSet<string> Small = new(StringComparer.Ordinal)
    {
        "a", "an", "the", "of", "to", "for", "in", "on", "at", "by", "with", "from", "into", "as", "and", "or", "if", "is", "are", "was", "were", "be", "been", "being", "am", "do", "does", "did", "have", "has", "had",
        "will", "would", "can", "could", "should", "shall", "may", "might", "must", "you", "your", "yours", "youre", "youve", "youll", "we", "our", "us", "i", "my", "me", "it", "its", "they", "their", "them", "he", "she", "his", "her", "this", "that", "these", "those", "there",
        "what", "whats", "which", "who", "whose", "when", "where", "how", "why", "whether", "please", "tell", "provide", "enter", "give", "select", "choose", "describe", "explain", "state", "any", "all", "some", "s", "t", "re", "ve", "ll",
        "about", "more", "also", "so", "than", "then", "such", "other", "etc", "eg", "ie", "confirm", "optional", "does", "not", "no", "yes",
    };

    /// <summary>Words of sentences, which would make a sentence read badly.</summary>
    static readonly HashSet<string> Reserved = new(StringComparer.Ordinal) { "is", "has", "and", "or", "not", "otherwise", "today", "yes", "no", "count", "sum", "age", "days", "fee", "one", "answered", "of" };

    readonly HashSet<string> taken = new(StringComparer.Ordinal);

    /// <summary>A name for a thing with these words, unlike all before; what sets it apart (the page's title) comes in where its own words do not.</summary>
    public string For(string words, string otherwise, string? beside = null, string? ending = null)
    {
        var all = Pieces(words);
        var telling = all.Where(w => !Small.Contains(w)).ToList();
        if (telling.Count == 0) telling = all;
        // Builders say the heading again before each of several fields: "Other names - Name 2".
        if (words.LastIndexOf(" - ", StringComparison.Ordinal) is > 0 and var dash && Named(telling, MostWords) is { } first && taken.Contains(first)
            && Named([.. Pieces(words[(dash + 3)..]).Where(w => !Small.Contains(w))], MostWords) is { } own && taken.Add(own)) return own;
        for (var count = MostWords; count <= MostWords + 3; count++)
            if (Named(telling, count) is { } name && taken.Add(name)) return name;
        if (ending is null && beside is not null)
        {
            var around = Pieces(beside).Where(w => !Small.Contains(w) && !telling.Contains(w)).ToList();
            for (var count = 1; count <= 3 && around.Count > 0; count++)
                if (Named([.. around.Take(count), .. telling.Take(MostWords)], MostWords + 3) is { } name && taken.Add(name)) return name;
        }
        var stem = Named(telling, MostWords) ?? otherwise;
        if (ending is not null && taken.Contains(stem)) stem = $"{stem}-{ending}";
        return Numbered(stem);
    }

    /// <summary>All words of a title, as names of services are.</summary>
    public string Whole(string words, string otherwise)
    {
        var name = string.Join('-', Pieces(words));
        if (name.Length > 55) name = name[..55].TrimEnd('-');
        if (name.Length > 0 && !char.IsAsciiLetterLower(name[0])) name = "form-" + name;
        return Numbered(Names.IsName(name) ? name : otherwise);
    }

    /// <summary>A name as it is given, where it is one and nothing else has it; else null.</summary>
    public string? Exactly(string name) => Names.IsName(name) && taken.Add(name) ? name : null;

    string Numbered(string stem)
    {
        if (taken.Add(stem)) return stem;
        for (var i = 2; ; i++)
            if (taken.Add($"{stem}-{i.ToString(CultureInfo.InvariantCulture)}")) return $"{stem}-{i.ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>A name for an option: what sets answers apart are often the small words, so all count.</summary>
    public string ForOption(string words)
    {
        var all = Pieces(words);
        var telling = all.Where(w => w is not ("the" or "a" or "an" or "of" or "to" or "for" or "in" or "on" or "is" or "are" or "you" or "your" or "we" or "our" or "i" or "my")).ToList();
        if (telling.Count == 0) telling = all;
        for (var count = MostWords; count <= MostWords + 4; count++)
            if (Named(telling, count, reserved: false) is { } name && taken.Add(name)) return name;
        return Numbered(Named(telling, MostWords, reserved: false) ?? "option");
    }

    static string? Named(IReadOnlyList<string> words, int count, bool reserved = true)
    {
        var name = new StringBuilder();
        foreach (var word in words.Take(count))
        {
            if (name.Length > 0 && name.Length + 1 + word.Length > MostLetters + 8 * Math.Max(0, count - MostWords)) break;
            if (name.Length > 0) name.Append('-');
            name.Append(word.Length > 40 ? word[..40] : word);
        }
        if (name.Length == 0) return null;
        if (!char.IsAsciiLetterLower(name[0])) name.Insert(0, "n-");
        var made = name.ToString();
        if (reserved ? Reserved.Contains(made) : made is "answered" or "not" or "one") made += "-1";
        return Names.IsName(made) ? made : null;
    }

    // Letters with marks are read as their plain ones, so that Welsh words give names too.
    static List<string> Pieces(string words)
    {
        var plain = new StringBuilder();
        foreach (var c in Brackets().Replace(words, m => m.Index == 0 ? m.Value : " ").Replace("'", "", StringComparison.Ordinal).Replace("’", "", StringComparison.Ordinal).Normalize(NormalizationForm.FormD))
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark) plain.Append(char.ToLowerInvariant(c));
        return [.. NotInNames().Split(plain.ToString().Replace("£", "", StringComparison.Ordinal)).Where(w => w.Length > 0)];
    }

    [GeneratedRegex(@"\([^()]*\)")]
    private static partial Regex Brackets();
    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInNames();
}
