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
    /// <param name="forOpening">Whether it is asked for a moment that hangs on the close having been told.</param>
    public static async Task<Audience> Of(Session session, House house, CouncilCase found, bool forOpening = true)
    {
        ArgumentNullException.ThrowIfNull(house);
        ArgumentNullException.ThrowIfNull(found);
        var newest = house.Services.Find(found.Service);
        var who = await WhoAsked.Of(session, house.Services, found.Reference, newest?.Definition.TellTo);
        var choice = await MessageChoice.Of(session, found.Reference);
        return new Audience
        {
            Newest = newest, Who = who, Choice = choice, Language = choice.Language ?? (await CaseQueries.Circumstance(session, found.Reference))?.Language ?? "en",
            Dead = who?.Email is { } email ? await DeadAddresses.Why(session, email) : null,
            HeardOfTheClose = forOpening && await session.Number($"select count(*) from message where about = {found.Reference} and kind = 'closed' and state <> 'not-sent'") > 0,
        };
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
