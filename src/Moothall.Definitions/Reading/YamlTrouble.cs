using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;

namespace Moothall.Definitions;

/// <summary>
/// Puts the YAML parser's errors into a designer's words. The parser knows only where it stopped, so the lines around that
/// place are looked at for the usual slips: text that needs quotes, an indent that fits nothing, a colon without its space.
/// </summary>
static partial class YamlTrouble
{
    public const string TooDeep = "too deep";
    public const string TooMany = "too many pieces";
    public const string NotClosed = "flow mapping or sequence not closed";

    /// <summary>All keys that a service file may have.</summary>
    static readonly HashSet<string> KnownKeys = [.. ServiceKeys.Blocks.SelectMany(b => b.Names)];

    /// <summary>Keys after which a word, a name or a number stands, and never words for people.</summary>
    static readonly HashSet<string> WordKeys = [.. ServiceKeys.Blocks.SelectMany(b => b.Keys).Where(k => k.Takes != KeyValue.Prose && k.Takes != KeyValue.Proses).Select(k => k.Name).Except(ServiceKeys.Blocks.SelectMany(b => b.Keys).Where(k => k.Takes == KeyValue.Prose).Select(k => k.Name))];

    /// <summary>As much of a line as is looked at for slips.</summary>
    const int Looked = 1_000;

    /// <summary>The finding for an error of the parser.</summary>
    public static Finding Explain(string file, string[] lines, YamlException e)
    {
        if (lines.Any(l => l.Length > Looked)) lines = [.. lines.Select(l => l.Length > Looked ? l[..Looked] : l)];
        var start = Clamped(lines, e.Start);
        var end = Clamped(lines, e.End);
        var (place, message) = Find(lines, e.Message, start, end);
        return new(new(file, place.Line, place.Column), Severity.Error, message);
    }

    static ((int Line, int Column) Place, Message Message) Find(string[] lines, string error, (int Line, int Column) start, (int Line, int Column) end)
    {
        bool Says(string words) => error.Contains(words, StringComparison.OrdinalIgnoreCase);
        if (Says(TooDeep)) return (start, new Message("this is nested too deep; no file here needs so many levels"));
        if (Says(TooMany)) return (start, new Message("this file has too many parts; no file here needs so many, so write only what is asked, or split it"));
        if (Says("quoted scalar") && (Says("end of stream") || Says("document indicator") || Says("wrong indentation")))
            return (start, new Message("the quotes that open here are never closed; end the text with `{sign}`", ("sign", At(lines, start))));
        if (Says("escape character") || Says("escape code") || Says("hexadecimal"))
            return (end, new Message("a backslash inside double quotes begins a code; use single quotes, or write the backslash twice"));
        if (Says("flow mapping") || Says("flow sequence") || Says("flow entry")) return Flow(lines, start, end);
        if (Says("cannot start any token")) return (start, new Message("text cannot begin with `{sign}`; put the text in quotes", ("sign", At(lines, start))));
        if (Says("anchor") || Says("alias")) return (start, new Message("`&` or `*` at the beginning is not used here; if it is text, put the text in quotes"));
        if (Says("tag")) return (start, new Message("`!` at the beginning is not used here; if it is text, put the text in quotes"));
        if (Says("directive") || Says("%")) return (start, new Message("a line that begins with `%` is not used here; if it is text, put the text in quotes"));
        if (Says("block scalar")) return (start, new Message("after `|` or `>` the text begins on the next line, all of it indented alike"));
        if (Says("comment between")) return (end, new Message("` #` begins a comment in the middle of a text; put the text in quotes"));
        if (Says("simple key") && Stranded(lines, start.Line) is null) return NoColon(lines, start);
        return Line(lines, error, end);
    }

    static ((int, int), Message) Flow(string[] lines, (int Line, int Column) start, (int Line, int Column) end)
    {
        for (var i = end.Line; At(lines, start) is not ('{' or '[') && i > Math.Max(0, end.Line - 3); i--)
            if (lines[i - 1].IndexOfAny(['{', '[']) is >= 0 and var bracket) start = (i, bracket + 1);
        var open = At(lines, start);
        return open is '{' or '['
            ? (start, new Message("the `{open}` that opens here is not closed rightly: it needs `{close}` and a comma between entries. Text with commas, colons or brackets goes on lines of its own, or if it begins with `{open}`, in quotes", ("open", open), ("close", open == '{' ? '}' : ']')))
            : (end, new Message("the brackets here are not closed, or a comma is missing between entries"));
    }

