using Moothall.Definitions;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Council;

/// <summary>Reads agreements.yaml: with whom the council shares which fields, for what, and until when.</summary>
static class AgreementsFile
{
    static readonly string[] Keys = ["partner", "fields", "purpose", "from", "until"];

    public static List<(SharingAgreement Agreement, SourcePlace Place)> Read(YamlMap? file, IReadOnlyCollection<string> partners, FindingList findings)
    {
        var agreements = new List<(SharingAgreement, SourcePlace)>();
        file?.Only(findings, ["agreements"]);
        foreach (var entry in file?.MapOf("agreements", findings)?.Entries ?? [])
        {
            if (entry.Value is not YamlMap map)
            {
                findings.Error(entry.Place, new Message("agreement `{key}` needs its partner, fields and dates on the lines below it", ("key", entry.Key)));
                continue;
            }
            map.Only(findings, Keys);
            map.Need("partner", "partner: national-highways", findings).Need("fields", "fields: [where]", findings)
                .Need("purpose", "purpose: They repair these roads.", findings).Need("from", "from: 2026-04-01", findings).Need("until", "until: 2031-03-31", findings);
            var partner = map.TextOf("partner", findings);
            if (partner is not null && !partners.Contains(partner.Text))
                findings.Error(partner.Place, new Message("no partner in staff.yaml is called `{name}`", ("name", partner.Text)).With(DidYouMean.Ending(partner.Text, partners)));
            var fields = map.Has("fields") ? map.TextsOf("fields", findings).Select(t => t.Text).ToHashSet() : [];
            map.TextOf("purpose", findings);
            var from = DateOf(map, "from", findings);
            var until = DateOf(map, "until", findings);
            if (until < from)
                findings.Error(map.Find("until")!.Value.Place, new Message("this agreement ends before it begins; change one of the two dates"));
            if (partner is not null && until is { } last)
                agreements.Add((new(entry.Key, partner.Text, fields, last), entry.Place));
        }
        return agreements;
    }

    /// <summary>A date under a key; null, with a finding, when it is none.</summary>
    internal static LocalDate? DateOf(YamlMap map, string key, FindingList findings)
    {
        if (map.TextOf(key, findings) is not { } text)
            return null;
        if (LocalDatePattern.Iso.Parse(text.Text) is { Success: true, Value: var date })
            return date;
        findings.Error(text.Place, new Message("`{date}` is not a date; write it like 2026-12-25", ("date", text.Text)));
        return null;
    }
}
