namespace Moothall.Definitions;

/// <summary>A key of a service file: what the reader takes, what editors complete, and what the reference says of it.</summary>
/// <param name="Takes">What stands after it or below it.</param>
/// <param name="Says">One sentence: what it means.</param>
/// <param name="Example">How it is written, the key first. The first line is also what a finding suggests where the key is missing.</param>
sealed record FileKey(string Name, KeyValue Takes, string Says, string Example)
{
    /// <summary>Whether it must be there; where it is only for some types, of these.</summary>
    public bool Needed { get; init; }

    /// <summary>Types of question that it means something for; none where that does not matter.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>The form of a key that has a name in it; null of one that is always the same.</summary>
    public string? Pattern { get; init; }

    /// <summary>Whether it is only for questions that residents are asked.</summary>
    public bool OfResidents { get; init; }

    /// <summary>What other builders of forms call it, or what comes to mind first.</summary>
    public IReadOnlyList<string> Elsewhere { get; init; } = [];

    public string FirstLine => Example.Split('\n')[0];
}

/// <summary>A map of a service file whose keys are fixed: the file itself, a question, a stage.</summary>
/// <param name="Name">What editors and the reference call it.</param>
/// <param name="Says">What it is and where it stands.</param>
sealed record FileBlock(string Name, string Says, IReadOnlyList<FileKey> Keys)
{
    /// <summary>Keys of which one at least must be there.</summary>
    public IReadOnlyList<string> OneOf { get; init; } = [];

    /// <summary>What stands under other keys, which are names that the designer gives; null where there are none.</summary>
    public KeyValue? Others { get; init; }

    public IReadOnlyList<string> Names { get; } = [.. Keys.Select(k => k.Name)];

    /// <summary>Keys that stand under some of its own, to tell one that stands a level too far left.</summary>
    public IReadOnlyDictionary<string, IReadOnlyCollection<string>> Inside { get; } =
        Keys.Where(k => k.Takes.Block is not null).ToDictionary(k => k.Name, k => (IReadOnlyCollection<string>)k.Takes.Block!.Names, StringComparer.Ordinal);
}
