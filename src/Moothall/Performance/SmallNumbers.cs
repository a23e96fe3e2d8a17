namespace Moothall.Performance;

/// <summary>
/// The rule for published numbers that could tell about a single person: one to four are not shown. Nought is shown, for nobody is in it.
/// Totals that the law or the contract asks for exactly (received, closed, satisfaction of a period) do not come here.
/// </summary>
public static class SmallNumbers
{
    /// <summary>The smallest number that may be shown.</summary>
    public const int Fewest = 5;

    /// <summary>The number, or null when it is too small to show.</summary>
    public static long? Show(long number) => number is > 0 and < Fewest ? null : number;

    /// <summary>
    /// Numbers of people by kind, too small ones null. When exactly one would be hidden the next smallest is hidden too: else it could be had by
    /// taking the others from the total.
    /// </summary>
    public static IReadOnlyList<(T Kind, long? Number)> Show<T>(IReadOnlyList<(T Kind, long Number)> numbers)
    {
        var shown = numbers.Select(n => (n.Kind, Number: Show(n.Number))).ToList();
        if (shown.Count(n => n.Number is null) == 1)
        {
            var next = shown.Select((n, at) => (n.Number, at)).Where(n => n.Number > 0).OrderBy(n => n.Number).Select(n => (int?)n.at).FirstOrDefault();
            if (next is { } at)
                shown[at] = (shown[at].Kind, null);
        }
        return shown;
    }
}
