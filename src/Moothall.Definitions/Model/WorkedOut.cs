using System.Globalization;
using NodaTime;

namespace Moothall.Definitions;

/// <summary>
/// A value that is worked out from the answers ("Total cost is the sum of amount"). It is never stored: whoever sees the answers sees it, and it goes with them.
/// </summary>
public sealed class WorkedOut
{
    readonly Quantity quantity;

    internal WorkedOut(string name, Prose label, bool shown, string text, Quantity quantity, IReadOnlyList<string> names, IReadOnlyList<Question> sums, SourcePlace place)
    {
        (Name, Label, IsShown, Text, Names, Sums, Place) = (name, label, shown, text, names, sums, place);
        this.quantity = quantity;
    }

    public string Name { get; }
    /// <summary>What people read beside the value.</summary>
    public Prose Label { get; }
    /// <summary>Whether the person sees it too, and not only staff.</summary>
    public bool IsShown { get; }
    /// <summary>The words as written.</summary>
    public string Text { get; }
    /// <summary>The questions that it looks at.</summary>
    public IReadOnlyList<string> Names { get; }
    /// <summary>Questions in the rows of groups that it adds up.</summary>
    internal IReadOnlyList<Question> Sums { get; }
    public SourcePlace Place { get; }
    internal Quantity Quantity => quantity;

    /// <summary>The value in words of a language; null where it cannot be worked out from these answers.</summary>
    /// <param name="kept">The answers on the path.</param>
    public string? In(ServiceDefinition definition, Answers kept, LocalDate today, string language)
    {
        if (quantity.In(new Facts(definition, kept, NothingDecided, today)) is not { } value) return null;
        return quantity.Kind switch
        {
            ValueKind.Money => Math.Abs(value) < long.MaxValue ? Wording.In(language).Money((long)Math.Round(value, MidpointRounding.AwayFromZero)) : null,
            ValueKind.Date => Quantity.ToDate(value) is { } day ? Wording.In(language).Date(day) : null,
            _ => value.ToString("#,0.##", CultureInfo.InvariantCulture),
        };
    }

    static readonly Dictionary<string, string> NothingDecided = [];
}
