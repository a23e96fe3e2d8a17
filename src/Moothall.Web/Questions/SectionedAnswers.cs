using Moothall.Definitions;

namespace Moothall.Web.Questions;

/// <summary>Questions that were asked, by the section of the form that they belong to; all in one where it has none.</summary>
/// <param name="Section">The section; null where the form has none.</param>
public sealed record SectionedAnswers(AskSection? Section, IReadOnlyList<Question> Questions)
{
    /// <summary>The parts in order.</summary>
    public static IReadOnlyList<SectionedAnswers> Of(IReadOnlyList<Question> asked)
    {
        ArgumentNullException.ThrowIfNull(asked);
        if (asked.All(q => q.Section is null)) return [new(null, asked)];
        var parts = new List<SectionedAnswers>();
        foreach (var question in asked)
            if (parts is [.., var last] && last.Section?.Name == question.Section?.Name) parts[^1] = last with { Questions = [.. last.Questions, question] };
            else parts.Add(new(question.Section, [question]));
        return parts;
    }
}
