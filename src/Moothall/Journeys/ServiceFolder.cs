using Moothall.Council;
using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Journeys;

/// <summary>One service file as read and checked. Definition is null where it could not be read.</summary>
public sealed record ServiceFile(string Path, string Source, ServiceDefinition? Definition, IReadOnlyList<Finding> Findings)
{
    public static readonly IReadOnlyDictionary<string, string> NoTemplates = new Dictionary<string, string>();

    /// <summary>Its templates of messages, by moment and language: `received.en`.</summary>
    public IReadOnlyDictionary<string, string> Templates { get; init; } = NoTemplates;

    public bool MayBePublished => Definition is not null && Findings.All(f => f.Severity != Severity.Error);
}

/// <summary>The folder of services: a folder per service with its service.yaml, checked against the council around it, with what its offers lack, and against each other.</summary>
public static class ServiceFolder
{
    /// <summary>Reads and checks every service below a folder, or the single file that a path names.</summary>
    /// <param name="council">The council around it, or null to check the files alone.</param>
    public static IReadOnlyList<ServiceFile> Check(IReadOnlyList<string> paths, CouncilFiles? council, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var read = paths.SelectMany(Files).Distinct().Order(StringComparer.Ordinal).Select(path =>
        {
            var source = File.ReadAllText(path);
            var reading = ServiceReader.Read(path, source, council?.Places);
            var templates = TemplatesBeside(path);
            var found = reading.Definition is { } definition ? CheckTemplates.OfService(definition, templates) : [];
            return new ServiceFile(path, source, reading.Definition, [.. reading.Findings, .. found])
            {
                Templates = templates.ToDictionary(t => Path.GetFileNameWithoutExtension(t.Path), t => t.Text, StringComparer.Ordinal),
            };
        }).ToList();
        var names = read.Where(f => f.Definition is not null).GroupBy(f => f.Definition!.Name).ToDictionary(g => g.Key, g => g.First().Definition!.Prefix);
        var surroundings = council?.SurroundingsOn(today, names) ?? new Surroundings { Today = today, Services = names };
        var together = Checker.CheckTogether([.. read.Select(f => f.Definition).OfType<ServiceDefinition>()]);
        return [.. read.Select(file => file.Definition is { } definition
            ? file with { Findings = [.. file.Findings, .. Checker.Check(definition, surroundings), .. together.Where(f => f.Place.File == file.Path), .. council?.CheckOffersOf(definition) ?? []] } : file)];
    }

    /// <summary>Whether every file below the folders is the newest version of a service already, word for word.</summary>
    public static async Task<bool> IsPublished(IReadOnlyList<string> paths, Database database)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(database);
        var newest = (await database.Read(session => session.Query($"""
            select hash from published_service p where version = (select max(version) from published_service n where n.service = p.service)
            """, row => row.Text(0)))).ToHashSet(StringComparer.Ordinal);
        return paths.SelectMany(Files).Distinct().All(path => newest.Contains(PublishService.HashOf(ServiceReader.Hash(File.ReadAllText(path)),
            TemplatesBeside(path).ToDictionary(t => Path.GetFileNameWithoutExtension(t.Path), t => t.Text, StringComparer.Ordinal))));
    }

    static List<(string Path, string Text)> TemplatesBeside(string service) =>
        Path.Combine(Path.GetDirectoryName(service)!, "templates") is var folder && Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal).Select(f => (f, File.ReadAllText(f)))] : [];

    static IEnumerable<string> Files(string path) =>
        File.Exists(path) ? [Path.GetFullPath(path)]
        : Directory.EnumerateFiles(path, "service.yaml", SearchOption.AllDirectories).Select(Path.GetFullPath);
}
