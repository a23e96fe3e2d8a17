using System.Globalization;

namespace Moothall.Definitions;

/// <summary>
/// Characters that make a file read differently from how it looks: tabs, hard spaces at the beginning of a line, odd line
/// ends and control characters. They come with text that was pasted from a word processor or a web page.
/// </summary>
static class YamlCharacters
{
    const int MostFindings = 20;

    /// <summary>The findings for a text whose line ends are single line feeds; none when it can be read.</summary>
    public static List<Finding> Check(string file, string text)
    {
        var findings = new List<Finding>();
        for (var (number, start) = (1, 0); start <= text.Length && findings.Count < MostFindings; number++)
        {
            var end = text.IndexOf('\n', start) is >= 0 and var found ? found : text.Length;
            var line = text.AsSpan(start, end - start);
            for (var c = 0; c < line.Length; c++)
            {
                if (Trouble(line, c) is not { } message) continue;
                findings.Add(new(new(file, number, c + 1), Severity.Error, message));
                break;
            }
            start = end + 1;
        }
        return findings;
    }

    static Message? Trouble(ReadOnlySpan<char> line, int at)
    {
        var c = line[at];
        if (c == '\t') return new Message("there is a tab here; use spaces instead, two for each level");
        if (c == '\u00A0' && line[..at].IsWhiteSpace()) return new Message("there is a hard space (from a word processor) here; type an ordinary space instead");
        if (char.IsHighSurrogate(c) && at + 1 < line.Length && char.IsLowSurrogate(line[at + 1])) return null;
        if (char.IsLowSurrogate(c) && at > 0 && char.IsHighSurrogate(line[at - 1])) return null;
        return char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF'
            ? new Message("there is a character here that cannot be seen ({code}); delete it and type the text again", ("code", "U+" + ((int)c).ToString("X4", CultureInfo.InvariantCulture)))
            : null;
    }
}
