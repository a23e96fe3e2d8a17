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
        CheckServices(d, s, findings);
        CheckWork.Run(d, findings);
        CheckDecisions(d, findings);
        CheckTimes.Run(d, s, findings);
        CheckData.Run(d, s, findings);
        CheckCharges.Run(d, findings);
        CheckMeasure(d, findings);
        CheckWords.Run(d, findings);
        return [.. findings.All.Concat(Reachability.Check(d, s.LookUps)).Distinct().OrderBy(f => f.Place.Line).ThenBy(f => f.Place.Column)];
    }

    /// <summary>Finds two files that claim one name or one prefix; the later file is told.</summary>
    public static IReadOnlyList<Finding> CheckTogether(IReadOnlyList<ServiceDefinition> definitions)
    {
        var findings = new List<Finding>();
        for (var i = 0; i < definitions.Count; i++)
        {
            var mine = definitions[i];
            var twin = definitions.Take(i).FirstOrDefault(d => d.Name == mine.Name);
            if (twin is not null) findings.Add(new(mine.Place, Severity.Error, new Message("the service `{mine}` is also in {file}; give one of them another name", ("mine", mine.Name), ("file", twin.Place.File))));
            var prefix = definitions.Take(i).FirstOrDefault(d => d.Prefix == mine.Prefix && d.Name != mine.Name);
            if (prefix is not null) findings.Add(PrefixTaken(mine, prefix.Name));
        }
        return findings;
    }

    static void CheckServices(ServiceDefinition d, Surroundings s, Findings findings)
    {
        var other = s.Services.Where(x => x.Value == d.Prefix && x.Key != d.Name).Select(x => x.Key).Order(StringComparer.Ordinal).FirstOrDefault();
        if (other is not null) findings.Add(PrefixTaken(d, other));
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
