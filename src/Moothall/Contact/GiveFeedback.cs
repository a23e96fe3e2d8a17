using System.Text;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Contact;

/// <summary>
/// What somebody says it was like: 5 very satisfied to 1 very dissatisfied, with words where they want. The words may name somebody, so they are a row
/// that retention can erase, never an event.
/// </summary>
/// <param name="At">Where it was asked: `end`, `exit`, `stop` or `track`.</param>
public sealed record GiveFeedback(string Service, string Authority, string Channel, int? Score, string? Words, string At)
{
    /// <summary>The language in which they are told what is wrong.</summary>
    public string Language { get; init; } = "en";
    public const int MostCharacters = 1200;
    public static readonly IReadOnlyList<string> Points = ["end", "exit", "stop", "track"];

    /// <summary>What was decided: the event and the tidied words, or what is wrong.</summary>
    public readonly record struct Decision(FeedbackGiven? Event, string? Words, IReadOnlyList<Fault> Faults);

    /// <summary>What was kept: the feedback's id, or what is wrong; then nothing was kept.</summary>
    public readonly record struct Result(string? Id, IReadOnlyList<Fault> Faults) : IOutcome
    {
        bool IOutcome.RollsBack => Id is null;
    }

    /// <summary>Decides; the service must be one that this council offers.</summary>
    public static Decision Decide(GiveFeedback command, CouncilFiles council)
    {
        var phrases = Phrases.In(command.Language);
        var faults = new List<Fault>();
        if (command.Score is not (>= 1 and <= 5))
            faults.Add(Wrong("score", phrases.Say("Select how satisfied or dissatisfied you were")));
        var words = Tidy(command.Words);
        if (words?.EnumerateRunes().Count() > MostCharacters)
            faults.Add(Wrong("words", phrases.Say("What you tell us must be {most, plural, one {# character} other {# characters}} or fewer", ("most", MostCharacters))));
        if (!council.Offers.Any(o => o.Service == command.Service))
            faults.Add(Wrong("service", phrases.Say("We do not have a service of that name")));
        if (council.FindAuthority(command.Authority) is null)
            faults.Add(Wrong("authority", phrases.Say("We do not know a council of that name")));
        if (!Channels.IsKnown(command.Channel))
            faults.Add(Wrong("channel", phrases.Say("The channel must be one of {channels}", ("channels", string.Join(", ", Channels.All)))));
        if (!Points.Contains(command.At))
            faults.Add(Wrong("at", phrases.Say("Where it was asked must be one of {points}", ("points", string.Join(", ", Points)))));
        return faults.Count > 0 ? new(null, null, faults) : new(new(command.Service, command.Authority, command.Channel, command.Score!.Value, command.At), words, []);
    }

    /// <summary>Keeps feedback in the caller's unit.</summary>
    public static async Task<Result> Keep(Unit unit, GiveFeedback command, CouncilFiles council, Instant now)
    {
        var decision = Decide(command, council);
        if (decision.Event is not { } happened)
            return new(null, decision.Faults);
        var id = Guid.CreateVersion7().ToString("N");
        await unit.Execute($"""
            insert into feedback (id, at, service, authority, channel, score, words, at_point)
            values ({id}, {now}, {happened.Service}, {happened.Authority}, {happened.Channel}, {happened.Score}, {decision.Words}, {happened.At})
            """);
        await unit.Append($"feedback/{id}", 0, EventJson.ToLog(happened, now));
        return new(id, []);
    }

    /// <summary>Words without control characters and broken surrogates, with single line feeds, trimmed; null when nothing is left.</summary>
    static string? Tidy(string? words)
    {
        if (words is null)
            return null;
        var tidy = new StringBuilder(words.Length);
        foreach (var rune in words.ReplaceLineEndings("\n").EnumerateRunes())
            if (rune.Value is '\n' or '\t' || !Rune.IsControl(rune) && rune != Rune.ReplacementChar)
                tidy.Append(rune.Value == '\t' ? " " : rune.ToString());
        var text = tidy.ToString().Trim();
        return text.Length > 0 ? text : null;
    }

    static Fault Wrong(string field, string message) => new(field, field, message);
}
