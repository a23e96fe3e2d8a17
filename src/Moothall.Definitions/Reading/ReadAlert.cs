using System.Text.RegularExpressions;

namespace Moothall.Definitions;

/// <summary>Reads dangers that are told at once: when, what, and whom to ring.</summary>
static partial class ReadAlert
{
    /// <summary>Alerts in order. Their sentences may name any question of `ask` and any decision.</summary>
    public static IReadOnlyList<Alert> Alerts(YamlMap? map, IReadOnlyList<Question> ask, IReadOnlyList<Decision> decide, SentenceReader sentences, List<Finding> findings)
    {
        var alerts = new List<Alert>();
        foreach (var entry in map?.Things(new Message("the name of an alert"), ServiceKeys.Alert.Names, findings) ?? [])
        {
            if (entry.Value is not YamlMap alert)
            {
                findings.Add(new(entry.Place, Severity.Error, new Message("the alert `{key}` needs `when:`, `title:`, `text:` and `ring:` on lines of their own below it", ("key", entry.Key))));
                continue;
            }
            alert.Only(findings, ServiceKeys.Alert);
            var when = alert.TextOf("when", findings) is { } sentence ? sentences.Read(sentence, "`when`", ask, decide, findings) : null;
            var title = alert.ProseOf("title", findings);
            var text = alert.ProseOf("text", findings);
            var ring = alert.TextOf("ring", findings);
            if (ring is not null && ring.Text != "council" && !Number().IsMatch(ring.Text))
                findings.Add(new(ring.Place, Severity.Error, new Message("`ring` is a phone number such as `999` or `0800 111 999`, or `council` for the council's own, but {shape} stands here", ("shape", ring.Shape))));
            if (when is not null && title is not null && text is not null && ring is not null)
                alerts.Add(new(entry.Key, when, title, text, ring.Text == "council" ? null : ring.Text, entry.Place));
        }
        return alerts;
    }

    [GeneratedRegex("^[0-9]{3,5}$|^0[0-9 ]{8,15}[0-9]$")]
    private static partial Regex Number();
}
