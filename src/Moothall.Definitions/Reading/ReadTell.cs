namespace Moothall.Definitions;

/// <summary>Reads who is told at which moment: `on received: [email]`, and `to: you` for the question that says where.</summary>
static class ReadTell
{
    /// <summary>Ways that are known, whose adapter is not there yet.</summary>
    static readonly string[] Later = ["text", "letter"];

    public static IReadOnlyList<Telling> Tellings(YamlMap? map, List<Finding> findings)
    {
        var tellings = new List<Telling>();
        foreach (var entry in map?.Entries ?? [])
        {
            if (entry.Key == "to") continue;
            var words = entry.Key.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var (on, stage) = words switch
            {
                ["on", "stage", var name] when Names.IsName(name) => ("stage", name),
                ["on", var moment] when moment != "stage" && MailMoment.All.Contains(moment) => (moment, null),
                _ => (null, (string?)null),
            };
            if (on is null && YamlMap.IsPartOfFile(entry))
            {
                findings.Add(YamlMap.OfFile(entry, "tell"));
                continue;
            }
            if (on is null)
            {
                findings.Add(new(entry.Place, Severity.Error, DidYouMean.Suggestion(entry.Key, MailMoment.All.Where(m => m != "stage").Select(m => "on " + m)) is { } meant
                    ? new Message("nothing is told at `{key}`", ("key", YamlText.Shorten(entry.Key))).With(meant)
                    : new Message("nothing is told at `{key}`; write `on received`, `on closed`, `on question`, `on late`, `on reopened`, `on moved`, or `on stage` with the name of a stage, for example `on stage repair`", ("key", YamlText.Shorten(entry.Key)))));
                continue;
            }
            var channels = map!.NamesOf(entry.Key, findings);
            foreach (var channel in channels.Where(c => !ServiceKeys.TellBy.Contains(c.Text)))
                findings.Add(new(channel.Place, Severity.Error, Later.Contains(channel.Text)
                    ? new Message("nobody can be told by `{channel}` yet, because this program cannot send one; write `email`, or take it out", ("channel", channel.Text))
                    : new Message("nobody can be told by `{channel}`", ("channel", YamlText.Shorten(channel.Text))).With(DidYouMean.Ending(channel.Text, ServiceKeys.TellBy))));
            tellings.Add(new(on, stage, [.. channels.Select(c => c.Text)], entry.Place));
        }
        return tellings;
    }
}
