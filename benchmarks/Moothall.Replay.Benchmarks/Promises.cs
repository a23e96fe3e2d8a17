using System.Globalization;
using System.Text.RegularExpressions;

namespace Moothall.Benchmarks.Replaying;

/// <summary>What a service's file promises that the figures depend on: the working days to close within, and the pounds a transaction costs by channel. Read as text, by two patterns.</summary>
internal sealed partial record Promises(int CloseWithinWorkingDays, IReadOnlyDictionary<string, decimal> CostPounds)
{
    public static Promises Read(string services, string service)
    {
        var yaml = File.ReadAllText(Path.Combine(services, service, "service.yaml"));
        var (within, cost) = (CloseWithin().Match(yaml), Cost().Match(yaml));
        if (!within.Success || !cost.Success) throw new InvalidDataException($"The replay cannot read how long or how much from {service}: it knows “close-within: N working days” and “cost: {{web: 0.09, ...}}” on a line.");
        return new Promises(int.Parse(within.Groups[1].Value, CultureInfo.InvariantCulture),
            cost.Groups[1].Value.Split(',').Select(pair => pair.Split(':')).ToDictionary(p => p[0].Trim(), p => decimal.Parse(p[1], CultureInfo.InvariantCulture)));
    }

    [GeneratedRegex(@"^  close-within: (\d+) working days\s*$", RegexOptions.Multiline)]
    private static partial Regex CloseWithin();

    [GeneratedRegex(@"^  cost: \{([^}]*)\}", RegexOptions.Multiline)]
    private static partial Regex Cost();
}
