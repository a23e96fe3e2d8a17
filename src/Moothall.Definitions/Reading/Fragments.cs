using System.Text.RegularExpressions;

namespace Moothall.Definitions;

/// <summary>A fragment as it stands in its file: questions that several services share.</summary>
public sealed record FragmentFile(string Path, string Text)
{
    /// <summary>Why its text could not be read; null where it was.</summary>
    public Finding? Unread { get; init; }
}

/// <summary>That a service uses a fragment, and where it says so.</summary>
public sealed record FragmentUse(string Name, SourcePlace Place);

/// <summary>
/// Puts fragments (`use: contact-details`) into a service's text, so that what is published is whole and stays as it is when a fragment changes. Every line knows which
/// file it came from, so that a finding points at where it was written.
/// </summary>
public sealed partial class Fragments
{
    readonly List<(string File, int Line)> origin = [];
    readonly List<Finding> findings = [];
    readonly List<FragmentUse> uses = [];

    Fragments(string text) => Text = text;

    /// <summary>The service's text with its fragments in it; the very text where it uses none.</summary>
    public string Text { get; private set; }
    /// <summary>What is wrong with what it uses.</summary>
    public IReadOnlyList<Finding> Findings => findings;
    /// <summary>The fragments that it uses, also those that there are not, in order.</summary>
    public IReadOnlyList<FragmentUse> Uses => uses;

    /// <summary>A service file whose text could not be read.</summary>
    public static Fragments Unread(Finding why)
    {
        var put = new Fragments("");
        put.findings.Add(why);
        return put;
    }

    /// <summary>The text of a service file with what it uses.</summary>
    /// <param name="file">The path of the service file.</param>
    /// <param name="find">A fragment by its name, or null.</param>
    /// <param name="names">The names of all fragments there are; asked only where one is not found.</param>
    public static Fragments PutInto(string file, string text, Func<string, FragmentFile?> find, Func<IEnumerable<string>> names)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(find);
        ArgumentNullException.ThrowIfNull(names);
        var put = new Fragments(text);
        if (!text.Contains("use:", StringComparison.Ordinal)) return put;
        if (text.Length > YamlSource.MostCharacters) return put;
        var lines = YamlSource.Normalise(text).Split('\n');
        var result = new List<string>(lines.Length);
        var known = new Dictionary<string, FragmentFile?>(StringComparer.Ordinal);
        var insides = new Dictionary<string, List<(string Line, int Number)>?>(StringComparer.Ordinal);
        var length = text.Length;
        var inAsk = false;
        for (var i = 0; i < lines.Length; i++)
        {
            if (TopKey().Match(lines[i]) is { Success: true } top) inAsk = top.Groups[1].Value == "ask";
            if (inAsk && Named().IsMatch(lines[i]) && i + 1 < lines.Length && Use().Match(lines[i + 1]) is { Success: true } use)
            {
                var name = use.Groups[2].Value;
                var place = new SourcePlace(file, i + 2, use.Groups[2].Index + 1);
                put.uses.Add(new FragmentUse(name, place));
                if (!known.TryGetValue(name, out var fragment)) known[name] = fragment = find(name);
                if (fragment is null)
                    put.findings.Add(new(place, Severity.Error, new Message("no fragment is called `{name}`", ("name", YamlText.Shorten(name))).With(DidYouMean.Ending(name, [.. names().Order(StringComparer.Ordinal)]))));
                else if (put.Inside(fragment, name, insides) is { } inside)
                {
                    length += inside.Sum(l => l.Line.Length + 1);
                    if (length > YamlSource.MostCharacters)
                    {
                        put.origin.Clear();
                        put.findings.Add(new(place, Severity.Error, new Message("with this fragment the service is too long; the most is {most} characters", ("most", YamlSource.MostCharacters))));
                        return put;
                    }
                    foreach (var (line, number) in inside) put.Add(result, line, fragment.Path, number);
                    i++;
                    continue;
                }
                // It is said what is wrong with it; the rest of the file is read as if it were not there.
                put.Add(result, "", file, i + 1);
                put.Add(result, "", file, i + 2);
                i++;
                continue;
            }
            put.Add(result, lines[i], file, i + 1);
        }
        if (put.origin.Exists(o => o.File != file)) put.Text = string.Join('\n', result);
        else if (put.findings.Count > 0) put.Text = string.Join('\n', result);
        else put.origin.Clear();
        return put;
    }

    void Add(List<string> lines, string line, string file, int number)
    {
        lines.Add(line);
        origin.Add((file, number));
    }

    /// <summary>The same of a fragment that was read before, if it was.</summary>
    List<(string Line, int Number)>? Inside(FragmentFile fragment, string name, Dictionary<string, List<(string Line, int Number)>?> read)
    {
        if (!read.TryGetValue(name, out var inside)) read[name] = inside = Inside(fragment, name);
        return inside;
    }

    /// <summary>The lines below `ask` of a fragment's file, with their numbers; null with what is wrong.</summary>
    List<(string Line, int Number)>? Inside(FragmentFile fragment, string name)
    {
        if (fragment.Unread is { } why)
        {
            findings.Add(why);
            return null;
        }
        var yaml = YamlSource.Read(fragment.Path, fragment.Text);
        if (yaml.Root is not { } root)
        {
            findings.AddRange(yaml.Findings);
            return null;
        }
        var before = findings.Count;
        findings.AddRange(yaml.Findings);
        root.Only(findings, ServiceKeys.Fragment.Names, ServiceReader.Reserved);
        root.Need("fragment", $"fragment: {name}", findings).Need("ask", "ask:", findings);
        if (root.TextOf("fragment", findings) is { } named && named.Text != name)
            findings.Add(new(named.Place, Severity.Error, new Message("this file is called `{name}`, and the fragment in it `{fragment}`; give both one name", ("name", name), ("fragment", YamlText.Shorten(named.Text)))));
        if (root.MapOf("ask", findings) is not { } ask || findings.Count > before) return null;
        if (ask.Entries.FirstOrDefault(e => e.Value is YamlMap map && map.Has("use")) is { } deeper)
        {
            findings.Add(new(deeper.Place, Severity.Error, new Message("a fragment uses no other; write the questions here, or use both in the service")));
            return null;
        }
        var lines = YamlSource.Normalise(fragment.Text).Split('\n');
        var inside = new List<(string, int)>();
        var inAsk = false;
        for (var i = 0; i < lines.Length; i++)
        {
            if (TopKey().Match(lines[i]) is { Success: true } top) inAsk = top.Groups[1].Value == "ask";
            else if (inAsk) inside.Add((lines[i], i + 1));
        }
        while (inside is [.., ({ } last, _)] && string.IsNullOrWhiteSpace(last)) inside.RemoveAt(inside.Count - 1);
        return inside;
    }

    /// <summary>A finding at the place where its words were written.</summary>
    public Finding Where(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        var line = finding.Place.Line;
        return line < 1 || line > origin.Count ? finding : finding with { Place = finding.Place with { File = origin[line - 1].File, Line = origin[line - 1].Line } };
    }

    [GeneratedRegex("^([a-z][a-z0-9-]*):")]
    private static partial Regex TopKey();

    [GeneratedRegex(@"^  [a-z0-9-]+:\s*(#.*)?$")]
    private static partial Regex Named();

    [GeneratedRegex(@"^(    use:\s+)([^\s#]+)\s*(#.*)?$")]
    private static partial Regex Use();
}
