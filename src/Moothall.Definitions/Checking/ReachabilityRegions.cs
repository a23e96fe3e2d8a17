using System.Globalization;
using NodaTime;

namespace Moothall.Definitions;

/// <summary>A stretch of values that every sentence of the definition treats alike, with one value of it and what an example shows: a value as it is written, or a message.</summary>
readonly record struct Region(string? Text, decimal Value, object Shown)
{
    /// <summary>A part that nothing is known about.</summary>
    public static readonly Region Unknown = new(null, 0, new Message("unknown"));
    public bool IsKnown => Text is not null;
}

/// <summary>
/// Cuts what is looked at into regions by the literals used: text equals one of them or something else; quantities lie on, between
/// or beyond them, within the question's limits; choices are their options.
/// </summary>
static class Cutting
{
    public static List<Region> Words(Question question, string? part, IEnumerable<string> literals, ILookUps lookUps)
    {
        if (part is null && question.Type.Kind == ValueKind.Choice)
            return [.. question.Options.Select(o => new Region(o.Name, 0, o.Name))];
        var known = part is not null && question.LookUps.TryGetValue(part, out var table) ? lookUps.ValuesOf(table) : null;
        var regions = (known ?? literals).Distinct(StringComparer.OrdinalIgnoreCase).Select(v => new Region(v, 0, v)).ToList();
        if (known is null)
            regions.Add(new Region("\0", 0, new Message("something else")));
        if (part is not null)
            regions.Add(Region.Unknown);
        return regions;
    }

    public static List<Region> Quantities(Looked looked, ValueKind kind, Question? question, IEnumerable<decimal> turns)
    {
        if (kind == ValueKind.YesNo)
            return looked.Part is null ? [new("yes", 1, "yes"), new("no", 0, "no")] : [new("yes", 1, "yes"), new("no", 0, "no"), Region.Unknown];
        var isSum = looked.Aspect == Aspect.Sum;
        var (least, most) = isSum ? SumLimits(question!, looked.Part!) : looked.Part is null && question is not null ? Limits(looked.Aspect, kind, question) : (null, null);
        var whole = kind != ValueKind.Number || !isSum && looked.Aspect != Aspect.Value || isSum && Added(question!, looked.Part!).Whole;
        var points = turns.Distinct().Order().ToList();
        var regions = new List<Region>();
        void Add(decimal? value)
        {
            if (value is { } v)
                regions.Add(new Region("", v, Show(looked.Aspect, kind, v)));
        }
        for (var i = 0; i <= points.Count; i++)
        {
            Add(Within(i == 0 ? null : points[i - 1], i == points.Count ? null : points[i], least, most, whole));
            if (i < points.Count && !(points[i] < least) && !(points[i] > most) && (!whole || points[i] == Math.Floor(points[i])))
                Add(points[i]);
        }
        if (looked.Part is not null && !isSum)
            regions.Add(Region.Unknown);
        return regions;
    }

    /// <summary>The question of a group's rows that is added up.</summary>
    public static Question Added(Question group, string inside) => group.FindInside(inside)!;

    /// <summary>Whether the rows of a group can come to every sum within its limits: one row alone reaches from nothing to the most of a row, so that more rows leave no gap.</summary>
    public static bool IsWhole(Question group, string inside) => LeastOf(Added(group, inside)) is null or <= 0;

    // An amount of money is never less than nothing.
    static decimal? LeastOf(Question question) => question.AtLeast?.Number ?? (question.Type.Kind == ValueKind.Money ? 0 : null);

    static (decimal? Least, decimal? Most) SumLimits(Question group, string inside)
    {
        var added = Added(group, inside);
        var (least, most) = (LeastOf(added), added.AtMost?.Number);
        var rows = MostOf(group, inside);
        return (least is { } low ? Math.Min(low, low * rows) : null, most is { } high ? Math.Max(high, high * rows) : null);
    }

    /// <summary>In how many rows a question can be asked at most, those of groups in the group counted.</summary>
    static decimal MostOf(Question group, string inside) =>
        group.MostRows * (group.Inside.GroupAsking(inside) is { } within ? MostOf(within, inside) : 1);

