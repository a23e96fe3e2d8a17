namespace Moothall.Definitions;

/// <summary>
/// An amount of money as a sentence works it out: `£12`, `fee first-bin + fee another-bin * (bins - 1)`. A fee is a council's own price. The result is whole
/// pence, halves up, and never below nothing.
/// </summary>
public sealed class Amount
{
    /// <summary>The most that may be charged at once; more would be a slip.</summary>
    public const long MostPence = 100_000_000;

    readonly Quantity quantity;

    Amount(string text, SourcePlace place, Quantity quantity, SentenceParser parser) =>
        (Text, Place, this.quantity, Names, Fees, Sums) = (text, place, quantity, parser.Names, parser.Fees, parser.Sums);

    /// <summary>The words as written.</summary>
    public string Text { get; }
    public SourcePlace Place { get; }
    /// <summary>Questions that it looks at.</summary>
    public IReadOnlyList<string> Names { get; }
    /// <summary>Fees of the council that it looks at.</summary>
    public IReadOnlyList<string> Fees { get; }
    /// <summary>Questions in the rows of groups that it adds up.</summary>
    public IReadOnlyList<Question> Sums { get; }

    /// <summary>The pence; nothing where a question was not answered or a fee is not known, which the checker has ruled out.</summary>
    public long Pence(Facts facts) => (long)Math.Clamp(Math.Round(quantity.In(facts) ?? 0, MidpointRounding.AwayFromZero), 0, MostPence);

    /// <summary>The pence where it is written out (`£12`); null where it has to be worked out.</summary>
    internal decimal? Fixed => (quantity as Written)?.Value;

    /// <summary>Reads an amount, or adds a finding at the exact column and gives null.</summary>
    public static Amount? Parse(string text, SourcePlace place, SentenceScope scope, List<Finding> findings)
    {
        var parser = new SentenceParser(text, scope, amounts: true);
        if (parser.ParseAmount() is { } quantity) return new Amount(text, place, quantity, parser);
        findings.Add(new Finding(place with { Column = place.Column + parser.FaultAt }, Severity.Error, parser.Fault!));
        return null;
    }

    public override string ToString() => Text;
}

/// <summary>A council's own price, by name.</summary>
sealed record FeeQuantity(string Name) : Quantity(ValueKind.Money)
{
    public override decimal? In(Facts facts) => facts.Fees.TryGetValue(Name, out var pence) ? pence : null;
}
