namespace Moothall.Definitions.Tests.ReadingFiles;

/// <summary>The project's own example service, as text and read; its file stands beside this one.</summary>
static class PotholeFile
{
    public static readonly string Text = File.ReadAllText(Beside("report-a-pothole.yaml"));

    /// <summary>A file of this folder, found from where the tests run.</summary>
    public static string Beside(string name) => Path.Combine(SourceRoot(), "tests", "Moothall.Definitions.Tests", "Reading", name);

    /// <summary>The top of the source tree: the folder with the solution.</summary>
    public static string SourceRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Moothall.slnx"))) return folder.FullName;
        throw new InvalidOperationException("the solution is not above the tests");
    }

    /// <summary>The example with one piece of its text replaced, which must be there.</summary>
    public static string With(string old, string replacement)
    {
        if (!Text.Contains(old, StringComparison.Ordinal)) throw new ArgumentException($"the example has no {old}", nameof(old));
        return Text.Replace(old, replacement, StringComparison.Ordinal);
    }

    /// <summary>The findings of the example, changed so, as the lines that are printed.</summary>
    public static IReadOnlyList<string> FindingsWith(string old, string replacement) =>
        [.. ServiceReader.Read("service.yaml", With(old, replacement)).Findings.Proved(With(old, replacement)).Select(f => f.ToString())];
}
