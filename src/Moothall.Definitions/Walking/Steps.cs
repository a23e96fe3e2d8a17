using NodaTime;

namespace Moothall.Definitions;

/// <summary>Where one row of a group stands: its questions that are settled, the first that is not, and the answers that count.</summary>
public sealed record RowWalk(IReadOnlyList<Question> Path, Question? Next, Answers Kept);

/// <summary>
/// A walk under way: the answers settled on the path so far, and nothing else, decide what is asked next and whether an exit is reached.
/// </summary>
sealed class Steps(ServiceDefinition definition, LocalDate today)
{
    static readonly IReadOnlyDictionary<string, string> NothingDecided = new Dictionary<string, string>();

    Answers onPath = Answers.None;
    // What stands behind them once an answer was put there: one dictionary for the whole walk.
    Dictionary<string, Answer>? put;

    /// <summary>The answers on the path. They are those of this walk as it goes on, so they are given away when it ends.</summary>
    public Answers OnPath
    {
        get => onPath;
        init => onPath = value;
    }

    /// <summary>Puts an answer on the path, and nothing more.</summary>
    public void Put(string question, Answer answer)
    {
        if (put is null)
        {
            put = onPath.Copy();
            onPath = Answers.Over(put);
        }
        put[question] = answer;
    }

    /// <summary>Whether a question is asked after the answers so far.</summary>
    public bool Asks(Question question) =>
        question.When is null || question.When.Holds(new Facts(definition, OnPath, NothingDecided, today));

    /// <summary>
    /// An answer as far as it counts after the answers so far: of a group, rows without what is no longer asked in them; the earlier answer where it is the same. Null where it is
    /// not settled.
    /// </summary>
    public Answer? Kept(Question question, Answer? answer)
    {
        if (answer is SameAnswer same) return OnPath[same.Question] is { } earlier and not SkippedAnswer ? earlier : null;
        if (!question.IsGroup || answer is not GroupAnswer group) return answer is SkippedAnswer && question is { IsGroup: true, Optional: false } ? null : answer;
        if (group.Rows.Length < Math.Max(1, question.FewestRows) || group.Rows.Length > question.MostRows) return null;
        var rows = System.Collections.Immutable.ImmutableArray.CreateBuilder<Answers>(group.Rows.Length);
        foreach (var row in group.Rows)
        {
            var walk = Row(question, row);
            if (walk.Next is not null) return null;
            rows.Add(walk.Kept);
        }
        return new GroupAnswer(rows.MoveToImmutable());
    }

    /// <summary>How far one row of a group is after the answers around it.</summary>
    public RowWalk Row(Question group, Answers row)
    {
        var (path, kept) = (new List<Question>(group.Inside.Count), Answers.None);
        var steps = Beside();
        foreach (var inside in group.Inside)
        {
            if (!steps.Asks(inside))
                continue;
            if (steps.Kept(inside, row[inside.Name]) is not { } answer)
                return new RowWalk(path, inside, kept);
            path.Add(inside);
            kept = kept.With(inside.Name, answer);
            steps.Put(inside.Name, answer);
        }
        return new RowWalk(path, null, kept);
    }

    /// <summary>A walk of its own that begins where this one is: that of one row.</summary>
    public Steps Beside() => new(definition, today) { OnPath = OnPath };

    /// <summary>Puts an answer on the path; gives the exit that it leads to, or null.</summary>
    public Exit? Settle(Question question, Answer answer)
    {
        Put(question.Name, answer);
        // Loops by number, here and below, because every request of a journey walks it: going through a list that is known by its interface makes an object each time.
        for (var i = 0; i < definition.Exits.Count; i++)
            if (definition.Exits[i] is var exit && IsReached(exit.When)) return exit;
        return null;
    }

    /// <summary>Whether every question that the sentence of an exit or alert names is settled, and it holds.</summary>
    public bool IsReached(Sentence when)
    {
        var decides = false;
        for (var i = 0; i < when.Names.Count; i++)
        {
            var name = when.Names[i];
            var decision = DecisionOf(name);
            if (decision is null ? !IsSettled(name) : !IsSettled(decision)) return false;
            decides |= decision is not null;
        }
        return when.Holds(new Facts(definition, OnPath, decides ? Journey.Decide(definition, OnPath, today) : NothingDecided, today));
    }

    Decision? DecisionOf(string name)
    {
        for (var i = 0; i < definition.Decide.Count; i++)
            if (definition.Decide[i].Name == name) return definition.Decide[i];
        return null;
    }

    // Settled as soon as all is that its rows look at.
    bool IsSettled(Decision decision) =>
        decision.Rows.SelectMany(r => r.When?.Names ?? []).Where(n => n != decision.Name).All(name => DecisionOf(name) is { } other ? IsSettled(other) : IsSettled(name));

    /// <summary>Questions of one page are answered together, so that none of them counts before all are: nobody is sent away from a page that they have not filled in.</summary>
    bool IsSettled(string name)
    {
        if (!OnPath.Settled(name)) return false;
        for (var i = 0; i < definition.Pages.Count; i++)
            if (definition.Pages[i] is { Ask.Count: > 1 } page && page.Ask.Contains(name))
                return definition.Ask.Skip(page.At).Take(page.Ask.Count).All(beside => OnPath.Settled(beside.Name) || !Asks(beside));
        return true;
    }
}
