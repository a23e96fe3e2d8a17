using System.Globalization;

namespace Moothall.Definitions;

/// <summary>Reads what the published figures are judged by: targets in per cent and default unit costs in pounds.</summary>
static class ReadMeasure
{
    public static Measure Measure(YamlMap map, List<Finding> findings)
    {
        map.Only(findings, ServiceKeys.Measure);
        var targets = new Dictionary<string, decimal>(StringComparer.Ordinal);
        if (map.MapOf("target", findings) is { } target)
        {
            target.Only(findings, ServiceKeys.Target);
            foreach (var entry in target.Entries.Where(e => ServiceKeys.Target.Names.Contains(e.Key)))
            {
                if (target.TextOf(entry.Key, findings) is not { } text) continue;
                if (text.Text.EndsWith('%') && decimal.TryParse(text.Text[..^1].TrimEnd(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var rate) && Math.Abs(rate) < 1_000_000)
                    targets[entry.Key] = rate / 100;
                else findings.Add(new(text.Place, Severity.Error, new Message("a target is in per cent, such as `90%`, but {shape} stands here", ("shape", text.Shape))));
            }
        }
        var costs = new Dictionary<string, decimal>(StringComparer.Ordinal);
        if (map.MapOf("cost", findings) is { } cost)
        {
            cost.Only(findings, ServiceKeys.Cost);
            foreach (var entry in cost.Entries.Where(e => ServiceKeys.Cost.Names.Contains(e.Key)))
            {
                if (cost.NumberOf(entry.Key, findings) is not { } pounds) continue;
                if (pounds is >= 0 and < 1_000_000) costs[entry.Key] = pounds;
                else findings.Add(new(entry.Value.Place, Severity.Error, new Message("a cost is an amount of pounds from 0 up, but {shape} stands here", ("shape", entry.Value.Shape))));
            }
        }
        return new(targets, costs, map.Owner);
    }
}
