namespace Moothall.Definitions;

/// <summary>One part of the paths with the examples that take it.</summary>
/// <param name="IsPossible">Whether anybody can take it; what is proved impossible is not counted.</param>
/// <param name="By">Names of the examples that take it.</param>
public sealed record PartCovered(PathPart Part, bool IsPossible, IReadOnlyList<string> By)
{
    /// <summary>Whether an example takes it.</summary>
    public bool IsTaken => By.Count > 0;
}

/// <summary>How many parts of a kind there are that can be taken, and how many are.</summary>
public sealed record KindCovered(IReadOnlyList<PathKind> Kinds, int Taken, int Possible);

/// <summary>
/// How much of the paths of a service its examples take: parts taken by at least one example, divided by parts that can be taken. Each part counts as one, whatever it is. It says nothing of
/// combinations: two parts may each be taken and never together.
/// </summary>
public sealed record PathCoverage(IReadOnlyList<PartCovered> Parts)
{
    /// <summary>The kinds that are counted together.</summary>
    static readonly IReadOnlyList<IReadOnlyList<PathKind>> Together =
    [
        [PathKind.Asked], [PathKind.PassedOver], [PathKind.Shown, PathKind.NotShown], [PathKind.Exit], [PathKind.Alert], [PathKind.Decided], [PathKind.Charged, PathKind.NotCharged],
        [PathKind.Shared, PathKind.NotShared], [PathKind.Stage], [PathKind.Action],
    ];

    /// <summary>The coverage by some routes.</summary>
    /// <param name="never">Parts that nobody can take.</param>
    public static PathCoverage Of(ServiceDefinition definition, IReadOnlyCollection<ExampleRoute> routes, IReadOnlySet<PathPart> never)
    {
        ArgumentNullException.ThrowIfNull(routes);
        ArgumentNullException.ThrowIfNull(never);
        return new PathCoverage([.. PathParts.Of(definition).Select(part => new PartCovered(part, !never.Contains(part), [.. routes.Where(r => r.Taken.Contains(part)).Select(r => r.Example.Name)]))]);
    }

    /// <summary>Parts that can be taken.</summary>
    public int Possible => Parts.Count(p => p.IsPossible);
    /// <summary>Parts that are taken, of those that can be.</summary>
    public int Taken => Parts.Count(p => p is { IsPossible: true, IsTaken: true });
    /// <summary>In percent, rounded down, so that 100 means all. A service without parts has nothing that is not taken.</summary>
    public int Percent => Possible == 0 ? 100 : 100 * Taken / Possible;
    /// <summary>Parts that can be taken and are not.</summary>
    public IReadOnlyList<PathPart> Untested => [.. Parts.Where(p => p is { IsPossible: true, IsTaken: false }).Select(p => p.Part)];
    /// <summary>The count of each kind that the service has.</summary>
    public IReadOnlyList<KindCovered> ByKind =>
        [.. Together.Select(kinds => Parts.Where(p => p.IsPossible && kinds.Contains(p.Part.Kind)).ToList() is var of ? new KindCovered(kinds, of.Count(p => p.IsTaken), of.Count) : null!).Where(k => k.Possible > 0)];

    /// <summary>A part with the examples that take it.</summary>
    public PartCovered? Find(PathKind kind, string of, string? name = null) => byPart.GetValueOrDefault(new PathPart(kind, of, name ?? of));

    readonly Dictionary<PathPart, PartCovered> byPart = Parts.ToDictionary(p => p.Part);
}
