namespace Moothall.Definitions;

/// <summary>The moments at which a person may be told about their case, and what can be said at each.</summary>
public static class MailMoment
{
    /// <summary>What every message about a case may name.</summary>
    static readonly string[] Always = ["reference", "title", "council", "phone", "name", "close-by", "link", "choices-link"];

    /// <summary>Fields that say who somebody is or what they wrote, and so never stand in a subject.</summary>
    public static readonly IReadOnlySet<string> InMessageOnly = new HashSet<string> { "name", "applicant", "question", "outcome", "note" };

    /// <summary>Messages to whoever must agree, which follow `co-sign` and not `tell`.</summary>
    public static readonly IReadOnlyList<string> ToCoSigner = ["co-sign", "co-sign-reminder"];

    /// <summary>What they may name: nothing of the case but what asking somebody to agree needs.</summary>
    static readonly string[] OfCoSigner = ["reference", "title", "council", "phone", "name", "applicant", "link", "until"];

    static readonly Dictionary<string, string[]> More = new(StringComparer.Ordinal)
    {
        ["received"] = ["next"], ["stage"] = ["stage"], ["closed"] = ["outcome"], ["question"] = ["question"], ["late"] = ["stage"], ["reopened"] = [], ["moved"] = ["stage"],
    };

    /// <summary>All of them, as `tell` names them after `on` and templates before their language.</summary>
    public static IReadOnlyCollection<string> All => More.Keys;

    /// <summary>The fields that a template of a moment may name; null when there is no such moment. `stage-repair` and `closed-repaired` are stages and outcomes of their own.</summary>
    public static IReadOnlyList<string>? Fields(string moment)
    {
        ArgumentNullException.ThrowIfNull(moment);
        if (ToCoSigner.Contains(moment)) return OfCoSigner;
        var general = More.ContainsKey(moment) ? moment : moment.StartsWith("stage-", StringComparison.Ordinal) ? "stage" : moment.StartsWith("closed-", StringComparison.Ordinal) ? "closed" : null;
        return general is null ? null : [.. Always, .. More[general]];
    }
}
