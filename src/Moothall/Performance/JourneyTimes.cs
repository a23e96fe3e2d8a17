namespace Moothall.Performance;

/// <summary>
/// How long journeys take, kept as counts in classes of seconds that grow by a tenth, so that a median needs no list of journeys and is
/// within about five per cent. Classes are integers: every machine puts a time into the same one.
/// </summary>
public static class JourneyTimes
{
    /// <summary>Fewer journeys than this give no median: it would tell about single people.</summary>
    public const int Fewest = SmallNumbers.Fewest;

    static readonly int[] Starts = MakeStarts();

    static int[] MakeStarts()
    {
        var starts = new List<int> { 0 };
        for (var start = 10; start < 28 * 86_400; start += Math.Max(1, start / 10))
            starts.Add(start);
        return [.. starts];
    }

    /// <summary>The class of a time in seconds.</summary>
    public static int ClassOf(int seconds)
    {
        var found = Array.BinarySearch(Starts, Math.Max(0, seconds));
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>The median in seconds of journeys counted by class, or null when there are too few.</summary>
    public static double? MedianSeconds(IReadOnlyDictionary<int, long> byClass)
    {
        var total = byClass.Values.Sum();
        if (total < Fewest)
            return null;
        var half = total / 2.0;
        var before = 0L;
        foreach (var (index, number) in byClass.OrderBy(c => c.Key))
        {
            if (before + number >= half)
            {
                double start = Starts[index];
                var end = index + 1 < Starts.Length ? Starts[index + 1] : start * 1.1;
                return start + (end - start) * (half - before) / number;
            }
            before += number;
        }
        return null;
    }

    /// <summary>The median in whole minutes, at least one, or null when there are too few.</summary>
    public static int? MedianMinutes(IReadOnlyDictionary<int, long> byClass) =>
        MedianSeconds(byClass) is { } seconds ? Math.Max(1, (int)Math.Round(seconds / 60, MidpointRounding.ToEven)) : null;
}
