namespace Moothall.Definitions;

/// <summary>A part of a long form: all that follows it, up to the next section.</summary>
public sealed record AskSection(string Name, Prose Title, SourcePlace Place)
{
    /// <summary>Earlier sections that its sentences look at: in a task list it is filled in only when they are complete.</summary>
    public IReadOnlyList<string> After { get; init; } = [];
}

/// <summary>A page of the journey with a title and words of its own: the questions on it are answered together; without any it is only read.</summary>
public sealed record AskPage(string Name, Prose Title, SourcePlace Place)
{
    /// <summary>What stands above the questions.</summary>
    public Prose? Text { get; init; }
    /// <summary>What only some people need to read, folded away.</summary>
    public IReadOnlyList<PageDetail> Details { get; init; } = [];
    /// <summary>Names of the questions on it, in order; none where it is only read.</summary>
    public IReadOnlyList<string> Ask { get; init; } = [];
    /// <summary>Shown only when this holds, of a page that is only read; its questions have it in their own `when`.</summary>
    public Sentence? When { get; init; }
    /// <summary>The part of the form that it belongs to; null where the form has none.</summary>
    public AskSection? Section { get; init; }
    /// <summary>Which question of `ask`, by number, is the first on it, or the first after it where it is only read.</summary>
    public int At { get; init; }
    /// <summary>Whether it is a question with words above it, which is the page's title itself.</summary>
    public bool IsOfQuestion => Ask is [var only] && only == Name;
    /// <summary>Whether there is nothing to answer on it.</summary>
    public bool IsOnlyRead => Ask.Count == 0;
}

/// <summary>Words that are folded away under a title.</summary>
public sealed record PageDetail(string Name, Prose Title, Prose Text, SourcePlace Place);
