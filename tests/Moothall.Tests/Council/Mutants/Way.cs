namespace Moothall.Tests.Council.Mutants;

/// <summary>One service file broken in one way: where, and what the checker has to say first, at which line.</summary>
/// <param name="At">The path of what was changed, for the list of those that keep the meaning.</param>
/// <param name="Says">Words of the finding, above all its mend.</param>
sealed record Mutant(string At, string Text, int Line, string Says)
{
    /// <summary>Whether nothing else may be said before it; where one slip rightly breaks several things, it is among what is said.</summary>
    public bool Alone { get; init; } = true;
    /// <summary>How far from the line it may stand.</summary>
    public int Near { get; init; }
}

/// <summary>A way in which a designer breaks a file; empty for a file that has nothing of the kind.</summary>
sealed record Way(string Name, Func<ServiceText, IEnumerable<Mutant>> In)
{
    /// <summary>At most this many of one way in one file: the first, the last and one between.</summary>
    const int MostInOneFile = 3;

    public IReadOnlyList<Mutant> Mutants(ServiceText file)
    {
        var all = In(file).ToList();
        return all.Count <= MostInOneFile ? all : [all[0], all[all.Count / 2], all[^1]];
    }

    /// <summary>A word with two letters in its middle swapped; one doubled where they are the same.</summary>
    public static string Misspelt(string word)
    {
        for (var i = Math.Max(1, word.Length / 2); i > 0; i--)
            if (i < word.Length - 1 && word[i] != word[i + 1] && char.IsLetter(word[i]) && char.IsLetter(word[i + 1])) return word[..i] + word[i + 1] + word[i] + word[(i + 2)..];
        return word + word[^1];
    }
}
