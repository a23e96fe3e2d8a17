using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Markdig;
using Moothall.Council;
using Moothall.Definitions;

namespace Moothall.Notifications;

/// <summary>
/// A message written out: its subject, its plain text, and the same as HTML. What people wrote is put in last and escaped for where it stands, so that it
/// can become neither markup, nor a link, nor a header.
/// </summary>
public sealed partial record MailText(string Subject, string Plain, string Html)
{
    public static readonly MailText Nothing = new("", "", "");

    static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UseAutoLinks().Build();
    const int LongestField = 300;

    /// <summary>Writes a message out, with its template where it names one.</summary>
    internal static MailText Write(OutgoingMail mail, Authority authority, CouncilFiles council)
    {
        var (template, language) = mail.Template is { } name ? Templates.Find(council, name, mail.Language)
            : new FoundTemplate(new MailTemplate(mail.Subject ?? throw new ArgumentException("A message needs a template or a subject."), mail.Body ?? ""), mail.Language);
        var fields = new Dictionary<string, string?>(mail.Fields);
        fields.TryAdd("council", authority.Name);
        fields.TryAdd("phone", authority.Contact.Phone);
        return Write(template, fields, language);
    }

    /// <summary>Puts the fields into a template. A paragraph with a field that has no value is left out.</summary>
    public static MailText Write(MailTemplate template, IReadOnlyDictionary<string, string?> fields, string language)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(fields);
        var clean = fields.ToDictionary(f => f.Key, f => Clean(f.Key, f.Value));
        var said = BlankLines().Split(template.Body).Where(paragraph => MailTemplate.FieldsIn(paragraph).All(f => clean.GetValueOrDefault(f) is { Length: > 0 }));
        var body = string.Join("\n\n", said);
        var subject = SubjectOf(template, fields);
        return new MailText(subject, Plainly(body, clean), Page(subject, Marked(body, clean), language));
    }

    /// <summary>
    /// The same message without what it says of one of its cases (<see cref="OutgoingMail.Cases"/>). What people wrote stands on one line behind a label, and
    /// escaped, so that it can be neither the line of a reference nor the end of a list.
    /// </summary>
    public MailText Without(string reference)
    {
        var (lines, kept, leaving) = (Plain.Split('\n'), new List<string>(), false);
        foreach (var line in lines)
        {
            if (line == reference) leaving = true;
            else if (leaving && line.Length > 0 && !line.StartsWith("- ", StringComparison.Ordinal)) leaving = false;
            if (!leaving) kept.Add(line);
        }
        var html = Regex.Replace(Html, $"<p><strong>{Regex.Escape(reference)}</strong></p>\\s*(<ul>.*?</ul>\\s*)?", "", RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        return this with { Plain = string.Join('\n', kept), Html = html };
    }

    /// <summary>The subject alone.</summary>
    public static string SubjectOf(MailTemplate template, IReadOnlyDictionary<string, string?> fields)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(fields);
        return OneLine(MailTemplate.Fill(template.Subject, f => Clean(f, fields.GetValueOrDefault(f)) ?? ""));
    }

    /// <summary>Plain text: the Markdown less its marks, because it is read by people and by screen readers.</summary>
    static string Plainly(string body, Dictionary<string, string?> fields)
    {
        var lines = body.Split('\n').Select(line =>
        {
            var quoted = line.StartsWith("> ", StringComparison.Ordinal) ? "\n> " : "\n";
            var plain = Heading().Replace(Strong().Replace(Link().Replace(line, "$1: $2"), "$1"), "");
            return MailTemplate.Fill(plain, f => fields[f]!.Replace("\n", quoted, StringComparison.Ordinal));
        });
        return string.Join('\n', lines).Trim('\n') + "\n";
    }

    /// <summary>HTML: words stand in for the fields while the Markdown is read, so that no value is ever read as Markdown.</summary>
    static string Marked(string body, Dictionary<string, string?> fields)
    {
        var names = MailTemplate.FieldsIn(body).Distinct().ToList();
        var word = "field";
        while (body.Contains(word, StringComparison.Ordinal)) word += "x";
        string Standing(string field) => string.Create(CultureInfo.InvariantCulture, $"{word}{names.IndexOf(field)}z");
        var html = Markdown.ToHtml(MailTemplate.Fill(body, Standing), Pipeline);
        foreach (var name in names)
        {
            var value = fields[name]!;
            var escaped = WebUtility.HtmlEncode(value);
            html = MailTemplate.IsLink(name)
                ? html.Replace($"\"{Standing(name)}\"", $"\"{escaped}\"", StringComparison.Ordinal).Replace(Standing(name), $"<a href=\"{escaped}\">{escaped}</a>", StringComparison.Ordinal)
                : html.Replace(Standing(name), escaped.Replace("\n", "<br>\n", StringComparison.Ordinal), StringComparison.Ordinal);
        }
        return html;
    }

    // Mail programs read no style sheets, so the little there is stands in the text.
    static string Page(string subject, string body, string language) => $"""
        <!DOCTYPE html>
        <html lang="{WebUtility.HtmlEncode(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{WebUtility.HtmlEncode(subject)}</title></head>
        <body style="margin:0;padding:24px;font-family:Arial,sans-serif;font-size:19px;line-height:1.5;color:#0b0c0c;background:#ffffff"><div style="max-width:600px">
        {body}</div></body></html>
        """.ReplaceLineEndings("\n") + "\n";

    static string? Clean(string field, string? value)
    {
        if (string.IsNullOrWhiteSpace(value)) return null;
        if (MailTemplate.IsLink(field))
            return Uri.TryCreate(value, UriKind.Absolute, out var link) && link.Scheme is "https" or "http" ? link.AbsoluteUri
                : throw new ArgumentException($"The field {field} of a message is not a web address.");
        if (field is "question" or "words" or "next") return Visible(value.ReplaceLineEndings("\n"), keepLines: true).Trim();
        var line = OneLine(value);
        // A name that holds a web address would be made a link by the reader's mail program: such a name is not said.
        if (field is "name" or "applicant" && LooksLikeAnAddress().IsMatch(line)) return null;
        return line.Length <= LongestField ? line : line[..(char.IsHighSurrogate(line[LongestField - 1]) ? LongestField - 1 : LongestField)] + "…";
    }

    static string OneLine(string text) => Spaces().Replace(Visible(text, keepLines: false), " ").Trim();

    // Control characters end headers, and marks that turn the direction of writing hide what a text says.
    static string Visible(string text, bool keepLines)
    {
        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == '\n' && keepLines) visible.Append('\n');
            else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator) visible.Append(' ');
            else if (rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFEFF or 0x200B) continue;
            else visible.Append(rune);
        }
        return visible.ToString();
    }

    [GeneratedRegex(@"\n[ \t]*\n\s*")]
    private static partial Regex BlankLines();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"[:/\\@<>]|www\.|\w\.\w{2,}", RegexOptions.IgnoreCase)]
    private static partial Regex LooksLikeAnAddress();

    [GeneratedRegex(@"\[([^\]\n]+)\]\(([^\s]+)\)(?!\))")]
    private static partial Regex Link();

    [GeneratedRegex(@"\*\*([^*\n]+)\*\*")]
    private static partial Regex Strong();

    [GeneratedRegex(@"^#{1,6} ")]
    private static partial Regex Heading();
}
