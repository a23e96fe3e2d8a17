using Moothall.Cases;
using Moothall.Journeys;
using Moothall.Store;

namespace Moothall.Notifications;

/// <summary>
/// Whom a case's news would reach, and why it would reach nobody. Read once, then asked for each moment: by the effect that writes the message, and by the
/// desk before anything is pressed, so that both say the same.
/// </summary>
sealed record Audience
{
    /// <summary>The newest version of the service, which says what is told and in which words; null when it is not offered any more.</summary>
    public required PublishedService? Newest { get; init; }
    /// <summary>Who asked; null when the answers were erased.</summary>
    public required WhoAsked? Who { get; init; }
    public required MessageChoice Choice { get; init; }
    /// <summary>The language that they are written to in.</summary>
    public required string Language { get; init; }
    /// <summary>Why mails to the address come back; null where none did.</summary>
    public string? Dead { get; init; }
    /// <summary>Whether they were told that it was closed: nobody is told of an opening who was not told of the close.</summary>
    public bool HeardOfTheClose { get; init; }

    /// <summary>Reads what decides who is told of a case.</summary>
    public static async Task<Audience> Of(Session session, House house, CouncilCase found)
    {
        ArgumentNullException.ThrowIfNull(found);
        return (await Of(session, house, [found], [found.Reference]))[found.Reference];
    }

    /// <summary>The same of several cases, by their references.</summary>
    /// <param name="ofOpenings">The references of those that are asked about for a moment that hangs on the close having been told.</param>
    public static async Task<IReadOnlyDictionary<string, Audience>> Of(Session session, House house, IReadOnlyCollection<CouncilCase> cases, IReadOnlyCollection<string> ofOpenings)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(house);
        List<string> references = [.. cases.Select(c => c.Reference)];
        var who = await WhoAsked.Of(session, house.Services, [.. cases.Select(c => (c.Reference, house.Services.Find(c.Service)?.Definition.TellTo))]);
        var choices = await MessageChoice.Of(session, references);
        var circumstances = await CaseQueries.Circumstances(session, references);
        var dead = await DeadAddresses.Why(session, [.. who.Values.Select(w => w.Email).OfType<string>()]);
        var heard = ofOpenings.Count == 0 ? []
            : (await session.Query($"select distinct about from message where about in ({new SqlKeys(ofOpenings)}) and kind = 'closed' and state <> 'not-sent'", row => row.Text(0))).ToHashSet(StringComparer.Ordinal);
        return cases.ToDictionary(c => c.Reference, c =>
        {
            var (asked, choice) = (who.GetValueOrDefault(c.Reference), choices.GetValueOrDefault(c.Reference) ?? MessageChoice.None);
            return new Audience
            {
                Newest = house.Services.Find(c.Service), Who = asked, Choice = choice, Language = choice.Language ?? circumstances.GetValueOrDefault(c.Reference)?.Language ?? "en",
                Dead = asked?.Email is { } email ? dead.GetValueOrDefault(email) : null, HeardOfTheClose = heard.Contains(c.Reference),
            };
        }, StringComparer.Ordinal);
    }

    /// <summary>Why nobody is told of a moment, as a code of <see cref="Trouble"/>, "" where the service does not tell it; null when they are told. Pure.</summary>
    public string? WhyNot(string moment, string? stage) =>
        Newest is null || !Newest.Definition.Tells(moment, stage) ? ""
        : moment == "reopened" && !HeardOfTheClose ? Trouble.Overtaken
        : Who is null ? Trouble.Erased
        : Who.Email is null ? Trouble.NoAddress
        : Choice.NoMail ? Trouble.AskedForNone
        : Dead is not null ? Trouble.DeadAddress : null;
}
