using Moothall.Definitions.Importing;

namespace Moothall.Definitions.Tests.Importing;

/// <summary>
/// Real forms, where a collection of them lies beside the repository or where MOOTHALL_REAL_FORMS names its folder: each becomes a definition that the checker accepts, and what is not expressed is named. The small forms of
/// the other tests prove each piece; this looks whether pieces were forgotten.
/// </summary>
public sealed class RealFormsTests
{
    static string? Folder()
    {
        if (Environment.GetEnvironmentVariable("MOOTHALL_REAL_FORMS") is { Length: > 0 } named) return named;
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Path.Combine(at.FullName, "shared", "data", "forms") is var folder && Directory.Exists(folder)) return folder;
        return null;
    }

    [Theory]
    [InlineData("mhclg-xgov", FormKind.XGov, 98)]
    [InlineData("xgov-runner-examples", FormKind.XGov, 7)]
    [InlineData("defra-forms-engine", FormKind.Defra, 2)]
    public void Real_forms_become_good_definitions(string folder, FormKind kind, int least)
    {
        Assert.SkipWhen(Folder() is null, "no collection of real forms is at hand");
        var all = Path.Combine(Folder()!, folder);
        var files = FormImport.Import(kind, [.. Directory.EnumerateFiles(all, "*.*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => (Path.GetRelativePath(all, f), File.ReadAllText(f)))]);
        foreach (var file in files.Where(f => f.Definition is not null)) file.Good();
        files.Count(f => f.Service is not null).ShouldBeGreaterThanOrEqualTo(least, string.Join('\n', files.Select(f => f.Failure).OfType<Message>()));
    }
}
