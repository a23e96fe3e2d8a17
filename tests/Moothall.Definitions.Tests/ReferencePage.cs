namespace Moothall.Definitions.Tests;

/// <summary>Reads files of the repository that tests hold against the code.</summary>
static class ReferencePage
{
    public static string Root { get; } = FindRoot(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>The rows of the tables with these columns in a page of docs/reference, cells without code marks.</summary>
    public static IReadOnlyList<string[]> Rows(string page, params string[] columns)
    {
        var rows = new List<string[]>();
        var inTable = false;
        foreach (var line in File.ReadAllLines(Path.Combine(Root, "docs", "reference", page)))
        {
            var cells = line.StartsWith('|') ? line.Trim('|').Split(" | ").Select(c => c.Trim()).ToArray() : [];
            if (cells.Length == 0)
                inTable = false;
            else if (cells.SequenceEqual(columns))
                inTable = true;
            else if (inTable && !cells[0].StartsWith("---", StringComparison.Ordinal))
                rows.Add([.. cells.Select(Plain)]);
        }
        return rows;
    }

    static string Plain(string cell)
    {
        var marks = cell.StartsWith("`` ", StringComparison.Ordinal) ? "`` " : cell.Count(c => c == '`') == 2 && cell.StartsWith('`') ? "`" : "";
        return marks.Length > 0 ? cell[marks.Length..^marks.Length] : cell;
    }

    static string FindRoot(DirectoryInfo? folder) => folder switch
    {
        null => throw new InvalidOperationException("The repository's root was not found above the tests."),
        _ when File.Exists(Path.Combine(folder.FullName, "Moothall.slnx")) => folder.FullName,
        _ => FindRoot(folder.Parent),
    };
}