    static ((int, int), Message) NoColon(string[] lines, (int Line, int Column) at)
    {
        var line = lines[at.Line - 1];
        if (OtherSign().Match(line) is { Success: true } sign && KnownKeys.Contains(sign.Groups["key"].Value))
            return ((at.Line, sign.Groups["sign"].Index + 1), new Message("after a key stands a colon and a space; write `{key}: {value}`", ("key", sign.Groups["key"].Value), ("value", YamlText.Shorten(sign.Groups["value"].Value))));
        var tight = TightColon().Match(line);
        if (tight.Success) return ((at.Line, tight.Groups[1].Index + tight.Groups[1].Length + 1), new Message("put a space after the colon: `{key}: {value}`", ("key", tight.Groups[1].Value), ("value", YamlText.Shorten(tight.Groups[2].Value))));
        var word = line.Trim();
        if (Names.IsName(word) && at.Line < lines.Length && Indent(lines[at.Line]) > Indent(line))
            return ((at.Line, Indent(line) + 1 + word.Length), new Message("a colon is missing after `{word}`; put a colon after it: `{word}:`", ("word", word)));
        return ((at.Line, Indent(line) + 1), new Message("this line has no `key:`; if it goes on with the text above, indent it further than the key of that text"));
    }

    static ((int, int), Message) Line(string[] lines, string error, (int Line, int Column) at)
    {
        var line = lines[at.Line - 1];
        if (Keyless(lines, at.Line) is { } keyless) return NoColon(lines, (keyless, 1));
        foreach (var (number, text) in new[] { (at.Line, line), Before(lines, at.Line) ?? (at.Line, line) })
            if (TightDash().Match(text) is { Success: true } dash)
                return ((number, dash.Groups["dash"].Index + 1), new Message("put a space after the dash: `- {text}`", ("text", YamlText.Shorten(text.Trim()[1..]))));
        if (Pair(line) is var (key, value, column))
        {
            if (key == "looks-like") return ((at.Line, column), new Message("`looks-like` is an example of letters and figures, and no pattern; write one, like `AB 12 34 56 C`"));
            if (SecondKey().Match(value) is { Success: true } two && KnownKeys.Contains(two.Groups["key"].Value) && WordKeys.Contains(key))
                return ((at.Line, column + two.Groups["key"].Index), new Message("two keys stand on this line; put `{pair}` on a line of its own, in the same column as `{key}`", ("pair", YamlText.Shorten(value[two.Groups["key"].Index..])), ("key", key)));
            var end = CloseOf(value);
            if (end > 0 && end < value.Length - 1)
                return ((at.Line, column), value[0] is '"' or '\'' ? new Message("the quotes end before the text does; put the whole text in quotes, and use the other kind of quotes inside it") : new Message("text cannot begin with `{sign}`; put the text in quotes", ("sign", value[0])));
            if (end == 0 && value[0] is '"' or '\'' )
                return ((at.Line, column), new Message("the quotes that open here are never closed; end the text with `{sign}`", ("sign", value[0])));
            if (end < 0 && (value.Contains(": ", StringComparison.Ordinal) || value.EndsWith(':')))
                return ((at.Line, column), new Message("this text has a colon followed by a space, which would begin another key; put the text in quotes: `{key}: \"{value}\"`", ("key", key), ("value", YamlText.Shorten(value))));
        }
        return Indents(lines, at) ?? Other(lines, error, at);
    }

    /// <summary>The line above that has no key and swallowed this one, so that both are read as one text; null where what stands above goes on with a text that has a key.</summary>
    static int? Keyless(string[] lines, int line)
    {
        if (Before(lines, line) is not (var above, var text) || Pair(text) is not null || Indent(text) > Indent(lines[line - 1]) || text.TrimStart() is ['-' or '#' or '{' or '[' or '"' or '\'', ..]) return null;
        for (var i = above - 1; i >= 1; i--)
            if (IsContent(lines[i - 1]) && Pair(lines[i - 1]) is var (_, value, _)) return value.Length > 0 && Indent(lines[i - 1]) < Indent(text) ? null : above;
        return above;
    }

