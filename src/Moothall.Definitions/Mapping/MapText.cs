namespace Moothall.Definitions;

/// <summary>Breaks words into lines of a width, as a drawing needs it where nothing measures letters for it. Estimated generously, so that words stay within.</summary>
public static class MapText
{
    /// <summary>How wide words are, in the units of the size.</summary>
    public static double Width(string words, double size)
    {
        ArgumentNullException.ThrowIfNull(words);
        var ems = 0.0;
        foreach (var letter in words)
            ems += letter switch
            {
                'i' or 'j' or 'l' or 'I' or '.' or ',' or '\'' or '’' or '!' or ':' or ';' or '|' => 0.29,
                't' or 'f' or 'r' or '(' or ')' or '-' or ' ' => 0.37,
                'm' or 'w' or 'M' or 'W' or '%' or '@' => 0.92,
                _ when char.IsUpper(letter) => 0.7,
                > '\u2E80' => 1.05,
                _ => 0.57,
            };
        return ems * size;
    }

    /// <summary>The lines of a text; a word that is longer than a line is cut.</summary>
    /// <param name="most">Most lines; what is over ends with three dots.</param>
    public static IReadOnlyList<string> Wrap(string text, double width, double size, int most = 3)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var rest = word;
            if (line.Length > 0 && Width($"{line} {rest}", size) <= width)
            {
                line = $"{line} {rest}";
                continue;
            }
            if (line.Length > 0) lines.Add(line);
            while (Width(rest, size) > width && rest.Length > 1)
            {
                var fits = rest.Length - 1;
                while (fits > 1 && Width(rest[..fits], size) > width) fits--;
                if (char.IsHighSurrogate(rest[fits - 1])) fits++;
                lines.Add(rest[..fits]);
                rest = rest[fits..];
            }
            line = rest;
        }
        if (line.Length > 0) lines.Add(line);
        if (lines.Count <= most) return lines;
        var last = lines[most - 1];
        while (last.Length > 1 && Width(last + "…", size) > width) last = last[..^1].TrimEnd();
        return [.. lines.Take(most - 1), last + "…"];
    }
}
