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
        var list = Path.Combine(CommandLineProgram.Repository(), "languages", "messages.pot");
        var po = new StringBuilder("msgid \"\"\nmsgstr \"\"\n\"X-Plurals: one: i = 1 and v = 0\\n\"\n");
        foreach (var entry in PoFile.Read(list, File.ReadAllText(list)).Where(e => e.English.Length > 0))
            po.Append("\nmsgid ").Append(PoFile.Quoted(entry.English)).Append("\nmsgstr ").Append(PoFile.Quoted($"⟦{Field().Replace(entry.English, "⟪$0⟫")}⟧")).Append('\n');
        var folder = Directory.CreateDirectory(Path.Combine(program.Folder, "council", "languages", Code)).FullName;
        File.WriteAllText(Path.Combine(folder, "all.po"), po.ToString());
    }

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

    [GeneratedRegex("\\{[A-Za-z]+\\}")]
    private static partial Regex Field();

    [GeneratedRegex(@"\p{L}{2,}[.,:;]? \p{L}{2,}")]
    private static partial Regex TwoWords();
}
