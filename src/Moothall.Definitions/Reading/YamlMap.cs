using System.Globalization;

namespace Moothall.Definitions;

/// <summary>
/// Keys with what stands under them, in the order of the file. The getters read one key as the type expected there and
/// report into a list what is missing or wrong, so that one run finds every mistake; they give null where they reported.
/// </summary>
public sealed partial class YamlMap(IReadOnlyList<YamlEntry> entries, SourcePlace owner, SourcePlace place, YamlPath path, bool inFlow) : YamlNode(place, path, inFlow)
{
    /// <summary>From so many entries on they are found by a list of their keys.</summary>
    const int Many = 16;

    readonly HashSet<string> excused = new(StringComparer.Ordinal);
    readonly Dictionary<string, YamlEntry>? byKey = entries.Count < Many ? null : entries.DistinctBy(e => e.Key).ToDictionary(e => e.Key, StringComparer.Ordinal);

    public IReadOnlyList<YamlEntry> Entries { get; } = entries;

    /// <summary>The place of the key it stands under; its own where it stands under none.</summary>
    public SourcePlace Owner { get; } = owner;
    internal override Message Shape => InFlow ? new Message("a map in {brackets}", ("brackets", "{ }")) : new Message("a map of keys");

    /// <summary>The entry of that key, or null.</summary>
    public YamlEntry? Find(string key)
    {
        if (byKey is not null) return byKey.GetValueOrDefault(key);
        for (var i = 0; i < Entries.Count; i++)
            if (Entries[i].Key == key) return Entries[i];
        return null;
    }
    public bool Has(string key) => Find(key) is not null;

    /// <summary>Text under a key, one word or many; null when the key is not there.</summary>
    public YamlText? TextOf(string key, List<Finding> findings) => Filled(key, findings) switch
    {
        null => null,
        { Value: YamlText text } => text,
        var entry => Refuse<YamlText>(entry, findings, new Message("`{key}` takes one text, but {shape} stands here", ("key", key), ("shape", entry.Value.Shape)).With(QuotesIfText(entry.Value))),
    };

    /// <summary>Words for people under a key: text, or a block of `en:`, `cy:` and so on.</summary>
    public Prose? ProseOf(string key, List<Finding> findings) => Filled(key, findings) is { } entry ? YamlProse.Read(entry, findings) : null;

    /// <summary>A map under a key.</summary>
    public YamlMap? MapOf(string key, List<Finding> findings) => Filled(key, findings) switch
    {
        null => null,
        { Value: YamlMap map } => map,
        var entry => Refuse<YamlMap>(entry, findings, new Message("`{key}` takes keys of its own on the lines below, each two spaces further in, but {shape} stands here", ("key", key), ("shape", entry.Value.Shape)).With(entry.Value is YamlList { InFlow: false } ? new Message("take the dashes away") : null)),
    };

    /// <summary>A list under a key.</summary>
    public YamlList? ListOf(string key, List<Finding> findings) => Filled(key, findings) switch
    {
        null => null,
        { Value: YamlList list } => list,
        { Value: YamlText text } entry => Refuse<YamlList>(entry, findings, new Message("`{key}` takes a list; write `{key}: [{text}]`, or each item on a line of its own with `- `", ("key", key), ("text", YamlText.Shorten(text.Text)))),
        var entry => Refuse<YamlList>(entry, findings, new Message("`{key}` takes a list, but {shape} stands here", ("key", key), ("shape", entry.Value.Shape))),
    };

