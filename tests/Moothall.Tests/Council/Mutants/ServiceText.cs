using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Moothall.Tests.Council.Mutants;

/// <summary>A line `key: value` of a service file, with the keys above it: `ask/where/type`.</summary>
sealed record Entry(int Number, int Indent, string Key, string Value, string Path)
{
    public string Parent => Path.LastIndexOf('/') is > 0 and var slash ? Path[..slash] : "";
    public int Depth => Path.Count(c => c == '/');
}

/// <summary>A service file as its lines, read with no code of the product, for changing one thing in it.</summary>
sealed partial class ServiceText
{
    readonly string[] lines;

    public ServiceText(string name, string text)
    {
        (Name, Text) = (name, text);
        lines = text.Split('\n');
        var open = new Stack<(int Indent, string Path)>();
        var words = -1;
        for (var i = 0; i < lines.Length; i++)
        {
            var indent = lines[i].Length - lines[i].TrimStart(' ').Length;
            if (lines[i].Trim().Length == 0 || words >= 0 && indent > words) continue;
            words = -1;
            if (Line().Match(lines[i]) is not { Success: true } line) continue;
            while (open.TryPeek(out var top) && top.Indent >= indent) open.Pop();
            var path = open.TryPeek(out var above) ? $"{above.Path}/{line.Groups["key"].Value}" : line.Groups["key"].Value;
            open.Push((indent, path));
            var value = Comment().Replace(line.Groups["value"].Value, "").Trim();
            if (value is "|" or ">") words = indent;
            entries.Add(new(i + 1, indent, line.Groups["key"].Value, value, path));
        }
    }

    static readonly ConcurrentDictionary<string, Regex> Patterns = new(StringComparer.Ordinal);
    readonly List<Entry> entries = [];
    public string Name { get; }
    public string Text { get; }
    public IReadOnlyList<Entry> Entries => entries;

    /// <summary>Entries whose path is like the pattern, in which `*` stands for one key.</summary>
    public List<Entry> Like(string pattern)
    {
        var like = Patterns.GetOrAdd(pattern, p => new Regex("^(" + p.Replace("*", "[^/]+", StringComparison.Ordinal) + ")$"));
        return [.. entries.Where(e => like.IsMatch(e.Path))];
    }

    public Entry? Find(string path) => entries.FirstOrDefault(e => e.Path == path);
    public IReadOnlyList<Entry> Below(string path) => [.. entries.Where(e => e.Parent == path)];

    /// <summary>The last line of what stands under an entry.</summary>
    public int EndOf(Entry entry)
    {
        var last = entry.Number;
        for (var i = entry.Number; i < lines.Length; i++)
        {
            if (lines[i].Trim().Length == 0) continue;
            if (lines[i].Length - lines[i].TrimStart(' ').Length <= entry.Indent) break;
            last = i + 1;
        }
        return last;
    }

    public string LineOf(Entry entry) => lines[entry.Number - 1];

    /// <summary>The text with one line changed.</summary>
    public string With(int number, Func<string, string> change) =>
        string.Join('\n', lines.Select((line, i) => i == number - 1 ? change(line) : line));
    public string WithValue(Entry entry, string value) => With(entry.Number, line => $"{line[..(line.IndexOf(':', StringComparison.Ordinal) + 1)]}{(value.Length > 0 ? " " : "")}{value}");
    public string WithKey(Entry entry, string key) => With(entry.Number, line => line[..entry.Indent] + key + line[(entry.Indent + entry.Key.Length)..]);
    /// <summary>The text without an entry and all that stands under it.</summary>
    public string Without(Entry entry) => string.Join('\n', lines.Take(entry.Number - 1).Concat(lines.Skip(EndOf(entry))));
    /// <summary>The text with lines put in below a line.</summary>
    public string WithBelow(int number, params string[] more) => string.Join('\n', lines.Take(number).Concat(more).Concat(lines.Skip(number)));
    /// <summary>The lines of an entry and all that stands under it.</summary>
    public string[] LinesOf(Entry entry) => lines[(entry.Number - 1)..EndOf(entry)];
    /// <summary>The text with an entry and all that stands under it moved by some columns.</summary>
    public string Moved(Entry entry, int by, bool whole)
    {
        var end = whole ? EndOf(entry) : entry.Number;
        return string.Join('\n', lines.Select((line, i) => i < entry.Number - 1 || i >= end || line.Length == 0 ? line : by > 0 ? new string(' ', by) + line : line[Math.Min(-by, line.Length - line.TrimStart(' ').Length)..]));
    }

    [GeneratedRegex(@"^(?<indent> *)(?<key>[^\s:#""'{}\[\]-][^:#]*):(?: +(?<value>.*))?$")]
    private static partial Regex Line();

    [GeneratedRegex(@"(?:^|\s\s)#.*$")]
    private static partial Regex Comment();
}
