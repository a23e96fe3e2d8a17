namespace Moothall.Definitions;

/// <summary>
/// Where somebody is in a journey, derived from the answers each time: walk the questions from the start, following `when`s,
/// while answered. The back link, which page may be visited, "check your answers" and what is sent all fall out of this one list.
/// </summary>
/// <param name="Path">Questions asked so far, in order, each settled; an answer outside the path is no longer asked.</param>
/// <param name="Next">The first question to be answered, or null when none is left.</param>
/// <param name="Exit">The designed end reached after the last settled question, or null.</param>
public sealed record Walk(IReadOnlyList<Question> Path, Question? Next, Exit? Exit)
{
    /// <summary>Everything is answered and it may be sent.</summary>
    public bool IsComplete => Next is null && Exit is null;
    /// <summary>Whether a question's page may be shown: it lies on the path, or is the next one.</summary>
    public bool MayVisit(string question) => Next?.Name == question || Path.Any(q => q.Name == question);
}
