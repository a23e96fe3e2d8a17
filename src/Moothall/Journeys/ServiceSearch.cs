using System.Globalization;
using System.Text;
using Moothall.Definitions;

namespace Moothall.Journeys;

/// <summary>
/// Finds services by what somebody types: any order, singular or plural, a letter wrong or two swapped, words joined or apart. A word that few services
/// have counts for more than one that most have ("report"). Pure; made anew whenever the services change.
/// </summary>
public sealed class ServiceSearch
{
    const double InTitle = 3, InKeyword = 2.5, InSummary = 1;
    const double Begun = 0.8, Slipped = 0.6;
    /// <summary>How much of what was asked a service must answer to be shown.</summary>
    const double Enough = 0.5;

    // Words that say nothing about what is wanted.
    static readonly HashSet<string> StopWords =
    [
        "a", "about", "an", "and", "any", "are", "at", "be", "been", "can", "do", "does", "for", "from", "get", "has", "have", "help", "how", "i", "if", "in", "is", "it", "its", "me",
        "my", "need", "of", "on", "or", "our", "outside", "please", "s", "so", "some", "someone", "that", "the", "their", "there", "this", "to", "up", "us", "want", "was", "we", "what",
        "when", "where", "who", "with", "you", "your",
        // Welsh.
        "ar", "ei", "fy", "gan", "gyda", "mae", "mewn", "oes", "sydd", "wedi", "y", "yn", "yr",
    ];

    readonly IReadOnlyList<Entry> entries;

    sealed record Entry(ServiceDefinition Service, IReadOnlyDictionary<string, double> Words, IReadOnlyList<string> Phrases);

    /// <param name="services">What may be found.</param>
    public ServiceSearch(IEnumerable<ServiceDefinition> services, string language = "en") => entries = [.. services.Select(s => Read(s, language))];

    /// <summary>The services that answer, best first; nothing for words that say nothing.</summary>
    public IReadOnlyList<ServiceDefinition> Find(string query)
    {
        var words = Joined(WordsOf(query));
        if (words.Count == 0) return [];
        var asked = words.Select(word => (Word: word, Worth: Worth(word))).ToList();
        var whole = asked.Sum(a => a.Worth);
        var phrase = string.Join(' ', words.Select(w => w.Stem));
        return [.. entries
            .Select(entry =>
            {
                var met = asked.Select(a => (a.Worth, Match: Match(entry, a.Word))).Where(m => m.Match > 0).ToList();
                return (entry.Service, Answered: met.Sum(m => m.Worth) / whole, Score: met.Sum(m => m.Worth * m.Match) + (entry.Phrases.Contains(phrase) ? whole * InTitle : 0));
            })
            .Where(found => found.Answered >= Enough)
            .OrderByDescending(found => found.Score).ThenBy(found => found.Service.Title.English, StringComparer.Ordinal)
            .Select(found => found.Service)];
    }

    readonly record struct Word(string Stem, int Letters);

    static Entry Read(ServiceDefinition service, string language)
    {
        var words = new Dictionary<string, double>(StringComparer.Ordinal);
        var phrases = new List<string>();
        void Add(string text, double weight, bool pairs)
        {
            var read = WordsOf(text);
            if (pairs)
            {
                phrases.Add(string.Join(' ', read.Select(w => w.Stem)));
                // "streetlight" finds a street light.
                for (var i = 0; i + 1 < read.Count; i++) Weigh(read[i].Stem + read[i + 1].Stem, weight);
            }
            foreach (var word in read) Weigh(word.Stem, weight);
        }
        void Weigh(string word, double weight) => words[word] = Math.Max(weight, words.GetValueOrDefault(word));

        Add(service.Title.In(language), InTitle, pairs: true);
        foreach (var keyword in service.Keywords) Add(keyword, InKeyword, pairs: true);
        Add(service.Summary.In(language), InSummary, pairs: false);
        return new Entry(service, words, phrases);
    }

