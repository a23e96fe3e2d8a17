using Moothall.Definitions;

namespace Moothall.Council;

/// <summary>What is found wrong in the council's files while they are read; reading goes on, so that somebody mends a file in one go.</summary>
sealed class FindingList : List<Finding>
{
    public bool HasErrors => Exists(f => f.Severity == Severity.Error);

    public void Error(SourcePlace place, Message message) => Add(new(place, Severity.Error, message));
    public void Warn(SourcePlace place, Message message) => Add(new(place, Severity.Warning, message));
}
