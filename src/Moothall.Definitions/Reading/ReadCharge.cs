using System.Text.RegularExpressions;

namespace Moothall.Definitions;

/// <summary>Reads what is to be paid: how much, when it is due, and where it is booked.</summary>
static partial class ReadCharge
{
    /// <summary>Charges in order. Their sentences may name any question of `ask` and any decision.</summary>
    public static IReadOnlyList<Charge> Charges(YamlMap? map, IReadOnlyList<Question> ask, IReadOnlyList<Decision> decide, SentenceReader sentences, List<Finding> findings)
    {
        var charges = new List<Charge>();
        foreach (var entry in map?.Things(new Message("the name of a charge"), ServiceKeys.Charge.Names, findings) ?? [])
        {
            if (entry.Value is not YamlMap charge)
                findings.Add(new(entry.Place, Severity.Error, new Message("the charge `{key}` needs `label:`, `amount:`, `due:` and `income-code:` on lines of their own below it", ("key", entry.Key))));
            else if (Charge(entry, charge, ask, decide, sentences, findings) is { } read) charges.Add(read);
        }
        return charges;
    }

    static Charge? Charge(YamlEntry entry, YamlMap map, IReadOnlyList<Question> ask, IReadOnlyList<Decision> decide, SentenceReader sentences, List<Finding> findings)
    {
        map.Only(findings, ServiceKeys.Charge);
        var label = map.ProseOf("label", findings);
        var amounts = Amounts(map, ask, decide, sentences, findings);
        var when = map.TextOf("when", findings) is { } sentence ? sentences.Read(sentence, "`when`", ask, decide, findings) : null;
        var due = map.TextOf("due", findings) is { } moment ? Due(moment, findings) : null;
        var code = map.TextOf("income-code", findings);
        if (code is not null && !IncomeCode().IsMatch(code.Text))
            findings.Add(new(code.Place, Severity.Error, new Message("an income code is up to 30 letters and figures with hyphens, points or slashes, but {shape} stands here", ("shape", code.Shape))));
        var vat = map.TextOf("vat", findings);
        if (vat is not null && !ServiceKeys.VatCodes.Contains(vat.Text))
            findings.Add(new(vat.Place, Severity.Error, new Message("VAT does not know `{vat}`", ("vat", YamlText.Shorten(vat.Text))).With(DidYouMean.Ending(vat.Text, ServiceKeys.VatCodes))));
        if (label is null || amounts.Count == 0 || due is null || code is null) return null;
        return new()
        {
            Name = entry.Key, Label = label, Amounts = amounts, When = when, Stage = due.Length == 0 ? null : due, IncomeCode = code.Text, Vat = vat?.Text ?? "outside-scope", Place = entry.Place,
        };
    }

    /// <summary>One amount, or a row for each with its sentence.</summary>
    static List<ChargeRow> Amounts(YamlMap map, IReadOnlyList<Question> ask, IReadOnlyList<Decision> decide, SentenceReader sentences, List<Finding> findings)
    {
        var rows = new List<ChargeRow>();
        if (map.Find("amount") is not { } entry) return rows;
        if (entry.Value is not YamlMap several)
        {
            if (map.TextOf("amount", findings) is { } text && YamlProse.MayStandHere(text, "`amount`", findings) && sentences.ReadAmount(text.Text, text.FirstLetter, ask) is { } only)
                rows.Add(new(only, null, entry.Place));
            return rows;
        }
        foreach (var row in several.Entries)
        {
            var amount = sentences.ReadAmount(row.Key, row.Place, ask);
            if (several.TextOf(row.Key, findings) is not { } text || amount is null) continue;
            if (text.Text == "otherwise") rows.Add(new(amount, null, row.Place));
            else if (sentences.Read(text, $"`{row.Key}`", ask, decide, findings) is { } when) rows.Add(new(amount, when, row.Place));
        }
        return rows;
    }

    /// <summary>The stage that makes it due, empty for the receipt; null, with a finding, for any other moment.</summary>
    static string? Due(YamlText text, List<Finding> findings)
    {
        switch (text.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            case ["on", "received"]:
                return "";
            case ["on", "stage", var stage] when Names.IsName(stage):
                return stage;
            default:
                findings.Add(new(text.Place, Severity.Error, new Message("nothing falls due at `{text}`; write `on received`, or `on stage` with the name of a stage, for example `on stage payment`", ("text", YamlText.Shorten(text.Text)))));
                return null;
        }
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9./-]{0,29}$")]
    private static partial Regex IncomeCode();
}
