using System.Text.RegularExpressions;

namespace Moothall.Definitions;

/// <summary>Finds what is wrong with the templates of messages: of a service (`templates/received.en.md` beside its service.yaml), or of the council.</summary>
public static partial class CheckTemplates
{
    /// <summary>Findings about one service's templates.</summary>
    /// <param name="d">The service.</param>
    /// <param name="files">Path and text of each file.</param>
    public static IReadOnlyList<Finding> OfService(ServiceDefinition d, IEnumerable<(string Path, string Text)> files)
    {
        ArgumentNullException.ThrowIfNull(d);
        ArgumentNullException.ThrowIfNull(files);
        var findings = new List<Finding>();
        foreach (var (path, text) in files)
        {
            if (Named(path, findings) is not { } moment) continue;
            Message? trouble = Stage(moment) is { } stage && d.Work.FindStage(stage) is null ? new Message("no stage is called `{name}`", ("name", stage)).With(DidYouMean.Ending(stage, [.. d.Work.Stages.Select(s => s.Name)]))
                : Outcome(moment) is { } outcome && d.Work.FindOutcome(outcome) is null ? new Message("no outcome is called `{name}`", ("name", outcome)).With(DidYouMean.Ending(outcome, [.. d.Work.Outcomes.Select(o => o.Name)])) : null;
            if (trouble is not null)
            {
                findings.Add(new(new(path, 1, 1), Severity.Error, new Message("this template is never sent: {trouble}", ("trouble", trouble))));
                continue;
            }
            if (Fields(path, moment, findings) is not { } fields) continue;
            findings.AddRange(MailTemplate.Read(path, text, fields).Findings);
            if (MailMoment.ToCoSigner.Contains(moment))
            {
                Link(path, text, findings);
                if (d.CoSign is null || moment == "co-sign-reminder" && d.CoSign.Remind is null)
                    findings.Add(new(new(path, 1, 1), Severity.Warning, d.CoSign is null ? new Message("this template is never sent, because nobody must agree; add `co-sign:` to the service, or take the file away")
                        : new Message("this template is never sent, because nobody is reminded; add `remind:` to `co-sign`, or take the file away")));
                continue;
            }
            var told = Stage(moment) is { } one ? d.Tells("stage", one) : Outcome(moment) is not null ? d.Tells("closed", null) : moment == "stage" ? d.Tell.Any(t => t.On == "stage") : d.Tells(moment, null);
            if (!told)
                findings.Add(new(new(path, 1, 1), Severity.Warning, new Message("this template is never sent, because `tell` does not name its moment; add `on {moment}: [email]` to the service, or take the file away", ("moment", Stage(moment) is { } s ? $"stage {s}" : moment))));
        }
        return findings;
    }

    /// <summary>Findings about the council's own templates.</summary>
    /// <param name="files">Path and text of each file.</param>
    /// <param name="others">Fields of the messages that are about no case, by their name.</param>
    public static IReadOnlyList<Finding> OfCouncil(IEnumerable<(string Path, string Text)> files, IReadOnlyDictionary<string, IReadOnlyList<string>> others)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(others);
        var findings = new List<Finding>();
        foreach (var (path, text) in files)
            if (Named(path, findings) is { } name && (others.GetValueOrDefault(name) ?? Fields(path, name, findings, others.Keys)) is { } fields)
            {
                findings.AddRange(MailTemplate.Read(path, text, fields).Findings);
                if (MailMoment.ToCoSigner.Contains(name)) Link(path, text, findings);
            }
        return findings;
    }

    // Without the link nobody could agree.
    static void Link(string path, string text, List<Finding> findings)
    {
        if (!MailTemplate.FieldsIn(text).Contains("link"))
            findings.Add(new(new(path, 1, 1), Severity.Error, new Message("nobody could agree by this message, because its link is missing; add a line such as `Read it and answer here: ((link))`")));
    }

    static string? Named(string path, List<Finding> findings)
    {
        if (FileName().Match(path) is { Success: true } name) return name.Groups[1].Value;
        findings.Add(new(new(path, 1, 1), Severity.Error, new Message("a template is called by its moment and its language; name it like `received.en.md`")));
        return null;
    }

    static IReadOnlyList<string>? Fields(string path, string moment, List<Finding> findings, IEnumerable<string>? others = null)
    {
        if (MailMoment.Fields(moment) is { } fields) return fields;
        List<string> known = [.. MailMoment.All, .. MailMoment.ToCoSigner, .. others ?? []];
        findings.Add(new(new(path, 1, 1), Severity.Error, new Message("no message is sent at `{moment}`", ("moment", moment)).With(DidYouMean.Ending(moment, known))));
        return null;
    }

    static string? Stage(string moment) => moment.StartsWith("stage-", StringComparison.Ordinal) ? moment["stage-".Length..] : null;

    static string? Outcome(string moment) => moment.StartsWith("closed-", StringComparison.Ordinal) ? moment["closed-".Length..] : null;

    [GeneratedRegex(@"(?:^|[/\\])([a-z][a-z0-9-]*)\.([a-z]{2,3})\.md$")]
    private static partial Regex FileName();
}
