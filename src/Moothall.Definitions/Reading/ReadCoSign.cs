namespace Moothall.Definitions;

/// <summary>Reads who must agree before the work begins: `who: second`, `statement: ...`, `within: 14 days`, and the action for each way it can end.</summary>
static class ReadCoSign
{
    public static CoSign? CoSign(YamlMap map, IReadOnlyList<Question> ask, IReadOnlyList<Decision> decide, SentenceReader sentences, List<Finding> findings)
    {
        map.Only(findings, ServiceKeys.CoSign);
        var who = map.NameOf("who", findings);
        var when = map.TextOf("when", findings) is { } sentence ? sentences.Read(sentence, "`when`", ask, decide, findings) : null;
        var (text, statement) = (map.ProseOf("text", findings), map.ProseOf("statement", findings));
        var shows = map.NamesOf("shows", findings);
        var within = map.TextOf("within", findings) is { } time ? ReadRenew.CalendarTime(time, time.Text, "14 days", findings) : null;
        var remind = map.TextOf("remind", findings) is { } ahead ? ReadRenew.Before(ahead, findings) : null;
        var (agrees, declines, noAnswer) = (map.NameOf("agrees", findings), map.NameOf("declines", findings), map.NameOf("no-answer", findings));
        return who is null || statement is null || within is null || agrees is null || declines is null || noAnswer is null ? null : new()
        {
            Who = who, When = when, Text = text, Statement = statement, Shows = [.. shows.Select(s => s.Text)], Within = within.Value, Remind = remind, Agrees = agrees, Declines = declines, NoAnswer = noAnswer,
            Place = map.Owner,
        };
    }
}
