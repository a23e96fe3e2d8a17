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
        if (!MayHide(text)) return findings;
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length && findings.Count < MostFindings; i++)
        {
            for (var c = 0; c < lines[i].Length; c++)
            {
                if (Trouble(lines[i], c) is not { } message) continue;
                findings.Add(new(new(file, i + 1, c + 1), Severity.Error, message));
                break;
            }
        }
        return findings;
    }

    // Nearly every file has none of these; they are not looked for line by line there.
    static bool MayHide(string text)
    {
        foreach (var c in text)
            if (c < ' ' ? c != '\n' : c is (>= '\u007F' and <= '\u00A0') or '\u2028' or '\u2029' or (>= '\uD800' and <= '\uDFFF') or '\uFEFF' or '\uFFFE' or '\uFFFF') return true;
        return false;
    }

    static Message? Trouble(string line, int at)
    {
        var c = line[at];
        if (c == '\t') return new Message("there is a tab here; use spaces instead, two for each level");
        if (c == '\u00A0' && string.IsNullOrWhiteSpace(line[..at])) return new Message("there is a hard space (from a word processor) here; type an ordinary space instead");
        if (char.IsHighSurrogate(c) && at + 1 < line.Length && char.IsLowSurrogate(line[at + 1])) return null;
        if (char.IsLowSurrogate(c) && at > 0 && char.IsHighSurrogate(line[at - 1])) return null;
        return char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF'
            ? new Message("there is a character here that cannot be seen ({code}); delete it and type the text again", ("code", "U+" + ((int)c).ToString("X4", CultureInfo.InvariantCulture)))
            : null;
    }
}
