namespace Moothall.Definitions;

/// <summary>A place in a definition file: lines and columns count from 1.</summary>
public readonly record struct SourcePlace(string File, int Line, int Column)
{
    public override string ToString() => $"{File}:{Line}:{Column}";
}

/// <summary>How serious a finding is: an error stops publishing, a warning does not.</summary>
public enum Severity { Warning, Error }

/// <summary>What the checker has to say about one place, in words a service designer knows, with the mend.</summary>
public sealed record Finding(SourcePlace Place, Severity Severity, string Message)
{
    /// <summary>The line that `moothall check` prints: `FILE:LINE:COL: error: MESSAGE`.</summary>
    public override string ToString() => $"{Place}: {(Severity == Severity.Error ? "error" : "warning")}: {Message}";
}
