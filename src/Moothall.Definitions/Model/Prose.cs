using System.Collections.Frozen;

namespace Moothall.Definitions;

/// <summary>
/// Words for people, in one or more languages (`question: Where?` or `question: {en: ..., cy: ...}`).
/// English always stands; another language that is missing falls back to it.
/// </summary>
public sealed class Prose
{
    readonly FrozenDictionary<string, string> texts;

    /// <summary>Prose by language code (`en`, `cy`); `en` must be there.</summary>
    public Prose(IReadOnlyDictionary<string, string> texts) => this.texts = texts.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Prose in English only.</summary>
    public Prose(string english) : this(new Dictionary<string, string> { ["en"] = english }) { }

    /// <summary>Where it is written; null where the program made it.</summary>
    public SourcePlace? Place { get; init; }

    /// <summary>Whether nobody wrote it: it is the name of the thing, as words.</summary>
    public bool IsName { get; init; }

    /// <summary>The English words.</summary>
    public string English => texts["en"];

    /// <summary>All languages written, by code.</summary>
    public IReadOnlyDictionary<string, string> Texts => texts;

    /// <summary>The words in a language, or in English where that language was not written.</summary>
    public string In(string language) => texts.TryGetValue(language, out var text) ? text : texts["en"];

    public override string ToString() => English;
}
