using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Moothall.Definitions;
using Xunit;

namespace Moothall.Tests.Languages;

/// <summary>
/// Proves of findings that they can be said in any language: every sentence in them is one of the list of messages, and what stands in its fields is a number, a day, a
/// further message, or something that is nobody's language: what the checked file says itself, or what stands in quotes. What was put together in English fails.
/// </summary>
static partial class FindingWords
{
    static readonly string List = Path.Combine(Root(), "languages", "messages.pot");
    static readonly HashSet<string> Known = [.. PoFile.Read(List, File.ReadAllText(List)).Select(e => e.English).Where(e => e.Length > 0)];
    static readonly ConcurrentDictionary<string, byte> Seen = new(StringComparer.Ordinal);

    /// <summary>Fields whose value is an example as it is written in a file, or what another program said.</summary>
    static readonly string[] Written = ["example", "calendar", "moment", "columns", "trouble", "sum", "words", "known"];

    static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    /// <summary>Proves some findings and gives them back.</summary>
    /// <param name="sources">The files that were checked.</param>
    public static IReadOnlyList<Finding> Proved(this IEnumerable<Finding> findings, params string[] sources)
    {
        var (all, source) = (findings.ToList(), string.Join('\n', sources));
        foreach (var finding in all) Prove(finding.What, source, finding);
        return all;
    }

    static void Prove(Message message, string source, Finding of)
    {
        if (!Known.Contains(message.English))
        {
            if (!IsNobodysLanguage(message.English, source)) throw new InvalidOperationException($"“{message.English}” is no message and no data in: {of}");
            return;
        }
        Seen.TryAdd(message.English, 0);
        foreach (var (name, value) in message.Values)
        {
            switch (value)
            {
                case Message further:
                    Prove(further, source, of);
                    break;
                case IEnumerable<Message> several:
                    foreach (var one in several) Prove(one, source, of);
                    break;
                case string text when !Written.Contains(name) && !Quoted().Matches(message.English).Any(q => q.Value.Contains($"{{{name}}}", StringComparison.Ordinal)) && !IsNobodysLanguage(text, source):
                    throw new InvalidOperationException($"“{text}” in {{{name}}} is English in: {of}");
            }
        }
    }

    // Names and figures: no two words stand beside each other in it, and it is no word that has a translation.
    static bool IsNobodysLanguage(string text, string source)
    {
        if (text is "yes" or "no") return true; // as they are written in a service file
        if (source.Contains(text.Replace("...", "", StringComparison.Ordinal), StringComparison.Ordinal)) return true;
        // What was written may hold the sign that it is shown between.
        if (text is ['`', .. var written, '`'] && source.Contains(written, StringComparison.Ordinal)) return true;
        var rest = Quoted().Replace(text, "").Trim();
        return !TwoWords().IsMatch(rest) && !Known.Contains(rest);
    }

    /// <summary>Marks a test that draws what it tests: what it finds today it may not find tomorrow, so it proves of no finding that there is a test of it.</summary>
    public const string Random = "random";

    /// <summary>Runs all tests of some classes, which prove the findings that they make; but for those that draw what they test.</summary>
    public static async Task Walk(params Type[] tests)
    {
        foreach (var test in tests)
            foreach (var method in test.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static).Where(m => m.GetCustomAttribute<FactAttribute>() is { Skip: null } && m.GetCustomAttributes<TraitAttribute>().All(t => t.Name != Random)))
            {
                var given = method.GetCustomAttributes<InlineDataAttribute>().Select(d => d.Data).ToList();
                if (given.Count == 0 && method.GetParameters().Length == 0) given.Add([]);
                foreach (var arguments in given)
                {
                    var missing = method.GetParameters().Skip(arguments.Length).Select(p => p.DefaultValue);
                    if (method.Invoke(method.IsStatic ? null : Activator.CreateInstance(test), [.. arguments, .. missing]) is Task running) await running;
                }
            }
    }

    /// <summary>The messages with fields that some files of the source make findings of, and that no finding proved so far had.</summary>
    public static IReadOnlyList<string> NeverMade(params string[] folders)
    {
        var (left, files) = (new List<string>(), new List<string>());
        foreach (var line in File.ReadAllLines(List))
        {
            if (line.StartsWith("#: ", StringComparison.Ordinal)) files.Add(line[3..]);
            else if (line.StartsWith("msgid ", StringComparison.Ordinal))
            {
                var english = PoFile.Read(List, line)[0].English;
                if (english.Contains('{', StringComparison.Ordinal) && files.Any(f => folders.Any(folder => f.StartsWith(folder, StringComparison.Ordinal))) && !Seen.ContainsKey(english)) left.Add(english);
                files.Clear();
            }
        }
        return left;
    }

    [GeneratedRegex("`[^`]*`|“[^”]*”")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\p{L}{2,}\s+\p{L}{2,}")]
    private static partial Regex TwoWords();
}