    /// <summary>A value strictly between two points and within the limits, the plainest that there is; null when there is none.</summary>
    static decimal? Within(decimal? above, decimal? below, decimal? least, decimal? most, bool whole)
    {
        var low = above is { } a && least is { } l ? Math.Max(a, l) : above ?? least;
        var high = below is { } b && most is { } m ? Math.Min(b, m) : below ?? most;
        decimal?[] candidates =
        [
            low is { } lo ? Math.Floor(lo) + 1 : high is { } hi ? Math.Ceiling(hi) - 1 : 0,
            low is { } lo2 ? Math.Ceiling(lo2) : null,
            high is { } hi2 ? Math.Ceiling(hi2) - 1 : null,
            least,
            most,
            low is { } x && high is { } y ? x / 2 + y / 2 : null,
        ];
        return candidates.FirstOrDefault(c => c is { } v && !(v <= above) && !(v >= below) && !(v < least) && !(v > most) && (!whole || v == Math.Floor(v)));
    }

    static (decimal? Least, decimal? Most) Limits(Aspect aspect, ValueKind kind, Question question)
    {
        if (kind == ValueKind.Files)
            return (1, Math.Max(1, question.MostFiles));
        if (kind == ValueKind.Group)
            return (Math.Max(1, question.FewestRows), question.MostRows);
        var (least, most) = (question.AtLeast, question.AtMost);
        return aspect switch
        {
            Aspect.Relative => (least is { IsToday: true } ? least.Days : null, most is { IsToday: true } ? most.Days : null),
            Aspect.Age => (most is { IsToday: true } ? Years(-most.Days, 366) : null, least is { IsToday: true } ? Years(-least.Days, 365) : null),
            _ when kind == ValueKind.Date => (OfDate(least), OfDate(most)),
            _ when kind == ValueKind.Month => (OfMonth(least), OfMonth(most)),
            _ when kind == ValueKind.Time => (0, 24 * 60 - 1),
            _ when kind == ValueKind.Money => (least?.Number ?? 0, most?.Number),
            _ => (least?.Number, most?.Number),
        };
    }

    static decimal Years(int days, int daysOfYear) => Math.Floor(days / (decimal)daysOfYear);
    static decimal? OfMonth(Bound? bound) => bound is { IsToday: false, Date: { } date } ? Quantity.OfMonth(date.ToYearMonth()) : null;
    static decimal? OfDate(Bound? bound) => bound is { IsToday: false, Date: { } date } ? Quantity.OfDate(date) : null;

    static object Show(Aspect aspect, ValueKind kind, decimal value)
    {
        if (kind == ValueKind.Date && aspect is Aspect.Value or Aspect.Today && Quantity.ToDate(value) is null) return new Message("a far date");
        FormattableString written = (aspect, kind) switch
        {
            (_, ValueKind.Money) => $"£{value / 100:0.00}",
            (_, ValueKind.Date) => $"{Quantity.ToDate(value)?.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture)}",
            (_, ValueKind.Month) => $"{Math.Floor(value / 12):0000}-{value - Math.Floor(value / 12) * 12 + 1:00}",
            (_, ValueKind.Time) => $"{Math.Floor(value / 60):00}:{value % 60:00}",
            _ => $"{value / 1.0000000000000000000000000000m}",
        };
        var count = Math.Abs(value);
        return (aspect, kind) switch
        {
            (Aspect.Relative, _) when value == 0 => new Message("today"),
            (Aspect.Relative, _) when value < 0 => new Message("{count, plural, one {# day before today} other {# days before today}}", ("count", count)),
            (Aspect.Relative, _) => new Message("{count, plural, one {# day after today} other {# days after today}}", ("count", count)),
            (Aspect.Age, _) => new Message("{count, plural, one {# year ago} other {# years ago}}", ("count", count)),
            (_, ValueKind.Files) => new Message("{count, plural, one {# file} other {# files}}", ("count", count)),
            (_, ValueKind.Group) => new Message("{count, plural, one {# row} other {# rows}}", ("count", count)),
            _ => FormattableString.Invariant(written),
        };
    }
}
