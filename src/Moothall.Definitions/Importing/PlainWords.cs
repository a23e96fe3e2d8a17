using System.Web;
using System.Text;
using System.Text.RegularExpressions;

namespace Moothall.Definitions.Importing;

/// <summary>What HTML of a form says, as the Markdown of definitions: paragraphs, lists, headings, links and what is folded away. Its classes and boxes are not words and go.</summary>
static partial class PlainWords
{
    /// <summary>Markdown, and what was folded away with its titles.</summary>
    public sealed record Words(string Markdown, IReadOnlyList<(string Title, string Text)> Folded);

    /// <summary>The words of HTML, or of a text without any.</summary>
    public static Words Of(string html)
    {
        var written = new Writer();
        var at = 0;
        foreach (Match tag in Tag().Matches(html))
        {
            written.Text(html[at..tag.Index]);
            at = tag.Index + tag.Length;
            if (tag.Groups["name"].Success) written.Tag(tag.Groups["name"].Value.ToLowerInvariant(), tag.Value.StartsWith("</", StringComparison.Ordinal), tag.Value);
        }
        written.Text(html[at..]);
        return written.Done();
    }

    /// <summary>The words in one line, without any marks: for titles, hints and labels.</summary>
    public static string? Line(string? html)
    {
        if (html is null) return null;
        var text = html.Contains('<', StringComparison.Ordinal) ? Tag().Replace(Breaks().Replace(Ends().Replace(html, " "), " ; "), "") : html;
        var words = Blanks().Replace(Tidied(HttpUtility.HtmlDecode(text)), " ").Trim();
        // Between the items of a list; not at the beginning, nor after a stop of its own.
        words = Blanks().Replace(Parted().Replace(words, m => m.Groups[1].Value is { Length: > 0 } stop ? stop + " " : "; "), " ").Trim(' ', ';').Trim();
        return words.Length == 0 ? null : words;
    }

    /// <summary>Whether it is more than one line: lists, links or several paragraphs.</summary>
    public static bool IsLong(string html) => Of(html) is var words && (words.Folded.Count > 0 || words.Markdown.Contains('\n', StringComparison.Ordinal) || words.Markdown.Contains("](", StringComparison.Ordinal));

