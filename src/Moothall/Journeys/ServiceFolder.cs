using Moothall.Council;
using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Journeys;

/// <summary>One service file as read and checked, with the fragments that it uses in its text. Definition is null where it could not be read.</summary>
public sealed record ServiceFile(string Path, string Source, ServiceDefinition? Definition, IReadOnlyList<Finding> Findings)
{
    public static readonly IReadOnlyDictionary<string, string> NoTemplates = new Dictionary<string, string>();

    /// <summary>Its templates of messages, by moment and language: `received.en`.</summary>
    public IReadOnlyDictionary<string, string> Templates { get; init; } = NoTemplates;

    /// <summary>A finding of the text at the place where its words were written: in the file, or in a fragment that it uses.</summary>
    public Func<Finding, Finding> Where { get; init; } = finding => finding;

    /// <summary>The service that it is; one that cannot be read is known by its folder, so that what is wrong with it can be said.</summary>
    public string Name => Definition?.Name ?? System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(Path))!;

    public bool MayBePublished => Definition is not null && Findings.All(f => f.Severity != Severity.Error);
}

/// <summary>The folder of services: a folder per service with its service.yaml, checked against the council around it, with what its offers lack, and against each other.</summary>
public static class ServiceFolder
{
    /// <summary>Reads and checks every service below a folder, or the single file that a path names.</summary>
    /// <param name="council">The council around it, or null to check the files alone.</param>
    /// <param name="memory">What was found before, so that only what has changed since is looked at anew.</param>
    public static IReadOnlyList<ServiceFile> Check(IReadOnlyList<string> paths, CouncilFiles? council, LocalDate today, CheckMemory? memory = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        // Only what is kept is asked later whether it is still as it was.
        var isKept = memory is not null;
        memory ??= new();
        memory.BeginIn(council, today);
        var shared = new Dictionary<string, string>(StringComparer.Ordinal);
        var read = paths.SelectMany(Files).Distinct().Order(StringComparer.Ordinal).Select(path => memory.Of(path, isKept ? StampOf(path, shared) : "", () => Read(path, council))).ToList();
        var definitions = read.Select(f => f.Definition).OfType<ServiceDefinition>().ToList();
        var prefixes = definitions.GroupBy(d => d.Name).Select(g => g.First()).ToLookup(d => d.Prefix, d => d.Name);
        var surroundings = council?.SurroundingsOn(today, new Dictionary<string, string>()) ?? new Surroundings { Today = today };
        var together = Checker.CheckTogether(definitions).ToLookup(f => f.Place.File);
        return [.. read.Select(file => file.Definition is { } definition
            ? file with { Findings = [.. file.Findings, .. memory.ProofOf(file, () => [.. Checker.Check(definition, surroundings), .. council?.CheckOffersOf(definition) ?? []])
                .Concat(Checker.CheckPrefix(definition, prefixes[definition.Prefix])).Concat(together[file.Path]).Select(f => f.Place.File == file.Path ? file.Where(f) : f)] } : file)];
    }

    static ServiceFile Read(string path, CouncilFiles? council)
    {
        var whole = Whole(path);
        var reading = ServiceReader.Read(path, whole.Text, council?.Places);
        var unread = new List<Finding>();
        var templates = TemplatesBeside(path, unread);
        var found = reading.Definition is { } definition ? CheckTemplates.OfService(definition, templates) : [];
        return new ServiceFile(path, whole.Text, whole.Findings.Count > 0 ? null : reading.Definition, [.. whole.Findings, .. whole.Findings.Count > 0 ? [] : reading.Findings.Select(whole.Where), .. found, .. unread])
        {
            Where = whole.Where,
            Templates = templates.ToDictionary(t => Path.GetFileNameWithoutExtension(t.Path), t => t.Text, StringComparer.Ordinal),
        };
    }

    /// <summary>What a service is made of, as of now: its file, its templates and the fragments beside it, each by size and the moment it was written.</summary>
    static string StampOf(string path, Dictionary<string, string> shared)
    {
        static string Of(FileSystemInfo file) => $"{file.FullName}:{(file as FileInfo)?.Length}:{file.LastWriteTimeUtc.Ticks}";
        static string Below(string folder) => Directory.Exists(folder) ? string.Join('|', new DirectoryInfo(folder).EnumerateFiles().OrderBy(f => f.FullName, StringComparer.Ordinal).Select(Of)) : "";
        var fragments = FragmentsBeside(path);
        if (!shared.TryGetValue(fragments, out var all)) shared[fragments] = all = Below(fragments);
        return $"{Of(new FileInfo(path))}|{Below(Path.Combine(Path.GetDirectoryName(path)!, "templates"))}|{all}";
    }

    static string FragmentsBeside(string path) => Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(Path.GetFullPath(path)))!, FragmentsFolder);

    /// <summary>Whether every file below the folders is the newest version of a service already, word for word.</summary>
    public static async Task<bool> IsPublished(IReadOnlyList<string> paths, Database database)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(database);
        var newest = (await database.Read(session => session.Query($"""
            select hash from published_service p where version = (select max(version) from published_service n where n.service = p.service)
            """, row => row.Text(0)))).ToHashSet(StringComparer.Ordinal);
        return paths.SelectMany(Files).Distinct().All(path => newest.Contains(PublishService.HashOf(ServiceReader.Hash(Whole(path).Text),
            TemplatesBeside(path, []).ToDictionary(t => Path.GetFileNameWithoutExtension(t.Path), t => t.Text, StringComparer.Ordinal))));
    }

    /// <summary>The folder of fragments, beside those of the services.</summary>
    public const string FragmentsFolder = "fragments";

    /// <summary>The text of a service file with the fragments that it uses.</summary>
    public static Fragments Whole(string path)
    {
        var folder = FragmentsBeside(path);
        FragmentFile? Find(string name)
        {
            if (!Definitions.Names.IsName(name) || Path.Combine(folder, name + ".yaml") is var file && !File.Exists(file)) return null;
            var (part, wrong) = TextFile.Read(file, file);
            return new FragmentFile(file, part ?? "") { Unread = wrong };
        }
        IEnumerable<string> Names() => Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)) : [];
        var (text, why) = TextFile.Read(path, path);
        return text is null ? Fragments.Unread(why!) : Fragments.PutInto(path, text, Find, Names);
    }

    static List<(string Path, string Text)> TemplatesBeside(string service, List<Finding> unread)
    {
        var templates = new List<(string, string)>();
        if (Path.Combine(Path.GetDirectoryName(service)!, "templates") is var folder && !Directory.Exists(folder)) return templates;
        foreach (var file in Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal))
        {
            var (text, why) = TextFile.Read(file, file);
            if (text is null) unread.Add(why!);
            else templates.Add((file, text));
        }
        return templates;
    }

    /// <summary>Folders in folders this deep are looked into, so that one that is a link to itself ends.</summary>
    const int Deepest = 8;

    static IEnumerable<string> Files(string path) =>
        File.Exists(path) ? [Path.GetFullPath(path)]
        : Directory.EnumerateFiles(path, "service.yaml", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = Deepest, AttributesToSkip = default, IgnoreInaccessible = false }).Select(Path.GetFullPath);
}
