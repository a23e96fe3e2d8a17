using System.Text.RegularExpressions;

namespace Moothall.Definitions;

/// <summary>What reading a template gave: the template, or null when any finding is an error.</summary>
public sealed record MailTemplateReading(MailTemplate? Template, IReadOnlyList<Finding> Findings);

/// <summary>
/// A message as its designer wrote it: a line `subject: ...`, an empty line, then plain Markdown in which ((field)) stands for what is known of the case.
/// A paragraph with a field that has no value is left out, so that no `if` is needed.
/// </summary>
public sealed partial record MailTemplate(string Subject, string Body)
{
    /// <summary>Longest subject, in characters, before its fields are filled.</summary>
    public const int LongestSubject = 150;

    /// <summary>Reads a template and finds what is wrong with it.</summary>
    /// <param name="file">Its name, for findings.</param>
    /// <param name="text">What stands in it.</param>
    /// <param name="fields">The fields that it may name; null where any may stand.</param>
    public static MailTemplateReading Read(string file, string text, IReadOnlyCollection<string>? fields = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var findings = new List<Finding>();
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        const string head = "subject:";
        if (!lines[0].StartsWith(head, StringComparison.Ordinal) || lines[0][head.Length..].Trim() is not { Length: > 0 } subject)
        {
            findings.Add(new(new(file, 1, 1), Severity.Error, new Message("a message begins with its subject; write a first line like `subject: ((title)), reference ((reference))`, then an empty line")));
            return new(null, findings);
        }
        if (lines.Length > 1 && lines[1].Trim().Length > 0)
            findings.Add(new(new(file, 2, 1), Severity.Error, new Message("leave the second line empty: what follows it is the message")));
        if (subject.Length > LongestSubject)
            findings.Add(new(new(file, 1, head.Length + 1), Severity.Error, new Message("the subject has {length} characters; write {most} or fewer, because people see only the beginning", ("length", subject.Length), ("most", LongestSubject))));
        if (lines.Skip(1).All(string.IsNullOrWhiteSpace))
            findings.Add(new(new(file, lines.Length, 1), Severity.Error, new Message("the message is empty; write what the person needs to know")));
        for (var i = 0; i < lines.Length; i++) Line(new(file, i + 1, 1), lines[i], i == 0, fields, findings);
        return new(findings.Any(f => f.Severity == Severity.Error) ? null : new MailTemplate(subject, string.Join('\n', lines.Skip(1)).Trim('\n')), findings);
    }

    /// <summary>The names of the fields in a text, in order.</summary>
    public static IEnumerable<string> FieldsIn(string text) => Field().Matches(text).Select(m => m.Groups[1].Value);

    /// <summary>Puts something in the place of every field.</summary>
    public static string Fill(string text, Func<string, string> value) => Field().Replace(text, m => value(m.Groups[1].Value));

    /// <summary>Whether a field is a web address: `link`, or what ends in `-link`.</summary>
    public static bool IsLink(string field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field == "link" || field.EndsWith("-link", StringComparison.Ordinal);
    }

    static void Line(SourcePlace start, string line, bool isSubject, IReadOnlyCollection<string>? fields, List<Finding> findings)
    {
        foreach (Match found in Field().Matches(line))
        {
            var (name, place) = (found.Groups[1].Value, start with { Column = found.Index + 1 });
            if (fields is not null && !fields.Contains(name))
                findings.Add(new(place, Severity.Error, new Message("there is no field `{name}` in this message", ("name", name)).With(DidYouMean.Ending(name, [.. fields]))));
            else if (isSubject && (IsLink(name) || MailMoment.InMessageOnly.Contains(name)))
                findings.Add(new(place, Severity.Error, new Message("`{name}` may not stand in the subject, which everybody near a screen can read; put it into the message", ("name", name))));
            else if (!IsLink(name) && found.Index > 1 && line[(found.Index - 2)..found.Index] == "](")
                findings.Add(new(place, Severity.Error, new Message("a link cannot lead to `{name}`, because it is not a web address; use `link`", ("name", name))));
        }
        foreach (Match wrong in Mistaken().Matches(line))
            if (!Field().IsMatch(wrong.Value))
                findings.Add(new(start with { Column = wrong.Index + 1 }, Severity.Error, new Message("`{wrong}` is not a field; write its name in small letters between two pairs of brackets, like `((reference))`", ("wrong", wrong.Value))));
        if (Tag().Match(line) is { Success: true } tag)
            findings.Add(new(start with { Column = tag.Index + 1 }, Severity.Error, new Message("`{tag}` looks like HTML, which people would see as it stands; write plain words and Markdown", ("tag", tag.Value))));
    }

    [GeneratedRegex(@"\(\(([a-z][a-z0-9-]*)\)\)")]
    private static partial Regex Field();

    [GeneratedRegex(@"\(\([^()\n]*\)\)|\{\{[^{}\n]*\}\}")]
    private static partial Regex Mistaken();

    [GeneratedRegex(@"</?[a-zA-Z][^<>\n]*>")]
    private static partial Regex Tag();
}
