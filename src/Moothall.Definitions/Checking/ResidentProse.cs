namespace Moothall.Definitions;

/// <summary>The prose of a service that residents read, in the order in which they meet it. What only staff read (stages, actions, their questions) is not among it.</summary>
public static class ResidentProse
{
    /// <summary>Every piece of prose.</summary>
    public static IEnumerable<Prose> Of(ServiceDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var d = definition;
        IEnumerable<Prose?> all =
        [
            d.Title, d.Summary, d.Start.Who, .. d.Start.Need, d.Start.Danger, d.Start.Cost, .. d.Ask.SelectMany(Of), .. d.Exits.SelectMany(e => new[] { e.Title, e.Text }),
            .. d.Alerts.SelectMany(a => new[] { a.Title, a.Text }), .. d.Charges.Select(c => c.Label), d.WhatHappensNext, .. d.Work.Stages.Select(s => s.ShownAs), .. d.Work.Outcomes.Select(o => o.Label),
        ];
        return all.OfType<Prose>();
    }

    static IEnumerable<Prose?> Of(Question question) =>
        [question.Text, question.Hint, question.Short, .. question.Options.SelectMany(o => new[] { o.Label, o.Hint })];
}
