using System.Text;

namespace Moothall.Definitions;

/// <summary>
/// A file of translations in the PO format of GNU gettext, which translators' programs read and write: `msgid` holds the English message, `msgstr` its
/// translation, the entry with an empty `msgid` says what language it is. `msgctxt` and gettext's own plurals are not used: ICU plurals stand in the message.
/// </summary>
public static class PoFile
{
    /// <summary>One message and its translation, empty where there is none yet.</summary>
    public sealed record Entry(string English, string Translation, int Line, bool Fuzzy);

    /// <summary>Reads a file.</summary>
    /// <exception cref="LanguageFileException">A line is not PO.</exception>
    public static IReadOnlyList<Entry> Read(string file, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var entries = new List<Entry>();
        StringBuilder? english = null, translation = null, current = null;
        var (line, begun, fuzzy, nextFuzzy) = (0, 0, false, false);
        foreach (var raw in text.ReplaceLineEndings("\n").Split('\n'))
        {
            line++;
            var words = raw.Trim();
            if (words.Length == 0) continue;
            if (words[0] == '#')
            {
                if (words.StartsWith("#,", StringComparison.Ordinal) && words.Contains("fuzzy", StringComparison.Ordinal)) nextFuzzy = true;
            }
            else if (words.StartsWith("msgid ", StringComparison.Ordinal))
            {
                End();
                (begun, fuzzy, nextFuzzy) = (line, nextFuzzy, false);
                current = english = new StringBuilder(Text(words[6..]));
            }
            else if (words.StartsWith("msgstr ", StringComparison.Ordinal) && english is not null) current = translation = new StringBuilder(Text(words[7..]));
            else if (words[0] == '"' && current is not null) current.Append(Text(words));
            else throw new LanguageFileException(new Message("“{line}” is not a line of a PO file. Write msgid \"...\" and msgstr \"...\".", ("line", words)), new(file, line, 1));
        }
        End();
        return entries;

        void End()
        {
            if (english is not null) entries.Add(new Entry(english.ToString(), translation?.ToString() ?? "", begun, fuzzy));
            english = translation = current = null;
        }

        string Text(string quoted)
        {
            quoted = quoted.Trim();
            if (quoted.Length < 2 || quoted[0] != '"' || quoted[^1] != '"') throw new LanguageFileException(new Message("Text stands in double quotes, each line with its own pair."), new(file, line, 1));
            if (!quoted.Contains('\\', StringComparison.Ordinal)) return quoted[1..^1];
            var written = new StringBuilder();
            for (var i = 1; i < quoted.Length - 1; i++)
            {
                if (quoted[i] != '\\' || i + 1 >= quoted.Length - 1) written.Append(quoted[i]);
                else written.Append(quoted[++i] switch { 'n' => '\n', 't' => '\t', var other => other });
            }
            return written.ToString();
        }
    }

    /// <summary>Text as it stands in a file: quoted, with quotation marks, backslashes and line ends escaped.</summary>
    public static string Quoted(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return '"' + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) + '"';
    }
}
