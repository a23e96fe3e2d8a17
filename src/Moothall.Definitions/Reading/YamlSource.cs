using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Moothall.Definitions;

/// <summary>
/// Reads the small, safe part of YAML that service and council files are written in: maps, lists and text in one document.
/// Tags, anchors, aliases, merge keys, duplicate keys and tabs are refused in words that a designer knows.
/// </summary>
public sealed class YamlSource
{
    /// <summary>Longest file read, in characters; a service file is about a hundredth of it.</summary>
    public const int MostCharacters = 1_000_000;
    const int DeepestLevel = 24;
    /// <summary>Most keys, texts and lists; a service file has about two thousand.</summary>
    const int MostPieces = 100_000;
    /// <summary>Longest key: a row of amounts may be a whole sum.</summary>
    const int LongestKey = 400;
    /// <summary>Most findings told of one file; nobody mends more in one go.</summary>
    const int MostFindings = 500;

    readonly string file;
    readonly string[] lines;
    readonly List<Finding> findings = [];
    readonly Parser parser;
    Mark brackets;
    int openBrackets;
    int pieces;

    YamlSource(string file, string text)
    {
        this.file = file;
        lines = text.Split('\n');
        parser = new Parser(new StringReader(text));
    }

    /// <summary>The text with every line end as one line feed and no byte order mark: what is read and what is hashed.</summary>
    public static string Normalise(string text) =>
        text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    /// <summary>Reads a file's text. The name is only for the places of findings.</summary>
    public static YamlReading Read(string file, string text)
    {
        var top = new SourcePlace(file, 1, 1);
        if (text.Length > MostCharacters)
            return new(null, [Wrong(top, new Message("this file is too long; the most is {most} characters", ("most", MostCharacters)))]);
        var tidy = Normalise(text);
        var unreadable = YamlCharacters.Check(file, tidy);
        if (unreadable.Count > 0) return new(null, unreadable);
        var source = new YamlSource(file, tidy);
        var root = source.Whole(top);
        return new(root, Inside(source.findings, tidy));
    }

    /// <summary>The findings with each place brought inside the text: an error at the end of a file stands on its last line.</summary>
    public static IReadOnlyList<Finding> Inside(IEnumerable<Finding> findings, string normalised)
    {
        var all = findings.ToList();
        if (all.Count == 0) return [];
        if (all.Count > MostFindings)
        {
            var first = all.OrderByDescending(f => f.Severity).Take(MostFindings).ToList();
            all = [.. first, new(first.MaxBy(f => (f.Place.Line, f.Place.Column))!.Place, Severity.Error, new Message("there are {count} more like these; mend those above first", ("count", all.Count - MostFindings)))];
        }
        var lines = normalised.Split('\n');
        var last = lines.Length > 1 && lines[^1].Length == 0 ? lines.Length - 1 : lines.Length;
        return [.. all.Select(f =>
        {
            var line = Math.Clamp(f.Place.Line, 1, last);
            var column = f.Place.Line > last ? lines[last - 1].Length + 1 : Math.Clamp(f.Place.Column, 1, lines[line - 1].Length + 1);
            return f with { Place = f.Place with { Line = line, Column = column } };
        }).Distinct().OrderBy(f => f.Place.Line).ThenBy(f => f.Place.Column)];
    }

    YamlMap? Whole(SourcePlace top)
    {
        try
        {
            YamlNode? root = null;
            var documents = 0;
            while (Advance(mayEnd: true))
            {
                if (parser.Current is not DocumentStart start) continue;
                documents++;
                if (documents > 1)
                {
                    findings.Add(Wrong(PlaceOf(start.Start), new Message("a second document begins here; keep one service or list to a file, without `---` or `...` inside it")));
                    return null;
                }
                if (start.Version is not null || start.Tags is { Count: > 0 } && !start.IsImplicit && lines[(int)start.Start.Line - 1].StartsWith('%'))
                    findings.Add(Wrong(PlaceOf(start.Start), new Message("a line that begins with `%` is not used here; take it out")));
                Advance();
                root = Node(YamlPath.Top, false, 0, null);
            }
            switch (root)
            {
                case YamlMap map: return map;
                case null or { IsEmpty: true }: findings.Add(Wrong(top, new Message("this file is empty"))); break;
                default: findings.Add(Wrong(root.Place, new Message("this file must begin with a key such as `service:`, but {shape} stands here", ("shape", root.Shape)))); break;
            }
        }
        catch (YamlException e)
        {
            var trouble = YamlTrouble.Explain(file, lines, e);
            if (findings.TrueForAll(f => f.Place.Line != trouble.Place.Line)) findings.Add(trouble);
        }
        return null;
    }

    /// <summary>
    /// The next event; false after the last. YamlDotNet 16 throws InvalidOperationException, or gives no event at all, for some
    /// files that break off in the middle; that is an error of the file like any other.
    /// </summary>
    bool Advance(bool mayEnd = false)
    {
        var end = parser.Current?.End ?? new Mark(0, 1, 1);
        try
        {
            var more = parser.MoveNext();
            if (!more && mayEnd) return false;
            if (!more || parser.Current is null) throw BrokenOff(end, null);
        }
        catch (InvalidOperationException e)
        {
            throw BrokenOff(end, e);
        }
        switch (parser.Current)
        {
            case MappingStart { Style: MappingStyle.Flow } or SequenceStart { Style: SequenceStyle.Flow }:
                if (openBrackets++ == 0) brackets = parser.Current.Start;
                break;
            case MappingEnd or SequenceEnd when openBrackets > 0:
                openBrackets--;
                break;
        }
        return true;
    }

