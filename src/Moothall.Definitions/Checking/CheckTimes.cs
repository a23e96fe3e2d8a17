using NodaTime;

namespace Moothall.Definitions;

/// <summary>Every time to keep is one that the calendar can add, and a time by value covers each value and no other.</summary>
static class CheckTimes
{
    public static void Run(ServiceDefinition d, Surroundings s, Findings findings)
    {
        Target(d, s, d.Work.CloseWithin, "work/close-within", findings);
        foreach (var stage in d.Work.Stages) Target(d, s, stage.Within, $"work/stages/{stage.Name}/within", findings);
        Addable(s, d.Keep.For, findings.At("keep/for", d.Keep.Place), findings, onlyToday: true);
    }

    static void Target(ServiceDefinition d, Surroundings s, Target? target, string path, Findings findings)
    {
        if (target is null) return;
        if (target.Always is { } always) Addable(s, always, findings.At(path, target.Place), findings);
        foreach (var (value, period) in target.ByValue) Addable(s, period, findings.At($"{path}/{value}", target.Place), findings);
        if (target.By is not { } by) return;
        if (Values(d, by) is not { } values)
        {
            var near = d.Decide.Select(x => x.Name).Concat(d.Ask.Where(q => q.Type.Kind == ValueKind.Choice).Select(q => q.Name)).ToList();
            findings.Error(findings.At($"{path}/by", target.Place), d.FindQuestion(by) is { } question
                ? new Message("`by` needs a decision or a question of type `choice`, but `{by}` is of type `{type}`; make a decision from it", ("by", by), ("type", question.Type.Name))
                : new Message("no decision or choice question is called `{name}`", ("name", by)).With(DidYouMean.Ending(by, near)));
            return;
        }
        var meant = target.ByValue.Keys.Where(v => !values.Contains(v)).Select(v => DidYouMean.Among(v, values)).ToHashSet();
        foreach (var missing in values.Where(v => !target.ByValue.ContainsKey(v) && !meant.Contains(v)))
            findings.Error(target.Place, new Message("there is no time for `{by}` being `{missing}`; add `{missing}:` with a time", ("by", by), ("missing", missing)));
        foreach (var unknown in target.ByValue.Keys.Where(v => !values.Contains(v)))
            findings.Error(findings.At($"{path}/{unknown}", target.Place), new Message("`{by}` is never `{unknown}`", ("by", by), ("unknown", unknown)).With(DidYouMean.Ending(unknown, values)));
    }

    static List<string>? Values(ServiceDefinition d, string by) =>
        d.Decide.FirstOrDefault(x => x.Name == by) is { } decision ? [.. decision.Rows.Select(r => r.Value).Distinct()]
        : d.FindQuestion(by) is { Type.Kind: ValueKind.Choice } question ? [.. question.Options.Select(o => o.Name)]
        : null;

    /// <summary>Asks the calendar; the time for keeping records is a calendar time far ahead and needs no holidays.</summary>
    static void Addable(Surroundings s, Period period, SourcePlace place, Findings findings, bool onlyToday = false)
    {
        if (s.Calendar is not { } calendar || onlyToday && period.Unit is PeriodUnit.Days or PeriodUnit.Weeks or PeriodUnit.Months or PeriodUnit.Years && period.Amount <= 150) return;
        var start = s.Today.At(new LocalTime(12, 0)).InZoneLeniently(calendar.Zone).ToInstant();
        if (calendar.Add(start, period).Refusal is { } refusal) findings.Error(place, refusal);
    }
}
