using System.Globalization;

namespace Moothall.Store;

/// <summary>
/// What the store says of itself: a whole sentence in English and what stands in its braces. The store knows no languages; whoever shows it to somebody says it in theirs.
/// </summary>
public sealed record StoreWords(string English, params (string Name, object? Value)[] Values)
{
    /// <summary>A sentence without fields.</summary>
    public static implicit operator StoreWords(string english) => new(english);

    /// <summary>The sentence in English, for the log.</summary>
    public override string ToString() =>
        Values.Aggregate(English, (text, value) => text.Replace('{' + value.Name + '}', Convert.ToString(value.Value, CultureInfo.InvariantCulture), StringComparison.Ordinal));
}
