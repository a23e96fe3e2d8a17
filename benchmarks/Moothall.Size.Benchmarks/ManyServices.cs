using System.Globalization;
using System.Text.RegularExpressions;
using Moothall.Testing;

namespace Moothall.Benchmarks.Size;

/// <summary>Copies of the services that come with the program under other names, until there are as many as a county has; the fragments that they use beside them.</summary>
internal static partial class ManyServices
{
    public static void Copy(string from, string to, int most)
    {
        Folders.Copy(Path.Combine(from, "fragments"), Path.Combine(to, "fragments"));
        var folders = Directory.GetDirectories(from).Where(f => File.Exists(Path.Combine(f, "service.yaml"))).Order(StringComparer.Ordinal).ToList();
        for (var made = 0; made < most; made++)
        {
            var source = folders[made % folders.Count];
            var round = made / folders.Count;
            var target = Path.Combine(to, NameOf(Path.GetFileName(source), round));
            Folders.Copy(source, target);
            if (round == 0) continue;
            var definition = Path.Combine(target, "service.yaml");
            var text = ServiceLine().Replace(File.ReadAllText(definition), $"service: {Path.GetFileName(target)}", 1);
            File.WriteAllText(definition, PrefixLine().Replace(text, found => found.Value + (char)('A' + round), 1));
        }
    }

    /// <summary>The name of a copy: the first is the service itself.</summary>
    public static string NameOf(string service, int round) => round == 0 ? service : string.Create(CultureInfo.InvariantCulture, $"{service}-{round}");

    [GeneratedRegex("^service: .*$", RegexOptions.Multiline)]
    private static partial Regex ServiceLine();

    [GeneratedRegex("^prefix: [A-Z]+", RegexOptions.Multiline)]
    private static partial Regex PrefixLine();
}
