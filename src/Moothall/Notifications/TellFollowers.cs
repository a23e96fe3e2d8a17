using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Store;

namespace Moothall.Notifications;

/// <summary>
/// The effect that tells people who follow somebody else's report where it is. They read what their own link shows them, and nothing of who reported it;
/// who stopped following meanwhile is told nothing.
/// </summary>
public sealed class TellFollowers(House house) : IWrittenEffect
{
    static readonly string[] Told = ["stage", "closed", "reopened", "moved"];

    public string Name => "tell-followers";
    public string Kind => "email";

    public IReadOnlyList<string> Recipients(LogEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return TellApplicant.ServiceOf(e) is var (service, moment, stage) && Tells(house.Services.Find(service)?.Definition, moment, stage) ? ["followers"] : [];
    }

    /// <summary>Whether followers are told of a moment of a service.</summary>
    internal static bool Tells(ServiceDefinition? newest, string moment, string? stage) => Told.Contains(moment) && newest?.Tells(moment, stage) == true;

    public async Task<IReadOnlyList<EffectOutcome>> Write(Unit unit, IReadOnlyList<DueEffect> due)
    {
        ArgumentNullException.ThrowIfNull(due);
        var outcomes = new List<EffectOutcome>(due.Count);
        foreach (var one in due)
        {
            using var span = one.GoOn();
            outcomes.Add(await Tell(unit, one));
        }
        return outcomes;
    }

    async Task<EffectOutcome> Tell(Unit unit, DueEffect due)
    {
        if (TellApplicant.MomentOf(due.Event) is not { } moment || await CaseQueries.Find(unit, moment.Reference) is not { } found) return EffectOutcome.NotSent("There is nothing to tell about this.");
        var followers = await Followers.Of(unit, found.Reference);
        if (followers.Count == 0) return EffectOutcome.NotSent("nobody follows it");
        if (!moment.StillSo(found) || await UndoCase.WasUndone(unit, found.Reference, due.Event.Version)) return EffectOutcome.NotSent("it was no longer so");
        var authority = house.Council.FindAuthority(found.Authority) ?? house.Council.Authorities[0];
        var definition = (await house.Services.Version(found.Service, found.DefinitionVersion)).Definition;
        foreach (var follower in followers)
        {
            var link = $"{authority.PublicAddress}/following/{house.Codes.ForFollower(follower.Id)}";
            await QueueMail.Add(unit, house, new OutgoingMail
            {
                Key = $"{moment.Key}/follower/{follower.Id}", Kind = "follow-news", Authority = found.Authority, Service = found.Service, About = found.Reference, Version = moment.Version,
                To = follower.Email, Language = follower.Language, Template = "follow-news", StopLink = link, IsForApplicant = false,
                Fields = new Dictionary<string, string?>
                {
                    ["title"] = definition.Title.In(follower.Language), ["link"] = link, ["stage"] = CaseQueries.ForFollower(found, definition, [], follower.Language).Now,
                },
            });
        }
        return EffectOutcome.Done;
    }
}
