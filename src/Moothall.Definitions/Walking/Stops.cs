using NodaTime;

namespace Moothall.Definitions;

/// <summary>The pages that somebody comes to, worked out from the walk: a question has no page but for these rules.</summary>
public static class Stops
{
    /// <summary>The address of the page that a question stands on, below that of the service.</summary>
    public static string PathOf(Question question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return question.Page is null ? $"questions/{question.Name}" : $"pages/{question.Page.Name}";
    }

    /// <summary>The questions that a page asks after the answers before it; null where nobody has come as far as that, or it does not ask anything.</summary>
    public static IReadOnlyList<Question>? AskedOn(ServiceDefinition definition, AskPage page, Walk walk, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(walk);
        if (!page.Ask.Any(walk.MayVisit)) return null;
        // Questions of a page do not look at each other: what comes before it decides.
        var before = walk.OnPath;
        foreach (var name in page.Ask)
            before = before.Without(name);
        var steps = new Steps(definition, today) { OnPath = before };
        return [.. definition.Ask.Skip(page.At).Take(page.Ask.Count).Where(steps.Asks)];
    }

    /// <summary>The first page on the way to a question: one that is only read where such a page stands before it, else its own.</summary>
    public static string PathTo(ServiceDefinition definition, Question question, Walk walk, Answers answers, LocalDate today) =>
        ReadBefore(definition, question, walk, today) is [var first, ..] ? $"pages/{first.Name}" : PathOnTo(definition, question, walk, answers, today);

    /// <summary>A question's own page; of a group the row that is open, or the list of its rows.</summary>
    static string PathOnTo(ServiceDefinition definition, Question question, Walk walk, Answers answers, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(question);
        return question.IsGroup ? Rows.PathInto(definition, walk, answers, [], question, today) : PathOf(question);
    }

    /// <summary>The pages that are only read between a question and the one before it on the path.</summary>
    public static IReadOnlyList<AskPage> ReadBefore(ServiceDefinition definition, Question question, Walk walk, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(walk);
        if (definition.Pages.Count == 0) return [];
        var at = IndexOf(definition, question);
        var after = Before(definition, question, walk) is { } before ? IndexOf(definition, before) : -1;
        var read = new List<AskPage>();
        Facts? facts = null;
        foreach (var page in definition.Pages)
        {
            if (!page.IsOnlyRead || page.At <= after || page.At > at || definition.TaskList && page.Section != question.Section) continue;
            facts ??= new Facts(definition, walk.OnPath, NothingDecided, today);
            if (page.When is null || page.When.Holds(facts)) read.Add(page);
        }
        return read;
    }

    /// <summary>Where "back" leads from a question: the page that is only read before it, or the question before; null at the beginning (of its section, in a task list).</summary>
    public static string? Back(ServiceDefinition definition, Question question, Walk walk, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(question);
        if (definition is { Pages.Count: 0, TaskList: false }) return Journey.Before(walk, question.Name) is { } only ? PathOf(only) : null;
        if (ReadBefore(definition, question, walk, today) is [.., var last]) return $"pages/{last.Name}";
        return Before(definition, question, walk) is { } before ? PathOf(before) : null;
    }

    /// <summary>Where a page that is only read lies on the way: what comes after it and before it. Null where nobody comes past it.</summary>
    public static (string Onward, string? Back)? Around(ServiceDefinition definition, AskPage page, Walk walk, Answers answers, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(walk);
        foreach (var question in definition.Ask.Skip(page.At))
        {
            if (!walk.MayVisit(question.Name)) continue;
            var read = ReadBefore(definition, question, walk, today);
            for (var i = 0; i < read.Count; i++)
                if (read[i].Name == page.Name)
                    return (i + 1 < read.Count ? $"pages/{read[i + 1].Name}" : PathOnTo(definition, question, walk, answers, today),
                        i > 0 ? $"pages/{read[i - 1].Name}" : Before(definition, question, walk) is { } before ? PathOf(before) : null);
            return null;
        }
        return null;
    }

    /// <summary>The question before on the path that stands on another page; in a task list only of the same section.</summary>
    static Question? Before(ServiceDefinition definition, Question question, Walk walk)
    {
        Question? before = null;
        foreach (var asked in walk.Path)
        {
            if (asked.Name == question.Name) return before;
            if (definition.TaskList && (asked.Section != question.Section || IndexOf(definition, asked) > IndexOf(definition, question))) continue;
            if (question.Page is null || asked.Page?.Name != question.Page.Name) before = asked;
        }
        return before;
    }

    static int IndexOf(ServiceDefinition definition, Question question)
    {
        for (var i = 0; i < definition.Ask.Count; i++)
            if (definition.Ask[i].Name == question.Name) return i;
        return -1;
    }

    static readonly Dictionary<string, string> NothingDecided = [];
}
