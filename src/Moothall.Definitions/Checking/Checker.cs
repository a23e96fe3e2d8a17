using System.Globalization;
namespace Moothall.Definitions;

/// <summary>
/// Proves what must hold before a definition may be published: names resolve, the work can always be closed, personal answers
/// are kept lawfully, sharing is covered, words are plain. Whether questions and decisions can be reached is proved by Reachability.
/// </summary>
public static class Checker
{
    /// <summary>All findings about one definition in the council around it, in the order of its file.</summary>
    public static IReadOnlyList<Finding> Check(ServiceDefinition d, Surroundings s)
    {
        var findings = new Findings(d);
        foreach (var taken in CheckPrefix(d, s.Services.Where(x => x.Value == d.Prefix).Select(x => x.Key))) findings.Add(taken);
        CheckCoSign.Run(d, findings);
        CheckWork.Run(d, findings);
        CheckDecisions(d, findings);
        CheckTimes.Run(d, s, findings);
        CheckData.Run(d, s, findings);
        CheckForm.Run(d, findings);
        CheckCharges.Run(d, findings);
        CheckMeasure(d, findings);
        CheckWords.Run(d, findings);
        return [.. findings.All.Concat(Reachability.Check(d, s.LookUps)).Distinct().OrderBy(f => f.Place.Line).ThenBy(f => f.Place.Column)];
    }

    /// <summary>Finds two files that claim one name or one prefix; the later file is told.</summary>
    public static IReadOnlyList<Finding> CheckTogether(IReadOnlyList<ServiceDefinition> definitions)
    {
        var findings = new List<Finding>();
        var names = new Dictionary<string, ServiceDefinition>(StringComparer.Ordinal);
        var prefixes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var mine in definitions)
        {
            if (!names.TryAdd(mine.Name, mine)) findings.Add(new(mine.Place, Severity.Error, new Message("the service `{mine}` is also in {file}; give one of them another name", ("mine", mine.Name), ("file", names[mine.Name].Place.File))));
            if (!prefixes.TryAdd(mine.Prefix, mine.Name) && prefixes[mine.Prefix] != mine.Name) findings.Add(PrefixTaken(mine, prefixes[mine.Prefix]));
        }
        return findings;
    }

    /// <summary>Finds that a service's prefix is that of another, by the names of all that have it.</summary>
    public static IEnumerable<Finding> CheckPrefix(ServiceDefinition definition, IEnumerable<string> named)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return named.Where(name => name != definition.Name).Order(StringComparer.Ordinal).Take(1).Select(other => PrefixTaken(definition, other));
    }

    static Finding PrefixTaken(ServiceDefinition d, string other) =>
        new(d.Places.GetValueOrDefault("prefix", d.Place), Severity.Error, new Message("the prefix `{prefix}` is already that of `{other}`; choose another, so that references tell the services apart", ("prefix", d.Prefix), ("other", other)));

    static void CheckDecisions(ServiceDefinition d, Findings findings)
    {
        foreach (var decision in d.Decide)
        {
            if (decision.Rows.Count == 0) findings.Error(decision.Place, new Message("the decision `{decision}` has no values; write at least `routine: otherwise`", ("decision", decision.Name)));
            foreach (var row in decision.Rows.SkipLast(1).Where(r => r.When is null))
                findings.Error(row.Place, new Message("`{row}: otherwise` must be the last line of `{decision}`, because it takes all that is left; move it down", ("row", row.Value), ("decision", decision.Name)));
        }
    }

    static void CheckMeasure(ServiceDefinition d, Findings findings)
    {
        foreach (var (figure, rate) in d.Measure.Targets.Where(t => t.Value is < 0 or > 1))
            findings.Error(findings.At($"measure/target/{figure}", d.Measure.Place), new Message("a target is between 0% and 100%, but `{figure}` is {rate}%", ("figure", figure), ("rate", (rate * 100).ToString("0.##", CultureInfo.InvariantCulture))));
    }
}

/// <summary>The findings about one definition as they are made, with the places of its words.</summary>
sealed class Findings(ServiceDefinition definition)
{
    readonly List<Finding> all = [];
    public IReadOnlyList<Finding> All => all;

    public void Add(Finding finding) => all.Add(finding);
    public void Error(SourcePlace place, Message message) => all.Add(new(place, Severity.Error, message));
    public void Warn(SourcePlace place, Message message) => all.Add(new(place, Severity.Warning, message));

    /// <summary>Where the word of that path stands in the file, or the place given when the definition was not read from one.</summary>
    public SourcePlace At(string path, SourcePlace otherwise) => definition.Places.GetValueOrDefault(path, otherwise);
}
