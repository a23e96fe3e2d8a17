using System.Text.RegularExpressions;

namespace Moothall.Definitions;

/// <summary>How things are named in files: lower-case words and figures with hyphens between them, beginning with a letter.</summary>
public static partial class Names
{
    /// <summary>Words of sentences, which a question or decision cannot be called.</summary>
    static readonly HashSet<string> SentenceWords = new(StringComparer.Ordinal)
        { "is", "has", "and", "or", "not", "otherwise", "today", "yes", "no" };

    public static bool IsName(string text) => text.Length <= 60 && Pattern().IsMatch(text);

    /// <summary>Whether a text is a name; when not, the finding suggests one.</summary>
    public static bool Check(string text, SourcePlace place, Message label, List<Finding> findings)
    {
        if (IsName(text)) return true;
        var suggestion = string.Join('-', Regex.Split(text.ToLowerInvariant(), "[^a-z0-9]+").Where(w => w.Length > 0));
        var suggested = suggestion != text && IsName(suggestion);
        var mayBeText = text.Contains(' ', StringComparison.Ordinal);
        Message? mend = suggested && mayBeText ? new Message("write `{suggestion}`, or if it is part of a text with a colon, put the text in quotes", ("suggestion", suggestion))
            : suggested ? new Message("write `{suggestion}`", ("suggestion", suggestion))
            : mayBeText ? new Message("if it is part of a text with a colon, put the text in quotes") : null;
        findings.Add(new(place, Severity.Error, new Message("{label} is lower-case letters and figures with hyphens, up to 60, but `{text}` stands here", ("label", label), ("text", YamlText.Shorten(text))).With(mend)));
        return false;
    }

    /// <summary>Whether a name is no word of sentences.</summary>
    public static bool IsForSentences(string name) => !SentenceWords.Contains(name);

    /// <summary>Whether sentences may use the name; `is` and `today` already mean something in them.</summary>
    public static bool CheckForSentences(string name, SourcePlace place, List<Finding> findings)
    {
        if (!SentenceWords.Contains(name)) return true;
        findings.Add(new(place, Severity.Error, new Message("`{name}` already means something in sentences; choose another name, for example `{name}-1`", ("name", name))));
        return false;
    }

    /// <summary>A name in words, for a label that was not written: `no-defect` is "No defect".</summary>
    public static string InWords(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..].Replace('-', ' ');

    /// <summary>The same as the label of something, for people.</summary>
    public static Prose Label(string name, SourcePlace place) => new(InWords(name)) { Place = place, IsName = true };

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex Pattern();
}
