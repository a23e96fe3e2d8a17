using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Moothall.Council;

/// <summary>All that one name may mean.</summary>
sealed class PlaceMeanings
{
    public List<PostcodeDistrict> Districts { get; } = [];
    public List<NamedRoad> Roads { get; } = [];
    public List<NamedPlace> Streets { get; } = [];
    public List<NamedPlace> Places { get; } = [];
}

/// <summary>
/// Finds known names in what somebody wrote ("outside 12 High St., Didcot"): whole words, the longest name from each word on, whatever the case,
/// punctuation and abbreviation. A tree of words, so that one pass over the text finds names of thousands.
/// </summary>
sealed class PlaceWords
{
    /// <summary>Words read of one text; nobody describes a place in more.</summary>
    const int MostWords = 120;
    const int MostLetters = 1500;

    static readonly FrozenDictionary<string, string> Short = new Dictionary<string, string>
    {
        ["street"] = "st", ["saint"] = "st", ["str"] = "st", ["road"] = "rd", ["lane"] = "ln", ["avenue"] = "ave", ["av"] = "ave", ["drive"] = "dr", ["crescent"] = "cres",
        ["terrace"] = "terr", ["ter"] = "terr", ["gardens"] = "gdns", ["court"] = "ct", ["place"] = "pl", ["square"] = "sq", ["and"] = "&", ["grove"] = "gr", ["mount"] = "mt",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> ShortBySpan = Short.GetAlternateLookup<ReadOnlySpan<char>>();

    static readonly FrozenSet<string> StreetWords =
        FrozenSet.Create(StringComparer.Ordinal, "st", "rd", "ln", "ave", "dr", "cres", "terr", "gdns", "ct", "pl", "sq", "gr", "way", "close", "walk", "row", "mews", "bypass");

    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> StreetWordsBySpan = StreetWords.GetAlternateLookup<ReadOnlySpan<char>>();

    readonly Node root = new();

    sealed class Node
    {
        readonly Dictionary<string, Node> next = new(StringComparer.Ordinal);
        public PlaceMeanings? Meant;

        public Node? After(ReadOnlySpan<char> word) => next.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var node) ? node : null;

        public Node Make(string word)
        {
            if (!next.TryGetValue(word, out var node))
                next[word] = node = new();
            return node;
        }
    }

    /// <summary>A name found in a text: what it may mean, and whether it only begins the name of a street that is not known ("Oxford" in "Oxford Road").</summary>
    public readonly record struct Found(PlaceMeanings Meant, bool BeginsStreetName);

    /// <summary>A word of a text: where it stands, and whether a comma or line end comes before it.</summary>
    readonly record struct Word(int Start, int Length, bool AfterBreak);

    /// <summary>Adds one more thing that a name may mean.</summary>
    public void Add(string name, Action<PlaceMeanings> mean)
    {
        var words = WordsOf(name);
        if (words.Length == 0)
            return;
        mean(Meanings(words));
        if (words is [var number] && number.Length >= 3 && number[0] is 'm' or 'a' or 'b' && number.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0 && (number[0] == 'm' || number.Length >= 4))
            mean(Meanings([number[..1], number[1..]]));
    }

    PlaceMeanings Meanings(string[] words)
    {
        var node = root;
        foreach (var word in words)
            node = node.Make(word);
        return node.Meant ??= new();
    }

    /// <summary>Names in a text, in the order they stand; the inward half of a postcode written without a space is taken off ("OX117HN" is OX11).</summary>
    public List<Found> In(string text)
    {
        var found = new List<Found>();
        var letters = ArrayPool<char>.Shared.Rent(Math.Min(text.Length, MostLetters) * 2 + 2);
        Span<Word> words = stackalloc Word[MostWords];
        var count = Split(text, letters, words);
        for (var i = 0; i < count;)
        {
            var (meant, length) = Longest(letters, words[..count], i);
            if (meant is not null)
                found.Add(new(meant, i + length < count && !words[i + length].AfterBreak && StreetWordsBySpan.Contains(Shortened(letters, words[i + length]))));
            i += Math.Max(1, length);
        }
        ArrayPool<char>.Shared.Return(letters);
        return found;
    }

    (PlaceMeanings? Meant, int Length) Longest(char[] letters, ReadOnlySpan<Word> words, int from)
    {
        PlaceMeanings? meant = null;
        var length = 0;
        var node = root;
        for (var i = from; i < words.Length && node is not null; i++)
        {
            if (node.After(Shortened(letters, words[i])) is not { } next)
                break;
            node = next;
            if (node.Meant is not null)
                (meant, length) = (node.Meant, i - from + 1);
        }
        if (meant is null && WithoutInward(letters.AsSpan(words[from].Start, words[from].Length)) is { Length: > 0 } outward && root.After(outward)?.Meant is { } district)
            (meant, length) = (district, 1);
        return (meant, length);
    }

    static ReadOnlySpan<char> WithoutInward(ReadOnlySpan<char> word) =>
        word.Length is >= 5 and <= 7 && char.IsAsciiDigit(word[^3]) && char.IsAsciiLetter(word[^2]) && char.IsAsciiLetter(word[^1]) ? word[..^3] : default;

    static ReadOnlySpan<char> Shortened(char[] letters, Word word)
    {
        var span = letters.AsSpan(word.Start, word.Length);
        return ShortBySpan.TryGetValue(span, out var shorter) ? shorter : span;
    }

    /// <summary>The words of a name as they are compared; two names with the same words are the same name.</summary>
    public static string[] WordsOf(string name)
    {
        var letters = new char[Math.Min(name.Length, MostLetters) * 2 + 2];
        Span<Word> words = stackalloc Word[MostWords];
        var count = Split(name, letters, words);
        var result = new string[count];
        for (var i = 0; i < count; i++)
            result[i] = Shortened(letters, words[i]).ToString();
        return result;
    }

    /// <summary>A name as it is compared, with single spaces.</summary>
    public static string Key(string name) => string.Join(' ', WordsOf(name));

    static int Split(string text, char[] letters, Span<Word> words)
    {
        var plain = Ascii.IsValid(text) ? text : WithoutAccents(text.Length > MostLetters ? text[..MostLetters] : text);
        var count = 0;
        var at = 0;
        var start = 0;
        var afterBreak = true;
        var nextAfterBreak = true;
        for (var i = 0; i <= plain.Length; i++)
        {
            var c = i < plain.Length && at < letters.Length - 1 ? plain[i] : '\n';
            if (char.IsLetterOrDigit(c) || c == '&')
            {
                if (at == start)
                    afterBreak = nextAfterBreak;
                letters[at++] = char.ToLowerInvariant(c);
                continue;
            }
            if (c is '\'' or '\u2019' or '\u2018' or '`')
                continue;
            if (at > start)
            {
                if (count == words.Length)
                    return count;
                words[count++] = new(start, at - start, afterBreak);
                start = at;
                nextAfterBreak = false;
            }
            if (c is ',' or ';' or '\n' or '(' or ')')
                nextAfterBreak = true;
            if (at >= letters.Length - 1)
                break;
        }
        return count;
    }

    static string WithoutAccents(string text)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            whole.Append(rune.ToString());
        var decomposed = whole.ToString().Normalize(NormalizationForm.FormD);
        var plain = new StringBuilder(decomposed.Length);
        foreach (var c in decomposed)
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && plain.Length < MostLetters)
                plain.Append(c);
        return plain.ToString();
    }
}