    /// <summary>The traps of indent: a key one level short somewhere above, a line too far in, a line that fits nothing.</summary>
    static ((int, int), Message)? Indents(string[] lines, (int Line, int Column) at)
    {
        var line = lines[at.Line - 1];
        if (line.Trim().Length == 0 || Before(lines, at.Line) is not (var above, var aboveText)) return null;
        var parent = Enumerable.Range(1, at.Line - 1).Reverse().FirstOrDefault(i => IsContent(lines[i - 1]) && Indent(lines[i - 1]) < Indent(line));
        if (parent > 0 && Stranded(lines, parent) is (var stranded, var owner)) return Short(lines, stranded, new Message("under `{owner}`", ("owner", owner)));
        if (Stranded(lines, at.Line) is (var own, var under)) return Short(lines, own, new Message("under `{owner}`", ("owner", under)));
        if (Indent(line) > Indent(aboveText) && Pair(aboveText) is (var upper, { Length: > 0 }, _))
        {
            // Keys of one block stand beside each other: what else stands in the column of this line is no sibling of it.
            var blocks = ServiceKeys.Blocks.Where(b => b.Names.Contains(upper) && KeyOf(line) is { } lower && b.Names.Contains(lower)).ToList();
            for (var i = above - 1; i >= 1 && (!IsContent(lines[i - 1]) || Indent(lines[i - 1]) > Indent(aboveText)); i--)
                if (IsContent(lines[i - 1]) && Indent(lines[i - 1]) == Indent(line) && KeyOf(line) is { } sibling && (blocks.Count == 0 || KeyOf(lines[i - 1]) is { } there && blocks.Exists(b => b.Names.Contains(there)))) return Short(lines, above, new Message("in the same column as `{sibling}`", ("sibling", sibling)));
            return ((at.Line, Indent(line) + 1), new Message("{line} is indented too far; begin it in the same column as `{key}` on line {number}", ("line", Called(line)), ("key", upper), ("number", above.ToString(CultureInfo.InvariantCulture))));
        }
        var open = OpenColumns(lines, at.Line);
        if (open.ContainsKey(Indent(line)) || Indent(line) > Indent(aboveText)) return null;
        var beside = open.OrderBy(o => Math.Abs(o.Key - Indent(line))).ThenByDescending(o => o.Key == NextIndent(lines, at.Line)).ThenByDescending(o => lines.Count(l => Indent(l) == o.Key && KeyOf(l) == KeyOf(line))).ThenByDescending(o => o.Key).First();
        if (FirstOf(lines, at.Line, beside.Key) is (var first, var parentIndent) && Indent(line) == parentIndent + 2 && beside.Key > Indent(line) && KeyOf(line) is { } next)
            return ((first, beside.Key + 1), new Message("{line} is indented too far; begin it in the same column as `{key}` on line {number}", ("line", Called(lines[first - 1])), ("key", next), ("number", at.Line.ToString(CultureInfo.InvariantCulture))));
        return ((at.Line, Indent(line) + 1), new Message("this line has {spaces} before it, which fits no line above; to stand beside `{beside}` it needs {needed}", ("spaces", Spaces(Indent(line))), ("beside", beside.Value), ("needed", Spaces(beside.Key))));
    }

    /// <summary>The first of the lines above that stand in a column, and the indent of what they stand under.</summary>
    static (int Line, int Parent)? FirstOf(string[] lines, int line, int column)
    {
        var first = 0;
        for (var i = line - 1; i >= 1; i--)
        {
            if (!IsContent(lines[i - 1])) continue;
            if (Indent(lines[i - 1]) < column) return first == 0 ? null : (first, Indent(lines[i - 1]));
            if (Indent(lines[i - 1]) == column) first = i;
        }
        return null;
    }

    /// <summary>A dash before a key, where its neighbours in that column have none.</summary>
    static ((int, int), Message)? Dashed(string[] lines, (int Line, int Column) at)
    {
        for (var i = at.Line; i >= 1; i--)
        {
            if (!IsContent(lines[i - 1])) continue;
            var text = lines[i - 1].TrimStart();
            if (text.StartsWith("- ", StringComparison.Ordinal) && Pair(lines[i - 1]) is var (key, _, _))
                return ((i, Indent(lines[i - 1]) + 1), new Message("a dash begins an item of a list, and here stand names and keys; take the dash away before `{key}`", ("key", YamlText.Shorten(key))));
            if (i < at.Line && Indent(lines[i - 1]) < Indent(lines[at.Line - 1])) return null;
        }
        return null;
    }

    static ((int, int), Message) Other(string[] lines, string error, (int Line, int Column) at)
    {
        var line = lines[at.Line - 1];
        if (Dashed(lines, at) is { } dashed) return dashed;
        if (line.TrimStart().StartsWith("- ", StringComparison.Ordinal) || error.Contains("sequence", StringComparison.OrdinalIgnoreCase) || error.Contains("'-'", StringComparison.Ordinal))
            return (at, new Message("a list and keys cannot stand side by side; put the items of a list on lines of their own, each with `- `, under one key"));
        if (Pair(line) is null) return NoColon(lines, at);
        return (at, new Message("this line cannot be read; check that it is `key: value`, that it begins in the same column as its neighbours, and put text with special characters in quotes"));
    }

    static ((int, int), Message) Short(string[] lines, int line, Message where) =>
        ((line, Indent(lines[line - 1]) + 1), new Message("{line} stands one level too far left; put two more spaces before it, and before what belongs with it, so that it stands {where}", ("line", Called(lines[line - 1])), ("where", where)));

