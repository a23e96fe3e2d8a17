using Moothall.Cases;
using Moothall.Store;

namespace Moothall.Notifications;

/// <summary>Who will be told of something that was not done yet: what the desk says beside a button before it is pressed.</summary>
/// <param name="FirstName">What the person is called; null where they gave no such name.</param>
/// <param name="Subject">The subject of the message as they will read it; null when they are told nothing.</param>
/// <param name="WhyNot">Why they are told nothing: a code of <see cref="Trouble"/>, "" where the service sends no message about it; null when they are told.</param>
/// <param name="Followers">How many people who follow the case are told beside them.</param>
public sealed record ToldAhead(string? FirstName, string? Subject, string? WhyNot, int Followers)
{
    /// <summary>The language of the message; null when they are told nothing.</summary>
    public string? Language { get; init; }

    /// <summary>Nobody, because nothing happens that anybody is told of.</summary>
    public static readonly ToldAhead Nobody = new(null, null, "", 0);
}

/// <summary>
/// Says whom what would happen to a case tells, by the same rules by which it will be told: the moment of the event, the service's `tell`, the person's
/// choice, their address, the template.
/// </summary>
public sealed class TellingAhead
{
    readonly House house;
    readonly Audience audience;
    readonly int followers;

    TellingAhead(House house, Audience audience, int followers) => (this.house, this.audience, this.followers) = (house, audience, followers);

    /// <summary>Reads what decides whom news of a case would reach.</summary>
    public static async Task<TellingAhead> Of(Session session, House house, CouncilCase found)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(house);
        var addresses = (await Followers.Of(session, found.Reference)).Select(f => f.Email).ToList();
        return new TellingAhead(house, await Audience.Of(session, house, found), await DeadAddresses.StillReached(session, addresses));
    }

    /// <summary>Whom a change that was decided and not written would tell. Pure.</summary>
    /// <param name="definition">The definition that the case has after it.</param>
    public ToldAhead Of(CaseChange change, Definitions.ServiceDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(definition);
        var after = change.After;
        if (MomentOf(change) is not var (service, moment, stage)) return ToldAhead.Nobody;
        var newest = service == audience.Newest?.Definition.Name ? audience.Newest : house.Services.Find(service);
        var whose = audience with { Newest = newest };
        var no = whose.WhyNot(moment, stage);
        var (subject, language) = no is null ? Subject(whose, moment, stage, after, definition) : default;
        return new ToldAhead(whose.Who?.FirstName, subject, no, TellFollowers.Tells(newest?.Definition, moment, stage) ? followers : 0) { Language = language };
    }

    /// <summary>Whether a change is of a kind that its service tells anybody of, whoever they are.</summary>
    public static bool MayTell(House house, CaseChange change)
    {
        ArgumentNullException.ThrowIfNull(house);
        return MomentOf(change) is var (service, moment, stage) && house.Services.Find(service)?.Definition.Tells(moment, stage) == true;
    }

    // No effect looks at history that is brought in.
    static (string Service, string Moment, string? Stage)? MomentOf(CaseChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var (after, happened) = (change.After, change.Events[0]);
        return happened.Imported ? null : TellApplicant.ServiceOf(new LogEvent(default, "case/" + after.Reference, after.Version, happened.Type, happened.Schema, happened.At, false, happened.Json));
    }

    (string Subject, string Language) Subject(Audience whose, string moment, string? stage, CouncilCase after, Definitions.ServiceDefinition definition)
    {
        var (template, language) = CaseMessages.TemplateOf(house, whose, moment, stage, after);
        var authority = house.Council.FindAuthority(after.Authority) ?? house.Council.Authorities[0];
        return (MailText.SubjectOf(template, CaseMessages.FieldsOf(house, authority, after, definition, whose.Who!, language)), language);
    }
}
