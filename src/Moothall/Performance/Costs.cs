using Moothall.Council;

namespace Moothall.Performance;

/// <summary>
/// What transactions cost: by measured time and a rate card where both are there, else by the default unit costs of the definition. Arithmetic is
/// exact; nothing is rounded here.
/// </summary>
public static class Costs
{
    /// <summary>
    /// Pounds a transaction where a definition names no cost for a channel: Socitm's 0.09 web, 2.59 phone, 8.21 face to face (as quoted in 2018) and
    /// PwC's 12.10 for post. No figure is published for the other channels: a program costs as the web, a person at a distance as the phone.
    /// </summary>
    public static readonly IReadOnlyDictionary<string, decimal> Standard = new Dictionary<string, decimal>
    {
        ["web"] = 0.09m, ["assisted"] = 2.59m, ["phone"] = 2.59m, ["chat"] = 2.59m, ["email"] = 2.59m, ["in-person"] = 8.21m, ["post"] = 12.10m,
        ["social"] = 2.59m, ["api"] = 0.09m,
    };

    /// <summary>Transactions times unit cost, over all channels.</summary>
    /// <param name="transactions">Cases received, by channel.</param>
    /// <param name="definition">The unit costs of the service's definition in pounds; channels it does not name cost as in <see cref="Standard"/>.</param>
    public static Cost ByDefault(IReadOnlyDictionary<string, long> transactions, IReadOnlyDictionary<string, decimal> definition)
    {
        var unit = transactions.Keys.ToDictionary(c => c, c => UnitCost(c, definition));
        var byChannel = transactions.ToDictionary(t => t.Key, t => t.Value * unit[t.Key]);
        return Make(Cost.Default, byChannel.Values.Sum(), byChannel, transactions, unit);
    }

    /// <summary>The default cost of a transaction in pounds.</summary>
    public static decimal UnitCost(string channel, IReadOnlyDictionary<string, decimal> definition) =>
        definition.TryGetValue(channel, out var pounds) || Standard.TryGetValue(channel, out pounds)
            ? pounds
            : throw new ArgumentException($"There is no unit cost for the channel \"{channel}\".", nameof(channel));

    /// <summary>
    /// Time of staff times the hourly rate of what they acted as (contacts: of advisors), and transactions times the card's cost of the channel.
    /// Null when it cannot be measured: no time was recorded on cases, a part of the period has no rate card, a card lacks a rate that is needed, or
    /// time was spent by somebody for whom no card has a rate.
    /// </summary>
    /// <param name="spans">The period cut where rate cards change.</param>
    public static Cost? Measured(IReadOnlyList<MeasuredSpan> spans)
    {
        if (spans.Sum(s => s.ByChannel.Values.Sum(c => c[Count.HandlingSeconds])) <= 0)
            return null;
        var staff = new Dictionary<string, decimal>();
        var channels = new Dictionary<string, decimal>();
        var transactions = new Dictionary<string, long>();
        foreach (var span in spans)
        {
            if (span.Card is null)
                return null;
            foreach (var (channel, counts) in span.ByChannel)
            {
                var others = counts[Count.HandlingSeconds] - counts[Count.AdvisorSeconds] - counts[Count.WorkerSeconds];
                if (others != 0
                    || PoundSeconds(span.Card, "advisor", counts[Count.AdvisorSeconds] + counts[Count.ContactSeconds]) is not { } advisors
                    || PoundSeconds(span.Card, "worker", counts[Count.WorkerSeconds]) is not { } workers)
                    return null;
                if (advisors + workers != 0)
                    staff[channel] = staff.GetValueOrDefault(channel) + advisors + workers;
                var number = counts[Count.Received];
                if (number == 0)
                    continue;
                if (!span.Card.ChannelPounds.TryGetValue(channel, out var pounds))
                    return null;
                channels[channel] = channels.GetValueOrDefault(channel) + number * pounds;
                transactions[channel] = transactions.GetValueOrDefault(channel) + number;
            }
        }
        var byChannel = staff.Keys.Union(channels.Keys).ToDictionary(c => c, c => staff.GetValueOrDefault(c) / 3600 + channels.GetValueOrDefault(c));
        return Make(Cost.Measured, staff.Values.Sum() / 3600 + channels.Values.Sum(), byChannel, transactions, null);
    }

    static decimal? PoundSeconds(RateCard card, string role, long seconds) =>
        seconds == 0 ? 0 : card.HourlyPounds.TryGetValue(role, out var hourly) ? seconds * hourly : null;

    static Cost Make(string basis, decimal total, Dictionary<string, decimal> byChannel, IReadOnlyDictionary<string, long> transactions, IReadOnlyDictionary<string, decimal>? unit)
    {
        var number = transactions.Values.Sum();
        return new Cost(basis, total, number == 0 ? null : total / number, byChannel, unit);
    }
}

/// <summary>Days of a period under one rate card (null: none was in force) and their sums by channel.</summary>
public sealed record MeasuredSpan(RateCard? Card, IReadOnlyDictionary<string, Counts> ByChannel);
