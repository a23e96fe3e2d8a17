using Moothall.Definitions;

namespace Moothall.Journeys;

/// <summary>A fragment with what it asks and where it is used.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">Its file; null where a service uses it and there is none.</param>
/// <param name="Asks">The words of its questions and headings, in order.</param>
/// <param name="UsedBy">The services that use it, each with the place where it says so.</param>
public sealed record MappedFragment(string Name, string? Path, IReadOnlyList<string> Asks, IReadOnlyList<FragmentUser> UsedBy);

/// <summary>A service that uses a fragment.</summary>
/// <param name="Service">The name of its folder.</param>
/// <param name="Place">Where it says so.</param>
public sealed record FragmentUser(string Service, SourcePlace Place);

/// <summary>Which services use which fragments: whoever changes one sees what changes with it.</summary>
public static class FragmentMap
{
    /// <summary>Every fragment of a folder of services, and every one that a service names and there is not, by name.</summary>
    public static IReadOnlyList<MappedFragment> Of(string services)
    {
        ArgumentNullException.ThrowIfNull(services);
        var folder = Path.Combine(services, ServiceFolder.FragmentsFolder);
        var files = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.yaml").ToDictionary(f => Path.GetFileNameWithoutExtension(f), StringComparer.Ordinal) : [];
        var users = Directory.EnumerateFiles(services, "service.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .SelectMany(file => ServiceFolder.Whole(file).Uses.Select(use => (use.Name, User: new FragmentUser(Path.GetFileName(Path.GetDirectoryName(file)!), use.Place)))).ToLookup(u => u.Name, u => u.User);
        return [.. files.Keys.Union(users.Select(u => u.Key)).Order(StringComparer.Ordinal).Select(name => new MappedFragment(name, files.GetValueOrDefault(name), Asks(files.GetValueOrDefault(name)), [.. users[name]]))];
    }

    // What is wrong with a fragment is found where a service uses it.
    static List<string> Asks(string? file)
    {
        if (file is null || YamlSource.Read(file, File.ReadAllText(file)).Root is not { } root) return [];
        var asks = root.MapOf("ask", [])?.Entries ?? [];
        return [.. asks.Select(entry => entry.Value is YamlMap map ? new[] { "question", "group", "page", "section" }.Select(key => map.ProseOf(key, [])?.English).FirstOrDefault(words => words is not null) ?? entry.Key : entry.Key)];
    }
}
