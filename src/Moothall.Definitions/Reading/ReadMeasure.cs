using System.Globalization;

namespace Moothall.Definitions;

/// <summary>Reads what the published figures are judged by: targets in per cent and default unit costs in pounds.</summary>
static class ReadMeasure
{
    internal static readonly string[] Keys = ["target", "cost"];
    static readonly string[] Figures = ["closed-in-time", "digital-take-up", "completion", "satisfaction"];

    /// <summary>The ways somebody gets in touch, as cases and figures name them.</summary>
    static readonly string[] Channels = ["web", "assisted", "phone", "chat", "email", "in-person", "post", "social", "api"];

    public static Measure Measure(YamlMap map, List<Finding> findings)
    {
        map.Only(findings, Keys, ServiceReader.Reserved);
        var targets = new Dictionary<string, decimal>(StringComparer.Ordinal);
        if (map.MapOf("target", findings) is { } target)
        {
            target.Only(findings, Figures);
            foreach (var entry in target.Entries.Where(e => Figures.Contains(e.Key)))
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
            cost.Only(findings, Channels);
            foreach (var entry in cost.Entries.Where(e => Channels.Contains(e.Key)))
            {
                if (cost.NumberOf(entry.Key, findings) is not { } pounds) continue;
                if (pounds is >= 0 and < 1_000_000) costs[entry.Key] = pounds;
                else findings.Add(new(entry.Value.Place, Severity.Error, new Message("a cost is an amount of pounds from 0 up, but {shape} stands here", ("shape", entry.Value.Shape))));
            }
        }
        return new(targets, costs, map.Owner);
    }
}
