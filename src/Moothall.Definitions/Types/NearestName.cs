namespace Moothall.Definitions;

/// <summary>Finds the name somebody probably meant when they mistyped one.</summary>
public static class NearestName
{
    /// <summary>The closest of the names, or null when none is close (at most a third of the letters, and no more than three, differ).</summary>
    public static string? To(string typed, IEnumerable<string> names)
    {
        if (typed.Length > 60)
            return null;
        string? best = null;
        var bestDistance = Math.Min(3, Math.Max(1, (typed.Length + 1) / 3)) + 1;
        foreach (var name in names)
        {
            var distance = Distance(typed.ToLowerInvariant(), name.ToLowerInvariant());
            if (distance < bestDistance)
                (best, bestDistance) = (name, distance);
        }
        return best;
    }

    /// <summary>How many letters must be put in, left out, changed or swapped with their neighbour to make one word the other.</summary>
    public static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
            for (var j = 1; j <= b.Length; j++)
            {
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        return rows[a.Length, b.Length];
    }
}
