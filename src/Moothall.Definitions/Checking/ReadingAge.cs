using System.Text.RegularExpressions;

namespace Moothall.Definitions;

/// <summary>
/// The age at which a text is read with ease: the Flesch-Kincaid grade plus five, the usual step from a United States grade
/// to an age. Source: J. P. Kincaid, R. P. Fishburne, R. L. Rogers and B. S. Chissom, "Derivation of new readability formulas
/// for Navy enlisted personnel", 1975: 0.39 x words a sentence + 11.8 x syllables a word - 15.59.
/// </summary>
public static partial class ReadingAge
{
    /// <summary>Shortest text judged: on fewer words the formula says more about one long name than about the text.</summary>
    public const int FewestWords = 8;

    /// <summary>The reading age in whole years, at least 5; null for a text that is too short to be judged.</summary>
    public static int? Of(string text)
    {
        var sentences = SentencesOf(text);
        var words = sentences.SelectMany(WordsOf).ToList();
        if (words.Count < FewestWords) return null;
        var grade = 0.39 * words.Count / sentences.Count + 11.8 * words.Sum(Syllables) / words.Count - 15.59;
        return Math.Max(5, (int)Math.Round(grade + 5, MidpointRounding.AwayFromZero));
    }

    /// <summary>The sentences of a text: ended by a stop, a question or exclamation mark, or a line end.</summary>
    public static IReadOnlyList<string> SentencesOf(string text) => [.. SentenceEnd().Split(text).Where(s => Word().IsMatch(s))];

    /// <summary>The words of a text; figures and web addresses count as one word each.</summary>
    public static IReadOnlyList<string> WordsOf(string text) => [.. Word().Matches(text).Select(m => m.Value)];

    /// <summary>How many words a text has.</summary>
    public static int CountWords(string text) => Word().Count(text);

    /// <summary>
    /// Syllables of an English word by its groups of vowels; a silent e at the end (and -es, -ed) is not counted. Figures and
    /// capitals read letter by letter count as one.
    /// </summary>
    public static int Syllables(string word)
    {
        var letters = word.ToLowerInvariant().Replace("'", "", StringComparison.Ordinal).Replace("’", "", StringComparison.Ordinal);
        if (letters.Length <= 3 || letters.Any(char.IsDigit)) return 1;
        if (letters.Contains('-', StringComparison.Ordinal)) return letters.Split('-', StringSplitOptions.RemoveEmptyEntries).Sum(Syllables);
        return Math.Max(1, Vowels().Count(SilentEnd().Replace(letters, "")));
    }

    [GeneratedRegex(@"(?<=[.?!:;])\s+|\n+")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"[\p{L}\p{N}]+(?:['’./@-][\p{L}\p{N}]+)*")]
    private static partial Regex Word();

    [GeneratedRegex("[aeiouy]+")]
    private static partial Regex Vowels();

    [GeneratedRegex("(?<=[^aeiouylr])es?$|(?<=[aeiouy][lr])es?$|(?<=[^aeiouytd])ed$")]
    private static partial Regex SilentEnd();
}
