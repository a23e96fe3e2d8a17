namespace Moothall.Definitions;

/// <summary>
/// Reads decisions: a value and its sentence a line, the last of them `otherwise`. Where staff read other words than the value's name, it has `when` and `label`
/// on lines of their own; `label` beside the values is what the decision itself is called. One with `is` is a value worked out (<see cref="SentenceReader.Worked"/>).
/// </summary>
static class ReadDecide
{
    /// <summary>Decisions in order; each may name all questions and the decisions above it.</summary>
    public static IReadOnlyList<Decision> Decisions(YamlMap? map, IReadOnlyList<Question> ask, SentenceReader sentences, List<Finding> findings)
    {
        var decisions = new List<Decision>();
        YamlEntry? empty = null;
        string? before = null;
        var stranded = false;
        foreach (var entry in map?.Things(new Message("the name of a decision"), [], findings) ?? [])
        {
            if (entry.Value is YamlMap row && row.Has("when") && before is not null)
            {
                findings.Add(YamlMap.OneIndentShort(entry, before));
                continue;
            }
            Names.CheckForSentences(entry.Key, entry.Place, findings);
            if (ask.Any(q => q.Name == entry.Key))
                findings.Add(new(entry.Place, Severity.Error, new Message("`{key}` is already the name of a question; give this decision another name", ("key", entry.Key))));
            switch (entry.Value)
            {
                case YamlMap worked when worked.Has("is"):
                    worked.Only(findings, ServiceKeys.Worked);
                    var (text, shown) = (worked.TextOf("is", findings), worked.YesNoOf("shown", findings) ?? false);
                    if (text is not null) sentences.ReadWorkedOut(entry, text, worked.ProseOf("label", findings) ?? Names.Label(entry.Key, entry.Place), shown, ask, findings);
                    break;
                case YamlMap rows:
                    decisions.Add(new(entry.Key, Rows(rows, ask, [.. decisions], sentences, findings), entry.Place) { Label = rows.ProseOf("label", findings) ?? Names.Label(entry.Key, entry.Place) });
                    break;
                case YamlText { IsEmpty: true }:
                    empty = entry;
                    stranded = false;
                    break;
                case YamlText when empty is not null && stranded:
                    break;
                case YamlText when empty is not null:
                    findings.Add(new(entry.Place, Severity.Error, new Message("`{key}` stands one level too far left; put two more spaces before it, and before what belongs with it, so that it stands under `{owner}`", ("key", entry.Key), ("owner", empty.Key))));
                    stranded = true;
                    break;
                default:
                    findings.Add(new(entry.Value.Place, Severity.Error, new Message("the decision `{key}` needs its values on lines of their own below it, for example `urgent: size is large`, but {shape} stands here", ("key", entry.Key), ("shape", entry.Value.Shape))));
                    break;
            }
            before = entry.Key;
        }
        if (empty is not null && !stranded)
            findings.Add(new(empty.Place, Severity.Error, new Message("the decision `{empty}` has no values; write each on a line of its own below it, two spaces further in, for example `urgent: size is large`", ("empty", empty.Key))));
        return decisions;
    }

    static List<DecisionRow> Rows(YamlMap map, IReadOnlyList<Question> ask, IReadOnlyList<Decision> above, SentenceReader sentences, List<Finding> findings)
    {
        var rows = new List<DecisionRow>();
        foreach (var entry in map.Things(new Message("the name of a value"), ["when"], findings).Where(e => e.Key != "label"))
        {
            var full = entry.Value as YamlMap;
            if (full is not null && full.Entries.All(e => YamlProse.IsLanguage(e.Key)) && DidYouMean.Among(entry.Key, ["label"]) is not null)
            {
                findings.Add(new(entry.Place, Severity.Error, new Message("no value has words alone, so `{key}` is not one; did you mean `label`?", ("key", entry.Key))));
                continue;
            }
            full?.Only(findings, ServiceKeys.Row);
            if ((full is null ? map.TextOf(entry.Key, findings) : full.TextOf("when", findings)) is not { } text) continue;
            var when = text.Text == "otherwise" ? null : sentences.Read(text, $"`{entry.Key}`", ask, above, findings);
            if (when is null && text.Text != "otherwise") continue;
            var row = new DecisionRow(entry.Key, when, entry.Place);
            rows.Add(full?.ProseOf("label", findings) is { } label ? row with { Label = label } : row);
        }
        return rows;
    }
}