    /// <summary>Without characters that cannot be seen, which no definition holds.</summary>
    public static string Tidied(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '\n' || c is '\t' or '\u00A0' or '\r' or '\u2028' or '\u2029') kept.Append(c == '\n' ? '\n' : ' ');
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) kept.Append(c).Append(text[++i]);
            else if (!char.IsControl(c) && !char.IsSurrogate(c) && c is not ('\u200B' or '\uFEFF' or '\u00AD' or '\uFFFE' or '\uFFFF')) kept.Append(c);
        }
        return kept.ToString();
    }

    sealed class Writer
    {
        readonly StringBuilder done = new();
        readonly StringBuilder line = new();
        readonly List<(bool Numbered, int Count)> lists = [];
        readonly List<(string Title, string Text)> folded = [];
        readonly Stack<string> links = new();
        (string Title, int From)? details;
        bool inSummary, quoted, silent;
        string prefix = "";

        public void Text(string text)
        {
            if (silent) return;
            var words = Blanks().Replace(Tidied(HttpUtility.HtmlDecode(text)), " ");
            if (line.Length == 0 || line[^1] is ' ') words = words.TrimStart();
            line.Append(Escaped(words));
        }

        // A star or an underscore would be read as a mark of Markdown.
        static string Escaped(string words) => words.Replace("*", "\\*", StringComparison.Ordinal);

        public void Tag(string name, bool end, string tag)
        {
            switch (name)
            {
                case "script" or "style": silent = !end; break;
                case "br": Break(tight: true); break;
                case "hr": Break(); break;
                case "b" or "strong": Bold(end); break;
                case "a": Link(end, tag); break;
                case "ul" or "ol":
                    Break();
                    if (!end && lists.Count < 4) lists.Add((name == "ol", 0));
                    else if (end && lists.Count > 0) lists.RemoveAt(lists.Count - 1);
                    if (lists.Count == 0 && done.Length > 0) End();
                    break;
                case "li": Break(tight: true); if (!end) Item(); break;
                case "h1" or "h2" or "h3" or "h4": Break(); if (!end) prefix = name is "h1" or "h2" ? "## " : "### "; break;
                case "details":
                    Break();
                    if (!end) details = ("", done.Length);
                    else if (details is var (title, from))
                    {
                        folded.Add((title, done.ToString(from, done.Length - from).Trim()));
                        done.Length = from;
                        details = null;
                    }
                    break;
                case "summary":
                    if (!end) { Break(); inSummary = true; }
                    else if (inSummary && details is { } of)
                    {
                        details = (line.ToString().Trim(), of.From);
                        line.Clear();
                        inSummary = false;
                    }
                    break;
                case "div" or "blockquote":
                    Break();
                    if (!end && tag.Contains("inset", StringComparison.OrdinalIgnoreCase)) quoted = true;
                    else if (end) quoted = false;
                    break;
                case "p" or "fieldset" or "legend" or "label" or "section" or "table" or "tr" or "dl" or "dt" or "dd": Break(tight: name == "p" && lists.Count > 0); break;
                case "td" or "th": if (end) line.Append(' '); break;
            }
        }

        void Bold(bool end)
        {
            if (end)
            {
                while (line.Length > 0 && line[^1] == ' ') line.Length--;
                if (line.Length >= 2 && line[^1] == '*' && line[^2] == '*' && !line.ToString()[..^2].Contains("**", StringComparison.Ordinal)) { line.Length -= 2; return; }
                if (CountOf(line.ToString()) % 2 == 1) line.Append("** ");
            }
            else if (CountOf(line.ToString()) % 2 == 0) line.Append("**");
        }

        static int CountOf(string text) => (text.Length - text.Replace("**", "", StringComparison.Ordinal).Length) / 2;

        void Link(bool end, string tag)
        {
            if (!end)
            {
                links.Push(Href().Match(tag) is { Success: true } href ? HttpUtility.HtmlDecode(href.Groups[1].Value).Trim() : "");
                if (links.Peek().Length > 0) line.Append('[');
            }
            else if (links.TryPop(out var to) && to.Length > 0)
            {
                while (line.Length > 0 && line[^1] == ' ') line.Length--;
                line.Append("](").Append(to.Replace(" ", "%20", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal)).Append(')');
            }
        }

        void Item()
        {
            if (lists.Count == 0) lists.Add((false, 0));
            var (numbered, count) = lists[^1];
            lists[^1] = (numbered, count + 1);
            prefix = new string(' ', 2 * (lists.Count - 1)) + (numbered ? $"{count + 1}. " : "- ");
        }

        /// <summary>The line is done; a paragraph or heading has a line of its own before it.</summary>
        void Break(bool tight = false)
        {
            if (CountOf(line.ToString()) % 2 == 1) line.Append("**");
            var words = line.ToString().Trim();
            line.Clear();
            if (words.Length > 0 && words != "****")
            {
                var isItem = prefix.TrimStart().Length > 0 && !prefix.StartsWith('#');
                if (!isItem && lists.Count == 0 && done.Length > 0) End();
                done.Append(quoted && prefix.Length == 0 ? "> " : prefix).Append(isItem || prefix.StartsWith('#') || !Odd().IsMatch(words) ? words : "\\" + words).Append('\n');
                prefix = "";
            }
            if (!tight && lists.Count == 0 && done.Length > 0) End();
        }

        void End()
        {
            if (done.Length < 2 || done[^1] == '\n' && done[^2] == '\n') return;
            done.Append('\n');
        }

        public Words Done()
        {
            Break();
            var text = Empty().Replace(done.ToString(), "\n\n").Trim('\n').TrimEnd();
            return new(text, folded);
        }
    }

    [GeneratedRegex("<!--(?>[^>]*)>|</?(?<name>(?>[a-zA-Z][a-zA-Z0-9]*))(?>[^<>]*)>|<(?<name>li|p|ul|ol|div|span)(?=['\"\\s])['\"]?")]
    private static partial Regex Tag();
    [GeneratedRegex("(?i)<br ?/?>|</(?:p|div|h[1-6])>")]
    private static partial Regex Ends();
    [GeneratedRegex("(?i)<li[^>]*>")]
    private static partial Regex Breaks();
    [GeneratedRegex(@"([.:?!,;])? ;(?= )")]
    private static partial Regex Parted();
    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex Empty();
    [GeneratedRegex(@"^(?:[#>+]|-\s|\d+\.\s)")]
    private static partial Regex Odd();
    [GeneratedRegex("href\\s*=\\s*[\"']([^\"']*)[\"']", RegexOptions.IgnoreCase)]
    private static partial Regex Href();
}
