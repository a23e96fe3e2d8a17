using System.Globalization;
using Moothall.Definitions;

namespace Moothall.Council;

/// <summary>Reads offers.yaml: which authority offers which service, which team works it, and how to ask for it without the website.</summary>
sealed class OffersFile(IReadOnlyCollection<string> authorities, IReadOnlyDictionary<string, Team> teams, FindingList findings)
{
    static readonly string[] Keys = ["team", "teams", "phone", "counter", "fees", "income-codes", "pay"];

    public List<Offer> Read(YamlMap? file)
    {
        var offers = new List<Offer>();
        file?.Only(findings, ["offers"]);
        file?.Need("offers", "offers:", findings);
        foreach (var service in file?.MapOf("offers", findings)?.Things(new Message("the name of a service"), authorities, findings) ?? [])
        {
            if (service.Value is not YamlMap map)
            {
                findings.Error(service.Place, new Message("`{service}` needs the authorities that offer it on the lines below it, each with its team", ("service", service.Key)));
                continue;
            }
            foreach (var entry in map.Entries)
            {
                if (!authorities.Contains(entry.Key))
                    findings.Error(entry.Place, new Message("no authority is called `{name}`", ("name", entry.Key)).With(DidYouMean.Ending(entry.Key, authorities)));
                else if (entry.Value is not YamlMap offer)
                    findings.Error(entry.Place, new Message("`{key}` needs a team for `{service}`, for example `team: {team}`", ("key", entry.Key), ("service", service.Key), ("team", teams.Keys.FirstOrDefault() ?? "streets")));
                else if (ReadOffer(service.Key, entry, offer) is { } read)
                    offers.Add(read);
            }
        }
        return offers;
    }

    Offer? ReadOffer(string service, YamlEntry entry, YamlMap map)
    {
        map.Only(findings, Keys);
        map.Need("team", $"team: {teams.Keys.FirstOrDefault() ?? "streets"}", findings);
        var team = map.TextOf("team", findings) is { } text ? TeamOf(text, entry.Key) : null;
        var byStage = new Dictionary<string, string>(StringComparer.Ordinal);
        if (map.MapOf("teams", findings) is { } stages)
            foreach (var stage in stages.Entries)
                if (stages.TextOf(stage.Key, findings) is { } named && TeamOf(named, entry.Key) is { } stageTeam)
                    byStage[stage.Key] = stageTeam;
        var fees = ReadFees(map);
        var codes = ReadCodes(map);
        var pay = map.ProseOf("pay", findings);
        return team is null ? null
            : new(service, entry.Key, team, byStage, map.TextOf("phone", findings)?.Text, map.TextOf("counter", findings)?.Text) { Place = entry.Place, Fees = fees, IncomeCodes = codes, Pay = pay };
    }

    Dictionary<string, long> ReadFees(YamlMap map)
    {
        var fees = new Dictionary<string, long>(StringComparer.Ordinal);
        if (map.MapOf("fees", findings) is { } written)
            foreach (var fee in written.Things(new Message("the name of a fee"), [], findings))
                if (written.TextOf(fee.Key, findings) is { } text)
                {
                    if (decimal.TryParse(text.Text.TrimStart('£'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var pounds) && pounds <= 1_000_000 && pounds * 100 % 1 == 0)
                        fees[fee.Key] = (long)(pounds * 100);
                    else
                        findings.Error(text.Place, new Message("`{text}` is not a price; write pounds and whole pence, like £12 or £12.50", ("text", text.Text)));
                }
        return fees;
    }

    Dictionary<string, string> ReadCodes(YamlMap map)
    {
        var codes = new Dictionary<string, string>(StringComparer.Ordinal);
        if (map.MapOf("income-codes", findings) is { } written)
            foreach (var code in written.Things(new Message("the name of a charge"), [], findings))
                if (written.TextOf(code.Key, findings) is { } text) codes[code.Key] = text.Text;
        return codes;
    }

    string? TeamOf(YamlText text, string authority)
    {
        if (!teams.TryGetValue(text.Text, out var team))
            findings.Error(text.Place, new Message("no team is called `{name}`", ("name", text.Text)).With(DidYouMean.Ending(text.Text, [.. teams.Keys])));
        else if (!team.Authorities.Contains(authority))
            findings.Error(text.Place, new Message("team `{text}` does not work for `{authority}`; add it to the team's authorities in teams.yaml, or choose another team", ("text", text.Text), ("authority", authority)));
        else
            return text.Text;
        return null;
    }
}
