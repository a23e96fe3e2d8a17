using System.Text;
using System.Text.RegularExpressions;
using Moothall.Definitions;

namespace Moothall.Host.Tests;

/// <summary>
/// A language of a council in which every message of the program stands between ⟦ and ⟧ and every field of one between ⟪ and ⟫. Words beside each other that a command prints outside
/// the first, or straight inside the second, were not said through the languages.
/// </summary>
static partial class BracketedCommands
{
    public const string Code = "qps";

    /// <summary>Puts the language into the council's folder of a program.</summary>
    public static void GiveTo(CommandLineProgram program)
    {
        var folder = Directory.CreateDirectory(Path.Combine(program.Folder, "council", "languages", Code)).FullName;
        File.WriteAllText(Path.Combine(folder, "all.po"), Translation.Value);
    }

    /// <summary>The whole language as one file.</summary>
    static readonly Lazy<string> Translation = new(() =>
    {
        var list = Path.Combine(CommandLineProgram.Repository(), "languages", "messages.pot");
        var po = new StringBuilder("msgid \"\"\nmsgstr \"\"\n\"X-Plurals: one: i = 1 and v = 0\\n\"\n");
        foreach (var entry in PoFile.Read(list, File.ReadAllText(list)).Where(e => e.English.Length > 0))
            po.Append("\nmsgid ").Append(PoFile.Quoted(entry.English)).Append("\nmsgstr ").Append(PoFile.Quoted($"⟦{Marked(entry.English)}⟧")).Append('\n');
        return po.ToString();
    });

    /// <summary>What a command printed in English.</summary>
    /// <param name="data">Words that are nobody's language: what was typed, and what other programs say.</param>
    public static IReadOnlyList<string> EnglishIn(string printed, params string[] data)
    {
        var pieces = new List<string>();
        var piece = new StringBuilder();
        var within = new Stack<char>();
        foreach (var c in printed)
        {
            if (c is '⟦' or '⟪' or '⟧' or '⟫' or '\n')
            {
                if (within.Count == 0 || within.Peek() == '⟪') pieces.Add(piece.ToString());
                piece.Clear();
                if (c is '⟦' or '⟪') within.Push(c);
                else if (c != '\n' && within.Count > 0) within.Pop();
            }
            else piece.Append(c);
        }
        pieces.Add(piece.ToString());
        return [.. pieces.Select(p => data.Aggregate(p, (left, known) => left.Replace(known, "#", StringComparison.Ordinal))).Where(p => !p.TrimStart().StartsWith("moothall ", StringComparison.Ordinal) && TwoWords().IsMatch(p))];
    }

    // Every field of a message between ⟪ and ⟫; the branches of a plural hold text again.
    static string Marked(string english)
    {
        var text = new StringBuilder();
        // What each open brace holds: the branches of a choice, or text.
        var holdsBranches = new Stack<bool>();
        for (var at = 0; at < english.Length; at++)
        {
            var inText = holdsBranches.Count == 0 || !holdsBranches.Peek();
            if (english[at] == '{' && inText && Field().Match(english, at) is { Success: true } field)
            {
                text.Append('⟪').Append(field.Value).Append('⟫');
                at += field.Length - 1;
                continue;
            }
            if (english[at] == '{') holdsBranches.Push(inText);
            else if (english[at] == '}') holdsBranches.Pop();
            text.Append(english[at]);
        }
        return text.ToString();
    }

    [GeneratedRegex(@"\G\{[A-Za-z]+\}")]
    private static partial Regex Field();

    [GeneratedRegex(@"\p{L}{2,}[.:;]? \p{L}{2,}")]
    private static partial Regex TwoWords();
}