    /// <summary>"pot hole" is the one word "pothole" where a service has that.</summary>
    List<Word> Joined(List<Word> words)
    {
        for (var i = 0; i + 1 < words.Count; i++)
        {
            var both = words[i].Stem + words[i + 1].Stem;
            if (!entries.Any(e => e.Words.ContainsKey(both))) continue;
            words[i] = new Word(both, words[i].Letters + words[i + 1].Letters);
            words.RemoveAt(i + 1);
        }
        return words;
    }

    double Worth(Word word) => Math.Log(1 + entries.Count / (0.5 + entries.Count(e => Match(e, word) > 0)));

    static double Match(Entry entry, Word word)
    {
        if (entry.Words.TryGetValue(word.Stem, out var weight)) return weight;
        var best = 0.0;
        foreach (var (known, worth) in entry.Words)
        {
            if (word.Letters > 2 && known.StartsWith(word.Stem, StringComparison.Ordinal)) best = Math.Max(best, worth * Begun);
            else if (word.Letters > 4 && (IsSlip(word.Stem, known) || Singled(word.Stem) == Singled(known))) best = Math.Max(best, worth * Slipped);
        }
        return best;
    }

    /// <summary>Whether one word is the other with one letter more, less or other, or two neighbours swapped.</summary>
    public static bool IsSlip(string one, string other)
    {
        if (one.Length > other.Length) (one, other) = (other, one);
        if (other.Length - one.Length > 1) return false;
        var at = 0;
        while (at < one.Length && one[at] == other[at]) at++;
        if (one.Length < other.Length) return one.AsSpan(at).SequenceEqual(other.AsSpan(at + 1));
        if (at == one.Length) return true;
        return one.AsSpan(at + 1).SequenceEqual(other.AsSpan(at + 1))
            || (at + 1 < one.Length && one[at] == other[at + 1] && one[at + 1] == other[at] && one.AsSpan(at + 2).SequenceEqual(other.AsSpan(at + 2)));
    }

    static List<Word> WordsOf(string text)
    {
        var words = new List<Word>();
        var word = new StringBuilder();
        foreach (var letter in text.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(letter)) word.Append(letter);
            // Apostrophes and accents stand within a word.
            else if (letter is not ('\'' or '’') && CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark) End();
        }
        End();
        return words;

        void End()
        {
            var whole = word.ToString();
            word.Clear();
            if (whole.Length > 0 && !StopWords.Contains(whole)) words.Add(new Word(Stem(whole), whole.Length));
        }
    }

    /// <summary>A word without the endings that English puts on it: potholes, dumped, tipping, collecting.</summary>
    internal static string Stem(string word)
    {
        if (word.EndsWith("ies", StringComparison.Ordinal) && word.Length > 4) word = word[..^3] + "y";
        else if (word.Length > 4 && (word.EndsWith("ses", StringComparison.Ordinal) || word.EndsWith("xes", StringComparison.Ordinal) || word.EndsWith("ches", StringComparison.Ordinal)
            || word.EndsWith("shes", StringComparison.Ordinal))) word = word[..^2];
        else if (word.Length > 3 && word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i')) word = word[..^1];
        foreach (var ending in (ReadOnlySpan<string>)["ing", "ed"])
        {
            if (!word.EndsWith(ending, StringComparison.Ordinal) || word.Length - ending.Length < 3 || !word[..^ending.Length].Any(IsVowel)) continue;
            word = word[..^ending.Length];
            if (word[^1] == word[^2] && word[^1] is not ('l' or 's' or 'e' or 'o')) word = word[..^1];
            break;
        }
        return word.Length > 4 && word[^1] == 'e' ? word[..^1] : word;
    }

    /// <summary>A word with doubled letters once: which letter is double is what people forget ("grafitti").</summary>
    static string Singled(string word) => string.Concat(word.Where((letter, at) => at == 0 || word[at - 1] != letter));

    static bool IsVowel(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';
}
