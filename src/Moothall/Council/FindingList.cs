using Moothall.Definitions;

namespace Moothall.Council;

/// <summary>What is found wrong in the council's files while they are read; reading goes on, so that somebody mends a file in one go.</summary>
sealed class FindingList
{
    readonly List<Finding> findings = [];

    public IReadOnlyList<Finding> All => findings;
    public bool HasErrors => findings.Exists(f => f.Severity == Severity.Error);

    public void Error(SourcePlace place, string message) => findings.Add(new(place, Severity.Error, message));
    public void Warn(SourcePlace place, string message) => findings.Add(new(place, Severity.Warning, message));
    public void AddRange(IEnumerable<Finding> more) => findings.AddRange(more);
}
