namespace Moothall.Testing;

/// <summary>Folders that a test or a benchmark works on.</summary>
static class Folders
{
    /// <summary>Copies a folder with all that is in it; what is copied may not be there yet.</summary>
    public static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
