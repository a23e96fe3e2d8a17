namespace Moothall.Definitions;

/// <summary>The prose of a service by who reads it. Every piece that the definition says to people is in one of the two.</summary>
public static class ServiceProse
{
    /// <summary>What residents read, in the order in which they meet it.</summary>
    public static IEnumerable<Prose> OfResidents(ServiceDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var d = definition;
        IEnumerable<Prose?> all =
        [
            d.Title, d.Summary, d.Start.Who, .. d.Start.Need, d.Start.Danger, d.Start.Cost, .. d.Sections.Select(s => s.Title), .. d.Pages.SelectMany(Of), .. d.Ask.SelectMany(Of), .. d.Exits.SelectMany(e => new[] { e.Title, e.Text }),
            .. d.Alerts.SelectMany(a => new[] { a.Title, a.Text }), .. d.Worked.Where(w => w.IsShown).Select(w => w.Label), .. d.Charges.Select(c => c.Label), d.CoSign?.Text, d.CoSign?.Statement, d.WhatHappensNext, .. d.Work.Stages.Select(s => s.ShownAs), .. d.Work.Outcomes.Select(o => o.Label),
        ];
        return all.OfType<Prose>();
    }

    /// <summary>What only staff read at the desk: what is decided, stages and their actions, the questions that actions ask. A name that stands for a label that nobody wrote is among it.</summary>
    public static IEnumerable<Prose> OfStaff(ServiceDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        IEnumerable<Prose?> all =
        [
            .. definition.Worked.Where(w => !w.IsShown).Select(w => w.Label), .. definition.Decide.SelectMany(d => d.Rows.Select(r => r.Label).Prepend(d.Label)), .. definition.Work.Questions.SelectMany(Of),
            .. definition.Work.Stages.SelectMany(s => s.Actions.Select(a => a.Label).Prepend(s.Label)),
        ];
        return all.OfType<Prose>();
    }

    static IEnumerable<Prose?> Of(AskPage page) => [page.IsOfQuestion ? null : page.Title, page.Text, .. page.Details.SelectMany(d => new[] { d.Title, d.Text })];

    static IEnumerable<Prose?> Of(Question question) =>
        [question.Text, question.Hint, question.Short, question.One, .. question.Options.SelectMany(o => new[] { o.Label, o.Hint }), .. question.Inside.SelectMany(Of)];
}
