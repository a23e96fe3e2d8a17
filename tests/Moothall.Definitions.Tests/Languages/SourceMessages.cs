using System.Text;
using System.Text.RegularExpressions;

namespace Moothall.Definitions.Tests.Languages;

/// <summary>
/// Every message that the source says: the literals that `Say(...)`, `new Message(...)`, `Refusal.Invalid(...)`, `Refusal.Changed(...)`, `NotAllowed(...)` and `Problem(...)`
/// are called with, and what the store says of itself. A message that is put together in the source cannot be translated, so it counts as a fault; so does a finding
/// whose words are no message.
/// </summary>
static partial class SourceMessages
{
    /// <summary>A message and the files that say it, by their path in the repository.</summary>
    public sealed record Found(string English, IReadOnlyList<string> Files);

    /// <summary>The files that hand a message on that somebody else wrote.</summary>
    static readonly string[] HandingOn = ["Languages/Phrases.cs", "Languages/Message.cs", "Types/Wording.cs", "Design/Look.cs", "Design/Told.cs", "Design/Words.cs", "Questions/QuestionField.cs", "Moothall.Web/ReaderLanguage.cs", "Moothall/Refusal.cs", "Desk/DeskVisit.cs", "Moothall.Web/Pages.cs", "Moothall/StoreWordsSaid.cs"];

    /// <summary>All messages of a repository, and the places where a message is no literal.</summary>
    public static (IReadOnlyList<Found> Messages, IReadOnlyList<string> Faults) Of(string root)
    {
        var messages = new Dictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        var faults = new List<string>();
        var files = Directory.EnumerateFiles(Path.Combine(root, "src"), "*.*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal))
            .Where(f => !f.Contains("/Moothall.StandIns/", StringComparison.Ordinal))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var (text, name) = (File.ReadAllText(file), Path.GetRelativePath(root, file).Replace('\\', '/'));
            if (IsFinder(name))
                faults.AddRange(Finding().Matches(text).Where(f => !IsComment(text, f.Index) && HasBareWords(text, f.Index + f.Length)).Select(f => $"{name}:{text.Take(f.Index).Count(c => c == '\n') + 1}: {Line(text, f.Index)}"));
            foreach (Match call in Call().Matches(text))
            {
                // Adapters speak protocols; what they say to people they make as messages.
                if (IsComment(text, call.Index) || (call.Groups["name"].Value != "new Message" && name.StartsWith("src/Moothall.Adapters/", StringComparison.Ordinal))) continue;
                var literals = Literals(text, call.Index + call.Length, all: call.Groups["name"].Value == "Problem");
                if (literals is null)
                {
                    if (!HandingOn.Any(f => name.EndsWith(f, StringComparison.Ordinal))) faults.Add($"{name}:{text.Take(call.Index).Count(c => c == '\n') + 1}: {Line(text, call.Index)}");
                    continue;
                }
                foreach (var english in literals.Where(l => l.Length > 0))
                {
                    if (!messages.TryGetValue(english, out var said)) messages[english] = said = new(StringComparer.Ordinal);
                    said.Add(name);
                }
            }
        }
        return ([.. messages.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => new Found(m.Key, [.. m.Value]))], faults);
    }

    /// <summary>Where findings are made.</summary>
    static readonly string[] Finders = ["src/Moothall.Definitions/Reading/", "src/Moothall.Definitions/Checking/", "src/Moothall.Definitions/Sentences/", "src/Moothall.Definitions/Messages/", "src/Moothall.Definitions/Calendars/", "src/Moothall.Definitions/Model/Source.cs", "src/Moothall/Council/"];

    /// <summary>Whether a file of the source makes findings.</summary>
    public static bool IsFinder(string file) => Finders.Any(folder => file.StartsWith(folder, StringComparison.Ordinal));

    // Words among the arguments themselves, in no message of their own.
    static bool HasBareWords(string text, int at)
    {
        for (var depth = 0; at < text.Length && depth >= 0; at++)
        {
            if (text[at] == '"')
            {
                if (depth == 0) return true;
                for (at++; text[at] != '"'; at++)
                    if (text[at] == '\\') at++;
            }
            else if (text[at] == '\'' && at + 2 < text.Length && text[at + 2] == '\'') at += 2;
            else depth += text[at] is '(' or '[' or '{' ? 1 : text[at] is ')' or ']' or '}' or ';' ? -1 : 0;
        }
        return false;
    }

    static bool IsComment(string text, int at)
    {
        var line = text[(text.LastIndexOf('\n', at) + 1)..at].TrimStart();
        return line.StartsWith("//", StringComparison.Ordinal) || line.StartsWith("@*", StringComparison.Ordinal);
    }

    static string Line(string text, int at) => text[at..(text.IndexOf('\n', at) is >= 0 and var end ? end : text.Length)].Trim();

    /// <summary>The first argument, or all that are literals; null where the first is no plain literal. A declaration has no messages.</summary>
    static List<string>? Literals(string text, int at, bool all)
    {
        if (Declared().IsMatch(text.AsSpan(at, Math.Min(200, text.Length - at)))) return [];
        var found = new List<string>();
        if (!all) return Literal(text, ref at) is { } one ? [one] : null;
        for (var depth = 0; at < text.Length && depth >= 0;)
        {
            if (text[at] == '"' && Literal(text, ref at) is { } words)
            {
                if (depth == 0) found.Add(words);
                continue;
            }
            if (text[at] == '$' && depth == 0) return null;
            depth += text[at] is '(' or '[' or '{' ? 1 : text[at] is ')' or ']' or '}' ? -1 : 0;
            at++;
        }
        return found;
    }

    /// <summary>A literal, or several added up; null where something else begins here or follows.</summary>
    static string? Literal(string text, ref int at)
    {
        var words = new StringBuilder();
        while (true)
        {
            while (char.IsWhiteSpace(text[at])) at++;
            if (text[at] != '"') return null;
            for (at++; text[at] != '"'; at++)
            {
                if (text[at] != '\\') words.Append(text[at]);
                else words.Append(text[++at] switch { 'n' => '\n', 't' => '\t', var other => other });
            }
            at++;
            var next = at;
            while (char.IsWhiteSpace(text[next])) next++;
            if (text[next] is ',' or ')') return words.ToString();
            if (text[next] != '+') return null;
            at = next + 1;
        }
    }

    [GeneratedRegex(@"(?<![\w])(?<name>SayHtml|Say|Mark(?=\(\s*"")|InAll|new Message|Refusal\.Invalid|Refusal\.Changed|Refusal\.Gone|(?<!new )Problem|NotAllowed(?=\(\s*"")|EffectOutcome\.Parked(?=\(\s*"")|new StoreWords|new (?:StoreUnavailable|StoreBusy|Schema|Backup|Move)Exception(?=\(\s*""))\(", RegexOptions.CultureInvariant)]
    private static partial Regex Call();

    // What makes a finding: its words come after its place.
    [GeneratedRegex(@"\bSeverity\.(?:Error|Warning), |(?<!\w )\b(?:Error|Warn|Wrong|AlwaysTrue|NotProved)\(", RegexOptions.CultureInvariant)]
    private static partial Regex Finding();

    // A method's own declaration, a list of faults, or a refusal that is handed on: nothing is said there.
    [GeneratedRegex(@"^\s*(string |this |HistoryEntry |HttpContext |int |IReadOnlyList|\[|faults\b|\w*[fF]aults\)|refusal\b|RefusalKind )", RegexOptions.CultureInvariant)]
    private static partial Regex Declared();
}
