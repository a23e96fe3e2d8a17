using System.Text;
using System.Text.RegularExpressions;
using NodaTime;

namespace Moothall.StandIns;

/// <summary>A message that the stand-in mail server took, as it came over the wire, and what is read in it.</summary>
/// <param name="Number">Counts from 1.</param>
/// <param name="From">The sender of the envelope: where it would come back to.</param>
/// <param name="To">The address of the envelope.</param>
/// <param name="Raw">The whole message.</param>
public sealed partial record TakenMail(int Number, Instant At, string From, string To, string Raw)
{
    public string Subject => Header("Subject") ?? "";
    public string MessageId => Header("Message-ID") ?? "";
    public string Plain => Part("text/plain");
    public string Html => Part("text/html");

    /// <summary>The lines of the head of the message, unfolded.</summary>
    public IReadOnlyList<string> HeaderLines => Raw[..Raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Replace("\r\n ", " ", StringComparison.Ordinal).Split("\r\n");

    /// <summary>The value of a header, decoded; null where there is none.</summary>
    public string? Header(string name) =>
        HeaderLines.FirstOrDefault(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)) is { } line ? Words(line[(name.Length + 1)..].Trim()) : null;

    string Part(string type)
    {
        var start = Raw.IndexOf($"Content-Type: {type}", StringComparison.OrdinalIgnoreCase);
        if (start < 0) return "";
        var body = Raw.IndexOf("\r\n\r\n", start, StringComparison.Ordinal) + 4;
        var end = Raw.IndexOf("\r\n--", body, StringComparison.Ordinal);
        return Encoding.UTF8.GetString(Convert.FromBase64String(Raw[body..end].Replace("\r\n", "", StringComparison.Ordinal))).ReplaceLineEndings("\n");
    }

    static string Words(string value) => EncodedWord().Replace(BetweenWords().Replace(value, "?==?"), word => Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups[1].Value)));

    [GeneratedRegex(@"=\?utf-8\?B\?([^?]*)\?=", RegexOptions.IgnoreCase)]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"\?=\s+=\?")]
    private static partial Regex BetweenWords();
}
