namespace Moothall.Definitions;

/// <summary>A place in a definition file: lines and columns count from 1.</summary>
public readonly record struct SourcePlace(string File, int Line, int Column)
{
    public override string ToString() => $"{File}:{Line}:{Column}";
}

/// <summary>How serious a finding is: an error stops publishing, a warning does not.</summary>
public enum Severity { Warning, Error }

/// <summary>What the checker has to say about one place, in words a service designer knows, with the mend. Two findings are the same when they say the same of the same place.</summary>
public sealed record Finding(SourcePlace Place, Severity Severity, Message What)
{
    /// <summary>What it says, in English.</summary>
    public string Message => What.ToString();

    /// <summary>The line that `moothall check` prints, in a language: `FILE:LINE:COL: error: MESSAGE`. The words `error` and `warning` are codes.</summary>
    public string In(Phrases phrases) => $"{Place}: {Code}: {What.In(phrases)}";

    /// <summary>The line as a message.</summary>
    public Message AsMessage() => new Message("{place}: {what}", ("place", $"{Place}: {Code}"), ("what", What));

    /// <summary>The line in English.</summary>
    public override string ToString() => In(Phrases.English);

    string Code => Severity == Severity.Error ? "error" : "warning";

    public bool Equals(Finding? other) => other is not null && Place == other.Place && Severity == other.Severity && Message == other.Message;

    public override int GetHashCode() => HashCode.Combine(Place, Severity, Message);
}
