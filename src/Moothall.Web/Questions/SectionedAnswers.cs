using Moothall.Definitions;
using NodaTime;

namespace Moothall.Web.Questions;

/// <summary>A value worked out from the answers, in words.</summary>
public sealed record WorkedValue(Prose Label, string Value, IReadOnlyList<string> Names)
{
    /// <summary>What can be worked out from answers.</summary>
    /// <param name="forStaff">Also what is not shown to the person.</param>
    public static IReadOnlyList<WorkedValue> Of(ServiceDefinition definition, Answers kept, LocalDate today, string language, bool forStaff = false)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (definition.Worked.Count == 0) return [];
        return [.. definition.Worked.Where(w => w.IsShown || forStaff).Select(w => (w, Value: w.In(definition, kept, today, language))).Where(v => v.Value is not null).Select(v => new WorkedValue(v.w.Label, v.Value!, v.w.Names))];
    }
}

/// <summary>Questions that were asked, by the section of the form that they belong to; all in one where it has none.</summary>
/// <param name="Section">The section; null where the form has none.</param>
/// <param name="Worked">What is worked out from answers the last of which stands here.</param>
public sealed record SectionedAnswers(AskSection? Section, IReadOnlyList<Question> Questions, IReadOnlyList<WorkedValue> Worked)
{
    /// <summary>The parts in order.</summary>
    public static IReadOnlyList<SectionedAnswers> Of(IReadOnlyList<Question> asked, IReadOnlyList<WorkedValue> worked)
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(worked);
        if (asked.All(q => q.Section is null)) return [new(null, asked, worked)];
        var parts = new List<SectionedAnswers>();
        foreach (var question in asked)
            if (parts is [.., var last] && last.Section?.Name == question.Section?.Name) parts[^1] = last with { Questions = [.. last.Questions, question] };
            else parts.Add(new(question.Section, [question], []));
        foreach (var value in worked)
        {
            var at = parts.FindLastIndex(p => p.Questions.Any(q => value.Names.Contains(q.Name)));
            if (at < 0) at = parts.Count - 1;
            parts[at] = parts[at] with { Worked = [.. parts[at].Worked, value] };
        }
        return parts;
    }
}
