namespace Moothall.Definitions;

/// <summary>Reads decisions: a value and its sentence a line, the last of them `otherwise`.</summary>
static class ReadDecide
{
    /// <summary>Decisions in order; each may name all questions and the decisions above it.</summary>
    public static IReadOnlyList<Decision> Decisions(YamlMap? map, IReadOnlyList<Question> ask, SentenceReader sentences, List<Finding> findings)
    {
        var decisions = new List<Decision>();
        YamlEntry? empty = null;
        var stranded = false;
        foreach (var entry in map?.Things("decision", [], findings) ?? [])
        {
            Names.CheckForSentences(entry.Key, entry.Place, findings);
            if (ask.Any(q => q.Name == entry.Key))
                findings.Add(new(entry.Place, Severity.Error, $"`{entry.Key}` is already the name of a question; give this decision another name"));
            switch (entry.Value)
            {
                case YamlMap rows:
                    decisions.Add(new(entry.Key, Rows(rows, ask, [.. decisions], sentences, findings), entry.Place));
                    break;
                case YamlText { IsEmpty: true }:
                    empty = entry;
                    stranded = false;
                    break;
                case YamlText when empty is not null && stranded:
                    break;
                case YamlText when empty is not null:
                    findings.Add(new(entry.Place, Severity.Error, $"`{entry.Key}` stands one level too far left; put two more spaces before it, and before what belongs with it, so that it stands under `{empty.Key}`"));
                    stranded = true;
                    break;
                default:
                    findings.Add(new(entry.Value.Place, Severity.Error, $"the decision `{entry.Key}` needs its values on lines of their own below it, for example `urgent: size is large`, but {entry.Value.Shape} stands here"));
                    break;
            }
        }
        if (empty is not null && !stranded)
            findings.Add(new(empty.Place, Severity.Error, $"the decision `{empty.Key}` has no values; write each on a line of its own below it, two spaces further in, for example `urgent: size is large`"));
        return decisions;
    }

    static List<DecisionRow> Rows(YamlMap map, IReadOnlyList<Question> ask, IReadOnlyList<Decision> above, SentenceReader sentences, List<Finding> findings)
    {
        var rows = new List<DecisionRow>();
        foreach (var entry in map.Things("value", [], findings))
        {
            if (map.TextOf(entry.Key, findings) is not { } text) continue;
            if (text.Text == "otherwise") rows.Add(new(entry.Key, null, entry.Place));
            else if (sentences.Read(text, $"`{entry.Key}`", ask, above, findings) is { } when) rows.Add(new(entry.Key, when, entry.Place));
        }
        return rows;
    }
}
