using Moothall.Council;
using Moothall.Definitions;
using NodaTime;

namespace Moothall.Journeys;

/// <summary>A service as it lies in its folder now, with what the check and its examples say of it.</summary>
/// <param name="Stamp">What its files are at; another one means that something was saved.</param>
/// <param name="File">The service's file.</param>
/// <param name="Findings">What the check finds, and what is wrong with the examples.</param>
/// <param name="Routes">The paths of its examples.</param>
/// <param name="Coverage">How much of the paths they take; null where the file cannot be read.</param>
/// <param name="Found">Answers that lead to each part, as far as they were found.</param>
public sealed record PreviewedService(string Stamp, ServiceFile File, IReadOnlyList<Finding> Findings, IReadOnlyList<ExampleRoute> Routes, PathCoverage? Coverage,
    IReadOnlyDictionary<PathPart, FoundPath> Found);

/// <summary>
/// The folder of one service as its designer sees it while writing: looked at anew whenever something in it was saved. Nothing of it is in the store but what the preview publishes into its
/// throw-away one.
/// </summary>
/// <param name="services">The folder of services.</param>
/// <param name="name">The service's name.</param>
public sealed class ServicePreview(string services, string name)
{
    readonly Lock one = new();
    (CouncilFiles Council, LocalDate Today, PreviewedService Seen)? last;

    public string Name => name;
    /// <summary>The folder of the service.</summary>
    public string Folder { get; } = Path.GetFullPath(Path.Combine(services, name));
    /// <summary>The folder of all services, with the fragments that they share.</summary>
    public string Services { get; } = Path.GetFullPath(services);
    /// <summary>The folder of fragments.</summary>
    public string Fragments => Path.Combine(Services, ServiceFolder.FragmentsFolder);
    string File => Path.Combine(Folder, "service.yaml");
    string Examples => Path.Combine(Folder, "examples.yaml");

    /// <summary>What the files are at: their names, sizes and when each was written.</summary>
    string Stamp() => ServiceReader.Hash(string.Join('|', new[] { Folder, Fragments }.Where(Directory.Exists)
        .SelectMany(folder => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)).OrderBy(f => f.FullName, StringComparer.Ordinal)
        .Select(f => $"{f.FullName}:{f.Length}:{f.LastWriteTimeUtc.Ticks}")))[..16];

    /// <summary>What its files are at, and which version of it is in force: another one means that a page is to be drawn anew.</summary>
    public string Stamp(PublishedServices published)
    {
        ArgumentNullException.ThrowIfNull(published);
        return $"{Stamp()}-{published.Find(name)?.Version ?? 0}";
    }

    /// <summary>The service as its files are now.</summary>
    public PreviewedService Look(CouncilFiles council, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(council);
        var stamp = Stamp();
        lock (one)
        {
            if (last is { } known && known.Seen.Stamp == stamp && ReferenceEquals(known.Council, council) && known.Today == today) return known.Seen;
            var seen = Read(stamp, council, today);
            last = (council, today, seen);
            return seen;
        }
    }

    PreviewedService Read(string stamp, CouncilFiles council, LocalDate today)
    {
        var file = ServiceFolder.Check([File], council, today)[0];
        var findings = file.Findings.ToList();
        var offers = council.Offers.Where(o => o.Service == name).ToList();
        if (offers.TrueForAll(IsMadeUp))
            findings.Add(new(new SourcePlace(file.Path, 1, 1), Severity.Warning, new Message("no authority offers `{service}`, so nobody can find it; add it to the council's offers.yaml", ("service", name))));
        if (file.Definition is not { } definition) return new PreviewedService(stamp, file, findings, [], null, new Dictionary<PathPart, FoundPath>());
        var (examples, wrong) = System.IO.File.Exists(Examples) ? ExamplesFile.Read(Examples, System.IO.File.ReadAllText(Examples), today) : ([], []);
        IReadOnlyList<ExampleRoute> routes = [.. examples.Select(example => ExampleRoute.Of(definition, example, council.Places, today))];
        findings.AddRange(wrong.Concat(routes.SelectMany(r => r.Findings)));
        var never = PathParts.Never(definition, council.Places);
        return new PreviewedService(stamp, file, findings, routes, PathCoverage.Of(definition, routes, never), PathFinder.Find(definition, routes, never, council.Places, today));
    }

    /// <summary>A file that an example names, or the first of its kind among the examples' files; null where there is none.</summary>
    public (string Name, byte[] Bytes)? FileLike(string wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var folder = Path.Combine(Folder, "examples");
        if (!Directory.Exists(folder)) return null;
        var files = new DirectoryInfo(folder).GetFiles().OrderBy(f => f.Name, StringComparer.Ordinal).ToList();
        return (files.Find(f => f.Name == wanted) ?? files.Find(f => string.Equals(f.Extension, Path.GetExtension(wanted), StringComparison.OrdinalIgnoreCase))) is { } found
            ? (found.Name, System.IO.File.ReadAllBytes(found.FullName)) : null;
    }

    /// <summary>
    /// The council with the service on offer at its first front door, so that it can be seen before anybody offers it: as another authority of the council offers it, or by the first team with
    /// prices that are made up.
    /// </summary>
    public CouncilFiles Offered(CouncilFiles council)
    {
        ArgumentNullException.ThrowIfNull(council);
        var first = council.Authorities[0].Id;
        if (council.FindOffer(name, first) is not null) return council;
        var offer = council.Offers.FirstOrDefault(o => o.Service == name) is { } elsewhere ? elsewhere with { Authority = first } : MadeUp(council, first);
        return council with { Offers = [.. council.Offers, offer] };
    }

    Offer MadeUp(CouncilFiles council, string authority)
    {
        var team = council.Teams.Values.FirstOrDefault(t => t.Authorities.Contains(authority)) ?? council.Teams.Values.First();
        var charges = System.IO.File.Exists(File) ? ServiceReader.Read(File, ServiceFolder.Whole(File).Text, council.Places).Definition?.Charges ?? [] : [];
        return new Offer(name, authority, team.Id, new Dictionary<string, string>(), null, null)
        {
            Fees = charges.SelectMany(c => c.Fees).Distinct().ToDictionary(fee => fee, _ => MadeUpPence), Pay = charges.Count > 0 ? Phrases.InAll("The council has not said yet how to pay.") : null,
        };
    }

    const long MadeUpPence = 1000;

    static bool IsMadeUp(Offer offer) => offer.Place.File is null;
}
