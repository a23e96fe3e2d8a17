namespace Moothall.Definitions;

/// <summary>Reads decisions: a value and its sentence a line, the last of them `otherwise`.</summary>
static class ReadDecide
{
    /// <summary>Decisions in order; each may name all questions and the decisions above it.</summary>
    public static IReadOnlyList<Decision> Decisions(YamlMap? map, IReadOnlyList<Question> ask, ILookUps lookUps, List<Finding> findings)
    {
        var decisions = new List<Decision>();
        YamlEntry? empty = null;
        foreach (var entry in map?.Things("decision", [], findings) ?? [])
        {
            Names.CheckForSentences(entry.Key, entry.Place, findings);
            if (ask.Any(q => q.Name == entry.Key))
                findings.Add(new(entry.Place, Severity.Error, $"`{entry.Key}` is already the name of a question; give this decision another name"));
            switch (entry.Value)
            {
                case YamlMap rows:
                    decisions.Add(new(entry.Key, Rows(rows, new(ask, [.. decisions], lookUps), findings), entry.Place));
                    break;
                case YamlText { IsEmpty: true }:
                    empty = entry;
                    findings.Add(new(entry.Place, Severity.Error, $"the decision `{entry.Key}` has no values; write each on a line of its own below it, two spaces further in, for example `urgent: size is large`"));
                    break;
                case YamlText when empty is not null:
                    findings.Add(new(entry.Place, Severity.Error, $"`{entry.Key}` stands one level too far left; put two more spaces before it, and before what belongs with it, so that it stands under `{empty.Key}`"));
                    findings.RemoveAll(f => f.Place == empty.Place && f.Message.Contains("has no values", StringComparison.Ordinal));
                    break;
                default:
                    findings.Add(new(entry.Value.Place, Severity.Error, $"the decision `{entry.Key}` needs its values on lines of their own below it, for example `urgent: size is large`, but {entry.Value.Shape} stands here"));
                    break;
            }
        }
        return decisions;
    }

    static List<DecisionRow> Rows(YamlMap map, SentenceScope scope, List<Finding> findings)
    {
        var rows = new List<DecisionRow>();
        foreach (var entry in map.Things("value", [], findings))
        {
            if (map.TextOf(entry.Key, findings) is not { } text) continue;
            if (text.Text == "otherwise") rows.Add(new(entry.Key, null, entry.Place));
            else if (ServiceReader.ReadSentence(text, $"`{entry.Key}`", scope, findings) is { } when) rows.Add(new(entry.Key, when, entry.Place));
        }
        return rows;
    }
}
