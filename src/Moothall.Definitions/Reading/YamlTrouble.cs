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

    /// <summary>The finding for an error of the parser.</summary>
    public static Finding Explain(string file, string[] lines, YamlException e)
    {
        var start = Clamped(lines, e.Start);
        var end = Clamped(lines, e.End);
        var (place, message) = Find(lines, e.Message, start, end);
        return new(new(file, place.Line, place.Column), Severity.Error, message);
    }

    static ((int Line, int Column) Place, string Message) Find(string[] lines, string error, (int Line, int Column) start, (int Line, int Column) end)
    {
        bool Says(string words) => error.Contains(words, StringComparison.OrdinalIgnoreCase);
        if (Says(TooDeep)) return (start, "this is nested too deep; no file here needs so many levels");
        if (Says("quoted scalar") && (Says("end of stream") || Says("document indicator")))
            return (start, $"the quotes that open here are never closed; end the text with {lines[start.Line - 1][Math.Min(start.Column - 1, Math.Max(0, lines[start.Line - 1].Length - 1))..].FirstOrDefault('"')}");
        if (Says("escape character") || Says("escape code") || Says("hexadecimal"))
            return (end, "a backslash inside double quotes begins a code; use single quotes, or write the backslash twice");
        if (Says("flow mapping") || Says("flow sequence") || Says("flow entry")) return Flow(lines, start, end);
        if (Says("cannot start any token")) return (end, $"text cannot begin with `{At(lines, end)}`; put the text in quotes");
        if (Says("anchor") || Says("alias")) return (start, "`&` or `*` at the beginning is not used here; if it is text, put the text in quotes");
        if (Says("tag")) return (start, "`!` at the beginning is not used here; if it is text, put the text in quotes");
        if (Says("directive") || Says("%")) return (start, "a line that begins with `%` is not used here; if it is text, put the text in quotes");
        if (Says("block scalar")) return (start, "after `|` or `>` the text begins on the next line, all of it indented alike");
        if (Says("comment between")) return (end, "` #` begins a comment in the middle of a text; put the text in quotes");
        if (Says("simple key")) return NoColon(lines, start);
        return Line(lines, error, end);
    }

    static ((int, int), string) Flow(string[] lines, (int Line, int Column) start, (int Line, int Column) end)
    {
        var open = At(lines, start);
        return open is '{' or '['
            ? (start, $"the `{open}` that opens here is not closed rightly: it needs `{(open == '{' ? '}' : ']')}` and a comma between entries. Text with commas, colons or brackets goes on lines of its own, or if it begins with `{open}`, in quotes")
            : (end, "the brackets here are not closed, or a comma is missing between entries");
    }

    static ((int, int), string) NoColon(string[] lines, (int Line, int Column) at)
    {
        var line = lines[at.Line - 1];
        var tight = TightColon().Match(line);
        if (tight.Success) return ((at.Line, tight.Groups[1].Index + tight.Groups[1].Length + 1), $"put a space after the colon: `{tight.Groups[1].Value}: {YamlText.Shorten(tight.Groups[2].Value)}`");
        return ((at.Line, Indent(line) + 1), "this line has no `key:`; if it goes on with the text above, indent it further than the key of that text");
    }

    static ((int, int), string) Line(string[] lines, string error, (int Line, int Column) at)
    {
        var line = lines[at.Line - 1];
        var pair = KeyAndValue().Match(line);
        var value = pair.Groups["value"];
        if (pair.Success && value.Value.StartsWith('"') | value.Value.StartsWith('\'') && value.Value.TrimEnd().IndexOf(value.Value[0], 1) is > 0 and var close && close < value.Value.TrimEnd().Length - 1)
            return ((at.Line, value.Index + 1), "the quotes end before the text does; put the whole text in quotes, and use the other kind of quotes inside it");
        if (pair.Success && !Quoted(value.Value) && (value.Value.Contains(": ", StringComparison.Ordinal) || value.Value.EndsWith(':')))
            return ((at.Line, value.Index + 1), $"this text has a colon followed by a space, which would begin another key; put the text in quotes: `{pair.Groups["key"].Value}: \"{YamlText.Shorten(value.Value)}\"`");
        if (pair.Success && Before(lines, at.Line) is (var above, var aboveText) && Indent(line) > Indent(aboveText) && KeyAndValue().Match(aboveText) is { Success: true } upper && upper.Groups["value"].Length > 0)
            return ((at.Line, Indent(line) + 1), $"`{pair.Groups["key"].Value}` is indented too far; begin it in the same column as `{upper.Groups["key"].Value}` on line {above}");
        var open = OpenColumns(lines, at.Line);
        if (line.Trim().Length > 0 && open.Count > 0 && !open.ContainsKey(Indent(line)))
        {
            var beside = open.OrderBy(o => Math.Abs(o.Key - Indent(line))).ThenByDescending(o => o.Key).First();
            return ((at.Line, Indent(line) + 1), $"this line has {Spaces(Indent(line))} before it, which fits no line above; to stand beside `{beside.Value}` it needs {Spaces(beside.Key)}");
        }
        if (line.TrimStart().StartsWith("- ", StringComparison.Ordinal) || error.Contains("sequence", StringComparison.OrdinalIgnoreCase) || error.Contains("'-'", StringComparison.Ordinal))
            return (at, "a list and keys cannot stand side by side; put the items of a list on lines of their own, each with `- `, under one key");
        if (!line.Contains(':', StringComparison.Ordinal)) return NoColon(lines, at);
        return (at, "this line cannot be read; check that it is `key: value`, that it begins in the same column as its neighbours, and put text with special characters in quotes");
    }

    static bool Quoted(string value) => value.Length > 1 && value[0] is '"' or '\'';

    static (int Line, string Text)? Before(string[] lines, int line)
    {
        for (var i = line - 1; i >= 1; i--)
            if (lines[i - 1].Trim() is { Length: > 0 } text && text[0] != '#') return (i, lines[i - 1]);
        return null;
    }

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

    static string Spaces(int count) => count switch { 0 => "no spaces", 1 => "1 space", _ => $"{count} spaces" };

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

    [GeneratedRegex(@"^ *([a-z][a-z-]*):(\S.*)$")]
    private static partial Regex TightColon();
}