    /// <summary>
    /// The line that should stand under an empty key above it but stands beside it: this line, or one further up in its column.
    /// </summary>
    static (int Line, string Owner)? Stranded(string[] lines, int line)
    {
        var indent = Indent(lines[line - 1]);
        var below = line;
        var near = true;
        for (var i = line - 1; i >= 1 && (!IsContent(lines[i - 1]) || Indent(lines[i - 1]) >= indent); i--)
        {
            if (!IsContent(lines[i - 1])) continue;
            if (Indent(lines[i - 1]) > indent) near = false;
            else if (near && Pair(lines[i - 1]) is (var owner, { Length: 0 }, _)) return (below, owner);
            else (below, near) = (i, true);
        }
        return null;
    }

    /// <summary>The key, the value without its comment, and the column of the value; null for a line of another shape.</summary>
    static (string Key, string Value, int Column)? Pair(string line)
    {
        if (KeyAndValue().Match(line) is not { Success: true } match) return null;
        var value = match.Groups["value"].Value;
        var comment = value.StartsWith('#') ? 0 : value.IndexOf("  #", StringComparison.Ordinal);
        return (match.Groups["key"].Value, (comment < 0 ? value : value[..comment]).TrimEnd(), match.Groups["value"].Index + 1);
    }

    /// <summary>Where the quotes or bracket that begin a value end: -1 when it begins with none, 0 when they never end.</summary>
    static int CloseOf(string value) => value.Length == 0 ? -1 : value[0] switch
    {
        '"' or '\'' => Math.Max(0, value.IndexOf(value[0], 1)),
        '[' => Math.Max(0, value.IndexOf(']', StringComparison.Ordinal)),
        '{' => Math.Max(0, value.IndexOf('}', StringComparison.Ordinal)),
        _ => -1,
    };

    static bool IsContent(string line) => line.TrimStart() is { Length: > 0 } text && text[0] != '#';
    static string? KeyOf(string line) => Pair(line)?.Key;
    static Message Called(string line) => KeyOf(line) is { } key ? $"`{YamlText.Shorten(key)}`" : new Message("this line");

    static (int Line, string Text)? Before(string[] lines, int line)
    {
        for (var i = line - 1; i >= 1; i--)
            if (lines[i - 1].Trim() is { Length: > 0 } text && text[0] != '#') return (i, lines[i - 1]);
        return null;
    }

    static int NextIndent(string[] lines, int line) => lines.Skip(line).FirstOrDefault(IsContent) is { } next ? Indent(next) : 0;

    /// <summary>Columns in which a line may begin here, with the key that stands there: those of the lines that are still open.</summary>
    static Dictionary<int, string> OpenColumns(string[] lines, int line)
    {
        var open = new Dictionary<int, string>();
        var least = int.MaxValue;
        for (var i = line - 1; i >= 1; i--)
        {
            var text = lines[i - 1];
            if (text.Trim() is not { Length: > 0 } words || words[0] == '#' || Indent(text) >= least) continue;
            least = Indent(text);
            open[least] = words.Split(':')[0];
        }
        return open;
    }

    static Message Spaces(int count) => count == 0 ? new Message("no spaces") : new Message("{count, plural, one {# space} other {# spaces}}", ("count", count));

    static int Indent(string line) => line.Length - line.TrimStart(' ').Length;

    static char At(string[] lines, (int Line, int Column) at) =>
        at.Column <= lines[at.Line - 1].Length ? lines[at.Line - 1][at.Column - 1] : ' ';

    static (int Line, int Column) Clamped(string[] lines, Mark mark)
    {
        var line = Math.Clamp((int)mark.Line, 1, lines.Length);
        return (line, (int)mark.Line > lines.Length ? lines[line - 1].Length + 1 : Math.Max(1, (int)mark.Column));
    }

    [GeneratedRegex(@"^ *(?:- )?(?<key>[^\s:#""'{}\[\]][^:#]*?):(?: +(?<value>.*?))? *$")]
    private static partial Regex KeyAndValue();

    [GeneratedRegex(@"^ *(?<key>[a-z][a-z-]*) *(?<sign>[=;]) *(?<value>\S.*)$")]
    private static partial Regex OtherSign();

    [GeneratedRegex(@"^[^""']*?[, ] *(?<key>[a-z][a-z-]*): \S")]
    private static partial Regex SecondKey();

    [GeneratedRegex(@"^ *(?<dash>-)[A-Za-z]")]
    private static partial Regex TightDash();

    [GeneratedRegex(@"^ *([a-z][a-z-]*):(\S.*)$")]
    private static partial Regex TightColon();
}
