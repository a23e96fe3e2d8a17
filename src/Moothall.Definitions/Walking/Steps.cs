using NodaTime;

namespace Moothall.Definitions;

/// <summary>
/// A walk under way: the answers settled on the path so far, and nothing else, decide what is asked next and whether an exit is reached.
/// </summary>
sealed class Steps(ServiceDefinition definition, LocalDate today)
{
    static readonly IReadOnlyDictionary<string, string> NothingDecided = new Dictionary<string, string>();

    /// <summary>The answers on the path.</summary>
    public Answers OnPath { get; set; } = Answers.None;

    /// <summary>Whether a question is asked after the answers so far.</summary>
    public bool Asks(Question question) =>
        question.When is null || question.When.Holds(new Facts(definition, OnPath, NothingDecided, today));

    /// <summary>Puts an answer on the path; gives the exit that it leads to, or null.</summary>
    public Exit? Settle(Question question, Answer answer)
    {
        OnPath = OnPath.With(question.Name, answer);
        return definition.Exits.FirstOrDefault(exit => IsReached(exit.When));
    }

    /// <summary>Whether every question that the sentence of an exit or alert names is settled, and it holds.</summary>
    public bool IsReached(Sentence when)
    {
        if (!when.Names.All(IsSettled))
            return false;
        var decided = when.Names.Any(IsDecision) ? Journey.Decide(definition, OnPath, today) : NothingDecided;
        return when.Holds(new Facts(definition, OnPath, decided, today));
    }

    bool IsDecision(string name) => definition.Decide.Any(d => d.Name == name);

    bool IsSettled(string name) => definition.Decide.FirstOrDefault(d => d.Name == name) is { } decision
        ? decision.Rows.SelectMany(r => r.When?.Names ?? []).Where(n => n != name).All(IsSettled)
        : OnPath.Settled(name);
}
