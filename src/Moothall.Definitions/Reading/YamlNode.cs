namespace Moothall.Definitions;

/// <summary>
/// A piece of a YAML file as designers and councils write it: a map, a list or a text. Every scalar is text, whatever it
/// looks like; the reader of the expected type gives it meaning. Each piece knows its place and its path (`ask/where/type`).
/// </summary>
public abstract class YamlNode(SourcePlace place, YamlPath path, bool inFlow)
{
    public SourcePlace Place { get; } = place;

    /// <summary>Keys from the top of the file down to here, with slashes between.</summary>
    public string Path => path.ToString();

    /// <summary>Whether it stands inside <c>{ }</c> or <c>[ ]</c>, where sentences and prose may not.</summary>
    public bool InFlow { get; } = inFlow;

    /// <summary>What messages call it: the last key in back quotes, or "this file".</summary>
    public Message Label => path.Above is null ? new Message("this file") : $"`{YamlText.Shorten(path.Key)}`";

    /// <summary>Whether nothing was written here (`options:` with nothing after it).</summary>
    public virtual bool IsEmpty => false;

    /// <summary>What it is, in a designer's words.</summary>
    internal abstract Message Shape { get; }
}

/// <summary>The way from the top of a file down to a piece of it. It is written out only where somebody asks, because a file may be deep and its keys long.</summary>
public sealed class YamlPath
{
    YamlPath(YamlPath? above, string key) => (Above, Key) = (above, key);

    public static YamlPath Top { get; } = new(null, "");

    /// <summary>The way to what it stands under; null at the top.</summary>
    public YamlPath? Above { get; }
    public string Key { get; }

    /// <summary>The way to what stands under a key here.</summary>
    public YamlPath Under(string key) => new(this, key);

    /// <summary>The keys with slashes between; nothing at the top.</summary>
    public override string ToString()
    {
        var keys = new Stack<string>();
        for (var step = this; step.Above is not null; step = step.Above) keys.Push(step.Key);
        return string.Join('/', keys);
    }
}

/// <summary>Words, a number, a name: whatever stood there, without its quotes.</summary>
public sealed class YamlText(string text, bool quoted, string? lost, SourcePlace place, YamlPath path, bool inFlow)
    : YamlNode(place, path, inFlow)
{
    public string Text { get; } = text;
    public bool Quoted { get; } = quoted;

    /// <summary>Words after a ` #` that were written like text but read as a comment; null where there are none.</summary>
    public string? Lost { get; } = lost;

    public override bool IsEmpty => Text.Length == 0 && !Quoted;
    internal override Message Shape => IsEmpty ? new Message("nothing") : $"`{Shorten(Text)}`";

    /// <summary>The place of the first letter, inside the quotes where there are any.</summary>
    public SourcePlace FirstLetter => Quoted ? Place with { Column = Place.Column + 1 } : Place;

    internal static string Shorten(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= 40 ? line : line[..37] + "...";
    }
}

/// <summary>Items in order, written with dashes or in <c>[ ]</c>.</summary>
public sealed class YamlList(IReadOnlyList<YamlNode> items, SourcePlace place, YamlPath path, bool inFlow) : YamlNode(place, path, inFlow)
{
    public IReadOnlyList<YamlNode> Items { get; } = items;
    internal override Message Shape => new Message("a list");
}

/// <summary>One key of a map with what stands under it; the place is the key's.</summary>
public sealed record YamlEntry(string Key, SourcePlace Place, YamlNode Value);

/// <summary>What reading a file gave. The root is null when it could not be read as a map at all.</summary>
public sealed record YamlReading(YamlMap? Root, IReadOnlyList<Finding> Findings)
{
    public bool HasErrors => Findings.Any(f => f.Severity == Severity.Error);
}
