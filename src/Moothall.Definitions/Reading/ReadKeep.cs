using System.Text.RegularExpressions;

namespace Moothall.Definitions;

/// <summary>Reads how long a record is kept, why, and which questions are personal.</summary>
static partial class ReadKeep
{
    static readonly string[] Moments = ["closed", "received"];

    public static Keeping? Keeping(YamlMap map, List<Finding> findings)
    {
        map.Only(findings, ServiceKeys.Keep);
        var time = map.TextOf("for", findings) is { } text ? Time(text, findings) : null;
        var because = map.TextOf("because", findings);
        if (because is not null && !ServiceKeys.Reasons.Contains(because.Text))
            findings.Add(new(because.Place, Severity.Error, new Message("no lawful reason is called `{name}`", ("name", YamlText.Shorten(because.Text))).With(DidYouMean.Ending(because.Text, ServiceKeys.Reasons))));
        var personal = map.NamesOf("personal", findings);
        return time is var (period, after) && because is not null ? new(period, after, because.Text, [.. personal.Select(p => p.Text)], map.Find("for")!.Place) : null;
    }

    static (Period, string)? Time(YamlText text, List<Finding> findings)
    {
        if (After().Match(text.Text) is not { Success: true } match || !Moments.Contains(match.Groups[2].Value))
        {
            findings.Add(new(text.Place, Severity.Error, new Message("{shape} does not say when the time begins; write for example `6 years after closed` or `1 year after received`", ("shape", text.Shape))));
            return null;
        }
        if (Period.Parse(match.Groups[1].Value) is { Unit: PeriodUnit.Days or PeriodUnit.Weeks or PeriodUnit.Months or PeriodUnit.Years } period) return (period, match.Groups[2].Value);
        findings.Add(new(text.Place, Severity.Error, new Message("`{time}` is not a time to keep records; write days, weeks, months or years, for example `6 years after closed`", ("time", YamlText.Shorten(match.Groups[1].Value)))));
        return null;
    }

    [GeneratedRegex("^(.+) after ([a-z]+)$")]
    private static partial Regex After();
}
