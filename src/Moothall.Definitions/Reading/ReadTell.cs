namespace Moothall.Definitions;

/// <summary>Reads who is told at which moment: `on received: [email]`.</summary>
static class ReadTell
{
    static readonly string[] Channels = ["email", "text", "letter"];

    public static IReadOnlyList<Telling> Tellings(YamlMap? map, List<Finding> findings)
    {
        var tellings = new List<Telling>();
        foreach (var entry in map?.Entries ?? [])
        {
            var words = entry.Key.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var (on, stage) = words switch
            {
                ["on", "received" or "closed"] => (words[1], null),
                ["on", "stage", var name] when Names.IsName(name) => ("stage", name),
                _ => (null, (string?)null),
            };
            if (on is null)
            {
                findings.Add(new(entry.Place, Severity.Error, $"nothing is told at `{YamlText.Shorten(entry.Key)}`; write `on received`, `on closed` or `on stage` with the name of a stage, for example `on stage repair`"));
                continue;
            }
            var channels = map!.TextsOf(entry.Key, findings);
            foreach (var channel in channels.Where(c => !Channels.Contains(c.Text)))
                findings.Add(new(channel.Place, Severity.Error, $"nobody can be told by `{YamlText.Shorten(channel.Text)}`{DidYouMean.Ending(channel.Text, Channels)}"));
            tellings.Add(new(on, stage, [.. channels.Select(c => c.Text)], entry.Place));
        }
        return tellings;
    }
}