    /// <summary>The texts of a list under a key; an item that is not text, or stands twice, is reported and left out.</summary>
    public IReadOnlyList<YamlText> TextsOf(string key, List<Finding> findings)
    {
        var texts = new List<YamlText>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in ListOf(key, findings)?.Items ?? [])
        {
            if (item is not YamlText text)
                findings.Add(new(item.Place, Severity.Error, new Message("each item of `{key}` is one text, but {shape} stands here", ("key", key), ("shape", item.Shape)).With(QuotesIfText(item))));
            else if (text.Text.Length == 0)
                findings.Add(new(item.Place, Severity.Error, new Message("an item of `{key}` is empty; write it or take it out", ("key", key))));
            else if (!seen.Add(text.Text))
                findings.Add(new(item.Place, Severity.Error, new Message("`{text}` stands twice in `{key}`; take one out", ("text", YamlText.Shorten(text.Text)), ("key", key))));
            else texts.Add(text);
        }
        return texts;
    }

    /// <summary>The names of a list under a key; two with no comma between them are reported and left out.</summary>
    public IReadOnlyList<YamlText> NamesOf(string key, List<Finding> findings)
    {
        var texts = TextsOf(key, findings);
        foreach (var text in texts.Where(t => t.Text.Contains(' ', StringComparison.Ordinal)))
            findings.Add(new(text.Place, Severity.Error, new Message("`{name}` is read as one name; put a comma between two: `{names}`", ("name", YamlText.Shorten(text.Text)), ("names", YamlText.Shorten(string.Join(", ", text.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)))))));
        return [.. texts.Where(t => !t.Text.Contains(' ', StringComparison.Ordinal))];
    }

    /// <summary>A number under a key, with a point for decimals ("0.09"); a pound sign before it and commas in it are taken.</summary>
    public decimal? NumberOf(string key, List<Finding> findings)
    {
        if (TextOf(key, findings) is not { } text) return null;
        if (decimal.TryParse(text.Text.TrimStart('£'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)) return number;
        findings.Add(new(text.Place, Severity.Error, new Message("`{key}` must be a number, such as 12 or 0.09, but {shape} stands here", ("key", key), ("shape", text.Shape))));
        return null;
    }

    /// <summary>A whole number under a key, within limits.</summary>
    public int? WholeNumberOf(string key, List<Finding> findings, int least = 1, int most = int.MaxValue)
    {
        if (TextOf(key, findings) is not { } text) return null;
        if (int.TryParse(text.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        findings.Add(new(text.Place, Severity.Error, most == int.MaxValue
            ? new Message("`{key}` must be a whole number, {least} or more, but {shape} stands here", ("key", key), ("least", least), ("shape", text.Shape))
            : new Message("`{key}` must be a whole number, between {least} and {most}, but {shape} stands here", ("key", key), ("least", least), ("most", most), ("shape", text.Shape))));
        return null;
    }

    /// <summary>`yes` or `no` under a key.</summary>
    public bool? YesNoOf(string key, List<Finding> findings)
    {
        if (TextOf(key, findings) is not { } text) return null;
        if (text.Text is "yes" or "no") return text.Text == "yes";
        findings.Add(new(text.Place, Severity.Error, new Message("`{key}` must be `yes` or `no`, but {shape} stands here", ("key", key), ("shape", text.Shape))));
        return null;
    }

    /// <summary>A period under a key ("10 working days").</summary>
    public Period? PeriodOf(string key, List<Finding> findings) => TextOf(key, findings) is { } text ? YamlProse.Period(text, findings) : null;

    /// <summary>A name under a key: lower-case words with hyphens.</summary>
    public string? NameOf(string key, List<Finding> findings) =>
        TextOf(key, findings) is { } text && Names.Check(text.Text, text.Place, $"`{key}`", findings) ? text.Text : null;

    /// <summary>Reports a key that must be there and is not; the example shows how to write it.</summary>
    public YamlMap Need(string key, string example, List<Finding> findings)
    {
        if (IsMeant(key)) return this;
        if (Path.Length == 0 && Entries.Select(e => e.Value).OfType<YamlMap>().Select(m => m.Find(key)).OfType<YamlEntry>().FirstOrDefault(IsPartOfFile) is { } part)
        {
            findings.Add(OfFile(part, Entries.First(e => e.Value is YamlMap of && of.Find(key) == part).Key));
            return this;
        }
        // In words of several languages stands nothing but languages: the key belongs beside them.
        if (Entries.FirstOrDefault(e => e.Value is YamlMap { InFlow: false } words && words.Has("en") && words.Has(key)) is { } beside)
            findings.Add(TooFarRight(((YamlMap)beside.Value).Find(key)!, new Message("in the same column as `{sibling}`", ("sibling", beside.Key))));
        else findings.Add(new(Owner, Severity.Error, new Message("{label} has no `{key}`; add it, for example `{example}`", ("label", Label), ("key", key), ("example", example))));
        return this;
    }

    /// <summary>Whether a key is there, or was meant by one that has been told of already: misspelt, or a level too far left.</summary>
    internal bool IsMeant(string key) => Has(key) || excused.Contains(key);

    YamlEntry? Filled(string key, List<Finding> findings)
    {
        var entry = Find(key);
        if (entry is null) return null;
        if (!entry.Value.IsEmpty) return entry;
        if (!excused.Contains(key))
            findings.Add(new(entry.Place, Severity.Error, new Message("`{key}` is empty; write something after it, or indented by two more spaces below it, or take it out", ("key", key))));
        return null;
    }

    static T? Refuse<T>(YamlEntry entry, List<Finding> findings, Message message) where T : class
    {
        findings.Add(new(entry.Value.Place, Severity.Error, message));
        return null;
    }

    static Message? QuotesIfText(YamlNode node) => node switch
    {
        YamlMap { InFlow: false, Entries: [var first, ..] } when first.Key.Contains(' ', StringComparison.Ordinal) || first.Key.Length > 0 && char.IsUpper(first.Key[0]) => new Message("if it is text with a colon, put the text in quotes"),
        { InFlow: true } and not YamlText => new Message("if it is text that begins with a bracket, put the text in quotes"),
        _ => null,
    };
}