    YamlException BrokenOff(Mark end, Exception? cause) =>
        openBrackets > 0 ? new(brackets, end, YamlTrouble.NotClosed, cause!) : new(end, end, "", cause!);

    YamlNode Node(YamlPath path, bool inFlow, int level, SourcePlace? key)
    {
        var at = parser.Current!;
        if (level > DeepestLevel) throw new YamlException(at.Start, at.Start, YamlTrouble.TooDeep);
        if (++pieces > MostPieces) throw new YamlException(at.Start, at.Start, YamlTrouble.TooMany);
        if (at is NodeEvent node) RefuseFeatures(node);
        switch (at)
        {
            case MappingStart start: return Map(start, path, inFlow || start.Style == MappingStyle.Flow, level, key);
            case SequenceStart start: return List(start, path, inFlow || start.Style == SequenceStyle.Flow, level);
            case Scalar scalar: return Text(scalar, path, inFlow);
            default:
                findings.Add(Wrong(PlaceOf(at.Start), new Message("`*` at the beginning means an alias, which is not used here; if it is text, put the text in quotes")));
                return new YamlText("", true, null, PlaceOf(at.Start), path, inFlow);
        }
    }

    YamlMap Map(MappingStart start, YamlPath path, bool inFlow, int level, SourcePlace? owner)
    {
        var entries = new List<YamlEntry>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        Advance();
        while (parser.Current is not MappingEnd)
        {
            var place = PlaceOf(parser.Current!.Start);
            var key = Node(path, inFlow, level + 1, null);
            Advance();
            if (key is not YamlText name)
            {
                findings.Add(Wrong(place, new Message("{shape} cannot be a key; write `name: value`, and put text with brackets in quotes", ("shape", key.Shape))));
                Node(path, inFlow, level + 1, null);
                Advance();
                continue;
            }
            var value = Node(path.Under(name.Text), inFlow, level + 1, place);
            Advance();
            if (start.Style == MappingStyle.Flow && value.IsEmpty && name is { Quoted: false } && name.Text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
                findings.Add(Wrong(place with { Column = place.Column + colon }, new Message("put a space after the colon: `{key}: {value}`", ("key", name.Text[..colon]), ("value", YamlText.Shorten(name.Text[(colon + 1)..])))));
            else if (name.Text.Length > LongestKey) findings.Add(Wrong(place, new Message("this key has more than {most} characters; a key is a name, so write one, or put the text in quotes", ("most", LongestKey))));
            else if (name.Text == "<<") findings.Add(Wrong(place, new Message("merge keys (`<<`) are not used here; write the keys out")));
            else if (name.Text.Length == 0) findings.Add(Wrong(place, new Message("a key is missing before the colon")));
            else if (!seen.TryAdd(name.Text, place.Line))
                findings.Add(Wrong(place, new Message("`{name}` is already on line {line}; a key may stand only once in its place, so rename or remove one", ("name", YamlText.Shorten(name.Text)), ("line", Figures(seen[name.Text])))));
            else entries.Add(new(name.Text, place, value));
        }
        return new(entries, owner ?? PlaceOf(start.Start), PlaceOf(start.Start), path, inFlow);
    }

    YamlList List(SequenceStart start, YamlPath path, bool inFlow, int level)
    {
        var items = new List<YamlNode>();
        Advance();
        while (parser.Current is not SequenceEnd)
        {
            var key = parser.Current is Scalar { Value: var text } ? text : Figures(items.Count + 1);
            items.Add(Node(path.Under(key), inFlow, level + 1, null));
            Advance();
        }
        return new(items, PlaceOf(start.Start), path, inFlow);
    }

    YamlText Text(Scalar scalar, YamlPath path, bool inFlow)
    {
        var plain = scalar.Style == ScalarStyle.Plain;
        // What was read as a tag was meant as a text, and is not missed as well.
        return new(scalar.Value.Length == 0 && !scalar.Tag.IsEmpty ? scalar.Tag.Value : scalar.Value, !plain, plain && !inFlow && scalar.Value.Length > 0 ? Lost(scalar.End) : null, PlaceOf(scalar.Start), path, inFlow);
    }

    /// <summary>
    /// What a ` #` swallowed: a comment has two spaces before its `#` and one after it; anything else after text was meant as text.
    /// </summary>
    string? Lost(Mark end)
    {
        var line = (int)end.Line - 1;
        if (line < 0 || line >= lines.Length) return null;
        var from = Math.Min(Math.Max((int)end.Column - 1, 0), lines[line].Length);
        if (!lines[line].AsSpan(from).Contains('#')) return null;
        var kept = lines[line][..from].TrimEnd();
        var rest = lines[line][kept.Length..];
        var hash = rest.IndexOf('#', StringComparison.Ordinal);
        if (hash < 1 || rest[..hash].Trim().Length > 0) return null;
        var looksLikeComment = hash >= 2 && (hash + 1 == rest.Length || rest[hash + 1] is ' ' or '#');
        return looksLikeComment ? null : rest[hash..].Trim();
    }

    void RefuseFeatures(NodeEvent node)
    {
        if (!node.Tag.IsEmpty)
            findings.Add(Wrong(PlaceOf(node.Start), new Message("`!` at the beginning means a tag, which is not used here; in a sentence write `not`, and if it is text, put the text in quotes")));
        if (!node.Anchor.IsEmpty)
            findings.Add(Wrong(PlaceOf(node.Start), new Message("`&` at the beginning means an anchor, which is not used here; if it is text, put the text in quotes")));
    }

    static string Figures(int line) => line.ToString(CultureInfo.InvariantCulture);

    SourcePlace PlaceOf(Mark mark) => new(file, (int)mark.Line, (int)mark.Column);

    static Finding Wrong(SourcePlace place, Message message) => new(place, Severity.Error, message);
}
