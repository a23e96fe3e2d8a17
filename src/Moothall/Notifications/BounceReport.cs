using System.Text.RegularExpressions;

namespace Moothall.Notifications;

/// <summary>
/// What a mail that came back says, in the form of RFC 3464: which of our messages, whether for good, and why. Our messages are known by their secret name,
/// which stands in the address the report was sent to, or in the headers that it returns.
/// </summary>
/// <param name="Tokens">The names that were found; no outsider can guess one.</param>
/// <param name="Action">failed, delayed, delivered, relayed, expanded.</param>
/// <param name="Status">Such as 5.1.1.</param>
/// <param name="Said">What the other mail server said; null when nothing.</param>
public sealed partial record BounceReport(IReadOnlyList<string> Tokens, string Action, string Status, string? Said)
{
    /// <summary>The message was not delivered and will not be.</summary>
    public bool HasFailed => Action == "failed";

    /// <summary>
    /// The address does not exist or takes nothing, so that no later message needs to be tried: class 5 about the address or the mailbox, less a mailbox
    /// that is full (RFC 3463).
    /// </summary>
    public bool IsForGood => HasFailed && (Status.StartsWith("5.1.", StringComparison.Ordinal) || Status is "5.0.0" or "5.2.0" or "5.2.1" or "5.4.4");

    /// <summary>Reads a report; null when it is none.</summary>
    public static BounceReport? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = text.ReplaceLineEndings("\n").Replace("\n ", " ", StringComparison.Ordinal).Replace("\n\t", " ", StringComparison.Ordinal);
        if (Field(lines, "Action") is not { } action || Field(lines, "Status") is not { } status) return null;
        var said = Field(lines, "Diagnostic-Code");
        return new BounceReport([.. Token().Matches(text).Select(m => m.Groups[1].Value).Distinct()], action.Split(' ', '(')[0].ToLowerInvariant(), StatusCode().Match(status).Value,
            said is null ? null : said[(said.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim());
    }

    static string? Field(string lines, string name) =>
        Regex.Match(lines, $@"^{name}:[ \t]*(.+)$", RegexOptions.Multiline | RegexOptions.IgnoreCase, TimeSpan.FromSeconds(2)) is { Success: true } found ? found.Groups[1].Value.Trim() : null;

    [GeneratedRegex(@"(?:moothall-|\+)([a-z0-9]{26})@")]
    private static partial Regex Token();

    [GeneratedRegex(@"[245]\.\d{1,3}\.\d{1,3}")]
    private static partial Regex StatusCode();
}
