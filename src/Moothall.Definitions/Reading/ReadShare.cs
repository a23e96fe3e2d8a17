namespace Moothall.Definitions;

/// <summary>Reads which partner gets which fields, under which agreement, and when.</summary>
static class ReadShare
{
    public static IReadOnlyList<Sharing> Sharings(YamlMap? map, IReadOnlyList<Question> ask, IReadOnlyList<Decision> decide, SentenceReader sentences, List<Finding> findings)
    {
        var sharings = new List<Sharing>();
        foreach (var entry in map?.Things(new Message("the name of a partner"), ServiceKeys.Share.Names, findings) ?? [])
        {
            if (entry.Value is not YamlMap share)
            {
                findings.Add(new(entry.Place, Severity.Error, new Message("sharing with `{key}` needs `agreement:` and `fields:` on lines of their own below it", ("key", entry.Key))));
                continue;
            }
            share.Only(findings, ServiceKeys.Share);
            var agreement = share.TextOf("agreement", findings);
            var when = share.TextOf("when", findings) is { } sentence ? sentences.Read(sentence, "`when`", ask, decide, findings) : null;
            var fields = share.NamesOf("fields", findings);
            if (agreement is not null) sharings.Add(new(entry.Key, agreement.Text, when, [.. fields.Select(f => f.Text)], entry.Place));
        }
        return sharings;
    }
}
