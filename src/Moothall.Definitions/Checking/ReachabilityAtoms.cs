namespace Moothall.Definitions;

/// <summary>
/// What of an answer a comparison looks at. Relative is days after today; Age is whole years before today; Sum is that of a question in the rows of a group, whose name
/// stands as the part.
/// </summary>
enum Aspect { Words, Value, Relative, Age, Today, Sum }

/// <summary>One thing that comparisons look at: an aspect of a question or of a part of it; of nothing for today itself.</summary>
readonly record struct Looked(string Question, string? Part, Aspect Aspect)
{
    public static readonly Looked Today = new("", null, Aspect.Today);
}

/// <summary>
/// A comparison of quantities taken apart: the questions it needs answered; where it looks at one thing only, that thing, the value
/// at which it turns, and whether it holds for a value. Where it looks at more, regions cannot say, and Looks is null.
/// </summary>
sealed class QuantityAtom
{
    /// <summary>Leaf quantities by what they look at, with the factor they count by.</summary>
    readonly List<(Quantity Leaf, decimal Factor)> terms = [];
    readonly Compares compares;

    public QuantityAtom(Compares compares)
    {
        this.compares = compares;
        if (Take(compares.Left, 1) is { } left && Take(compares.Right, -1) is { } right && Sum.Of(left, '+', right) is { } rest)
            Classify(rest);
    }

    /// <summary>The one thing it looks at.</summary>
    public Looked? Looks { get; private set; }
    /// <summary>The value at which its truth turns.</summary>
    public decimal? Turns { get; private set; }
    /// <summary>The question counted, where it counts the options of one.</summary>
    public Question? Counted { get; private set; }
    /// <summary>It holds or not whatever is answered.</summary>
    public bool? Fixed { get; private set; }
    /// <summary>Questions (and parts) that must be answered for it to hold.</summary>
    public IReadOnlyList<(Question Question, string? Part)> Needs => [.. Leaves(compares.Left).Concat(Leaves(compares.Right)).Select(NeedOf).OfType<(Question, string?)>().Distinct()];

    /// <summary>Whether it holds when the thing it looks at has this value.</summary>
    public bool Holds(decimal value)
    {
        decimal? Of(Quantity quantity) => quantity switch
        {
            Written written => written.Value,
            WorkedQuantity worked => Of(worked.Of.Quantity),
            Sum sum => Of(sum.Left) is { } left && Of(sum.Right) is { } right ? Sum.Of(left, sum.Sign, right) : null,
            TodayQuantity when Looks?.Aspect == Aspect.Relative => 0,
            _ => value,
        };
        return Of(compares.Left) is { } left && Of(compares.Right) is { } right && compares.Holds(left, right);
    }

    void Classify(decimal rest)
    {
        var merged = terms.GroupBy(t => t.Leaf).Select(g => (Leaf: g.Key, Factor: g.Select(t => (decimal?)t.Factor)
            .Aggregate((a, b) => a is { } x && b is { } y ? Sum.Of(x, '+', y) : null))).ToList();
        if (merged.Count == 0)
            Fixed = Holds(0);
        else if (merged is [{ Factor: { } factor and not 0 } one])
        {
            if (one.Leaf is CountOf { Question: { Type.Kind: ValueKind.Choices } question })
                Counted = question;
            Looks = Counted is null ? LookOf(one.Leaf) : null;
            Turns = Sum.Of(-rest, '/', factor);
        }
        else if (merged is [var a, var b] && a.Factor is { } by && by != 0 && by == -b.Factor && (a.Leaf is TodayQuantity || b.Leaf is TodayQuantity)
            && LookOf(a.Leaf is TodayQuantity ? b.Leaf : a.Leaf) is { Aspect: Aspect.Value } date)
        {
            Looks = date with { Aspect = Aspect.Relative };
            Turns = Sum.Of(-rest, '/', a.Leaf is TodayQuantity ? -by : by);
        }
    }

    /// <summary>Adds the terms of a quantity times a factor; gives its constant, or null when it is not a plain sum.</summary>
    decimal? Take(Quantity quantity, decimal factor)
    {
        switch (quantity)
        {
            case WorkedQuantity worked:
                return Take(worked.Of.Quantity, factor);
            case Written written:
                return Sum.Of(written.Value, '*', factor);
            case Sum { Sign: '+' or '-' } sum:
                return Take(sum.Left, factor) is { } left && Take(sum.Right, sum.Sign == '-' ? -factor : factor) is { } right ? Sum.Of(left, '+', right) : null;
            case Sum { Sign: '*', Left: Written by } sum:
                return Sum.Of(factor, '*', by.Value) is { } times ? Take(sum.Right, times) : null;
            case Sum { Right: Written by } sum:
                return Sum.Of(factor, sum.Sign, by.Value) is { } over ? Take(sum.Left, over) : null;
            case Sum:
            case AgeOf { Date: not (AnswerQuantity or PartQuantity) }:
                return null;
            default:
                terms.Add((quantity, factor));
                return 0;
        }
    }

    static Looked? LookOf(Quantity leaf) => leaf switch
    {
        AnswerQuantity answer => new Looked(answer.Question.Name, null, Aspect.Value),
        PartQuantity part => new Looked(part.Question.Name, part.Part, Aspect.Value),
        CountOf count => new Looked(count.Question.Name, null, Aspect.Value),
        SumOf sum => new Looked(sum.Group.Name, sum.Inside.Name, Aspect.Sum),
        AgeOf { Date: AnswerQuantity answer } => new Looked(answer.Question.Name, null, Aspect.Age),
        AgeOf { Date: PartQuantity part } => new Looked(part.Question.Name, part.Part, Aspect.Age),
        TodayQuantity => Looked.Today,
        _ => null,
    };

    static IEnumerable<Quantity> Leaves(Quantity quantity) => quantity switch
    {
        WorkedQuantity worked => Leaves(worked.Of.Quantity),
        Sum sum => Leaves(sum.Left).Concat(Leaves(sum.Right)),
        AgeOf age => Leaves(age.Date),
        _ => [quantity],
    };

    static (Question, string?)? NeedOf(Quantity leaf) => leaf switch
    {
        AnswerQuantity answer => (answer.Question, null),
        PartQuantity part => (part.Question, part.Part),
        CountOf count => (count.Question, null),
        SumOf sum => (sum.Group, null),
        _ => null,
    };
}
