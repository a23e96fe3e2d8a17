using System.Globalization;
using Moothall.Contact;
using Moothall.Definitions;
using Moothall.Identity;
using NodaTime;

namespace Moothall.Council;

/// <summary>Reads rates.yaml: what an hour of staff and a transaction cost an authority from a day on, with the source, because it is published.</summary>
static class RatesFile
{
    static readonly string[] Keys = ["authority", "from", "source", "hourly", "channel"];

    public static List<RateCard> Read(YamlMap? file, IReadOnlyCollection<string> authorities, FindingList findings)
    {
        var cards = new List<RateCard>();
        file?.Only(findings, ["rates"]);
        foreach (var item in file?.ListOf("rates", findings)?.Items ?? [])
        {
            if (item is not YamlMap map)
            {
                findings.Error(item.Place, new Message("each rate card has keys of its own: authority, from, source, hourly and channel"));
                continue;
            }
            map.Only(findings, Keys);
            map.Need("authority", "authority: my-council", findings).Need("from", "from: 2026-04-01", findings).Need("source", "source: Budget for 2026 to 2027", findings);
            var authority = map.TextOf("authority", findings);
            if (authority is not null && !authorities.Contains(authority.Text))
                findings.Error(authority.Place, new Message("no authority is called `{name}`", ("name", authority.Text)).With(DidYouMean.Ending(authority.Text, authorities)));
            var from = AgreementsFile.DateOf(map, "from", findings);
            if (authority is not null && from is not null && cards.Exists(c => c.Authority == authority.Text && c.From == from))
                findings.Error(map.Place, new Message("`{authority}` has a rate card from this day already; give one of them another day, or take it out", ("authority", authority.Text)));
            var source = map.TextOf("source", findings)?.Text;
            var hourly = Pounds(map, "hourly", name => new Message("no role is called `{name}`", ("name", name)), RoleNames.All, findings);
            var channel = Pounds(map, "channel", name => new Message("no channel is called `{name}`", ("name", name)), Channels.All, findings);
            if (authority is not null && from is { } day && source is not null)
                cards.Add(new(authority.Text, day, hourly, channel, source));
        }
        return cards;
    }

    static Dictionary<string, decimal> Pounds(YamlMap map, string key, Func<string, Message> unknown, IReadOnlyCollection<string> known, FindingList findings)
    {
        var pounds = new Dictionary<string, decimal>(StringComparer.Ordinal);
        if (map.MapOf(key, findings) is not { } written)
            return pounds;
        foreach (var entry in written.Entries)
        {
            if (!known.Contains(entry.Key))
                findings.Error(entry.Place, unknown(entry.Key).With(DidYouMean.Ending(entry.Key, known)));
            else if (written.NumberOf(entry.Key, findings) is { } amount)
            {
                if (amount is < 0 or > 10_000)
                    findings.Error(entry.Value.Place, new Message("{amount} cannot be what this costs; write pounds, from 0 to 10,000", ("amount", "£" + amount.ToString(CultureInfo.InvariantCulture))));
                else
                    pounds[entry.Key] = amount;
            }
        }
        return pounds;
    }
}
