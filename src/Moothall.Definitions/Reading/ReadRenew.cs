namespace Moothall.Definitions;

/// <summary>Reads what runs out after a time: `after: [granted]`, `every: 1 year`, `remind: 30 days before`.</summary>
static class ReadRenew
{
    public static Renewal? Renewal(YamlMap map, List<Finding> findings)
    {
        map.Only(findings, ServiceKeys.Renew);
        var after = map.NamesOf("after", findings);
        var every = map.TextOf("every", findings) is { } whole ? CalendarTime(whole, whole.Text, "1 year", findings) : null;
        var remind = map.TextOf("remind", findings) is { } before ? Before(before, findings) : null;
        var (begins, ends) = (map.TextOf("begins", findings), map.TextOf("ends", findings));
        if (begins is not null && ends is not null)
            findings.Add(new(ends.Place, Severity.Error, new Message("`begins` and `ends` cannot both be given; keep the one whose date staff know")));
        return every is { } time && remind is { } ahead ? new([.. after.Select(o => o.Text)], time, ahead, map.Owner) { Begins = begins?.Text, Ends = begins is null ? ends?.Text : null } : null;
    }

    internal static Period? Before(YamlText text, List<Finding> findings)
    {
        if (text.Text.EndsWith(" before", StringComparison.Ordinal)) return CalendarTime(text, text.Text[..^7], "30 days before", findings);
        findings.Add(new(text.Place, Severity.Error, new Message("{shape} does not say how long before the end; write for example `30 days before`", ("shape", text.Shape))));
        return null;
    }

    internal static Period? CalendarTime(YamlText text, string words, string example, List<Finding> findings)
    {
        if (Period.Parse(words) is { Unit: PeriodUnit.Days or PeriodUnit.Weeks or PeriodUnit.Months or PeriodUnit.Years } period) return period;
        findings.Add(new(text.Place, Severity.Error, new Message("`{words}` is not a time that can run; write days, weeks, months or years, for example `{example}`", ("words", YamlText.Shorten(words)), ("example", example))));
        return null;
    }

    /// <summary>About how many days a calendar time has, to compare two of them.</summary>
    internal static int Days(Period period) => period.Amount * period.Unit switch
    {
        PeriodUnit.Years => 365,
        PeriodUnit.Months => 30,
        PeriodUnit.Weeks => 7,
        _ => 1,
    };
}
