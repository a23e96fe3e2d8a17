using NodaTime;

namespace Moothall.Definitions;

/// <summary>
/// Something to be said where the reader's language is not known yet: the whole sentence in English and what stands in its braces. A text that was put
/// together beforehand has no translation and is said as it is. A date among the values is written in the language.
/// </summary>
public sealed record Message(string English, params (string Name, object? Value)[] Values)
{
    /// <summary>The message in a language.</summary>
    public string In(Phrases phrases)
    {
        ArgumentNullException.ThrowIfNull(phrases);
        return Values.Length > 0 || (phrases.Language != "en" && phrases.Has(English)) ? phrases.SayMarked(English, [.. Values.Select(v => v.Value is LocalDate day ? (v.Name, phrases.Date(day)) : v)]) : English;
    }

    /// <summary>A message without fields.</summary>
    public static implicit operator Message(string english) => new(english);

    public override string ToString() => In(Phrases.English);
}
