namespace Moothall.Definitions;

/// <summary>
/// Reads what people write in words: prose in one or several languages, sentences and periods. Prose and sentences never
/// stand inside brackets, where a comma or a colon would cut them up unseen.
/// </summary>
static class YamlProse
{
    /// <summary>Prose from an entry: text, or a block of languages of which `en` must be one.</summary>
    public static Prose? Read(YamlEntry entry, List<Finding> findings) => Read(entry.Value, $"`{entry.Key}`", findings);

    /// <summary>Prose from a node that messages call by the label.</summary>
    public static Prose? Read(YamlNode node, Message label, List<Finding> findings)
    {
        switch (node)
        {
            case YamlText text:
                return Words(text, label, findings) is { } words ? new Prose(words) { Place = text.Place } : null;
            case YamlMap { InFlow: true } map when map.Entries.Any(e => e.Key == "en"):
                findings.Add(new(map.Place, Severity.Error, new Message("{label} in several languages goes on lines of its own: `en: ...` and below it `cy: ...`, without brackets", ("label", label))));
                return null;
            case YamlMap map when map.Entries.All(e => IsLanguage(e.Key)):
                return Languages(map, label, findings);
            case YamlMap { InFlow: false } map when map.Has("en"):
                foreach (var entry in map.Entries.Where(e => !IsLanguage(e.Key)))
                    findings.Add(entry.Value is YamlMap ? YamlMap.TooFarRight(entry, new Message("beside {label}", ("label", label))) : new(entry.Place, Severity.Error,
                        new Message("`{key}` is no language; a language has two letters, like `cy`. If it is a key beside {label}, begin it in the same column", ("key", YamlText.Shorten(entry.Key)), ("label", label))));
                return null;
            default:
                var slip = node.InFlow ? new Message("if it is text that begins with a bracket, put the text in quotes") : node is YamlMap ? new Message("if it is text with a colon, put the text in quotes") : null;
                findings.Add(new(node.Place, Severity.Error, new Message("{label} takes words, but {shape} stands here", ("label", label), ("shape", node.Shape)).With(slip)));
                return null;
        }
    }

    static Prose? Languages(YamlMap map, Message label, List<Finding> findings)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var before = findings.Count;
        foreach (var entry in map.Entries)
        {
            if (map.TextOf(entry.Key, findings) is { } text && Words(text, $"`{entry.Key}`", findings) is { } words) texts[entry.Key] = words;
        }
        if (!map.Has("en")) findings.Add(new(map.Place, Severity.Error, new Message("{label} has no English words; add `en: ...`", ("label", label))));
        return findings.Count == before ? new Prose(texts) { Place = map.Place } : null;
    }

    static string? Words(YamlText text, Message label, List<Finding> findings)
    {
        if (!MayStandHere(text, label, findings)) return null;
        var words = text.Text.Trim();
        if (words.Length > 0) return words;
        findings.Add(new(text.Place, Severity.Error, new Message("{label} is empty; write the words", ("label", label))));
        return null;
    }

    /// <summary>Whether words for people or a sentence may stand at this place, with the reason reported when not.</summary>
    public static bool MayStandHere(YamlText text, Message label, List<Finding> findings)
    {
        if (text.InFlow && text.Text.Contains(' ', StringComparison.Ordinal))
        {
            findings.Add(new(text.Place, Severity.Error, new Message("words with spaces may not stand inside {brackets}; write {label} on a line of its own below, without brackets", ("brackets", new Message("{first} or {last}", ("first", "{ }"), ("last", "[ ]"))), ("label", label))));
            return false;
        }
        if (text.Lost is null) return true;
        findings.Add(new(text.Place, Severity.Error, new Message("`{lost}` is lost, because ` #` begins a comment; put the text in quotes, or for a comment put two spaces before the # and one after it", ("lost", YamlText.Shorten(text.Lost)))));
        return false;
    }

    /// <summary>A period, or a finding that shows how one is written.</summary>
    public static Period? Period(YamlText text, List<Finding> findings)
    {
        if (Definitions.Period.Parse(text.Text.Trim()) is { } period) return period;
        findings.Add(new(text.Place, Severity.Error, new Message("`{text}` is not a time that can be counted; write for example `2 hours`, `10 working days`, `2 clock hours`, `3 weeks` or `6 years`", ("text", YamlText.Shorten(text.Text)))));
        return null;
    }

    /// <summary>Whether a key is a language: two small letters.</summary>
    public static bool IsLanguage(string key) => key.Length == 2 && char.IsAsciiLetterLower(key[0]) && char.IsAsciiLetterLower(key[1]);
}
